//! Where the time went: from the ideal, one thread's work divided by the workers,
//! to what was measured, step by step.
//!
//! The time of a sample is the time of each of its worker lanes, so the mean over
//! those lanes of everything in them adds up to it. The steps are those means: what
//! is in the lanes beyond their share of one thread's work. Nothing is spread: what
//! has no explanation is the last step, the rest, and may be negative.

use super::span::{Lane, LaneKind, Phase, Span};
use super::time_breakdown::{self, Stretch, TimeBreakdown};
use serde::Serialize;

/// Why a run took longer than its ideal, or shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Starting workers, where that is part of the sample.
    Spawn,
    /// Messages turned into bytes and back.
    Serialize,
    /// Bytes copied out of WebAssembly's memory.
    Copy,
    /// Messages on their way.
    Transfer,
    /// Tasks that waited for a worker, or for a turn.
    Queue,
    /// Waiting for a lock.
    LockWait,
    /// Waiting for an item from the stage before.
    QueueWait,
    /// Workers with nothing to do while others still worked.
    Imbalance,
    /// Putting the parts together, while the workers had nothing to do.
    Merge,
    /// Computing that took longer because more workers than cores took turns.
    Oversubscription,
    /// Waits that went on side by side in one lane: time won.
    Overlap,
    /// What none of these explains.
    Rest,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 12] = [
        Self::Spawn,
        Self::Serialize,
        Self::Copy,
        Self::Transfer,
        Self::Queue,
        Self::LockWait,
        Self::QueueWait,
        Self::Imbalance,
        Self::Merge,
        Self::Oversubscription,
        Self::Overlap,
        Self::Rest,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Spawn => "spawn",
            Self::Serialize => "serialize",
            Self::Copy => "copy",
            Self::Transfer => "transfer",
            Self::Queue => "queue",
            Self::LockWait => "lock-wait",
            Self::QueueWait => "queue-wait",
            Self::Imbalance => "imbalance",
            Self::Merge => "merge",
            Self::Oversubscription => "oversubscription",
            Self::Overlap => "overlap",
            Self::Rest => "rest",
        }
    }

    /// The words on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Spawn => "Spawn",
            Self::Serialize => "Serialize",
            Self::Copy => "Copy out of memory",
            Self::Transfer => "Transfer",
            Self::Queue => "Queue",
            Self::LockWait => "Lock wait",
            Self::QueueWait => "Other stage",
            Self::Imbalance => "Imbalance",
            Self::Merge => "Merge",
            Self::Oversubscription => "Oversubscription",
            Self::Overlap => "Overlapped waits",
            Self::Rest => "Rest",
        }
    }

    /// Whether a span of a lane is part of what the step is about: what lights up
    /// in the timeline when the step is chosen.
    pub fn is_seen_in(self, kind: LaneKind, span: &Span) -> bool {
        match (self, span.phase) {
            (Self::Spawn, Phase::Spawn)
            | (Self::Serialize, Phase::Serialize | Phase::Deserialize)
            | (Self::Copy, Phase::Copy)
            | (Self::Transfer, Phase::Transfer)
            | (Self::Queue, Phase::Queue)
            | (Self::LockWait, Phase::LockWait)
            | (Self::QueueWait, Phase::QueueWait)
            | (Self::Merge, Phase::Merge)
            | (Self::Oversubscription, Phase::Compute)
            | (Self::Overlap, Phase::IoWait)
            | (Self::Rest, Phase::Other) => true,
            (Self::Imbalance, Phase::Idle) => kind.is_worker(),
            _ => false,
        }
    }
}

/// A step and its size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StepTime {
    /// Which it is.
    pub step: Step,
    /// How much time it cost, in ms; negative where it won some.
    pub ms: f64,
}

/// From the ideal to what was measured. `ideal_ms` and all steps add up to
/// `measured_ms`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Waterfall {
    /// One thread's work divided by the workers, in ms.
    pub ideal_ms: f64,
    /// Whether one thread's work was measured on the main thread in the same run;
    /// else it is the sum of what the workers computed, which hides
    /// oversubscription.
    pub over_main_thread: bool,
    /// Every step once, in order.
    pub steps: Vec<StepTime>,
    /// What was measured, in ms.
    pub measured_ms: f64,
}

impl Waterfall {
    /// The step that cost most, if any cost anything.
    pub fn largest(&self) -> Option<StepTime> {
        let largest = self.steps.iter().max_by(|a, b| a.ms.total_cmp(&b.ms))?;
        (largest.ms > 0.0).then_some(*largest)
    }

    /// What a step cost, in ms.
    pub fn ms(&self, step: Step) -> f64 {
        self.steps.iter().filter(|one| one.step == step).map(|one| one.ms).sum()
    }
}

/// One sample, as its waterfall is made of it.
#[derive(Clone, Copy, Debug)]
pub struct OneSample<'a> {
    /// Its lanes, in ms from its beginning.
    pub lanes: &'a [Lane],
    /// How long it lasted, all its computations together, in ms.
    pub total_ms: f64,
    /// How often it computed the workload.
    pub computations: u32,
}

/// The waterfall of one sample. `one_thread` is what one computation took on the
/// main thread in the same run; `cores` is how many there are to compute on.
pub fn of(sample: OneSample, one_thread: Option<&TimeBreakdown>, cores: f64) -> Waterfall {
    let OneSample { lanes, total_ms, .. } = sample;
    let computations = f64::from(sample.computations.max(1));
    let pool: Vec<&Lane> = lanes.iter().filter(|lane| lane.kind.is_worker()).collect();
    let workers = if pool.is_empty() { lanes.iter().take(1).collect() } else { pool };
    let n = workers.len().max(1) as f64;
    let around = Around::new(lanes, &workers, total_ms);
    let mut in_lanes = [0.0; Step::ALL.len()];
    let (mut compute_ms, mut io_ms) = (0.0, 0.0);
    // Everything from here on is the mean of a worker lane, per computation.
    let share = 1.0 / (n * computations);
    for lane in &workers {
        for stretch in time_breakdown::stretches(&lane.spans, 0.0, total_ms) {
            let ms = (stretch.end_ms - stretch.start_ms) * share;
            match stretch.phase {
                Some(Phase::Compute) => compute_ms += ms,
                Some(Phase::IoWait) => io_ms += ms,
                Some(Phase::Idle | Phase::Queue) => {
                    around.explain(&stretch, |step, ms| in_lanes[step as usize] += ms * share);
                }
                explained => in_lanes[step_of(explained) as usize] += ms,
            }
        }
    }
    let work = |phase| one_thread.map(|one| one.ms(phase) / n);
    let ideal_compute_ms = work(Phase::Compute).unwrap_or(compute_ms);
    let ideal_io_ms = work(Phase::IoWait).unwrap_or(io_ms);
    let excess_ms = compute_ms - ideal_compute_ms;
    let oversubscription_ms = if n > cores.ceil() {
        excess_ms.max(0.0)
    } else {
        // Not every core is a whole one: two may share what is in them.
        let by_cores_ms = ideal_compute_ms * (n / cores.clamp(1.0, n) - 1.0);
        by_cores_ms.clamp(0.0, excess_ms.max(0.0))
    };
    let waited_ms = io_ms - ideal_io_ms;
    in_lanes[Step::Oversubscription as usize] += oversubscription_ms;
    in_lanes[Step::Overlap as usize] += waited_ms.min(0.0);
    in_lanes[Step::Rest as usize] += excess_ms - oversubscription_ms + waited_ms.max(0.0);
    Waterfall {
        ideal_ms: ideal_compute_ms + ideal_io_ms,
        over_main_thread: one_thread.is_some(),
        steps: Step::ALL.map(|step| StepTime { step, ms: in_lanes[step as usize] }).to_vec(),
        measured_ms: total_ms / computations,
    }
}

/// The step that a phase in a worker's lane belongs to, work and waiting aside.
fn step_of(phase: Option<Phase>) -> Step {
    match phase {
        Some(Phase::Spawn) => Step::Spawn,
        Some(Phase::Serialize | Phase::Deserialize) => Step::Serialize,
        Some(Phase::Copy) => Step::Copy,
        Some(Phase::Transfer) => Step::Transfer,
        Some(Phase::LockWait) => Step::LockWait,
        Some(Phase::QueueWait) => Step::QueueWait,
        Some(Phase::Merge) => Step::Merge,
        Some(Phase::Queue) => Step::Queue,
        _ => Step::Rest,
    }
}

/// What went on elsewhere while a worker had nothing to do.
struct Around {
    /// Whether any worker was at a task.
    busy: Vec<Stretch>,
    /// What the page and the coordinator did.
    parents: Vec<Stretch>,
}

impl Around {
    fn new(lanes: &[Lane], workers: &[&Lane], total_ms: f64) -> Self {
        let at_a_task = |span: &&Span| {
            use Phase::{Idle, Other, Queue, QueueWait, Transfer};
            !matches!(span.phase, Idle | Queue | QueueWait | Transfer | Other)
        };
        let busy = workers.iter().flat_map(|lane| lane.spans.iter().filter(at_a_task));
        // Whatever they did, it is one yes or no.
        let busy = busy.map(|span| Span { phase: Phase::Compute, ..*span });
        let busy: Vec<_> = busy.collect();
        let parents = lanes.iter().filter(|lane| !lane.kind.is_worker());
        let parents: Vec<_> = parents.flat_map(|lane| lane.spans.iter().copied()).collect();
        Self {
            busy: time_breakdown::stretches(&busy, 0.0, total_ms),
            parents: time_breakdown::stretches(&parents, 0.0, total_ms),
        }
    }

    /// Cuts a stretch in which a worker had nothing to do at the moments where
    /// something else begins, and gives each piece its step. The page's own lane,
    /// where it is the only one, waits for nobody.
    fn explain(&self, stretch: &Stretch, mut give: impl FnMut(Step, f64)) {
        let mut from_ms = stretch.start_ms;
        while from_ms < stretch.end_ms {
            let (busy, parent) = (at(&self.busy, from_ms), at(&self.parents, from_ms));
            let ends = [busy, parent].into_iter().flatten().map(|one| one.end_ms);
            let to_ms = ends.fold(stretch.end_ms, f64::min);
            let others_work = busy.is_some_and(|busy| busy.phase.is_some());
            let parent = parent.and_then(|parent| parent.phase);
            let step = match (stretch.phase, step_of(parent)) {
                (Some(Phase::Idle), _) if others_work => Step::Imbalance,
                (Some(Phase::Queue), Step::Rest | Step::Merge | Step::LockWait) => Step::Queue,
                (_, step) => step,
            };
            // Never stand still, whatever the rounding.
            let to_ms = if to_ms > from_ms { to_ms } else { stretch.end_ms };
            give(step, to_ms - from_ms);
            from_ms = to_ms;
        }
    }
}

/// The stretch that a moment is in.
fn at(stretches: &[Stretch], ms: f64) -> Option<&Stretch> {
    stretches.get(stretches.partition_point(|stretch| stretch.end_ms <= ms))
}

#[cfg(test)]
mod tests;
