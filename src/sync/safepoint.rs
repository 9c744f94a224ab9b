//! Points in a computation at which its thread can be asked for something: CPython's "eval breaker",
//! a runtime's safepoint poll. Here the GIL's holder looks for a request to drop it.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

/// Nobody asks for anything.
static NO_REQUEST: AtomicU32 = AtomicU32::new(0);

/// What kernels look at. All models hand them one, so that all run the same machine code.
#[derive(Clone, Copy)]
pub struct Safepoint<'a> {
    request: &'a AtomicU32,
    at_request: &'a dyn Fn(),
}

impl<'a> Safepoint<'a> {
    /// Calls `at_request` when `request` is found to be anything but 0.
    pub fn new(request: &'a AtomicU32, at_request: &'a dyn Fn()) -> Self {
        Self { request, at_request }
    }

    /// Of a computation that nobody asks for anything.
    pub fn never() -> Safepoint<'static> {
        Safepoint { request: &NO_REQUEST, at_request: &|| {} }
    }

    /// Looks whether there is a request, and does what is asked. To be called about every 0.1 ms.
    #[inline]
    pub fn poll(&self) {
        if self.request.load(Ordering::Relaxed) != 0 {
            self.answer();
        }
    }

    #[cold]
    fn answer(&self) {
        (self.at_request)();
    }
}

impl fmt::Debug for Safepoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Safepoint").field("request", self.request).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_request_is_answered_at_the_next_look() {
        let (request, answered) = (AtomicU32::new(0), Cell::new(0));
        let answer = || {
            answered.set(answered.get() + 1);
            request.store(0, Ordering::Relaxed);
        };
        let safepoint = Safepoint::new(&request, &answer);
        safepoint.poll();
        assert_eq!(answered.get(), 0);
        request.store(1, Ordering::Relaxed);
        safepoint.poll();
        safepoint.poll();
        assert_eq!(answered.get(), 1);
    }
}
