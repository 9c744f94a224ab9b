//! Profiling on a clock that the test turns.

use super::*;
use crate::failure::{Failure, FailureKind, Unavailable, WorkerProblem};
use crate::measure::Clock;
use crate::measure::clock::FakeClock;
use crate::models::{Executor, ExecutorKind};
use crate::workloads::WorkloadId;
use crate::workloads::request::Request;
use serde_json::{Value, json};
use std::cell::Cell;

/// What a job of processes takes beside its messages, in ms.
const JOB_MS: f64 = 0.3;
/// What a task takes that computes for long, in ms.
const BUSY_MS: f64 = 8.0;

/// A browser of two cores in which all takes what it is told to take.
struct MockProbe {
    clock: FakeClock,
    workload: Workload,
    /// What computing a task takes, in ms.
    compute_ms: f64,
    /// What a pool takes to start, in ms.
    start_ms: f64,
    /// What an empty task of processes takes, in ms.
    message_ms: f64,
    /// What a byte takes, in ms.
    byte_ms: f64,
    /// For how long workers share a core, in ms.
    one_core_ms: f64,
    without: Option<ExecutorKind>,
    /// Whether there is no time for what can be done without.
    without_extras: bool,
    /// The task that fails.
    fails: Option<usize>,
    computed: Cell<usize>,
}

fn probe(id: WorkloadId, params: Value) -> MockProbe {
    let workload = Workload::new(id, params.as_object().expect("an object")).expect("valid");
    MockProbe {
        clock: FakeClock::default(),
        workload,
        compute_ms: 4.0,
        start_ms: 60.0,
        message_ms: 0.2,
        byte_ms: 1e-6,
        one_core_ms: 2.0,
        without: None,
        without_extras: false,
        fails: None,
        computed: Cell::new(0),
    }
}

impl Probe for MockProbe {
    fn now_ms(&self) -> f64 {
        self.clock.now_ms()
    }

    fn resolution_us(&self) -> f64 {
        5.0
    }

    async fn cores(&self) -> Option<f64> {
        Some(2.0)
    }

    fn reported_cores(&self) -> u32 {
        2
    }

    fn request(&self, task: usize) -> Option<Request> {
        self.workload.work().request(task)
    }

    async fn wait(&self, request: &Request, until_ms: f64) -> Result<Option<Vec<u8>>> {
        let left_ms = until_ms - self.now_ms();
        let waits_ms = request.delay_ms as f64 + late_ms(request);
        self.clock.advance(waits_ms.min(left_ms));
        Ok((waits_ms <= left_ms).then(|| request.body()))
    }

    async fn wait_for_all(&self, requests: Vec<Request>, until_ms: f64) -> Result<bool> {
        let longest_ms =
            requests.iter().map(|one| one.delay_ms as f64 + late_ms(one)).fold(0.0, f64::max);
        self.clock.advance(longest_ms + 0.1 * requests.len() as f64);
        Ok(self.now_ms() <= until_ms)
    }

    fn compute(&self, task: usize, _body: Option<Vec<u8>>) -> Result<()> {
        self.clock.advance(self.compute_ms);
        self.computed.set(self.computed.get() + 1);
        if self.fails == Some(task) { Err(WorkerProblem::Gone.into()) } else { Ok(()) }
    }

    fn result_bytes(&self, _task: usize) -> Result<u32> {
        Ok(8)
    }

    fn merge(&self) -> Result<()> {
        self.clock.advance(2.0);
        Ok(())
    }

    async fn turn(&self) {
        self.clock.advance(0.05);
    }

    async fn pool(&self, executor: &Executor, series: &[Series]) -> Result<PoolTimes> {
        if self.without == Some(executor.kind()) {
            return Err(Failure::from(Unavailable::Busy));
        }
        self.clock.advance(self.start_ms);
        let mut all_ms = Vec::new();
        let series = series.iter().filter(|one| !(one.is_extra && self.without_extras));
        for Series { workload, is_extra, .. } in series {
            let work = workload.work();
            let tasks = work.task_count() as f64;
            let bytes_ms = work.input_len() as f64 * self.byte_ms;
            let handing_over_ms = match executor.kind() {
                ExecutorKind::Threads => 0.1,
                _ => JOB_MS + tasks * self.message_ms + bytes_ms,
            };
            let takes_ms = handing_over_ms + if *is_extra { BUSY_MS } else { 0.0 };
            let shared_ms = if *is_extra { self.one_core_ms * (tasks - 1.0) / tasks } else { 0.0 };
            // The first one is cold, and of the others every second shares a core.
            let samples_ms = [3.0, 1.0, 1.0, 1.0, 1.0].map(|times| times * takes_ms);
            let mut samples_ms = samples_ms.to_vec();
            samples_ms[2] += shared_ms;
            samples_ms[4] += shared_ms;
            self.clock.advance(samples_ms.iter().sum());
            all_ms.push(samples_ms);
        }
        Ok(PoolTimes { start_ms: self.start_ms, samples_ms: all_ms })
    }
}

/// By how much a timer comes late, in ms: a long one by more.
fn late_ms(request: &Request) -> f64 {
    if request.delay_ms < 32 { 1.0 } else { 7.0 }
}

fn profiled(probe: &MockProbe) -> Result<Profile> {
    pollster::block_on(profile(probe, &probe.workload, 0.0))
}

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-6 + 0.001 * wanted
}

#[test]
fn computing_is_timed_per_task_and_merged_where_all_were_run() {
    let probe =
        probe(WorkloadId::Custom, json!({ "tasks": 20, "waitMs": 0, "payloadBytes": 100_000 }));
    let Profile { evidence, costs } = profiled(&probe).expect("can be profiled");
    let work = &evidence.work;
    assert_eq!((work.tasks, evidence.source), (20, Source::Profiled { tasks: 20 }));
    assert!(near(work.compute_ms.mean, 4.0) && !work.waits(), "{work:?}");
    assert_eq!((work.merge_ms, work.bytes_in, work.bytes_out), (Some(2.0), 100_000.0, 8.0));
    let processes = costs.processes.expect("can run");
    assert!(near(processes.message_ms.value, 0.2) && near(processes.byte_ms.value, 1e-6));
    assert!(near(processes.start_ms.value, 30.0) && near(processes.job_ms.value, JOB_MS));
    let threads = costs.threads.expect("can run");
    for pool in [threads, processes] {
        assert!(near(pool.one_core_ms.value, 2.0), "{pool:?}");
        let share = pool.one_core_share;
        assert!(near(share.value, 0.5) && near(share.sd, 0.5), "{pool:?}");
    }
    assert!(near(threads.job_ms.value, 0.1) && threads.message_ms.value == 0.0);
    assert!(probe.now_ms() <= MOST_MS);
}

#[test]
fn only_a_part_of_long_work_is_run() {
    let probe = probe(WorkloadId::Custom, json!({ "tasks": 1_000, "waitMs": 0 }));
    let profile = profiled(&probe).expect("can be profiled");
    let Source::Profiled { tasks } = profile.evidence.source else { panic!("it was run") };
    assert!((50..100).contains(&tasks), "{tasks}");
    assert_eq!(profile.evidence.work.merge_ms, None);
    assert!(probe.now_ms() <= MOST_MS && probe.computed.get() < 100);
}

#[test]
fn timers_wait_as_long_as_they_are_set_and_the_page_hears_late() {
    let probe = probe(WorkloadId::Custom, json!({ "tasks": 12, "waitMs": 10 }));
    let Profile { evidence, costs } = profiled(&probe).expect("can be profiled");
    assert!(near(evidence.work.wait_ms.mean, 10.0) && near(costs.late_ms.value, 1.0));
    assert!(near(costs.request_ms.value, 0.1) && costs.served_ms.value == 0.0, "{costs:?}");
}

#[test]
fn the_longest_timer_is_waited_for_as_it_may_come_later_than_the_others() {
    let probe = probe(
        WorkloadId::Custom,
        json!({ "tasks": 300, "waitMs": 20, "variance": 70, "computeUnits": 1 }),
    );
    let Profile { evidence, costs } = profiled(&probe).expect("can be profiled");
    assert!(evidence.work.wait_ms.longest(300.0) > 32.0, "{:?}", evidence.work.wait_ms);
    assert!(near(costs.last_late_ms.value, 7.0), "{costs:?}");
    assert!(costs.late_ms.value < 4.0, "{costs:?}");
}

#[test]
fn short_tasks_are_timed_together() {
    let mut probe = probe(WorkloadId::Custom, json!({ "tasks": 5_000, "waitMs": 0 }));
    probe.compute_ms = 0.001;
    let work = profiled(&probe).expect("can be profiled").evidence.work;
    assert!(near(work.compute_ms.mean, 0.001), "{work:?}");
}

#[test]
fn model_that_cannot_run_here_has_no_costs() {
    let mut probe = probe(WorkloadId::Primes, json!({}));
    probe.without = Some(ExecutorKind::Threads);
    let costs = profiled(&probe).expect("can be profiled").costs;
    assert!(costs.threads.is_none() && costs.processes.is_some());
}

#[test]
fn what_cannot_be_profiled_says_so_and_leads_to_the_questions() {
    let mut slow = probe(WorkloadId::Custom, json!({ "tasks": 4, "waitMs": 0 }));
    slow.compute_ms = 2_000.0;
    let mut short = probe(WorkloadId::Custom, json!({ "tasks": 1, "waitMs": 0 }));
    short.compute_ms = 0.001;
    let waits = probe(WorkloadId::Custom, json!({ "tasks": 4, "waitMs": 5_000 }));
    let mut starts = probe(WorkloadId::Primes, json!({}));
    starts.start_ms = 900.0;
    for (probe, kind) in [
        (slow, FailureKind::TimedOut),
        (short, FailureKind::Unavailable),
        (waits, FailureKind::TimedOut),
        (starts, FailureKind::TimedOut),
    ] {
        let failure = profiled(&probe).expect_err("cannot be profiled");
        assert_eq!(failure.kind(), kind);
        assert!(failure.message().contains("#/decide"), "{failure}");
    }
}

#[test]
fn task_that_fails_is_the_failure() {
    let mut probe = probe(WorkloadId::Custom, json!({ "tasks": 4, "waitMs": 0 }));
    probe.fails = Some(2);
    assert_eq!(profiled(&probe), Err(WorkerProblem::Gone.into()));
}

#[test]
fn where_it_is_late_what_can_be_done_without_is_left_out() {
    let mut probe =
        probe(WorkloadId::Custom, json!({ "tasks": 20, "waitMs": 0, "payloadBytes": 100_000 }));
    probe.without_extras = true;
    let costs = profiled(&probe).expect("can be profiled").costs;
    let processes = costs.processes.expect("can run");
    assert!(near(processes.message_ms.value, 0.2) && near(processes.byte_ms.value, 1e-6));
    assert_eq!(processes.one_core_ms.value, 0.0);
}

#[test]
fn several_profiles_are_one_of_what_is_typical() {
    let profiled = |message_ms, one_core_ms| {
        let probe = MockProbe {
            message_ms,
            one_core_ms,
            ..probe(WorkloadId::Primes, json!({ "start": 1_000_000, "count": 100_000 }))
        };
        pollster::block_on(profile(&probe, &probe.workload, 0.0)).expect("a profile")
    };
    let profiles = [profiled(0.1, 2.0), profiled(0.9, 0.0), profiled(0.2, 3.0)];
    let typical = Profile::typical_of(profiles.to_vec()).expect("there are some");
    let processes = typical.costs.processes.expect("can run");
    assert!(near(processes.message_ms.value, 0.2), "{processes:?}");
    // Half of the computations of the first share a core for 2 ms, half of those of the third for 3.
    let (ms, share) = (processes.one_core_ms.value, processes.one_core_share.value);
    assert!(near(ms * share, 2.5 / 6.0 * 2.0), "{processes:?}");
    assert!(near(ms * ms * share, (4.0 + 9.0) / 6.0), "{processes:?}");
    assert_eq!(Profile::typical_of(Vec::new()), None);
}
