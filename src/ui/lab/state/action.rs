//! What can happen.

use crate::advice::EvidencePath;
use crate::exchange::history::Entry;
use crate::executors::run::Progress;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::measure::estimate::Timing;
use crate::measure::report::{Capabilities, Report};
use crate::measure::sharing::Costs;
use crate::measure::start_up::StartUpCosts;
use crate::measure::waterfall::Step;
use crate::models::{ExecutorKind, OptionSpec};
use crate::ui::charts::sketch::Sketch;
use crate::ui::lab::own::FileStep;
use crate::ui::lab::state::results::Results;
use crate::ui::lab::study_card::Event;
use crate::ui::lab::tabs::Tab;
use crate::ui::shell::route::Route;
use crate::ui::shell::theme::Theme;
use crate::workloads::WorkloadId;
use std::rc::Rc;

/// Something that happens.
#[derive(Debug)]
#[cfg_attr(test, derive(Clone))]
pub enum Action {
    /// The reader went to another address.
    Went(Route),
    /// The reader follows the way of an advice into the decision tree, or answers by hand again.
    Advised(Option<Rc<EvidencePath>>),
    /// The browser has told all it can do.
    Probed(Capabilities),
    /// The reader chose a theme.
    Themed(Theme),
    /// The reader chose a workload.
    ChoseWorkload(WorkloadId),
    /// The reader typed a parameter.
    TypedParam(&'static str, String),
    /// The reader set a parameter to a value as links write it: by its slider, or by a
    /// press on what would do.
    SetParam(&'static str, String),
    /// The reader chose one of the workload's presets, by its place in their list.
    ChosePreset(usize),
    /// A file of the reader's own got further on its way.
    File(FileStep),
    /// The reader chose a model, or no longer.
    ChoseModel(usize, bool),
    /// The reader typed or chose an option of a model, such as the size of its pool.
    SetOption(usize, &'static OptionSpec, String),
    /// The reader typed the number of rounds.
    TypedRepeats(String),
    /// A script measures something in this page, or no longer.
    Busy(bool),
    /// How long a run took is known, if it can be told.
    Timed(Option<Timing>),
    /// A run began.
    Began(Rc<Experiment>),
    /// A run got further.
    Progressed(Progress),
    /// The reader cancelled the run.
    Cancelled,
    /// The run came to an end.
    Ended(Result<Rc<Results>, Failure>),
    /// The reader opened a tab.
    OpenedTab(Tab),
    /// The reader chose the model whose timeline is shown.
    Showed(usize),
    /// The reader chose a step of the waterfall, or no longer.
    Lit(Option<Step>),
    /// The reader switched what the picture's colours mean.
    ColouredByWorker(bool),
    /// The reader predicted the fastest model, or no longer.
    Guessed(Option<ExecutorKind>),
    /// The reader chose the model whose scaling is to be measured.
    Scaled(ExecutorKind),
    /// The reader drew the speedups that they predict.
    Sketched(Sketch),
    /// Something happened to the card that shows what sharing costs.
    Sharing(Event<Costs>),
    /// Something happened to the card that shows what starting workers costs.
    StartUp(Event<StartUpCosts>),
    /// The reader pinned the run that is shown, or no longer.
    Pinned(bool),
    /// The history of runs changed.
    HistoryRead {
        /// The runs, the newest first.
        entries: Rc<[Entry]>,
        /// How many more there are that cannot be read here.
        unreadable: usize,
    },
    /// The reader opened a report.
    Opened(Box<Report>),
    /// A report could not be opened, or a file not saved; its name, if it was a file that
    /// the reader brought.
    FileFailed(Option<String>, Failure),
}

impl Action {
    /// Whether it changes what is to be run.
    pub(super) fn changes_the_experiment(&self) -> bool {
        matches!(
            self,
            Self::ChoseWorkload(_)
                | Self::TypedParam(..)
                | Self::SetParam(..)
                | Self::ChosePreset(_)
                | Self::File(FileStep::Began { .. })
                | Self::ChoseModel(..)
                | Self::SetOption(..)
                | Self::TypedRepeats(_)
                | Self::Guessed(_)
        )
    }

    /// Whether it has a view of the result drawn anew.
    pub(super) fn changes_a_view(&self) -> bool {
        matches!(
            self,
            Self::OpenedTab(_)
                | Self::Showed(_)
                | Self::Lit(_)
                | Self::ColouredByWorker(_)
                | Self::Pinned(_)
        )
    }
}
