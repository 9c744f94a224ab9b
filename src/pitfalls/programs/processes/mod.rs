//! The pitfalls and the primitives of processes: what their attempts run, and what comes of it.

pub mod calls;
pub mod counting;
pub mod generations;
pub mod inheriting;
pub mod primitive;
pub mod sending;

use calls::Calls;
use counting::{Counted, Way};
use generations::Generations;
use inheriting::{Child, Start};
use primitive::{ProcessDemonstrated, ProcessDemonstration};
use sending::Sending;

/// What an attempt on processes runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessProgram {
    /// Posts a value of every kind to a worker.
    Send {
        /// Whether in a form in which it can be sent.
        instead: bool,
    },
    /// Has two processes add to a counter.
    Count(Way),
    /// Has two processes call a function that fails.
    Call {
        /// Whether the page reads the results.
        reads_results: bool,
    },
    /// Has a program start workers that run it again.
    StartMain {
        /// Whether the program has a main guard.
        is_guarded: bool,
    },
    /// Starts a child of a process that has changed its state.
    StartChild(Start),
    /// Has processes use a primitive.
    Demonstrate(ProcessDemonstration),
}

/// What came of an attempt on processes.
#[derive(Clone, Debug, PartialEq)]
pub enum ProcessOutcome {
    /// What became of each value.
    Sent(Sending),
    /// What was counted, and where.
    Counted(Counted),
    /// What the page learned of the calls.
    Called(Calls),
    /// Which workers started.
    Started(Generations),
    /// What the child inherited.
    Inherited(Child),
    /// What they did with a primitive.
    Demonstrated(ProcessDemonstrated),
}

impl ProcessOutcome {
    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self {
            Self::Sent(sending) => sending.sentence(),
            Self::Counted(counted) => counted.sentence(),
            Self::Called(calls) => calls.sentence(),
            Self::Started(generations) => generations.sentence(),
            Self::Inherited(child) => child.sentence(),
            Self::Demonstrated(demonstrated) => demonstrated.sentence(),
        }
    }

    /// Whether all is as the program's author wanted it.
    pub fn is_right(&self) -> bool {
        match self {
            Self::Sent(sending) => sending.is_right(),
            Self::Counted(counted) => counted.is_right(),
            Self::Called(calls) => calls.failures_are_known(),
            Self::Started(generations) => generations.is_one(),
            Self::Inherited(child) => child.can_work(),
            Self::Demonstrated(demonstrated) => demonstrated.is_right(),
        }
    }

    /// Whether somebody waits for ever.
    pub fn is_deadlock(&self) -> bool {
        matches!(self, Self::Inherited(child) if !child.can_work())
    }

    /// How long it took, in ms; `None` where it did not end.
    pub fn took_ms(&self) -> Option<f64> {
        match self {
            Self::Sent(sending) => Some(sending.took_ms),
            Self::Counted(counted) => Some(counted.took_ms),
            Self::Called(calls) => Some(calls.took_ms),
            Self::Started(generations) => Some(generations.took_ms()),
            Self::Demonstrated(demonstrated) => Some(demonstrated.took_ms()),
            Self::Inherited(child) => child.can_work().then_some(child.start_ms),
        }
    }
}
