//! Demonstrations of the primitives of `multiprocessing`: each starts the processes that it needs, tells them
//! what to do, and ends them.

use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::pipe::PipeEnd;
use crate::browser::places;
use crate::browser::script_worker::{ScriptEvent, ScriptWorker, Task};
use crate::executors::answers;
use crate::executors::inbox::Inbox;
use crate::executors::timeouts;
use crate::failure::{FailureKind, Result};
use crate::measure::Clock;
use crate::pitfalls::programs::processes::primitive::{
    ADDERS, CONSUMERS, EXIT_CODE, ITEMS, JOIN_MS, LARGE_BYTES, LARGE_ROUND_TRIPS,
    MANAGED_ADDITIONS, ProcessDemonstrated, ProcessDemonstration, ROUND_TRIPS, SHARED_ADDITIONS,
    SMALL_BYTES, Sharing,
};
use futures_util::future::{LocalBoxFuture, try_join_all};
use std::cell::RefCell;
use std::rc::Rc;

/// What every process runs.
const SCRIPT: &str = "primitives/process.js";
/// How long one may take to start, and to do what it is told, in ms.
const ANSWER_MS: u32 = 20_000;
/// Words of shared memory: a lock, who is there, and two values.
const LOCK_BYTES: usize = 4;
const FIRST_VALUE: usize = 2;
const WORDS: usize = 4;

/// Has processes use a primitive.
///
/// # Errors
/// Where a process does not start or answer, or there is no shared memory where it is wanted.
pub async fn run(of: ProcessDemonstration) -> Result<ProcessDemonstrated> {
    match of {
        ProcessDemonstration::Process => process().await,
        ProcessDemonstration::Queue => queue().await,
        ProcessDemonstration::Pipe => pipe().await,
        ProcessDemonstration::Manager { is_one_call } => manager(is_one_call).await,
        ProcessDemonstration::Shared(sharing) => shared(sharing).await,
    }
}

/// A process. Dropping it ends it.
struct Child {
    worker: ScriptWorker,
    inbox: Rc<RefCell<Inbox<ScriptEvent>>>,
}

impl Child {
    async fn start() -> Result<Self> {
        let inbox = Rc::new(RefCell::new(Inbox::<ScriptEvent>::default()));
        let is_there = inbox.borrow_mut().wait();
        let heard = inbox.clone();
        let reserved = places::reserved().await;
        let worker = ScriptWorker::start(SCRIPT, "process", 1, move |event| {
            heard.borrow_mut().settle(match event {
                ScriptEvent::Failed(failure) => Err(failure),
                other => Ok(other),
            });
        })?;
        drop(reserved);
        timeouts::bounded(is_there, ANSWER_MS).await?;
        Ok(Self { worker, inbox })
    }

    async fn several(count: u32) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(Self::start().await?);
        }
        Ok(all)
    }

    /// Has it begin a task. Gives what it says at the end, in numbers, for which it has so long.
    fn begin(
        &self,
        task: Task,
        limit_ms: u32,
    ) -> Result<LocalBoxFuture<'static, Result<Vec<f64>>>> {
        let answer = self.inbox.borrow_mut().wait();
        self.worker.begin(task)?;
        Ok(Box::pin(async move {
            match timeouts::bounded(answer, limit_ms).await? {
                ScriptEvent::Told { numbers } => Ok(numbers),
                _ => Err(answers::out_of_turn()),
            }
        }))
    }
}

fn number(of: &[f64], at: usize) -> Result<f64> {
    of.get(at).copied().ok_or_else(answers::out_of_turn)
}

async fn process() -> Result<ProcessDemonstrated> {
    let began_ms = BrowserClock.now_ms();
    let first = Child::start().await?;
    let started_ms = BrowserClock.now_ms();
    let said = first.begin(Task::new("exit", EXIT_CODE), ANSWER_MS)?.await?;
    drop(first);
    let ended_ms = BrowserClock.now_ms();
    let second = Child::start().await?;
    let was_terminated = match second.begin(Task::new("spin", 0), JOIN_MS)?.await {
        Ok(_) => false,
        Err(failure) if failure.kind() == FailureKind::TimedOut => true,
        Err(failure) => return Err(failure),
    };
    drop(second);
    Ok(ProcessDemonstrated::Process {
        start_ms: started_ms - began_ms,
        join_ms: ended_ms - started_ms,
        exit_code: number(&said, 0)? as u32,
        was_terminated,
    })
}

async fn queue() -> Result<ProcessDemonstrated> {
    let owner = Child::start().await?;
    let producer = Child::start().await?;
    let consumers = Child::several(CONSUMERS).await?;
    let [into, from_producer] = PipeEnd::pair()?;
    let mut ends = vec![from_producer];
    let mut consuming = Vec::new();
    for consumer in &consumers {
        let [mine, owners] = PipeEnd::pair()?;
        ends.push(owners);
        consuming.push(consumer.begin(Task::new("consume", 0).with([mine]), ANSWER_MS)?);
    }
    let owning = owner.begin(Task::new("queue", 0).with(ends), ANSWER_MS)?;
    let produce = Task::new("produce", ITEMS).with([into]).saying([f64::from(CONSUMERS)]);
    let producing = producer.begin(produce, ANSWER_MS)?;
    producing.await?;
    let said = try_join_all(consuming).await?;
    owning.await?;
    let all = |at: usize| said.iter().map(|said| number(said, at)).collect::<Result<Vec<_>>>();
    Ok(ProcessDemonstrated::Queue {
        taken: all(0)?.into_iter().map(|items| items as u32).collect(),
        sum: all(1)?.into_iter().sum::<f64>() as u64,
        took_ms: all(2)?.into_iter().fold(0.0, f64::max),
    })
}

async fn pipe() -> Result<ProcessDemonstrated> {
    let [caller, echo] = [Child::start().await?, Child::start().await?];
    let mut came = Vec::new();
    for (times, bytes) in [(ROUND_TRIPS, SMALL_BYTES), (LARGE_ROUND_TRIPS, LARGE_BYTES)] {
        let [one, other] = PipeEnd::pair()?;
        let echoing = echo.begin(Task::new("echo", times).with([other]), ANSWER_MS)?;
        let call = Task::new("call", times).with([one]).saying([f64::from(bytes)]);
        came.push(caller.begin(call, ANSWER_MS)?.await?);
        echoing.await?;
    }
    let [small, large] = &came[..] else { return Err(answers::out_of_turn()) };
    Ok(ProcessDemonstrated::Pipe {
        whole: (number(small, 0)? + number(large, 0)?) as u32,
        small_ms: number(small, 1)?,
        large_ms: number(large, 1)?,
    })
}

async fn manager(is_one_call: bool) -> Result<ProcessDemonstrated> {
    let owner = Child::start().await?;
    let adders = Child::several(ADDERS).await?;
    let mut ends = Vec::new();
    let mut adding = Vec::new();
    for adder in &adders {
        let [mine, managers] = PipeEnd::pair()?;
        ends.push(managers);
        let says = [f64::from(u8::from(is_one_call))];
        let add = Task::new("add", MANAGED_ADDITIONS).with([mine]).saying(says);
        adding.push(adder.begin(add, ANSWER_MS)?);
    }
    let managing = owner.begin(Task::new("manage", 0).with(ends), ANSWER_MS)?;
    let said = try_join_all(adding).await?;
    let has = managing.await?;
    let all = |at: usize| said.iter().map(|said| number(said, at)).collect::<Result<Vec<_>>>();
    Ok(ProcessDemonstrated::Manager {
        is_one_call,
        count: number(&has, 0)? as u32,
        calls: all(0)?.into_iter().sum::<f64>() as u32,
        took_ms: all(1)?.into_iter().fold(0.0, f64::max),
    })
}

async fn shared(sharing: Sharing) -> Result<ProcessDemonstrated> {
    let memory = Buffer::shared(WORDS * LOCK_BYTES)?;
    let adders = Child::several(ADDERS).await?;
    let mut adding = Vec::new();
    for (at, adder) in adders.iter().enumerate() {
        let place = match sharing {
            Sharing::OwnElements => FIRST_VALUE + at,
            Sharing::Unlocked | Sharing::Locked => FIRST_VALUE,
        };
        let is_locked = f64::from(u8::from(sharing == Sharing::Locked));
        let says = [place as f64, is_locked];
        let add = Task::new("shared", SHARED_ADDITIONS).saying(says).sharing(memory.clone());
        adding.push(adder.begin(add, ANSWER_MS)?);
    }
    let said = try_join_all(adding).await?;
    let took = said.iter().map(|said| number(said, 1)).collect::<Result<Vec<_>>>()?;
    let words = memory.to_vec()?;
    let values = words.chunks_exact(LOCK_BYTES).skip(FIRST_VALUE);
    let value = |bytes: &[u8]| bytes.try_into().map_or(0, u32::from_le_bytes);
    Ok(ProcessDemonstrated::Shared {
        sharing,
        count: values.map(value).sum(),
        took_ms: took.into_iter().fold(0.0, f64::max),
    })
}
