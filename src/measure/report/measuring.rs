//! How a run was measured, for those who want to know whether to trust it.

use crate::measure::calibration::NOTABLE_DRIFT;
use serde::Serialize;

/// A machine is called unsteady that changed its speed in a greater share of the blocks.
const MOST_DRIFTED: f64 = 0.2;
/// Cores are called busy where more than this part of one was missing: the page and the
/// system take some of it always.
const BUSY: f64 = 0.25;

/// How a run was measured: block by block, each model once in each.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measuring {
    /// Whether a kernel was timed before and after each block, to see whether the
    /// machine kept its speed.
    pub calibrated: bool,
    /// How often the comparisons were looked at, to see whether the run could end, and at
    /// its end; 1 at least. Intervals are the wider for it, see
    /// [`Confidence`](crate::measure::confidence::Confidence).
    pub looks: u32,
    /// All blocks, those thrown away included, in the order of time.
    pub blocks: Vec<Block>,
}

impl Measuring {
    /// How many blocks were thrown away because of `disturbance`.
    pub fn lost_to(&self, disturbance: Disturbance) -> usize {
        let lost = |block: &&Block| !block.kept && block.disturbed == Some(disturbance);
        self.blocks.iter().filter(lost).count()
    }

    /// How many blocks were kept.
    pub fn kept(&self) -> usize {
        self.blocks.iter().filter(|block| block.kept).count()
    }

    /// In how many of the kept blocks the machine changed its speed notably.
    pub fn drifted(&self) -> usize {
        self.blocks.iter().filter(|block| block.kept && block.drift > NOTABLE_DRIFT).count()
    }

    /// Whether the machine changed its speed notably in many blocks.
    pub fn is_unsteady(&self) -> bool {
        self.drifted() as f64 > MOST_DRIFTED * self.kept() as f64
    }

    /// The greatest change of speed in any block that nothing else disturbed.
    pub fn greatest_drift(&self) -> f64 {
        let calm = self.blocks.iter().filter(|block| block.disturbed.is_none());
        calm.map(|block| block.drift).fold(0.0, f64::max)
    }

    /// How many cores were free on average; `None` where nobody could see.
    pub fn free_cores(&self) -> Option<f64> {
        let cores: Vec<_> = self.blocks.iter().filter_map(|block| block.cores).collect();
        (!cores.is_empty()).then(|| cores.iter().sum::<f64>() / cores.len() as f64)
    }

    /// How many cores were free on average, where notably fewer than `there` are.
    pub fn cores_beside_others(&self, there: u32) -> Option<f64> {
        self.free_cores().filter(|cores| f64::from(there) - cores > BUSY)
    }
}

/// One block of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// By how much the machine's speed changed in its course: 0.05 is 5%.
    pub drift: f64,
    /// How many cores were free at its end; `None` where that could not be told.
    pub cores: Option<f64>,
    /// What disturbed it, where something did.
    pub disturbed: Option<Disturbance>,
    /// Whether its samples were kept.
    pub kept: bool,
}

/// What makes samples worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disturbance {
    /// The tab was hidden, when browsers slow it down.
    TabHidden,
    /// The machine slept, or its clock was set.
    ClockJumped,
}

impl Disturbance {
    /// Every one of them.
    pub const ALL: [Self; 2] = [Self::TabHidden, Self::ClockJumped];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::TabHidden => "tab-hidden",
            Self::ClockJumped => "clock-jumped",
        }
    }

    /// What happened, as a sentence.
    pub fn what(self) -> &'static str {
        match self {
            Self::TabHidden => "The tab was hidden, and browsers slow hidden tabs down.",
            Self::ClockJumped => "The machine slept, or its clock was set.",
        }
    }
}
