//! What profiling asks of a browser.

use crate::failure::Result;
use crate::models::Executor;
use crate::workloads::Workload;
use crate::workloads::request::Request;

/// What a pool took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PoolTimes {
    /// Until all workers were ready, in ms.
    pub start_ms: f64,
    /// Of each series, each computation, in ms.
    pub samples_ms: Vec<Vec<f64>>,
}

/// Computations of one workload by a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What is computed.
    pub workload: Workload,
    /// How often where each waits for a beat of the page's heart, and so for its pauses; else more often.
    pub samples: usize,
    /// Whether it can be done without where it is late.
    pub is_extra: bool,
}

/// A browser that has one workload ready on its page's thread, and can start pools.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Probe {
    /// The time, in ms.
    fn now_ms(&self) -> f64;

    /// The least step of the clock, in µs.
    fn resolution_us(&self) -> f64;

    /// How many cores are free; `None` where that cannot be measured.
    async fn cores(&self) -> Option<f64>;

    /// How many cores the browser reports.
    fn reported_cores(&self) -> u32;

    /// The request of `task`, as the page makes it.
    fn request(&self, task: usize) -> Option<Request>;

    /// Makes a request; `None` where it is not answered by `until_ms`.
    async fn wait(&self, request: &Request, until_ms: f64) -> Result<Option<Vec<u8>>>;

    /// Makes requests, all at once; whether they are answered by `until_ms`.
    async fn wait_for_all(&self, requests: Vec<Request>, until_ms: f64) -> Result<bool>;

    /// Computes a task.
    fn compute(&self, task: usize, body: Option<Vec<u8>>) -> Result<()>;

    /// How many bytes a task that was computed came to.
    fn result_bytes(&self, task: usize) -> Result<u32>;

    /// Puts the results of all tasks together.
    fn merge(&self) -> Result<()>;

    /// Gives everything else on the page its turn.
    async fn turn(&self);

    /// Starts a pool and has it compute `series` in turns. A system may keep the workers of a pool on one core
    /// for many ms, and on two for the next: turns see both.
    async fn pool(&self, executor: &Executor, series: &[Series]) -> Result<PoolTimes>;
}
