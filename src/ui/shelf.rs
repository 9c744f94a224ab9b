//! The runs that are kept, and reports that come as files: what the page shows without
//! running anything.

use super::state::Action;
use crate::browser::files::Handed;
use crate::browser::storage::BrowserStore;
use crate::exchange::history::History;
use crate::exchange::read;
use crate::failure::Result;
use crate::measure::report::Report;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// Keeps runs and opens them again.
#[derive(Clone)]
pub struct Shelf {
    history: Rc<RefCell<History<BrowserStore>>>,
    dispatch: Callback<Action>,
}

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.history, &other.history)
    }
}

impl Shelf {
    /// The shelf of this browser; `dispatch` is told what is on it, and what is opened.
    pub fn new(dispatch: Callback<Action>) -> Self {
        Self { history: Rc::new(RefCell::new(History::load(BrowserStore))), dispatch }
    }

    /// Tells what is on it.
    pub fn tell(&self) {
        let entries = self.history.borrow().entries().into();
        self.dispatch.emit(Action::Shelved(entries));
    }

    /// Keeps a run.
    pub fn keep(&self, report: &Report) {
        self.history.borrow_mut().add(report);
        self.tell();
    }

    /// Opens a run again.
    pub fn open(&self, key: &str) {
        let report = self.history.borrow_mut().report(key);
        self.show(report);
        self.tell();
    }

    /// Forgets a run.
    pub fn remove(&self, key: &str) {
        self.history.borrow_mut().remove(key);
        self.tell();
    }

    /// Opens a report that came as a file, once it has been checked.
    pub fn import(&self, file: Handed) {
        let shelf = self.clone();
        spawn_local(async move {
            let report = match read::check_size(file.bytes()) {
                Ok(()) => file.text().await.and_then(|text| read::read(&text)),
                Err(failure) => Err(failure),
            };
            shelf.show(report);
        });
    }

    fn show(&self, report: Result<Report>) {
        self.dispatch.emit(match report {
            Ok(report) => Action::Opened(Box::new(report)),
            Err(failure) => Action::NotOpened(failure),
        });
    }
}
