//! Has a pool's machine look at the clock when it wants to.

use super::Inner;
use crate::browser::clock::BrowserClock;
use crate::browser::turn::{self, Timer};
use crate::measure::Clock;
use std::rc::Rc;

/// A timer that comes later than this, in ms, was kept from it by a page that was busy.
const LATE_MS: f64 = 20.0;

impl Inner {
    /// Has the machine look at the clock when it wants to.
    pub(super) fn set_timer(self: &Rc<Self>) {
        let due_ms = self.machine.borrow().next_look_ms();
        *self.timer.borrow_mut() = due_ms.map(|due_ms| {
            let pool = Rc::downgrade(self);
            let left_ms = (due_ms - BrowserClock.now_ms()).ceil().max(0.0);
            Timer::after(left_ms as u32, move || {
                let Some(pool) = pool.upgrade() else { return };
                if BrowserClock.now_ms() - due_ms > LATE_MS {
                    return pool.look_soon();
                }
                pool.look();
            })
        });
    }

    /// Looks once whatever has come meanwhile is heard: the page was kept from it, and what its workers said in time
    /// stands behind the timer.
    fn look_soon(self: &Rc<Self>) {
        let pool = Rc::downgrade(self);
        turn::do_by_itself(async move {
            turn::sleep(0).await;
            turn::sleep(0).await;
            if let Some(pool) = pool.upgrade() {
                pool.look();
            }
        });
    }

    fn look(self: &Rc<Self>) {
        self.machine.borrow_mut().look(BrowserClock.now_ms());
        self.act();
    }
}
