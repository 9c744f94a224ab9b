//! The runs that are kept, and reports that come as files: what the page shows without
//! running anything.

use crate::browser::files::ReaderFile;
use crate::browser::storage::BrowserStore;
use crate::browser::{page, turn};
use crate::exchange::history::History;
use crate::exchange::read;
use crate::failure::Result;
use crate::measure::report::Report;
use crate::ui::lab::state::Action;
use crate::ui::shell::route::Route;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// Stores runs and opens them again. Reads the storage on first use: the code for that is not part
/// of a first visit.
#[derive(Clone)]
pub struct RunHistory {
    history: Rc<OnceCell<RefCell<History<BrowserStore>>>>,
    dispatch: Callback<Action>,
}

impl PartialEq for RunHistory {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.history, &other.history)
    }
}

impl RunHistory {
    /// The history of this browser's runs; `dispatch` is told its entries, and what is opened.
    pub fn new(dispatch: Callback<Action>) -> Self {
        Self { history: Rc::default(), dispatch }
    }

    fn history(&self) -> &RefCell<History<BrowserStore>> {
        self.history.get_or_init(|| RefCell::new(History::load(BrowserStore)))
    }

    /// Tells the app which runs are in the history.
    pub fn tell(&self) {
        let history = self.history().borrow();
        let (entries, unreadable) = (history.entries().into(), history.unreadable());
        drop(history);
        self.dispatch.emit(Action::HistoryRead { entries, unreadable });
    }

    /// Keeps a run.
    pub fn keep(&self, report: &Report) {
        self.history().borrow_mut().add(report);
        self.tell();
    }

    /// Opens a run again.
    pub fn open(&self, key: &str) {
        let report = self.history().borrow().report(key);
        self.tell();
        self.show(None, report);
    }

    /// Forgets a run. Where its button had the focus, the element `next` gets it.
    pub fn remove(&self, key: &str, next: String) {
        self.history().borrow_mut().remove(key);
        self.tell();
        spawn_local(async move {
            turn::rendered().await;
            page::focus_if_lost(&next);
        });
    }

    /// Forgets the runs that cannot be read here.
    pub fn remove_unreadable(&self) {
        self.history().borrow_mut().remove_unreadable();
        self.tell();
        spawn_local(async move {
            turn::rendered().await;
            page::focus_if_lost("open-report");
        });
    }

    /// Opens a report that came as a file, once it has been checked.
    pub fn import(&self, file: ReaderFile) {
        let run_history = self.clone();
        spawn_local(async move {
            let report = match read::check_size(file.bytes()) {
                Ok(()) => file.text().await.and_then(|text| read::read(&text)),
                Err(failure) => Err(failure),
            };
            run_history.show(Some(file.name()), report);
        });
    }

    /// Shows a report in the lab, or why there is none; `name` is the file's that it came in.
    fn show(&self, name: Option<String>, report: Result<Report>) {
        let (action, place) = match report {
            Ok(report) => (Action::Opened(Box::new(report)), "headline"),
            Err(failure) => (Action::FileFailed(name, failure), "not-opened"),
        };
        self.dispatch.emit(action);
        if !matches!(Route::parse(&page::hash()), Route::Lab(_)) {
            page::set_hash(&Route::Lab(String::new()).hash());
        }
        spawn_local(async move {
            turn::rendered().await;
            page::reveal(place, true);
        });
    }
}
