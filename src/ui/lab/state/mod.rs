//! The page's state and everything that can happen to it.

mod action;
#[cfg(test)]
mod example;
mod messages;
mod obstacle;
mod own_file;
mod predicting;
mod reducer;
mod results;
pub mod rows;
mod showing;

pub use action::Action;
pub use results::{Results, minute, picture};

use crate::advice::EvidencePath;
use crate::exchange::history::Entry;
use crate::executors::run::{Progress, schedule};
use crate::experiment::Experiment;
use crate::experiment::typed_number::NumberFormat;
use crate::failure::Failure;
use crate::measure::estimate::{self, Budget, Timing};
use crate::measure::report::Capabilities;
use crate::measure::sharing::Costs;
use crate::measure::start_up::StartUpCosts;
use crate::measure::waterfall::Step;
use crate::models::ExecutorKind;
use crate::ui::charts::comparison::Comparison;
use crate::ui::charts::sketch::Sketch;
use crate::ui::lab::form::Form;
use crate::ui::lab::own::{FileLoading, LoadedFile};
use crate::ui::lab::study_card::{Event, StudyCard};
use crate::ui::lab::tabs::Tab;
use crate::ui::shell::route::{self, Route};
use crate::ui::shell::theme::Theme;
use crate::workloads::WorkloadId;
use std::rc::Rc;

/// How long a run with automatic rounds usually takes, fetching and compiling the compute
/// module before it included.
const BUDGET: Budget = Budget {
    ms: schedule::USUAL_MS + 600.0,
    warm_up_ms: schedule::WARM_UP_MS,
    fewest_rounds: schedule::FIRST_LOOK as u32,
};

/// What the lab is doing.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Activity {
    /// Nothing runs.
    #[default]
    Idle,
    /// A run is under way.
    Running {
        /// What runs.
        experiment: Rc<Experiment>,
        /// How far it is; nothing yet at the very beginning.
        progress: Option<Progress>,
    },
    /// The reader has cancelled, and the run is ending.
    Cancelling {
        /// What was run.
        experiment: Rc<Experiment>,
    },
}

/// The page's state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The page that is shown.
    pub route: Route,
    /// Whether the lab stands alone in a frame.
    pub embedded: bool,
    /// Light, dark, or the system's.
    pub theme: Theme,
    /// What this browser can do.
    pub capabilities: Capabilities,
    /// Whether that is all known: the service worker takes a moment.
    pub is_probed: bool,
    /// The experiment, as it stands in the form.
    pub form: Form,
    /// The file that the reader brought for the form's workload.
    pub own: Option<Rc<LoadedFile>>,
    /// The progress of loading one.
    pub file_loading: FileLoading,
    /// What the lab is doing.
    pub activity: Activity,
    /// The last run's results.
    pub results: Option<Rc<Results>>,
    /// Why the last run failed.
    pub failure: Option<Failure>,
    /// What was refused of the link that led here.
    pub refused: Vec<Failure>,
    /// The tab that is open; `None` until one was chosen, see [`State::tab`].
    pub tab: Option<Tab>,
    /// The model whose timeline is shown, as an index into the results.
    pub shown: usize,
    /// The step of the waterfall whose spans are lit up in the timeline.
    pub lit: Option<Step>,
    /// Whether the picture's tiles are coloured by the worker that computed them.
    pub by_worker: bool,
    /// Whether "More" has been opened to show what is wrong in it; it is not closed
    /// again under the hand that mends it.
    pub more_open: bool,
    /// Which model the reader predicted to be fastest; see [`State::guessed`].
    guess: Option<ExecutorKind>,
    /// The model whose scaling is to be measured.
    pub scaled: ExecutorKind,
    /// The speedups that the reader predicts for it.
    pub sketch: Option<Rc<Sketch>>,
    /// The run that the next is compared with.
    pub pinned: Option<Rc<Results>>,
    /// What is shown beside the run that is pinned.
    pub comparison: Option<Rc<Comparison>>,
    /// The way of the last advice that was followed into the decision tree.
    pub evidence: Option<Rc<EvidencePath>>,
    /// The runs that are kept, the newest first.
    pub history: Rc<[Entry]>,
    /// How many more are kept that cannot be read here.
    pub unreadable: usize,
    /// What sharing costs, as far as that was measured.
    pub sharing: StudyCard<Costs>,
    /// What starting workers costs, as far as that was measured.
    pub start_up: StudyCard<StartUpCosts>,
    /// What the last runs of this page took, the latest first.
    timings: Vec<Timing>,
    /// Whether something is measured in this page, by whomever.
    is_busy: bool,
    /// The link that was followed while something was measured.
    postponed: Option<String>,
    /// Why a file was not opened, or not saved.
    file_failure: Option<(Option<String>, Failure)>,
    /// Runs so far, those that were opened included.
    runs: u32,
}

impl State {
    /// The page as it opens. `search` and `hash` are the two parts of its address
    /// that may say what to run; the latter wins.
    pub fn new(capabilities: Capabilities, search: &str, hash: &str, theme: Theme) -> Option<Self> {
        let workers = capabilities.machine.default_workers();
        let experiment = Experiment::default_for(WorkloadId::Mandelbrot, workers).ok()?;
        let mut state = Self {
            route: Route::opened_by(search, hash),
            embedded: route::is_embedded(search),
            theme,
            form: Form::of(&experiment, workers),
            capabilities,
            is_probed: false,
            own: None,
            file_loading: FileLoading::Idle,
            activity: Activity::Idle,
            results: None,
            failure: None,
            refused: Vec::new(),
            tab: None,
            shown: 0,
            lit: None,
            guess: None,
            scaled: ExecutorKind::Threads,
            sketch: None,
            pinned: None,
            comparison: None,
            evidence: None,
            history: Rc::default(),
            unreadable: 0,
            sharing: StudyCard::default(),
            start_up: StudyCard::default(),
            timings: Vec::new(),
            is_busy: false,
            postponed: None,
            file_failure: None,
            by_worker: false,
            more_open: false,
            runs: 0,
        };
        if let Route::Lab(query) = state.route.clone() {
            let search = search.trim_start_matches('?');
            state.follow(if query.is_empty() { search } else { &query });
        }
        Some(state)
    }

    /// The page for a reader whose language writes numbers like this.
    pub fn reading(mut self, numbers: NumberFormat) -> Self {
        self.form.numbers = numbers;
        self
    }

    /// The number of the next run.
    pub fn next_run(&self) -> u32 {
        self.runs + 1
    }

    /// About how long `experiment` will take, in ms, if that can be told.
    pub fn estimate_ms(&self, experiment: &Experiment) -> Option<f64> {
        estimate::estimate(experiment, &self.timings, BUDGET)
    }

    /// The tab that is open.
    pub fn tab(&self) -> Tab {
        self.tab.unwrap_or_default()
    }

    /// The way of the last advice, if it led to `path` in the decision tree.
    // No part of a first visit, and so not of its caller.
    #[inline(never)]
    pub fn evidence_at(&self, path: &str) -> Option<Rc<EvidencePath>> {
        self.evidence.clone().filter(|evidence| evidence.text() == path)
    }

    /// What happens where the reader cancels what the page measures, if it measures
    /// something.
    pub fn cancelled(&self) -> Option<fn() -> Action> {
        if self.activity != Activity::Idle {
            Some(|| Action::Cancelled)
        } else if self.sharing.is_running() {
            Some(|| Action::Sharing(Event::Cancelled))
        } else if self.start_up.is_running() {
            Some(|| Action::StartUp(Event::Cancelled))
        } else {
            None
        }
    }

    /// Whether nothing is measured.
    pub fn is_idle(&self) -> bool {
        self.activity == Activity::Idle && !self.measures_for_a_card() && !self.is_busy
    }

    /// Whether a card of a view measures something.
    pub fn measures_for_a_card(&self) -> bool {
        self.sharing.is_running() || self.start_up.is_running()
    }

    /// Whether the reader has cancelled what a card measures, and it is ending.
    pub fn card_is_cancelled(&self) -> bool {
        self.sharing.is_cancelled() || self.start_up.is_cancelled()
    }

    /// What a card of a view measures, and how far it is, if it does.
    pub fn card_status(&self) -> Option<String> {
        if self.sharing.is_running() {
            Some(format!("Measuring the cost of sharing: {}", self.sharing.status()))
        } else if self.start_up.is_running() {
            Some(format!("Measuring the cost of starting: {}", self.start_up.status()))
        } else {
            None
        }
    }

    /// Whether the views of a result must stay as they are: they would draw while something
    /// is measured. What a card measures is measured in a view itself.
    pub fn is_locked(&self) -> bool {
        !self.is_idle() && !self.measures_for_a_card()
    }
}
