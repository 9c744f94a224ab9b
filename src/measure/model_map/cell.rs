//! What was measured in one cell.

use crate::failure::Failure;
use crate::measure::stats;
use crate::models::ExecutorKind;

/// A model is about as fast as the fastest where its median is longer by less than this factor: with
/// so few samples that says nothing.
const TIED: f64 = 1.05;
/// A model that takes more than so many times as long as the fastest gets no further samples, and none at all
/// in cells between others where it does.
pub const FAR_SLOWER: f64 = 2.0;

/// A cell in which all others take so many times as long as the fastest is clear. One that is neither that nor
/// too close to call is measured again at another time: what a system makes of a pool may stay the same from
/// sample to sample.
const CLEAR: f64 = 1.3;
/// How often a cell is measured at the most.
const MOST_VISITS: u32 = 2;

/// What is known of one model in one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Timing {
    /// It ran; each sample, in ms.
    Ran(Vec<f64>),
    /// It was not run, since waiting alone takes it this long, in ms.
    AtLeast(f64),
    /// It was not run, since it is far slower in the cells around.
    FarSlower,
    /// It failed.
    Failed(Failure),
}

impl Timing {
    /// The median of its samples, in ms.
    pub fn median_ms(&self) -> Option<f64> {
        match self {
            Self::Ran(samples_ms) if !samples_ms.is_empty() => {
                Some(stats::median(samples_ms.iter().copied()))
            }
            _ => None,
        }
    }

    /// Its shortest and its longest sample, in ms.
    fn range_ms(&self) -> Option<[f64; 2]> {
        let Self::Ran(samples_ms) = self else { return None };
        let low = samples_ms.iter().copied().reduce(f64::min)?;
        let high = samples_ms.iter().copied().reduce(f64::max)?;
        Some([low, high])
    }
}

/// What was measured in one cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Each model, in the order of the plan.
    pub timings: Vec<(ExecutorKind, Timing)>,
    /// How often it was measured.
    visits: u32,
}

impl Cell {
    /// A cell that was measured once.
    pub fn new(timings: Vec<(ExecutorKind, Timing)>) -> Self {
        Self { timings, visits: 1 }
    }

    /// The fastest model, and its median in ms; `None` where none ran.
    pub fn fastest(&self) -> Option<(ExecutorKind, f64)> {
        let medians =
            self.timings.iter().filter_map(|(kind, timing)| Some((*kind, timing.median_ms()?)));
        medians.min_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// The models that may as well be the fastest: within a few percent, or with a sample as short as the
    /// fastest one's longest.
    pub fn rivals(&self) -> Vec<ExecutorKind> {
        let Some((fastest, median_ms)) = self.fastest() else { return Vec::new() };
        let longest_ms =
            self.timing(fastest).and_then(Timing::range_ms).map_or(0.0, |[_, high]| high);
        let is_rival = |(kind, timing): &&(ExecutorKind, Timing)| {
            let (Some(ms), Some([least_ms, _])) = (timing.median_ms(), timing.range_ms()) else {
                return false;
            };
            *kind != fastest && (ms <= TIED * median_ms || least_ms <= longest_ms)
        };
        self.timings.iter().filter(is_rival).map(|(kind, _)| *kind).collect()
    }

    /// The fastest model and its rivals, in the order of the plan.
    pub fn candidates(&self) -> Vec<ExecutorKind> {
        let rivals = self.rivals();
        let fastest = self.fastest().map(|(kind, _)| kind);
        let kinds = self.timings.iter().map(|(kind, _)| *kind);
        kinds.filter(|kind| fastest == Some(*kind) || rivals.contains(kind)).collect()
    }

    /// Whether it is too close to call which model is the fastest.
    pub fn is_close(&self) -> bool {
        !self.rivals().is_empty()
    }

    /// The models that it is to be measured again for, the fastest first; none where it is clear, or too close
    /// to call, or was measured again.
    pub fn to_confirm(&self) -> Vec<ExecutorKind> {
        let Some((fastest, fastest_ms)) = self.fastest() else { return Vec::new() };
        if self.visits >= MOST_VISITS || self.is_close() {
            return Vec::new();
        }
        let of = |(kind, timing): &(ExecutorKind, Timing)| {
            let ms = timing.median_ms()?;
            (*kind != fastest && ms < CLEAR * fastest_ms).then_some(*kind)
        };
        let others: Vec<_> = self.timings.iter().filter_map(of).collect();
        if others.is_empty() {
            return others;
        }
        [vec![fastest], others].concat()
    }

    /// What is known after it was measured once more, which came to `later`: more samples of the models that
    /// ran again, and which of them failed.
    #[must_use]
    pub fn merged_with(mut self, later: Self) -> Self {
        for (kind, timing) in later.timings {
            let known = self.timings.iter_mut().find(|(of, _)| *of == kind);
            match (known, timing) {
                (Some((_, Timing::Ran(samples_ms))), Timing::Ran(more_ms)) => {
                    samples_ms.extend(more_ms);
                }
                (Some((_, known)), failed @ Timing::Failed(_)) => *known = failed,
                (Some(_), _) => {}
                (None, timing) => self.timings.push((kind, timing)),
            }
        }
        self.visits += later.visits;
        self
    }

    /// What is known of a model.
    pub fn timing(&self, kind: ExecutorKind) -> Option<&Timing> {
        self.timings.iter().find(|(of, _)| *of == kind).map(|(_, timing)| timing)
    }

    /// Whether a model failed.
    pub fn has_failed(&self, kind: ExecutorKind) -> bool {
        matches!(self.timing(kind), Some(Timing::Failed(_)))
    }

    /// Whether a model comes into question: it ran, and was not far slower.
    pub fn is_contender(&self, kind: ExecutorKind) -> bool {
        let median_ms = self.timing(kind).and_then(Timing::median_ms);
        match (self.fastest(), median_ms) {
            (Some((_, fastest_ms)), Some(ms)) => ms <= FAR_SLOWER * fastest_ms,
            _ => false,
        }
    }
}
