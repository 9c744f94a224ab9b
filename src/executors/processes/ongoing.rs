//! A pool's current computation, and the results of those that are done.

use crate::browser::clock::BrowserClock;
use crate::executors::dispatch::Dispatcher;
use crate::executors::lanes;
use crate::executors::post::Sent;
use crate::failure::Result;
use crate::measure::recorder::Recorder;
use crate::measure::{Clock, Phase, Span};
use crate::workloads::Work;
use crate::workloads::task_order::TaskOrder;
use std::ops::Range;

/// A computation while it goes on.
pub struct Ongoing {
    /// Who gets what next.
    pub dispatcher: Dispatcher,
    /// What each task came to.
    pub parts: Vec<Vec<u8>>,
    /// What the page did.
    pub page: Recorder<BrowserClock>,
    workers: Vec<Vec<Span>>,
    /// Which task is where among those that are handed out.
    order: TaskOrder,
    /// When the task at each place was sent, in ms.
    sent_ms: Vec<f64>,
    /// When each worker last sent something, in ms.
    free_ms: Vec<f64>,
    bytes_sent: u64,
    /// Bytes that came back from workers, payloads that had changed hands among them.
    pub bytes_received: u64,
    /// When it began, in ms.
    started_ms: f64,
    spans: bool,
}

/// What a message asked for, from picked up to sent back, in ms by the page's clock.
pub struct Chunk {
    /// The place of its first task.
    pub first_place: usize,
    /// When its worker picked it up.
    pub picked_up_ms: f64,
    /// When its worker began to copy what it came to out of memory.
    pub copy_ms: f64,
    /// When it began to encode its answer.
    pub serialize_ms: f64,
    /// When that was on its way.
    pub answered_ms: f64,
    /// When the page picked it up.
    pub received_ms: f64,
}

impl Ongoing {
    /// A computation of `tasks` tasks in this order, handed out as the dispatcher says,
    /// which begins at `started_ms`. Who does what is noted where `spans` are wanted.
    pub fn new(
        tasks: usize,
        order: TaskOrder,
        dispatcher: Dispatcher,
        spans: bool,
        started_ms: f64,
    ) -> Self {
        let workers = dispatcher.workers();
        let noted = if spans { 8 * tasks / workers.max(1) } else { 0 };
        Self {
            dispatcher,
            parts: vec![Vec::new(); tasks],
            page: Recorder::new(BrowserClock, spans, 5 * tasks + 1),
            workers: vec![Vec::with_capacity(noted); workers],
            order,
            sent_ms: vec![0.0; tasks],
            free_ms: vec![0.0; workers],
            bytes_sent: 0,
            bytes_received: 0,
            started_ms,
            spans,
        }
    }

    /// Notes that the tasks at `places` are on their way.
    pub fn sent(&mut self, places: Range<usize>, sent: &Sent) {
        sent.note(&mut self.page, Some(self.order.task(places.start) as u32));
        self.bytes_sent += sent.bytes;
        if let Some(sent_ms) = self.sent_ms.get_mut(places) {
            sent_ms.fill(sent.sent_ms);
        }
    }

    /// Notes in its worker's lane what became of a chunk.
    pub fn note(&mut self, worker: usize, chunk: &Chunk, spans: Vec<Span>) {
        let sent_ms = self.sent_ms.get(chunk.first_place).copied();
        let first = self.order.task(chunk.first_place) as u32;
        // A chunk that was sent in advance waits until the worker is done with the one
        // before; only then does its way count.
        let free_ms = self.free_ms[worker];
        let way_ms = sent_ms.map_or(free_ms, |sent_ms| sent_ms.max(free_ms));
        self.free_ms[worker] = chunk.answered_ms;
        let lane = &mut self.workers[worker];
        let mut note = |phase, start_ms, end_ms| {
            lane.push(Span::new(phase, first, start_ms, end_ms));
        };
        note(Phase::Transfer, way_ms.min(chunk.picked_up_ms), chunk.picked_up_ms);
        if chunk.serialize_ms > chunk.copy_ms {
            note(Phase::Copy, chunk.copy_ms, chunk.serialize_ms);
        }
        note(Phase::Serialize, chunk.serialize_ms, chunk.answered_ms);
        note(Phase::Transfer, chunk.answered_ms, chunk.received_ms);
        lane.extend(spans);
    }

    /// Keeps the parts of the tasks at `places`, which `part` gives one after the other: each is told
    /// where its own bytes are among those of all, by what `lens` says.
    ///
    /// # Errors
    /// What `part` fails with.
    pub fn keep<B: Into<Vec<u8>>>(
        &mut self,
        places: Range<usize>,
        lens: &[u32],
        part: impl Fn(Range<usize>) -> Result<B>,
    ) -> Result<()> {
        let mut start = 0;
        for (task, len) in self.order.tasks(places).zip(lens) {
            let end = start + *len as usize;
            if let Some(kept) = self.parts.get_mut(task) {
                *kept = part(start..end)?.into();
            }
            start = end;
        }
        Ok(())
    }
}

/// The combined results of a sample's computations.
#[derive(Default)]
pub struct Gathered {
    /// What the page did.
    pub page: Vec<Span>,
    /// What each worker did.
    pub workers: Vec<Vec<Span>>,
    /// The merged bytes of the last one.
    pub merged: Vec<u8>,
    /// Bytes that went to workers.
    pub bytes_sent: u64,
    /// Bytes that came back from them.
    pub bytes_received: u64,
}

impl Gathered {
    /// Adds a computation whose parts are all here, and merges them. Gives the moment at
    /// which that was done, in ms.
    ///
    /// # Errors
    /// `OutOfMemory` where there is no room for what they come to.
    pub fn add(&mut self, mut ongoing: Ongoing, work: &dyn Work) -> Result<f64> {
        let merge_ms = ongoing.page.now_ms();
        // What was there before goes first: it may be as large.
        self.merged = Vec::new();
        self.merged = work.merge(ongoing.parts)?;
        let ended_ms = BrowserClock.now_ms();
        self.bytes_sent += ongoing.bytes_sent;
        self.bytes_received += ongoing.bytes_received;
        if ongoing.spans {
            ongoing.page.span(Phase::Merge, None, merge_ms, ended_ms);
            self.page.append(&mut ongoing.page.into_spans());
            self.workers.resize(ongoing.workers.len(), Vec::new());
            for (lane, spans) in self.workers.iter_mut().zip(ongoing.workers) {
                lane.append(&mut lanes::of_process(spans, ongoing.started_ms, ended_ms));
            }
        }
        Ok(ended_ms)
    }
}
