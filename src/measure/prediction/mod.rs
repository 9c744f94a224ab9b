//! What a reader predicted, compared with what came out, in sentences that fit the
//! mistake.

mod curve;
mod judgement;
mod winner;

pub use curve::judge_curve;
pub use judgement::{Judgement, JudgementKind, PredictedPoint};
pub use winner::judge_winner;

use crate::models::ExecutorKind;

/// What a reader expects of a run, said before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Prediction {
    /// This model will be the fastest.
    Winner(ExecutorKind),
    /// The speedup with 1, 2, 3… workers.
    Curve(Vec<f64>),
}
