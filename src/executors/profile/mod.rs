//! Profiling: a part of a workload is run in sequence, and what the models cost on this machine is
//! measured beside it, in at most [`MOST_MS`] altogether. What comes of it is what
//! [`crate::advice`] advises by.
//!
//! | file | holds |
//! | --- | --- |
//! | `probe` | what profiling asks of a browser, and a mock of that |
//! | `tasks` | running tasks: how long they compute and wait |
//! | `limit` | how long it may take |
//! | `costs` | starting pools and handing them empty tasks |
//! | `browser` | the probe of this browser |

mod costs;
mod limit;
pub mod probe;
mod tasks;

#[cfg(feature = "app")]
pub mod browser;

pub use limit::MOST_MS;
pub use probe::{PoolTimes, Probe, Series};

use crate::advice::{Costs, Evidence, Limits, PoolCosts, Source, Uncertain, WorkProfile};
use crate::failure::{ProfileProblem, Result};
use crate::workloads::Workload;
use limit::{RECOUNT_UNTIL_MS, TASKS_MS, late};

/// Where fewer than this part of the cores are free, they are counted once more at the end: what took
/// one may have been over in a moment.
const NEARLY_ALL: f64 = 0.95;
/// By which part the measured number of free cores may be off.
const CORES_PART: f64 = 0.05;
/// By which part it may be off where it was not measured: other programs take any part.
const UNMEASURED_PART: f64 = 0.25;

/// What a workload and this machine are like.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What is known of the work.
    pub evidence: Evidence,
    /// What the models cost here.
    pub costs: Costs,
}

impl Profile {
    /// Several profiles of the same work as one: the one with the middle number of free cores, with what pools
    /// typically cost in all of them. `None` of none.
    pub fn typical_of(mut profiles: Vec<Self>) -> Option<Self> {
        let pools = |of: fn(&Costs) -> Option<PoolCosts>| {
            let measured: Vec<_> = profiles.iter().filter_map(|one| of(&one.costs)).collect();
            PoolCosts::typical_of(&measured)
        };
        let threads = pools(|costs| costs.threads);
        let processes = pools(|costs| costs.processes);
        let cores = |profile: &Self| profile.evidence.cores.value;
        profiles.sort_by(|one, other| cores(one).total_cmp(&cores(other)));
        let middle = profiles.len() / 2;
        let mut profile = profiles.into_iter().nth(middle)?;
        (profile.costs.threads, profile.costs.processes) = (threads, processes);
        Some(profile)
    }
}

/// Profiles `workload`. `began_ms` is when getting ready for it began.
///
/// # Errors
/// `TimedOut` where too little was done in time, `Unavailable` where the work is shorter than a
/// step of the clock; whatever a task fails with.
pub async fn profile<P: Probe>(probe: &P, workload: &Workload, began_ms: f64) -> Result<Profile> {
    let work = workload.work();
    let tasks = work.task_count() as u64;
    let reported = f64::from(probe.reported_cores());
    let mut counted = probe.cores().await;
    let bytes_in = costs::mean_payload(work);
    // Tasks come first: short ones leave the time for what can be done without, which long ones do not need.
    let ran = tasks::run(probe, workload, probe.now_ms() + TASKS_MS).await?;
    let mut costs = costs::measured(probe, tasks, bytes_in, counted.unwrap_or(reported)).await?;
    let has_time = probe.now_ms() - began_ms < RECOUNT_UNTIL_MS;
    if has_time && counted.is_some_and(|cores| cores < NEARLY_ALL * reported) {
        counted = probe.cores().await.filter(|again| Some(*again) > counted).or(counted);
    }
    let cores = match counted {
        Some(cores) => Uncertain::new(cores, CORES_PART * cores),
        None => Uncertain::new(reported, UNMEASURED_PART * reported),
    };
    if probe.now_ms() - began_ms > MOST_MS {
        return Err(late());
    }
    (costs.late_ms, costs.last_late_ms) = (ran.late_ms, ran.last_late_ms);
    (costs.request_ms, costs.served_ms) = (ran.request_ms, ran.served_ms);
    let profile = WorkProfile {
        tasks,
        compute_ms: ran.compute_ms,
        wait_ms: ran.wait_ms,
        bytes_in,
        bytes_out: ran.result_bytes,
        body_bytes: ran.body_bytes,
        shared_bytes: work.input_len() as f64,
        merge_ms: ran.merge_ms,
        holds_gil: true,
        has_stages: workload.id().has_stages(),
    };
    if profile.sequential_ms() * 1_000.0 < probe.resolution_us() {
        return Err(ProfileProblem::TooShort { step_us: probe.resolution_us() }.into());
    }
    let source = Source::Profiled { tasks: ran.tasks };
    let evidence = Evidence { source, work: profile, cores, limits: Limits::default() };
    Ok(Profile { evidence, costs })
}

#[cfg(test)]
mod tests;
