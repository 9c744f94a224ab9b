//! The page's kernels as a native program, for the benchmark to compare them with.
//!
//! A line of JSON in, `{"workload", "params", "threads", "times"}`, a line of JSON out:
//! `{"ms", "digest"}`, the median of so many times and the answer's digest. What is timed
//! is what the page times: the tasks and merging, but not making static data or hashing
//! the answer. One thread computes task by task; more take them from one queue, as the
//! page's pool does.

use concurrency_playground::failure::{Failure, Result, WorkProblem, WorkerProblem};
use concurrency_playground::sync::safepoint::Safepoint;
use concurrency_playground::sync::task_queue::TaskQueue;
use concurrency_playground::workloads::params::Params;
use concurrency_playground::workloads::{self, Kernel, Workload};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::Deserialize;
use serde_json::json;
use std::io::{self, BufRead};
use std::sync::atomic::AtomicU32;
use std::time::Instant;

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    workload: String,
    params: Params,
    threads: usize,
    times: usize,
}

fn main() -> io::Result<()> {
    for line in io::stdin().lock().lines() {
        let answer = answer(&line?).unwrap_or_else(|failure| json!({ "error": failure.message() }));
        println!("{answer}");
    }
    Ok(())
}

fn answer(line: &str) -> Result<serde_json::Value> {
    let asked: Asked = serde_json::from_str(line).map_err(|error| {
        Failure::invalid("line", WorkProblem::AnswerNotRead { said: error.to_string().into() })
    })?;
    let workload = Workload::new(workloads::named(&asked.workload)?, &asked.params)?;
    let input = workload.input(None)?;
    let pool = pool_of(asked.threads)?;
    let mut times_ms = Vec::new();
    let mut merged = Vec::new();
    for _ in 0..asked.times.max(1) {
        let started = Instant::now();
        merged = match &pool {
            None => alone(workload.kernel(), &input),
            Some(pool) => shared(workload.kernel(), &input, pool),
        }?;
        times_ms.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    times_ms.sort_by(f64::total_cmp);
    Ok(json!({ "ms": times_ms[times_ms.len() / 2], "digest": workload.answer(&merged).digest }))
}

/// A pool of so many threads, where one is not enough.
fn pool_of(threads: usize) -> Result<Option<ThreadPool>> {
    if threads < 2 {
        return Ok(None);
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map(Some).map_err(|error| WorkerProblem::Lost { said: error.to_string().into() }.into())
}

/// Task after task, on this thread.
fn alone(work: &dyn Kernel, input: &[u8]) -> Result<Vec<u8>> {
    let parts = (0..work.task_count())
        .map(|task| work.compute(task, &input[work.payload(task)], Safepoint::never()));
    work.merge(parts.collect())
}

/// Every thread takes tasks from one queue until there are none left.
fn shared(work: &(dyn Kernel + Send + Sync), input: &[u8], pool: &ThreadPool) -> Result<Vec<u8>> {
    let stop = AtomicU32::new(0);
    let queue = TaskQueue::new(work.task_count(), pool.current_num_threads(), 0, &stop);
    let shares = pool.broadcast(|_| {
        let tasks = std::iter::from_fn(|| queue.take()).flatten();
        let parts = tasks
            .map(|task| (task, work.compute(task, &input[work.payload(task)], Safepoint::never())));
        parts.collect::<Vec<_>>()
    });
    let mut parts = vec![Vec::new(); work.task_count()];
    for (task, part) in shares.into_iter().flatten() {
        parts[task] = part;
    }
    work.merge(parts)
}
