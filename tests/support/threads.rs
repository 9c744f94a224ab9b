//! The workers that the operating system sees, whatever the page says.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How browsers name the thread of a worker: Chromium `DedicatedWorker thread`, of which Linux keeps 15
/// bytes, and Firefox `DOM Worker`.
const WORKERS: [&str; 2] = ["DedicatedWorker", "DOM Worker"];

/// How many workers run in the process `root` and all that descend from it.
/// Elsewhere than on Linux, where nobody can tell, there are none.
pub fn workers_below(root: u32) -> usize {
    threads_below(root).len()
}

/// How many clock ticks of processor time the workers below `root` have used.
pub fn ticks_below(root: u32) -> u64 {
    threads_below(root).iter().filter_map(|thread| ticks_of(thread)).sum()
}

/// Waits until at most `bound` workers run below `root`, and says how long that
/// took; or how many still run after `patience`.
pub async fn at_most(bound: usize, root: u32, patience: Duration) -> Result<Duration, usize> {
    let started = Instant::now();
    loop {
        let workers = workers_below(root);
        if workers <= bound {
            return Ok(started.elapsed());
        }
        if started.elapsed() > patience {
            return Err(workers);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Keeps each worker below `root` on one core, by turns as they come, for as long as this is polled: a
/// kernel may run threads that work for a millisecond only on one core, though another is free. Does nothing where
/// there is no `taskset`.
pub async fn spread_below(root: u32) -> Infallible {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut seen = BTreeSet::new();
    loop {
        let before = seen.len();
        let mut threads = threads_below(root);
        threads.sort();
        for thread in threads {
            let id = thread.file_name().and_then(|id| id.to_str()).unwrap_or_default().to_owned();
            let core = (seen.len() % cores).to_string();
            if seen.insert(id.clone()) {
                let _ = Command::new("taskset").args(["-pc", &core, &id]).output();
            }
        }
        // Where none has come, it is not to disturb those that are there.
        let pause_ms = if seen.len() > before { 5 } else { 100 };
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
    }
}

// Processes and threads come and go while one looks: what cannot be read is gone.

fn children_of_all() -> HashMap<u32, Vec<u32>> {
    let mut children = HashMap::<u32, Vec<u32>>::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Some(parent) = parent_of(process) {
            children.entry(parent).or_default().push(process);
        }
    }
    children
}

/// The fields of `stat` after the name, which is in parentheses and may hold
/// anything, are the state and the parent.
fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

/// User and system time, the 12th and 13th field after the name.
fn ticks_of(thread: &Path) -> Option<u64> {
    let stat = fs::read_to_string(thread.join("stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// `root` and all processes that descend from it.
pub fn processes_below(root: u32) -> Vec<u32> {
    let children = children_of_all();
    let mut processes = vec![root];
    let mut next = 0;
    while let Some(process) = processes.get(next).copied() {
        processes.extend(children.get(&process).into_iter().flatten());
        next += 1;
    }
    processes
}

/// The folders in `/proc` of all workers in `root` and what descends from it.
fn threads_below(root: u32) -> Vec<PathBuf> {
    let threads = |process: u32| fs::read_dir(format!("/proc/{process}/task"));
    let threads = processes_below(root).into_iter().flat_map(threads).flatten().flatten();
    let is_worker = |thread: &PathBuf| {
        fs::read_to_string(thread.join("comm"))
            .is_ok_and(|name| WORKERS.iter().any(|worker| name.starts_with(worker)))
    };
    threads.map(|thread| thread.path()).filter(is_worker).collect()
}
