//! The lab's side effects. Only this part of the lab calls the browser and the executors;
//! components only print, and get callbacks from here.

pub mod file_loader;
pub mod run_history;
pub mod runner;
pub mod saving;

use crate::browser::files::ReaderFile;
use crate::browser::{page, storage};
use crate::exchange::Format;
use crate::executors::session::Session;
use crate::ui::lab::state::{Action, Results};
use crate::ui::lab::tabs::Tab;
use file_loader::FileLoader;
use run_history::RunHistory;
use runner::Runner;
use std::rc::Rc;
use yew::{Callback, Event};

/// Where the tab that the reader opened last is kept.
const TAB_KEY: &str = "concurrency-playground.tab";

/// The tab that the reader opened last, in whichever visit.
pub fn last_tab() -> Option<Tab> {
    storage::get(TAB_KEY).and_then(|id| Tab::named(&id).ok())
}

/// What the lab's components can ask for.
#[derive(Clone, PartialEq)]
pub struct LabPage {
    /// Told what happens.
    pub dispatch: Callback<Action>,
    /// Starts runs and cancels them.
    pub runner: Runner,
    /// Reads the reader's own files.
    pub file_loader: FileLoader,
    /// Keeps runs and opens them again.
    pub run_history: RunHistory,
}

impl LabPage {
    /// The lab of `session`, which tells `dispatch` what happens.
    pub fn new(session: Rc<Session>, dispatch: Callback<Action>) -> Self {
        let run_history = RunHistory::new(dispatch.clone());
        let runner = Runner::new(session, run_history.clone());
        let file_loader = FileLoader::new(dispatch.clone());
        Self { dispatch, runner, file_loader, run_history }
    }

    /// Opens a tab, and remembers it for the next visit.
    pub fn on_tab(&self) -> Callback<Tab> {
        self.dispatch.reform(|tab: Tab| {
            // What cannot be kept is chosen again at the next visit.
            let _ = storage::set(TAB_KEY, tab.id());
            Action::OpenedTab(tab)
        })
    }

    /// Gives the element with this id the focus.
    pub fn on_focus(&self) -> Callback<String> {
        Callback::from(|id: String| page::focus(&id))
    }

    /// Saves the report of a run as a file.
    pub fn on_save(&self) -> Callback<(Rc<Results>, Format)> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |(results, format): (Rc<Results>, Format)| {
            if let Err(failure) = saving::report(&results.finished.report, format) {
                dispatch.emit(Action::FileFailed(None, failure));
            }
        })
    }

    /// Opens the report that was chosen in a file's field.
    pub fn on_report(&self) -> Callback<Event> {
        let run_history = self.run_history.clone();
        Callback::from(move |event: Event| {
            if let Some(file) = ReaderFile::chosen(&event) {
                run_history.import(file);
            }
        })
    }
}
