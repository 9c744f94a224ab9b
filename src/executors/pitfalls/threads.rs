//! Programs of threads that share a memory: a pool is started for each, watched through that memory, and
//! ended.

use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::shared_words::SharedWords;
use crate::browser::turn;
use crate::executors::answers::{self, Answered};
use crate::executors::started_pool::StartedPool;
use crate::executors::timeouts;
use crate::failure::Result;
use crate::measure::Clock;
use crate::measure::report::Capabilities;
use crate::pitfalls::outcome::{Deadlock, Outcome};
use crate::pitfalls::programs::threads::ThreadProgram;
use crate::pitfalls::waits::snapshot::Snapshot;
use crate::pitfalls::watch::{LOOK_MS, Watch};
use crate::protocol::ToWorker;
use futures_util::future::{Either, select};
use std::pin::pin;

/// How long a program may take that neither ends nor deadlocks, in ms.
const LIMIT_MS: u32 = 30_000;

/// Runs `program` on a pool of its own. Threads that are blocked for ever end with the pool.
///
/// # Errors
/// `Unavailable` where memory cannot be shared, `WorkerLost`, `TimedOut`.
pub async fn run(program: ThreadProgram, capabilities: &Capabilities) -> Result<Outcome> {
    capabilities.browser.workers.check()?;
    capabilities.browser.shared_memory.check()?;
    let module = ComputeModule::load().await?;
    let pool = StartedPool::start(program.threads(), &module, BrowserClock).await?;
    let words = pool.coordinator.words().ok_or_else(timeouts::nobody_left)?;
    let asked = pool.coordinator.ask(LIMIT_MS, |run| ToWorker::Pitfall { run, program });
    match select(pin!(asked), pin!(deadlock(&words, program))).await {
        Either::Left((answered, _)) => match answered?.1.answered {
            Answered::Pitfall(result) => Ok(Outcome::Threads(result)),
            _ => Err(answers::out_of_turn()),
        },
        Either::Right((deadlock, _)) => Ok(Outcome::Deadlock(deadlock)),
    }
}

/// Completes once the threads that write to `words` wait for one another for ever.
async fn deadlock(words: &SharedWords, program: ThreadProgram) -> Deadlock {
    let started_ms = BrowserClock.now_ms();
    let mut watch = Watch::new(started_ms);
    loop {
        turn::sleep(LOOK_MS).await;
        let now_ms = BrowserClock.now_ms();
        if let Some(snapshot) = watch.look(Snapshot::new(words.progress()), now_ms) {
            return Deadlock { program, snapshot, after_ms: now_ms - started_ms };
        }
    }
}
