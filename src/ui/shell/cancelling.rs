//! Cancelling what runs, as a reader asks for it by Cancel or Escape.

use crate::browser::clock::BrowserClock;
use crate::executors::session::Cancelled;
use crate::measure::Clock;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};

/// Presses of Cancel this soon after Run, in ms, belong to the press of Run.
const DOUBLE_CLICK_MS: f64 = 500.0;

/// Cancels what runs. Dropping it does, too.
pub struct CancelSwitch {
    cancel: RefCell<Option<oneshot::Sender<()>>>,
    /// When what runs began, in ms.
    began_ms: Cell<f64>,
}

impl Default for CancelSwitch {
    fn default() -> Self {
        Self { cancel: RefCell::default(), began_ms: Cell::new(f64::NEG_INFINITY) }
    }
}

impl CancelSwitch {
    /// Notes that something begins. What this gives completes once that is cancelled.
    pub fn begin(&self) -> Cancelled<'static> {
        let (cancel, cancelled) = oneshot::channel::<()>();
        *self.cancel.borrow_mut() = Some(cancel);
        self.began_ms.set(BrowserClock.now_ms());
        Box::pin(async {
            // It comes where the reader cancels, or goes away.
            let _ = cancelled.await;
        })
    }

    /// When what runs began, in ms.
    pub fn began_ms(&self) -> f64 {
        self.began_ms.get()
    }

    /// Cancels what runs, unless this is the second half of a double click on Run. `tell` is called
    /// first.
    pub fn press(&self, tell: impl FnOnce()) {
        if BrowserClock.now_ms() - self.began_ms.get() >= DOUBLE_CLICK_MS {
            tell();
            self.stop();
        }
    }

    /// Cancels what runs, as nobody waits for it any more.
    pub fn stop(&self) {
        if let Some(cancel) = self.cancel.borrow_mut().take() {
            // It may have ended this very moment.
            let _ = cancel.send(());
        }
    }
}
