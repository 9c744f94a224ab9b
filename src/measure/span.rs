//! Spans: who did what, from when to when.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a stretch of time was spent on, in the order of a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Starting workers.
    Spawn,
    /// Turning a message into bytes.
    Serialize,
    /// Bytes on their way, or waiting to be picked up.
    Transfer,
    /// A task waiting for a worker.
    Queue,
    /// Turning bytes into a message.
    Deserialize,
    /// Waiting for a request.
    IoWait,
    /// Waiting for a lock.
    LockWait,
    /// The kernel.
    Compute,
    /// Putting the parts together.
    Merge,
    /// Anything else.
    Other,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 10] = [
        Self::Spawn,
        Self::Serialize,
        Self::Transfer,
        Self::Queue,
        Self::Deserialize,
        Self::IoWait,
        Self::LockWait,
        Self::Compute,
        Self::Merge,
        Self::Other,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Spawn => "spawn",
            Self::Serialize => "serialize",
            Self::Transfer => "transfer",
            Self::Queue => "queue",
            Self::Deserialize => "deserialize",
            Self::IoWait => "io-wait",
            Self::LockWait => "lock-wait",
            Self::Compute => "compute",
            Self::Merge => "merge",
            Self::Other => "other",
        }
    }

    /// The word on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::IoWait => "wait for a request",
            Self::LockWait => "wait for a lock",
            other => other.id(),
        }
    }

    /// Whether a lane is at its task in this phase, rather than preparing it or
    /// clearing up.
    pub fn is_work(self) -> bool {
        matches!(self, Self::IoWait | Self::Compute)
    }
}

/// A stretch of time in one lane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// What it was spent on.
    pub phase: Phase,
    /// The task it was spent for, where it was for one.
    pub task: Option<u32>,
    /// Its beginning, in ms.
    pub start_ms: f64,
    /// Its end, in ms.
    pub end_ms: f64,
}

impl Span {
    /// A span of `phase` for `task`.
    pub fn new(phase: Phase, task: impl Into<Option<u32>>, start_ms: f64, end_ms: f64) -> Self {
        Self { phase, task: task.into(), start_ms, end_ms }
    }

    /// How long it lasted, in ms.
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }
}

/// What a lane stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaneKind {
    /// The page's own thread.
    Page,
    /// The worker that owns a thread pool.
    Coordinator,
    /// A thread of a pool.
    Thread,
    /// A worker with a memory of its own.
    Process,
}

impl LaneKind {
    /// The name of the `number`-th lane of this kind, counted from 1.
    pub fn title(self, number: usize) -> String {
        match self {
            Self::Page => "Page".to_owned(),
            Self::Coordinator => "Coordinator".to_owned(),
            Self::Thread => format!("Thread {number}"),
            Self::Process => format!("Process {number}"),
        }
    }
}

/// One thread or worker, and what it did. Spans of the page's lane may overlap
/// where requests wait side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Its name, unique in a sample.
    pub id: String,
    /// What it stands for.
    pub kind: LaneKind,
    /// What it did.
    pub spans: Vec<Span>,
    /// When the page's heartbeat was seen, in ms; empty for all other lanes.
    #[serde(rename = "beatsMs")]
    pub beats_ms: Vec<f64>,
}

impl Lane {
    /// The `number`-th lane of `kind`, counted from 1.
    pub fn new(kind: LaneKind, number: usize, spans: Vec<Span>) -> Self {
        Self { id: kind.title(number), kind, spans, beats_ms: Vec::new() }
    }

    /// The same lane with its times counted from `origin_ms`.
    pub fn relative_to(mut self, origin_ms: f64) -> Self {
        for span in &mut self.spans {
            span.start_ms -= origin_ms;
            span.end_ms -= origin_ms;
        }
        for beat in &mut self.beats_ms {
            *beat -= origin_ms;
        }
        self
    }
}

/// Puts spans in order and ends each where the next begins at the latest. A result
/// on its way back overlaps with the next task, if that had been sent in advance;
/// only what keeps the worker waiting counts.
pub fn end_before_next(spans: &mut [Span]) {
    spans.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    for at in 1..spans.len() {
        let next_ms = spans[at].start_ms;
        let before = &mut spans[at - 1];
        before.end_ms = before.end_ms.min(next_ms);
    }
}

/// How long each phase lasted, summed over all lanes, in ms.
pub fn phases_ms(lanes: &[Lane]) -> BTreeMap<Phase, f64> {
    let mut phases = BTreeMap::new();
    for span in lanes.iter().flat_map(|lane| &lane.spans) {
        *phases.entry(span.phase).or_insert(0.0) += span.duration_ms();
    }
    phases
}

/// How many tasks were worked on at a time, on average over `total_ms`.
pub fn concurrency(lanes: &[Lane], total_ms: f64) -> f64 {
    let spans = lanes.iter().flat_map(|lane| &lane.spans);
    let busy_ms: f64 = spans.filter(|span| span.phase.is_work()).map(Span::duration_ms).sum();
    if total_ms > 0.0 { busy_ms / total_ms } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes() -> Vec<Lane> {
        vec![
            Lane::new(LaneKind::Page, 1, vec![Span::new(Phase::Serialize, 0, 100.0, 101.0)]),
            Lane::new(
                LaneKind::Process,
                1,
                vec![
                    Span::new(Phase::Compute, 0, 101.0, 106.0),
                    Span::new(Phase::Compute, 1, 106.0, 110.0),
                ],
            ),
            Lane::new(LaneKind::Process, 2, vec![Span::new(Phase::Compute, 2, 101.0, 107.0)]),
        ]
    }

    #[test]
    fn phases_are_summed_over_lanes() {
        let phases = phases_ms(&lanes());
        assert_eq!(phases[&Phase::Serialize], 1.0);
        assert_eq!(phases[&Phase::Compute], 15.0);
        assert_eq!(phases.len(), 2);
    }

    #[test]
    fn what_overlaps_with_the_next_task_does_not_count() {
        let mut spans = [
            Span::new(Phase::Compute, 1, 5.0, 9.0),
            Span::new(Phase::Compute, 0, 0.0, 4.0),
            Span::new(Phase::Transfer, 0, 4.0, 6.0),
        ];
        end_before_next(&mut spans);
        let ends: Vec<_> = spans.iter().map(|span| span.end_ms).collect();
        assert_eq!(ends, [4.0, 5.0, 9.0]);
    }

    #[test]
    fn concurrency_is_work_over_time() {
        assert_eq!(concurrency(&lanes(), 10.0), 1.5);
        assert_eq!(concurrency(&[], 0.0), 0.0);
    }

    #[test]
    fn a_lane_counts_from_its_sample() {
        let lane = lanes().remove(1).relative_to(100.0);
        assert_eq!(lane.id, "Process 1");
        assert_eq!((lane.spans[0].start_ms, lane.spans[1].end_ms), (1.0, 10.0));
    }
}
