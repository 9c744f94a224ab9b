//! Where time comes from.

use std::cell::Cell;

/// A clock that every thread and worker of the page agrees on.
pub trait Clock {
    /// Milliseconds since the Unix epoch, as fine as the browser lets one see.
    /// A double holds them to a quarter of a microsecond.
    fn now_ms(&self) -> f64;
}

/// A clock that stands still until it is told otherwise, for tests.
#[derive(Debug, Default)]
pub struct FakeClock {
    now_ms: Cell<f64>,
}

impl FakeClock {
    /// Lets `ms` pass.
    pub fn advance(&self, ms: f64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> f64 {
        self.now_ms.get()
    }
}

impl<C: Clock + ?Sized> Clock for &C {
    fn now_ms(&self) -> f64 {
        (**self).now_ms()
    }
}
