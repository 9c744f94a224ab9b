//! Watching for what makes samples worthless: a tab that is hidden, a machine that
//! sleeps, a clock that is set.

use crate::browser::{clock, page};
use crate::measure::report::{Disturbance, Visibility};
use gloo_events::EventListener;
use std::cell::Cell;
use std::rc::Rc;

/// The time of day and the time that has passed may come apart by this much, in ms,
/// before one of them is said to have jumped. Clocks that are kept in step over a
/// network are moved by less at a time.
const JUMP_MS: f64 = 500.0;

/// A watch over one run.
pub struct Watch {
    /// Whether the tab was hidden at any time.
    was_hidden: Rc<Cell<bool>>,
    /// Whether it was hidden since that was last asked.
    hidden: Rc<Cell<bool>>,
    /// By how much the time of day was ahead of the time that had passed, in ms.
    ahead_ms: Cell<f64>,
    _on_hidden: Option<EventListener>,
}

impl Watch {
    /// Begins to watch.
    pub fn start() -> Self {
        let was_hidden = Rc::new(Cell::new(page::is_hidden()));
        let hidden = Rc::new(Cell::new(false));
        let (ever, since) = (was_hidden.clone(), hidden.clone());
        let on_hidden = page::on_hidden(move || {
            ever.set(true);
            since.set(true);
        });
        let ahead_ms = Cell::new(clock::ahead_ms());
        Self { was_hidden, hidden, ahead_ms, _on_hidden: on_hidden }
    }

    /// What happened since this was last asked.
    pub fn disturbed(&self) -> Option<Disturbance> {
        let hidden = self.hidden.replace(false) || page::is_hidden();
        let ahead_ms = clock::ahead_ms();
        let jumped = (ahead_ms - self.ahead_ms.replace(ahead_ms)).abs() > JUMP_MS;
        match (hidden, jumped) {
            (true, _) => Some(Disturbance::TabHidden),
            (false, true) => Some(Disturbance::ClockJumped),
            (false, false) => None,
        }
    }

    /// Whether the tab was in view all the time.
    pub fn visibility(&self) -> Visibility {
        if self.was_hidden.get() { Visibility::Hidden } else { Visibility::Visible }
    }
}
