//! The second stage, where it is processes: each takes an item, computes it, and takes the next.

use super::gathering::Gathering;
use super::stage_queue::StageQueue;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::places;
use crate::browser::turn::Turns;
use crate::browser::worker::{Boot, Watch};
use crate::executors::answers::{self, Answered};
use crate::executors::client::{Client, Reply};
use crate::executors::instruments::Instruments;
use crate::executors::processes::Data;
use crate::executors::start_watch::Patience;
use crate::executors::timeouts::{self, NotStarted, Starting, Tries};
use crate::failure::Result;
use crate::measure::{Clock, ClockCheck, Lane, LaneKind, Phase, Span, span};
use crate::models::{DataMode, StaticData};
use crate::protocol::ToWorker;
use crate::workloads::Workload;
use crate::workloads::own::OwnData;
use crate::workloads::task_order::TaskOrder;
use futures_util::future::try_join_all;
use std::cell::RefCell;

/// How they come by their static data.
const WAY: (DataMode, StaticData) = (DataMode::Copy, StaticData::Tasks);

/// Processes that compute what another stage waited for.
pub struct ProcessStage {
    processes: Vec<Process>,
    data: Data,
    tasks: usize,
    /// Whether to note who does what when.
    spans: bool,
    /// How long it took until they were there, in ms.
    pub startup_ms: f64,
    /// Whether their first start got stuck.
    pub started_again: bool,
}

struct Process {
    client: Client,
    clock: Option<ClockCheck>,
    spans: RefCell<Vec<Span>>,
}

impl ProcessStage {
    /// Starts `workers` processes, and makes the static data that goes with items.
    ///
    /// # Errors
    /// As those of [`crate::executors::processes::Processes::start`].
    pub async fn start(
        workers: u32,
        workload: &Workload,
        own: Option<&OwnData>,
        module: &ComputeModule,
        instruments: &Instruments,
    ) -> Result<Self> {
        let data = Data::make(workload, own, WAY, &instruments.turns).await?;
        let mut tries = Tries::of(workers);
        let (processes, startup_ms) = loop {
            let started_ms = instruments.clock.now_ms();
            match Self::try_start(workers, module, &tries).await {
                Ok(processes) => break (processes, instruments.clock.now_ms() - started_ms),
                Err(why) => tries.again(why)?,
            }
        };
        let (tasks, started_again) = (workload.work().task_count(), tries.is_second());
        let spans = instruments.spans;
        let this = Self { processes, data, tasks, spans, startup_ms, started_again };
        this.hand_out(workload).await?;
        Ok(this)
    }

    /// Gets the same processes ready for another workload.
    ///
    /// # Errors
    /// As those of [`crate::executors::processes::Processes::start`].
    pub async fn prepare(&mut self, workload: &Workload, turns: &Turns) -> Result<()> {
        self.data = Data::make(workload, None, WAY, turns).await?;
        self.tasks = workload.work().task_count();
        self.hand_out(workload).await
    }

    async fn hand_out(&self, workload: &Workload) -> Result<()> {
        for Process { client, .. } in &self.processes {
            let prepare = |run| ToWorker::Prepare {
                run,
                workload: workload.clone(),
                data_mode: WAY.0,
                supply: self.data.supply(),
                order: TaskOrder::straight(self.tasks),
                spans: self.spans,
            };
            client.ask(timeouts::PROCESS_MS, prepare).await?;
        }
        Ok(())
    }

    async fn try_start(
        workers: u32,
        module: &ComputeModule,
        tries: &Tries,
    ) -> Result<Vec<Process>, NotStarted> {
        let reserved = places::reserved().await;
        let boot = Boot { module: Some(module), memory: None, threads: 0, watch: Watch::Soon };
        let starting = Starting::new(workers, tries.patience(Patience::Short));
        let start = |_| Client::start_among(&boot, starting.clone());
        let clients = (0..workers).map(start).collect::<Result<Vec<_>>>()?;
        drop(reserved);
        try_join_all(clients.iter().map(Client::ready)).await?;
        let clocks = try_join_all(clients.iter().map(Client::compare_clocks)).await?;
        let process = |(client, clock)| Process { client, clock, spans: RefCell::new(Vec::new()) };
        Ok(clients.into_iter().zip(clocks).map(process).collect())
    }

    /// Computes whatever comes through `queue`; gives what each task came to.
    ///
    /// # Errors
    /// What a process failed with, or as [`StageQueue::take`].
    pub async fn compute_all(
        &self,
        queue: &StageQueue<'_>,
        gathering: &Gathering,
    ) -> Result<Vec<Vec<u8>>> {
        let parts = RefCell::new(vec![Vec::new(); self.tasks]);
        let one = |process| self.compute_in_turn(process, queue, &parts, gathering);
        try_join_all(self.processes.iter().map(one)).await?;
        Ok(parts.into_inner())
    }

    /// Has one process compute one item after another.
    async fn compute_in_turn(
        &self,
        process: &Process,
        queue: &StageQueue<'_>,
        parts: &RefCell<Vec<Vec<u8>>>,
        gathering: &Gathering,
    ) -> Result<()> {
        let offset_ms = process.clock.map_or(0.0, |clock| clock.offset_ms);
        let mut free_ms = BrowserClock.now_ms();
        while let (Some(item), there_ms) = queue.take(gathering).await? {
            let number = item.task;
            let task = number as usize;
            let payload = self.data.for_tasks(std::iter::once(task));
            let message = |run| ToWorker::Item { run, item };
            let beside = (payload.as_slice(), DataMode::Copy);
            let asked = process.client.ask_with(beside, timeouts::PROCESS_MS, message);
            let (sent, Reply { answered, sent_ms: answered_ms, received_ms, bytes, .. }) =
                asked.await?;
            let Answered::Computed { part, mut spans, picked_up_ms, serialize_ms } = answered
            else {
                return Err(answers::out_of_turn());
            };
            let mut page = gathering.page.borrow_mut();
            sent.note(&mut page, Some(number));
            gathering.sent.set(gathering.sent.get() + sent.bytes);
            gathering.received.set(gathering.received.get() + bytes);
            page.since(Phase::Deserialize, number, received_ms);
            if self.spans {
                let mut lane = process.spans.borrow_mut();
                let mut note = |phase, start_ms: f64, end_ms: f64| {
                    lane.push(Span::new(phase, number, start_ms, end_ms.max(start_ms)));
                };
                note(Phase::QueueWait, free_ms, there_ms);
                // From wherever the queue is.
                note(Phase::Transfer, there_ms.max(free_ms), picked_up_ms + offset_ms);
                note(Phase::Serialize, serialize_ms + offset_ms, answered_ms + offset_ms);
                note(Phase::Transfer, answered_ms + offset_ms, received_ms);
                span::shift(&mut spans, offset_ms);
                lane.append(&mut spans);
            }
            free_ms = received_ms;
            if let Some(kept) = parts.borrow_mut().get_mut(task) {
                *kept = part;
            }
        }
        Ok(())
    }

    /// What each process did since this was last asked.
    pub fn lanes(&self) -> impl Iterator<Item = Lane> + '_ {
        self.processes.iter().zip(1..).map(|(process, number)| Lane {
            clock: process.clock,
            ..Lane::new(LaneKind::Process, number, process.spans.take())
        })
    }
}
