//! The judgement on a prediction: right or wrong, why, and by how much.

use crate::measure::format;
use crate::models::ExecutorKind;
use crate::wording::counted;

/// The judgement on a prediction.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Why it was right or wrong.
    pub kind: JudgementKind,
    /// By which part the prediction was off where it was off most: 0.5 where it was
    /// half as much again, or that much too little. `None` where there was nothing to
    /// compare it with.
    pub gap: Option<f64>,
}

impl Judgement {
    /// The judgement in a sentence or two.
    pub fn text(&self) -> String {
        self.kind.message()
    }
}

/// The predicted and the measured speedup of one pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PredictedPoint {
    /// How many workers it had.
    pub workers: u32,
    /// The speedup that was predicted.
    pub predicted: f64,
    /// The speedup that was measured.
    pub measured: f64,
}

/// Why a prediction was right or wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum JudgementKind {
    /// The predicted model was the fastest.
    Winner {
        /// The model.
        predicted: ExecutorKind,
        /// The next one, and how many times as fast as that it was.
        over_next: Option<(ExecutorKind, f64)>,
    },
    /// No other model was faster, but some were as fast.
    Tied {
        /// The model.
        predicted: ExecutorKind,
        /// Those that could not be told from it.
        with: Vec<ExecutorKind>,
    },
    /// Another model was faster.
    OtherWinner {
        /// The model that was predicted.
        predicted: ExecutorKind,
        /// The fastest.
        winner: ExecutorKind,
        /// How many times as fast that was, where it is known.
        times: Option<f64>,
    },
    /// The predicted model gave no result.
    NoResult {
        /// The model.
        predicted: ExecutorKind,
    },
    /// The curve was right everywhere, to within the gap that is allowed.
    Curve {
        /// Where it was off most.
        worst: PredictedPoint,
    },
    /// Workers beyond the machine's cores were expected to help.
    BeyondCores {
        /// How many cores there are in effect.
        cores: f64,
        /// The pool that fills them.
        at_cores: PredictedPoint,
        /// The widest pool.
        widest: PredictedPoint,
    },
    /// Too many workers make it slower, which was not expected.
    MissedDecline {
        /// The fastest pool.
        peak: PredictedPoint,
        /// The widest pool.
        widest: PredictedPoint,
    },
    /// A peak was expected, but at another number of workers.
    PeakElsewhere {
        /// Where it was expected.
        expected: PredictedPoint,
        /// Where it was.
        peak: PredictedPoint,
    },
    /// More was expected than came out.
    TooMuch {
        /// Where it was off most.
        worst: PredictedPoint,
        /// The widest pool's workers, and its speedup per worker.
        widest: (u32, f64),
    },
    /// More came out than was expected.
    TooLittle {
        /// Where it was off most.
        worst: PredictedPoint,
    },
    /// No pool was measured of which something was predicted.
    NothingMeasured,
}

impl JudgementKind {
    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Winner { .. } => "Winner",
            Self::Tied { .. } => "Tied",
            Self::OtherWinner { .. } => "OtherWinner",
            Self::NoResult { .. } => "NoResult",
            Self::Curve { .. } => "Curve",
            Self::BeyondCores { .. } => "BeyondCores",
            Self::MissedDecline { .. } => "MissedDecline",
            Self::PeakElsewhere { .. } => "PeakElsewhere",
            Self::TooMuch { .. } => "TooMuch",
            Self::TooLittle { .. } => "TooLittle",
            Self::NothingMeasured => "NothingMeasured",
        }
    }

    /// Whether the prediction came true.
    pub fn is_right(&self) -> bool {
        matches!(self, Self::Winner { .. } | Self::Tied { .. } | Self::Curve { .. })
    }

    fn message(&self) -> String {
        let times = format::times;
        match self {
            Self::Winner { predicted, over_next } => {
                let ahead = over_next.map_or_else(String::new, |(next, ratio)| {
                    format!(", {}× as fast as {}", times(ratio), next.in_text())
                });
                format!("Right: {} {} the fastest{ahead}.", predicted.in_text(), predicted.was())
            }
            Self::Tied { predicted, with } => {
                let with: Vec<_> = with.iter().map(|kind| kind.in_text()).collect();
                format!(
                    "Right, but tied: there was no clear difference between {} and {}.",
                    predicted.in_text(),
                    with.join(" and ")
                )
            }
            Self::OtherWinner { predicted, winner, times: ratio } => {
                let faster = match ratio {
                    Some(ratio) => format!("{}× as fast as", times(*ratio)),
                    None => "faster than".to_owned(),
                };
                format!(
                    "Not this time: {} {} {faster} {}.",
                    winner.in_text(),
                    winner.was(),
                    predicted.in_text()
                )
            }
            Self::NoResult { predicted } => format!(
                "{} gave no result, so your prediction is neither right nor wrong.",
                predicted.at_start()
            ),
            Self::Curve { worst } => format!(
                "Right: your curve is close everywhere. It was furthest off at {}: {}, measured \
                 {}.",
                counted(worst.workers.into(), "worker"),
                times(worst.predicted),
                times(worst.measured)
            ),
            Self::BeyondCores { cores, at_cores, widest } => format!(
                "You expected workers beyond the cores to help. This machine has {} in effect: \
                 from {} to {} workers your curve goes from {} to {}, the measured one from {} to \
                 {}.",
                times(*cores),
                at_cores.workers,
                widest.workers,
                times(at_cores.predicted),
                times(widest.predicted),
                times(at_cores.measured),
                times(widest.measured)
            ),
            Self::MissedDecline { peak, widest } => format!(
                "You expected no decline, but too many workers made it slower: {} at {}, and \
                 only {} at {}.",
                times(peak.measured),
                counted(peak.workers.into(), "worker"),
                times(widest.measured),
                widest.workers
            ),
            Self::PeakElsewhere { expected, peak } => format!(
                "You expected the peak at {}; it was at {}, with a speedup of {} instead of {}.",
                counted(expected.workers.into(), "worker"),
                peak.workers,
                times(peak.measured),
                times(expected.measured)
            ),
            Self::TooMuch { worst, widest: (widest, efficiency) } => format!(
                "You expected too much: {} at {}, measured {}. With {widest} workers, each did {} \
                 of what one does alone; the rest is overhead.",
                times(worst.predicted),
                counted(worst.workers.into(), "worker"),
                times(worst.measured),
                format::percent(*efficiency)
            ),
            Self::TooLittle { worst } => format!(
                "You expected too little: {} at {}, measured {}.",
                times(worst.predicted),
                counted(worst.workers.into(), "worker"),
                times(worst.measured)
            ),
            Self::NothingMeasured => {
                "No other number of workers was measured, so there is nothing to compare your \
                 curve with."
                    .to_owned()
            }
        }
    }
}
