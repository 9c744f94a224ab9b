//! What the parts of a chapter are printed with, and what they can ask for.

use super::state::{GuideState, Shortfall};
use crate::guide::measured::Measurements;
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
    /// What the reader has done in it.
    pub state: &'a GuideState,
    /// What the browser can do.
    pub capabilities: &'a Capabilities,
    /// Whether nothing is measured.
    pub is_idle: bool,
    /// Whether it is known what the browser can do.
    pub is_probed: bool,
    /// What the parts can ask for.
    pub actions: &'a GuideActions,
}

/// A run that a text quotes.
#[derive(Clone, Copy)]
pub enum QuotedRun<'a> {
    /// It ran here.
    Here(&'a Measurements),
    /// It was recorded on another device, as this browser cannot run all of it.
    Recorded(&'a Measurements),
}

impl<'a> QuotedRun<'a> {
    /// Its figures.
    pub fn figures(self) -> &'a Measurements {
        let (Self::Here(figures) | Self::Recorded(figures)) = self;
        figures
    }
}

impl<'a> Context<'a> {
    /// What the browser lacks for `query`, once that is known.
    pub fn lack(&self, query: &str) -> Option<Shortfall> {
        Shortfall::of(query, self.capabilities).filter(|_| self.is_probed)
    }

    /// What `query` came to on another device, if that is loaded.
    pub fn recorded(&self, query: &str) -> Option<&'a Measurements> {
        self.state.recorded.as_ref()?.runs.get(query)
    }

    /// The run to quote of the experiment `id`, which runs `query`.
    pub fn quoted(&self, id: &str, query: &str) -> Option<QuotedRun<'a>> {
        let here = self.state.runs.measured(id).map(|run| QuotedRun::Here(run));
        let recorded = || self.recorded(query).map(QuotedRun::Recorded);
        match self.lack(query) {
            // Whatever ran here is only a part of it.
            Some(Shortfall::Refused(_)) => recorded().or(here),
            Some(Shortfall::OneCore) => here.or_else(recorded),
            None => here,
        }
    }
}
