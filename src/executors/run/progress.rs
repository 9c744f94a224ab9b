//! How far a run is, and what it has measured so far.

use crate::failure::Failure;
use crate::measure::report::Disturbance;
use crate::models::Executor;
use std::rc::Rc;

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is about to happen.
    pub stage: Stage,
    /// The model it happens to, as an index into the experiment's list.
    pub executor: usize,
    /// Steps done. Fewer than before where a block is measured again.
    pub done: u32,
    /// Steps in all, as far as is known.
    pub total: u32,
    /// The time left until the end at the most, in ms, as far as it can be told.
    pub left_ms: Option<f64>,
    /// What was measured so far.
    pub interim: Rc<Interim>,
}

impl Progress {
    /// A run that is so far, and has measured nothing yet.
    pub fn new(stage: Stage, executor: usize, done: u32, total: u32) -> Self {
        Self { stage, executor, done, total, left_ms: None, interim: Rc::default() }
    }
}

/// What a run has measured so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interim {
    /// The models, in the experiment's order.
    pub models: Vec<InterimModel>,
}

/// What a run has measured of one model so far.
#[derive(Clone, Debug, PartialEq)]
pub struct InterimModel {
    /// The model.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; 0 until they are.
    pub startup_ms: f64,
    /// The samples of warming up, in ms of one computation: thrown away in the end.
    pub warm_up_ms: Vec<f64>,
    /// The samples that count, in ms of one computation.
    pub samples_ms: Vec<f64>,
    /// The longest freeze of the page in any of these, in ms.
    pub frozen_ms: f64,
    /// Why it has none.
    pub failure: Option<Failure>,
}

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Workers are started.
    Starting,
    /// A sample is taken and thrown away.
    WarmingUp,
    /// A sample is taken.
    Measuring,
    /// Nothing, until the reader wants to go on.
    Paused(Disturbance),
}

impl Stage {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::WarmingUp => "warming-up",
            Self::Measuring => "measuring",
            Self::Paused(_) => "paused",
        }
    }
}
