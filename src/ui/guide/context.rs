//! What the parts of a chapter are printed with, and what they can ask for.

use super::state::GuideState;
use crate::guide::chapter::Chapter;
use crate::measure::report::Capabilities;
use yew::Callback;

/// What a chapter's components can ask for.
#[derive(Clone)]
pub struct GuideActions {
    /// Notes the reader's prediction: the question's id, and which of its choices.
    pub on_guess: Callback<(String, usize)>,
    /// Runs an experiment: its id, and the query that says what it is.
    pub on_run: Callback<(String, String)>,
    /// Runs all of these, one after another: ids and queries.
    pub on_run_all: Callback<Vec<(String, String)>>,
    /// Cancels what runs.
    pub on_cancel: Callback<()>,
    /// Loads the chapter once more.
    pub on_retry: Callback<()>,
    /// Forgets what the reader has done.
    pub on_reset: Callback<()>,
}

/// What the parts of a chapter are printed with.
pub struct Context<'a> {
    /// The chapter.
    pub chapter: &'a Chapter,
    /// What the reader has done in it.
    pub state: &'a GuideState,
    /// What the browser can do.
    pub capabilities: &'a Capabilities,
    /// Whether nothing is measured.
    pub is_idle: bool,
    /// What the parts can ask for.
    pub actions: &'a GuideActions,
}
