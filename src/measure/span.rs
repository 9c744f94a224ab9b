//! Spans: who did what, from when to when.

use super::queue_depth::QueueDepth;
use serde::{Deserialize, Serialize};

/// What a stretch of time was spent on, in the order of a task's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Starting workers.
    Spawn,
    /// Turning a message into bytes.
    Serialize,
    /// Copying bytes out of WebAssembly's memory, from which they cannot be sent.
    Copy,
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
    /// Waiting for room in a bounded queue, or for an item from it.
    QueueWait,
    /// The kernel.
    Compute,
    /// Putting the parts together.
    Merge,
    /// Anything else.
    Other,
    /// Nothing: a worker with no task, or a page that waits for its workers.
    Idle,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 13] = [
        Self::Spawn,
        Self::Serialize,
        Self::Copy,
        Self::Transfer,
        Self::Queue,
        Self::Deserialize,
        Self::IoWait,
        Self::LockWait,
        Self::QueueWait,
        Self::Compute,
        Self::Merge,
        Self::Other,
        Self::Idle,
    ];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Spawn => "spawn",
            Self::Serialize => "serialize",
            Self::Copy => "copy",
            Self::Transfer => "transfer",
            Self::Queue => "queue",
            Self::Deserialize => "deserialize",
            Self::IoWait => "io-wait",
            Self::LockWait => "lock-wait",
            Self::QueueWait => "queue-wait",
            Self::Compute => "compute",
            Self::Merge => "merge",
            Self::Other => "other",
            Self::Idle => "idle",
        }
    }

    /// The word on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Copy => "copy out of memory",
            Self::Queue => "wait for a turn",
            Self::IoWait => "wait for a request",
            Self::LockWait => "wait for a lock",
            Self::QueueWait => "wait for the other stage",
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
    /// The worker that owns a thread pool, but for the tasks that it computes: these are in
    /// the lane of the first thread, which it is.
    Coordinator,
    /// A thread of a stage that only waits.
    IoThread,
    /// A thread of a pool.
    Thread,
    /// A worker with a memory of its own.
    Process,
}

impl LaneKind {
    /// Every one of them.
    pub const ALL: [Self; 5] =
        [Self::Page, Self::Coordinator, Self::IoThread, Self::Thread, Self::Process];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Coordinator => "coordinator",
            Self::IoThread => "io-thread",
            Self::Thread => "thread",
            Self::Process => "process",
        }
    }

    /// Whether tasks are computed in lanes of this kind, where there is a pool.
    pub fn is_worker(self) -> bool {
        matches!(self, Self::Thread | Self::Process)
    }

    /// The name of the `number`-th lane of this kind, counted from 1.
    pub fn title(self, number: usize) -> String {
        match self {
            Self::Page => "Page".to_owned(),
            Self::Coordinator => "Coordinator".to_owned(),
            Self::IoThread => format!("I/O thread {number}"),
            Self::Thread => format!("Thread {number}"),
            Self::Process => format!("Process {number}"),
        }
    }
}

/// How a worker's clock compares with the page's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClockCheck {
    /// What was added to the worker's times, in ms; 0 where the difference was
    /// within the residual.
    pub offset_ms: f64,
    /// How far its times may still be off, either way, in ms.
    pub residual_ms: f64,
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
    /// How its clock compares with the page's; `None` for the page's own.
    pub clock: Option<ClockCheck>,
    /// How deep the queue between two stages was, which it owns; `None` for all other lanes.
    pub queue: Option<QueueDepth>,
}

impl Lane {
    /// The `number`-th lane of `kind`, counted from 1.
    pub fn new(kind: LaneKind, number: usize, spans: Vec<Span>) -> Self {
        Self { id: kind.title(number), kind, spans, beats_ms: Vec::new(), clock: None, queue: None }
    }

    /// The same lane with its times counted from `origin_ms`.
    pub fn relative_to(mut self, origin_ms: f64) -> Self {
        shift(&mut self.spans, -origin_ms);
        for beat in &mut self.beats_ms {
            *beat -= origin_ms;
        }
        if let Some(queue) = &mut self.queue {
            queue.shift(-origin_ms);
        }
        self
    }

    /// The same lane, its times converted from a worker's clock to the page's.
    pub fn corrected(mut self, clock: ClockCheck) -> Self {
        shift(&mut self.spans, clock.offset_ms);
        if let Some(queue) = &mut self.queue {
            queue.shift(clock.offset_ms);
        }
        self.clock = Some(clock);
        self
    }

    /// When its last span ends, in ms.
    pub fn end_ms(&self) -> Option<f64> {
        self.spans.iter().map(|span| span.end_ms).reduce(f64::max)
    }
}

/// Moves spans by `by_ms`.
pub fn shift(spans: &mut [Span], by_ms: f64) {
    for span in spans {
        span.start_ms += by_ms;
        span.end_ms += by_ms;
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
