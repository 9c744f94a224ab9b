//! A process whose global state is looked at and changed.

use crate::browser::buffer::Buffer;
use crate::browser::compute_module::ComputeModule;
use crate::browser::worker::{Boot, Watch};
use crate::browser::{clock::BrowserClock, places};
use crate::executors::answers::{self, Answered};
use crate::executors::client::Client;
use crate::executors::start_watch::Patience;
use crate::executors::timeouts::{Starting, Tries};
use crate::failure::Result;
use crate::measure::Clock;
use crate::models::DataMode;
use crate::protocol::ToWorker;
use crate::protocol::global_state::{StateReply, StateRequest};
use futures_util::future::try_join_all;

/// A process that does not answer within this time, in ms, is lost.
const ANSWER_MS: u32 = 20_000;

/// What a process starts with.
pub enum StartWith<'a> {
    /// The compiled program, and a memory of its own.
    Program(&'a ComputeModule),
    /// The compiled program, and a copy of another process's memory.
    Copy(&'a ComputeModule, Buffer),
    /// Nothing: it fetches and compiles the program.
    Nothing,
}

impl StartWith<'_> {
    fn boot(&self) -> Boot<'_> {
        let (module, memory) = match self {
            Self::Program(module) => (Some(*module), None),
            Self::Copy(module, memory) => (Some(*module), Some(memory)),
            Self::Nothing => (None, None),
        };
        Boot { module, memory, threads: 0, watch: Watch::Never }
    }

    fn patience(&self) -> Patience {
        if matches!(self, Self::Nothing) { Patience::Long } else { Patience::Short }
    }
}

/// A process. Dropping it ends the worker.
pub struct StateClient(Client);

impl StateClient {
    /// Starts so many processes, and how long that took, in ms. `with` says what they start with:
    /// it is asked for it once more where a start gets stuck.
    ///
    /// # Errors
    /// As [`Client::start`], and where one does not start.
    pub async fn start<'a>(
        count: u32,
        with: impl Fn() -> Result<StartWith<'a>>,
    ) -> Result<(Vec<Self>, f64)> {
        let mut tries = Tries::of(count);
        loop {
            let all = (0..count).map(|_| with()).collect::<Result<Vec<_>>>()?;
            let reserved = places::reserved().await;
            let started_ms = BrowserClock.now_ms();
            let first = all.first().map_or(Patience::Short, StartWith::patience);
            let starting = Starting::new(count, tries.patience(first));
            let start = |with: &StartWith| Client::start_among(&with.boot(), starting.clone());
            let clients = all.iter().map(start).collect::<Result<Vec<_>>>()?;
            drop(reserved);
            match try_join_all(clients.iter().map(Client::ready)).await {
                Ok(_) => {
                    let took_ms = BrowserClock.now_ms() - started_ms;
                    return Ok((clients.into_iter().map(Self).collect(), took_ms));
                }
                Err(why) => {
                    drop(clients);
                    tries.again(why)?;
                }
            }
        }
    }

    /// Starts one process, and how long that took, in ms.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_one<'a>(with: impl Fn() -> Result<StartWith<'a>>) -> Result<(Self, f64)> {
        let (mut all, took_ms) = Self::start(1, with).await?;
        let one = all.pop().ok_or_else(answers::out_of_turn)?;
        Ok((one, took_ms))
    }

    /// Asks it for something, with `beside` beside the request, and waits for the answer.
    ///
    /// # Errors
    /// What the process failed with, `WorkerLost`, `TimedOut`.
    pub async fn ask_with(
        &self,
        beside: &[Buffer],
        limit_ms: u32,
        request: StateRequest,
    ) -> Result<(StateReply, Vec<Buffer>)> {
        let question = |run| ToWorker::State { run, request };
        let (_, reply) = self.0.ask_with((beside, DataMode::Copy), limit_ms, question).await?;
        match reply.answered {
            Answered::State(state) => Ok((state, reply.buffers)),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// Asks it for something and waits for the answer.
    ///
    /// # Errors
    /// As [`Self::ask_with`].
    pub async fn ask(&self, request: StateRequest) -> Result<StateReply> {
        Ok(self.ask_with(&[], ANSWER_MS, request).await?.0)
    }

    /// A copy of its memory.
    ///
    /// # Errors
    /// As [`Self::ask_with`], and `OutOfMemory`.
    pub async fn copy_memory(&self) -> Result<Buffer> {
        let (_, mut buffers) = self.ask_with(&[], ANSWER_MS, StateRequest::CopyMemory).await?;
        buffers.pop().ok_or_else(answers::out_of_turn)
    }
}
