//! How a run was measured, for those who want to know whether to trust it.

use serde::Serialize;

/// How a run was measured: block by block, each model once in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measuring {
    /// Whether a kernel was timed before and after each block, to see whether the
    /// machine kept its speed.
    pub calibrated: bool,
    /// All blocks, those thrown away included, in the order of time.
    pub blocks: Vec<Block>,
    /// Whether no more than a fifth of them were lost because the machine changed
    /// its speed.
    pub conclusive: bool,
}

impl Measuring {
    /// How many blocks were thrown away because of `disturbance`, or, without one,
    /// because the machine changed its speed.
    pub fn lost_to(&self, disturbance: Option<Disturbance>) -> usize {
        let lost = |block: &&Block| !block.kept && block.disturbed == disturbance;
        self.blocks.iter().filter(lost).count()
    }

    /// The greatest change of speed in any block that nothing else disturbed.
    pub fn greatest_drift(&self) -> f64 {
        let calm = self.blocks.iter().filter(|block| block.disturbed.is_none());
        calm.map(|block| block.drift).fold(0.0, f64::max)
    }
}

/// One block of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// By how much the machine's speed changed in its course: 0.05 is 5%.
    pub drift: f64,
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
