//! From timelines made by hand to the sentences that say why a run came out so.

mod by_hand;

use concurrency_playground::experiment::Experiment;
use concurrency_playground::failure::Lack;
use concurrency_playground::measure::explain::{Finding, Rule, Status};
use concurrency_playground::measure::queue_depth::{DepthChange, QueueDepth};
use concurrency_playground::measure::report::{
    Availability, Block, Facts, Measured, Measuring, ModelFacts, Producer, Report, Sample, WarmedUp,
};
use concurrency_playground::measure::{Lane, LaneKind, Phase, Span};
use concurrency_playground::models::{DataMode, Executor, ExecutorKind};
use concurrency_playground::workloads::answer::Answer;
use concurrency_playground::workloads::summary::Summary;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::json;

/// Samples are taken at this time.
const START_MS: f64 = 1_000.0;

type Spans<'a> = &'a [(Phase, f64, f64)];

fn lane(kind: LaneKind, number: usize, spans: Spans) -> Lane {
    let span = |(phase, from, to): &(Phase, f64, f64)| {
        Span::new(*phase, None, START_MS + from, START_MS + to)
    };
    Lane::new(kind, number, spans.iter().map(span).collect())
}

/// A model of which all samples lasted `total_ms`; the page's lane is the first. Its five samples
/// are too few to say which model is faster: that takes seven of each of two models.
fn model(executor: Executor, total_ms: f64, page: Spans, workers: &[Spans]) -> Measured {
    let kind = match executor.kind() {
        ExecutorKind::Processes => LaneKind::Process,
        _ => LaneKind::Thread,
    };
    let mut lanes = vec![lane(LaneKind::Page, 1, page)];
    lanes.extend(workers.iter().enumerate().map(|(at, spans)| lane(kind, at + 1, spans)));
    let sample = Sample {
        started_ms: START_MS,
        ended_ms: START_MS + total_ms,
        computations: 1,
        lanes,
        blocked_ms: 0.0,
        bytes_sent: 0,
        bytes_received: 0,
        answer: Answer { digest: "a".into(), value: None, summary: Summary::Nothing },
    };
    Measured {
        executor,
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp { totals_ms: vec![total_ms; 3], settled: true },
        samples: Ok(vec![sample; 5]),
    }
}

/// A pool of as many workers as there are lists of spans.
fn pool(kind: ExecutorKind, total_ms: f64, page: Spans, workers: &[Spans]) -> Measured {
    model(Executor::new(kind, workers.len() as u32), total_ms, page, workers)
}

fn main_thread(ms: f64) -> Measured {
    model(Executor::new(ExecutorKind::MainThread, 1), ms, &[(Phase::Compute, 0.0, ms)], &[])
}

fn each(mut measured: Measured, change: impl Fn(&mut Sample)) -> Measured {
    if let Ok(samples) = &mut measured.samples {
        samples.iter_mut().for_each(change);
    }
    measured
}

/// The facts of a run of `tasks` tasks on `cores` cores.
fn facts(tasks: usize, cores: f64, measured: &[Measured]) -> Facts {
    let mut experiment = Experiment::default_for(WorkloadId::Primes, 2).expect("valid");
    let params = json!({ "numbers": vec![97; tasks] });
    let params = params.as_object().expect("an object");
    experiment.workload = Workload::new(WorkloadId::Primes, params).expect("valid");
    experiment.executors = measured.iter().map(|one| one.executor.clone()).collect();
    let mut environment = by_hand::environment();
    environment.machine.hardware_concurrency = cores.ceil() as u32;
    environment.machine.effective_cores = Some(cores);
    Facts {
        producer: Producer::this(),
        environment,
        experiment,
        order: Vec::new(),
        measuring: Measuring { calibrated: true, blocks: Vec::new(), looks: 1 },
        results: measured.iter().map(ModelFacts::of).collect(),
    }
}

fn report(tasks: usize, cores: f64, measured: &[Measured]) -> Report {
    let report = Report::of(facts(tasks, cores, measured));
    for text in report.findings.iter().map(Finding::text) {
        assert!(text.contains(|one: char| one.is_ascii_digit()), "cites no figure: {text}");
        assert!(text.ends_with('.') && !text.contains("NaN") && !text.contains("inf"), "{text}");
    }
    report
}

/// What was found with `measured` beside a main thread that took `main_ms`.
fn found(tasks: usize, cores: f64, main_ms: f64, measured: Measured) -> Vec<(Rule, String)> {
    let report = report(tasks, cores, &[main_thread(main_ms), measured]);
    let is_found = |one: &Finding| one.status() == Status::Found && one.result() == 1;
    assert!(report.findings.iter().all(is_found), "{:?}", report.findings);
    report.findings.into_iter().map(|one| (one.rule(), one.text())).collect()
}

fn texts(found: &[(Rule, String)], rule: Rule) -> Vec<&str> {
    found.iter().filter(|(of, _)| *of == rule).map(|(_, text)| text.as_str()).collect()
}

fn work(ms: f64) -> Vec<(Phase, f64, f64)> {
    vec![(Phase::Compute, 0.0, ms)]
}

#[test]
fn of_a_pool_of_two_that_went_well_there_is_nothing_to_say() {
    let threads = |cores| {
        let first = [(Phase::Transfer, 0.0, 0.5), (Phase::Compute, 0.5, 251.0)];
        let second = [
            (Phase::Transfer, 0.0, 0.5),
            (Phase::Compute, 0.5, 249.0),
            (Phase::Idle, 249.0, 251.0),
        ];
        let page = [(Phase::Idle, 0.0, 251.5), (Phase::Merge, 251.5, 252.0)];
        found(128, cores, 485.0, pool(ExecutorKind::Threads, 252.0, &page, &[&first, &second]))
    };
    assert_eq!(threads(2.0), []);
    assert_eq!(threads(1.85), [], "no machine has quite all of its cores to give");
}

#[test]
fn tasks_that_cost_more_than_their_work_are_overhead() {
    // Of 100 ms in each of two lanes, 68 ms handle 128 tasks.
    let lane: Vec<_> = (0..64)
        .flat_map(|task| {
            let at = f64::from(task) * 1.5625;
            [(Phase::Transfer, at, at + 0.5625), (Phase::Compute, at + 1.0625, at + 1.5625)]
        })
        .collect();
    for (chunk, name, advice) in [
        (0, "Processes × 2", "Give each task more work."),
        (
            1,
            "Processes × 2 (chunks of 1)",
            "Send more tasks at a time (chunkSize), or give each more work.",
        ),
    ] {
        let mut processes = pool(ExecutorKind::Processes, 100.0, &[], &[&lane, &lane]);
        processes.executor.options.chunk_size = chunk;
        let said = "handling tasks took 68% of the time, 1.06 ms per task with 500 µs of work.";
        let found = found(128, 2.0, 64.0, processes);
        assert_eq!(texts(&found, Rule::OverheadDominates), [format!("{name}: {said} {advice}")]);
    }
}

#[test]
fn overhead_begins_above_its_threshold() {
    let merging = |ms: f64| {
        let page = [(Phase::Merge, 100.0 - ms, 100.0)];
        let lane = [(Phase::Compute, 0.0, 100.0 - ms), (Phase::Idle, 100.0 - ms, 100.0)];
        let pool = pool(ExecutorKind::Processes, 100.0, &page, &[&lane, &lane]);
        found(128, 2.0, 2.0 * (100.0 - ms), pool)
    };
    assert_eq!(merging(30.0), []);
    assert_eq!(texts(&merging(31.0), Rule::OverheadDominates).len(), 1);
}

#[test]
fn slower_work_is_not_taken_for_overhead() {
    let lane = work(100.0);
    let pool = pool(ExecutorKind::Threads, 100.0, &[], &[&lane, &lane]);
    assert_eq!(found(128, 2.0, 110.0, pool), []);
}

#[test]
fn gaps_around_long_tasks_are_not_taken_for_overhead() {
    let lane = [(Phase::Compute, 0.0, 60.0)];
    let run = |tasks| {
        let pool = pool(ExecutorKind::Threads, 100.0, &[], &[&lane, &lane]);
        texts(&found(tasks, 2.0, 120.0, pool), Rule::OverheadDominates).len()
    };
    assert_eq!(run(4), 0);
    assert_eq!(run(128), 1);
}

#[test]
fn a_pool_out_of_balance_names_its_least_and_its_most_busy_worker() {
    let idle = |ms: f64| {
        let lanes = [(Phase::Compute, 0.0, 100.0 - ms), (Phase::Idle, 100.0 - ms, 100.0)];
        let pool = pool(ExecutorKind::Threads, 100.0, &[], &[&work(100.0), &lanes]);
        found(8, 2.0, 200.0 - ms, pool)
    };
    assert_eq!(idle(20.0), []);
    assert_eq!(texts(&idle(20.5), Rule::Imbalance).len(), 1);
    assert_eq!(
        texts(&idle(80.0), Rule::Imbalance),
        ["Threads × 2: a worker was idle for 40.0 ms of 100 ms, on average, while others still \
          worked: the least busy worked for 20.0 ms, the busiest for 100 ms. Cut the work into \
          smaller tasks, or start with the longest."]
    );
}

#[test]
fn the_advice_on_balance_fits_what_was_chosen() {
    let lane = [(Phase::Compute, 0.0, 20.0), (Phase::Idle, 20.0, 100.0)];
    let of = |tasks, chunk_size| {
        let mut executor = Executor::new(ExecutorKind::Threads, 2);
        executor.options.chunk_size = chunk_size;
        let found = found(tasks, 2.0, 120.0, model(executor, 100.0, &[], &[&work(100.0), &lane]));
        texts(&found, Rule::Imbalance).concat()
    };
    assert!(of(128, 64).ends_with("fewer tasks at a time (chunkSize), or start with the longest."));
    assert!(of(1, 1).ends_with("Cut the work into at least as many tasks as workers."));
}

#[test]
fn more_workers_than_cores_cost_what_they_cost() {
    let turns = |cost_ms: f64| {
        let lane = work(100.0);
        let lanes: [Spans; 4] = [&lane; 4];
        let pool = pool(ExecutorKind::Threads, 100.0, &[], &lanes);
        found(128, 2.0, 4.0 * (100.0 - cost_ms), pool)
    };
    assert_eq!(turns(5.0), []);
    assert_eq!(texts(&turns(5.5), Rule::MoreWorkersThanCores).len(), 1);
    assert_eq!(
        texts(&turns(50.0), Rule::MoreWorkersThanCores),
        ["Threads × 4: 4 workers shared 2 cores, which cost 50.0 ms of 100 ms. For work that \
             computes, use at most 2."]
    );
}

#[test]
fn part_of_a_core_is_no_reason_for_fewer_workers() {
    let lane = work(100.0);
    let pool = pool(ExecutorKind::Threads, 100.0, &[], &[&lane, &lane]);
    assert_eq!(
        texts(&found(128, 1.4, 140.0, pool), Rule::MoreWorkersThanCores),
        [
            "Threads × 2: 2 workers shared 1.4 cores, which cost 30.0 ms of 100 ms. Close other busy \
          programs; if there are none, this machine is at its limit."
        ]
    );
}

#[test]
fn workers_that_wait_need_no_cores() {
    let lane = [(Phase::IoWait, 0.0, 70.0), (Phase::Compute, 70.0, 100.0)];
    let lanes: [Spans; 4] = [&lane; 4];
    let main = [(Phase::IoWait, 0.0, 280.0), (Phase::Compute, 280.0, 320.0)];
    let main = model(Executor::new(ExecutorKind::MainThread, 1), 320.0, &main, &[]);
    let report = report(4, 2.0, &[main, pool(ExecutorKind::Threads, 100.0, &[], &lanes)]);
    assert_eq!(report.findings, []);
}

#[test]
fn waiting_for_a_lock_is_told_of() {
    let locked = |ms: f64| {
        let lane = [(Phase::Compute, 0.0, 100.0 - ms), (Phase::LockWait, 100.0 - ms, 100.0)];
        let pool = pool(ExecutorKind::Threads, 100.0, &[], &[&lane, &lane]);
        found(128, 2.0, 2.0 * (100.0 - ms), pool)
    };
    assert_eq!(locked(10.0), []);
    assert_eq!(
        texts(&locked(25.0), Rule::LockContention),
        ["Threads × 2: each worker waited for a lock for 25.0 ms of 100 ms, on average. Hold it \
          for a shorter time, or give each worker its own copy and merge the copies at the end."]
    );
}

/// Two threads that take turns of 25 ms under a GIL, and lose 1 ms at each.
#[test]
fn of_threads_with_a_gil_it_is_told_that_one_computes_at_a_time() {
    let first = [(Phase::Compute, 0.0, 24.0), (Phase::LockWait, 24.0, 50.0)];
    let second = [(Phase::LockWait, 0.0, 25.0), (Phase::Compute, 25.0, 50.0)];
    let taking_turns = |executor: Executor| {
        let pool = each(model(executor, 50.0, &[], &[&first, &second]), |sample| {
            let spans = sample.lanes.iter_mut().flat_map(|lane| &mut lane.spans);
            spans.for_each(|span| span.task = Some(0));
        });
        found(128, 2.0, 49.0, pool)
    };
    let gil = Executor::new(ExecutorKind::ThreadsGil, 2);
    let told = taking_turns(gil.clone());
    assert_eq!(
        texts(&told, Rule::Gil),
        ["Threads with a GIL × 2: each thread waited for the GIL for 25.5 ms of 50.0 ms, on \
             average: only its holder computes. It changed hands 20.0 times a second, which took \
             2.0% of the time. The longest wait for it took 26.0 ms. Use processes, free-threaded Python, \
             or a library that releases it."]
    );
    assert_eq!(texts(&told, Rule::LockContention), [] as [&str; 0], "it is said once");
    let mut released = gil;
    released.options.release_in_native = true;
    let told = taking_turns(released);
    assert!(texts(&told, Rule::Gil)[0].contains("between kernels that run without it"), "{told:?}");
}

/// Threads that wait for 100 ms, and then compute for a moment each.
#[test]
fn where_threads_wait_for_answers_the_gil_does_no_harm() {
    let lane =
        |wait_ms: f64| [(Phase::IoWait, 0.0, 100.0), (Phase::LockWait, 100.0, 100.0 + wait_ms)];
    let at = |wait_ms: f64| {
        let lane = lane(wait_ms);
        let gil = pool(ExecutorKind::ThreadsGil, 100.0 + wait_ms, &[], &[&lane, &lane]);
        report(2, 2.0, &[gil])
            .findings
            .iter()
            .map(|one| (one.rule(), one.text()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts(&at(0.0), Rule::GilReleased),
        ["Threads with a GIL × 2: in 100 ms hardly any thread waited for the GIL: a thread that \
             waits for an answer has released it."]
    );
    assert!(texts(&at(2.0), Rule::GilReleased)[0].contains("for only 2.00 ms of 102 ms"));
    assert_eq!(texts(&at(50.0), Rule::GilReleased), [] as [&str; 0]);
}

/// A request of 2 ms whose answer waits for the lock.
#[test]
fn a_convoy_is_told_of_with_the_interval_that_makes_it() {
    let computing = |waited_ms: f64, computed_ms: f64| {
        let computes = [(Phase::Compute, 0.0, 100.0)];
        let asks = [
            (Phase::IoWait, 0.0, 2.0),
            (Phase::LockWait, 2.0, 2.0 + waited_ms),
            (Phase::Compute, 2.0 + waited_ms, 2.0 + waited_ms + computed_ms),
        ];
        let gil = pool(ExecutorKind::ThreadsGil, 100.0, &[], &[&computes, &asks]);
        let gil = each(gil, |sample| {
            sample.lanes[2].spans.iter_mut().for_each(|span| span.task = Some(1));
        });
        report(2, 2.0, &[gil])
            .findings
            .iter()
            .map(|one| (one.rule(), one.text()))
            .collect::<Vec<_>>()
    };
    let at = |waited_ms| computing(waited_ms, 0.5);
    assert_eq!(
        texts(&at(5.0), Rule::Convoy),
        ["Threads with a GIL × 2: a request took 7.50 ms, although its answer arrived \
             after 2.00 ms: it then waited for the GIL, which the computing thread releases every \
             5 ms. Compute in another process, or shorten the interval (switchIntervalMs)."]
    );
    assert_eq!(texts(&at(0.5), Rule::Convoy), [] as [&str; 0]);
    assert_eq!(texts(&computing(0.5, 50.0), Rule::Convoy), [] as [&str; 0], "computing is no wait");
}

fn sending(ms: f64, bytes: u64, data_mode: DataMode) -> Vec<(Rule, String)> {
    let page = [(Phase::Serialize, 0.0, ms)];
    let lane = [(Phase::Queue, 0.0, ms), (Phase::Compute, ms, 100.0)];
    let mut executor = Executor::new(ExecutorKind::Processes, 2);
    executor.options.data_mode = data_mode;
    let measured = each(model(executor, 100.0, &page, &[&lane, &lane]), |sample| {
        sample.bytes_sent = bytes;
        sample.bytes_received = 1_000_000;
    });
    found(16, 2.0, 2.0 * (100.0 - ms), measured)
}

#[test]
fn moving_much_data_is_told_of_and_not_counted_twice() {
    assert_eq!(
        sending(60.0, 15_000_000, DataMode::Copy),
        [(
            Rule::SerializationDominates,
            "Processes × 2: moving 16.0 MB between memories took 60.0 ms of 100 ms. Share the \
             memory (threads), transfer the buffers (dataMode transfer), preload the data in every \
             worker (staticData initializer), or send less."
                .to_owned()
        )]
    );
    let transferred = sending(60.0, 15_000_000, DataMode::Transfer);
    assert!(transferred[0].1.ends_with("Share the memory (threads), or send less."));
    assert_eq!(sending(25.0, 15_000_000, DataMode::Copy), []);
    assert_eq!(sending(26.0, 15_000_000, DataMode::Copy).len(), 1);
}

#[test]
fn many_small_messages_are_overhead() {
    let found = sending(60.0, 100_000, DataMode::Copy);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Rule::OverheadDominates);
}

fn first_run(first_ms: f64) -> Vec<(Rule, String)> {
    let mut pool = pool(ExecutorKind::Threads, 100.0, &[], &[&work(100.0), &work(100.0)]);
    pool.warm_up.totals_ms = vec![first_ms, 101.0, 100.0];
    found(128, 2.0, 200.0, pool)
}

#[test]
fn a_slow_first_run_is_told_of() {
    assert_eq!(first_run(149.0), []);
    assert_eq!(texts(&first_run(150.0), Rule::FirstRunSlow).len(), 1);
    assert_eq!(
        texts(&first_run(310.0), Rule::FirstRunSlow),
        ["Threads × 2: the first run took 310 ms, 3.10× the median of 100 ms. It was a warm-up \
          and does not count. When you time your own program, run it more than once, too."]
    );
}

#[test]
fn a_sample_of_few_ticks_is_told_of_unless_it_was_repeated() {
    let short = |ms: f64, computations: u32| {
        let lasted_ms = ms * f64::from(computations);
        let lane = work(lasted_ms);
        let mut pool = pool(ExecutorKind::Threads, lasted_ms, &[], &[&lane, &lane]);
        pool.warm_up.totals_ms = vec![ms];
        let pool = each(pool, |sample| sample.computations = computations);
        found(128, 2.0, 2.0, pool)
    };
    assert_eq!(short(1.0, 1), []);
    assert_eq!(short(0.5, 2), []);
    assert_eq!(
        texts(&short(0.5, 1), Rule::ClockTooCoarse),
        [
            "Threads × 2: a sample of 500 µs is only 100 ticks of the clock, 5 µs each, where 200 are \
          needed. Make the work larger."
        ]
    );
}

#[test]
fn a_frozen_page_is_told_of() {
    let frozen = |ms: f64| {
        let pool = pool(ExecutorKind::Processes, 100.0, &[], &[&work(100.0), &work(100.0)]);
        found(128, 2.0, 200.0, each(pool, |sample| sample.blocked_ms = ms))
    };
    assert_eq!(frozen(49.9), []);
    assert_eq!(
        texts(&frozen(50.0), Rule::MainThreadBlocked),
        [
            "Processes × 2: the page did not answer for 50.0 ms. The page itself prepares and merges: \
             send and collect less at a time."
        ]
    );
    let main = each(main_thread(500.0), |sample| sample.blocked_ms = 498.0);
    let report = report(128, 2.0, &[main]);
    assert_eq!(
        report.findings[0].text(),
        "Main thread: the page did not answer for 498 ms. Threads and processes compute beside the \
         page."
    );
}

#[test]
fn what_cost_most_comes_first() {
    let uneven = [(Phase::Compute, 0.0, 20.0), (Phase::Idle, 20.0, 100.0)];
    let lane = work(150.0);
    let report = report(
        128,
        2.0,
        &[
            each(main_thread(300.0), |sample| sample.blocked_ms = 299.0),
            pool(ExecutorKind::Processes, 100.0, &[], &[&work(100.0), &uneven]),
            pool(ExecutorKind::Threads, 150.0, &[], &[&lane, &lane, &lane, &lane]),
        ],
    );
    let said: Vec<_> = report.findings.iter().map(|one| (one.rule(), one.result())).collect();
    let expected =
        [(Rule::MoreWorkersThanCores, 2), (Rule::Imbalance, 1), (Rule::MainThreadBlocked, 0)];
    assert_eq!(said, expected);
}

#[test]
fn what_is_missing_is_said_once_for_all_models() {
    let few = |mut measured: Measured| {
        if let Ok(samples) = &mut measured.samples {
            samples.truncate(2);
        }
        measured
    };
    let threads = few(pool(ExecutorKind::Threads, 100.0, &[], &[&work(100.0), &work(100.0)]));
    let frozen = each(few(main_thread(200.0)), |sample| sample.blocked_ms = 199.0);
    let processes = few(pool(ExecutorKind::Processes, 100.0, &[], &[&work(100.0), &work(100.0)]));
    let report = report(128, 2.0, &[frozen, threads, processes]);
    let said: Vec<_> = report.findings.iter().map(|one| (one.status(), one.result())).collect();
    assert_eq!(said, [(Status::Found, 0), (Status::NotEnoughData, 1)]);
    assert_eq!(
        report.findings[1].text(),
        "Threads × 2, Processes × 2: 2 measured rounds are too few to tell where the time went. \
         Measure 3 or more."
    );
}

#[test]
fn without_a_main_thread_nobody_knows_what_turns_cost() {
    let lane = work(100.0);
    let wide = || pool(ExecutorKind::Threads, 100.0, &[], &[&lane, &lane, &lane]);
    let alone = report(128, 2.0, &[wide()]);
    assert_eq!(alone.findings.len(), 1);
    assert_eq!(alone.findings[0].rule(), Rule::MoreWorkersThanCores);
    assert_eq!(
        alone.findings[0].text(),
        "Threads × 3: how much workers slow each other down shows only beside the main thread. Run \
         the main thread as well."
    );
    assert_eq!(report(128, 3.0, &[wide()]).findings, [], "there are cores enough");
}

#[test]
fn without_warming_up_nobody_knows_how_slow_the_first_run_was() {
    let cold = |kind| {
        let mut pool = pool(kind, 100.0, &[], &[&work(100.0), &work(100.0)]);
        pool.warm_up = WarmedUp::default();
        pool
    };
    let report = report(128, 2.0, &[cold(ExecutorKind::Threads), cold(ExecutorKind::Processes)]);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(
        report.findings[0].text(),
        "Threads × 2, Processes × 2: there were no warm-up rounds, so it is unknown whether the \
         first was slower. Add 1 or more."
    );
}

#[test]
fn samples_without_a_timeline_cannot_be_explained() {
    let mut facts = facts(128, 2.0, &[main_thread(100.0)]);
    facts.results[0].lanes.clear();
    let report = Report::of(facts);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(
        report.findings[0].text(),
        "Main thread: 5 samples but no timeline, so where the time went is unknown."
    );
}

#[test]
fn a_machine_that_changed_its_speed_is_told_beside_the_verdict() {
    let lane = work(263.0);
    let threads = pool(ExecutorKind::Threads, 263.0, &[], &[&lane, &lane]);
    let mut facts = facts(128, 2.0, &[main_thread(500.0), threads]);
    for model in &mut facts.results {
        let sample = model.samples[0].clone();
        model.samples.extend(vec![sample; 5]);
    }
    let block = |drift, cores| Block { drift, cores: Some(cores), disturbed: None, kept: true };
    let mut blocks = vec![block(0.01, 1.5); 7];
    blocks.extend([block(0.12, 1.25), block(0.11, 1.0), block(0.105, 1.25)]);
    facts.measuring.blocks = blocks;
    facts.environment.machine.hardware_concurrency = 2;
    let report = Report::of(facts);
    assert_eq!(report.verdict.headline(), "Threads were 1.90× faster than the main thread");
    let warned = |code: &str| {
        let warning = report.warnings.iter().find(|one| one.code() == code);
        warning.map(|warning| warning.message()).expect("it is warned of")
    };
    assert_eq!(
        warned("MachineUnsteady"),
        "Your machine's speed changed by up to 12% in 3 of 10 rounds. The intervals include that."
    );
    assert_eq!(
        warned("CoresBusy"),
        "Only 1.4 cores of 2 were free during this run. Other programs used the rest."
    );
    assert_eq!(report.environment.machine.effective_cores, Some(1.4));
}

/// A model whose requests were waited for at these times, each in the lane of its number.
fn waiting(executor: Executor, total_ms: f64, waits: &[&[(u32, f64, f64)]]) -> Measured {
    let mut measured = model(executor, total_ms, &[], &vec![&[] as Spans; waits.len()]);
    let is_page = !measured.executor.kind().has_workers();
    let lanes_with = |lanes: &mut Vec<Lane>| {
        for (at, waits) in waits.iter().enumerate() {
            let span = |(task, from, to): &(u32, f64, f64)| {
                Span::new(Phase::IoWait, *task, START_MS + from, START_MS + to)
            };
            let spans = &mut lanes[if is_page { 0 } else { at + 1 }].spans;
            *spans = waits.iter().map(span).collect();
            let end_ms = spans.iter().map(|span| span.end_ms).fold(START_MS, f64::max);
            spans.push(Span::new(Phase::Idle, None, end_ms, START_MS + total_ms));
        }
        if is_page {
            lanes.truncate(1);
        }
    };
    if let Ok(samples) = &mut measured.samples {
        samples.iter_mut().for_each(|sample| lanes_with(&mut sample.lanes));
    }
    measured
}

/// What was found of the last of `measured`, whose work was requests with these parameters.
fn found_of_requests(params: serde_json::Value, measured: &[Measured]) -> Vec<(Rule, String)> {
    let mut facts = facts(1, 2.0, measured);
    let params = params.as_object().expect("an object");
    facts.experiment.workload = Workload::new(WorkloadId::Requests, params).expect("valid");
    let found = Report::of(facts).findings.into_iter();
    let last =
        found.filter(|one| one.status() == Status::Found && one.result() == measured.len() - 1);
    last.map(|one| (one.rule(), one.text())).collect()
}

#[test]
fn answers_that_come_when_they_were_ordered_are_not_late() {
    let params = json!({ "count": 4, "latencyMs": 40, "varianceMs": 0 });
    let together: Vec<_> = (0..4).map(|task| (task, 0.0, 44.0)).collect();
    let event_loop = waiting(Executor::new(ExecutorKind::EventLoop, 1), 45.0, &[&together]);
    assert_eq!(found_of_requests(params, &[event_loop]), []);
}

#[test]
fn answers_that_come_one_after_another_are_the_answering_side_s_doing() {
    let params = json!({ "count": 4, "latencyMs": 40, "varianceMs": 0 });
    let queued: Vec<_> = (0..4).map(|task| (task, 0.0, 100.0 * f64::from(task + 1))).collect();
    let found = found_of_requests(
        params,
        &[waiting(Executor::new(ExecutorKind::EventLoop, 1), 400.0, &[&queued])],
    );
    let said = texts(&found, Rule::SlowAnswers).concat();
    let figures = "for 360 ms of 400 ms, answers were overdue: requests took 250 ms on average \
                   instead of 40.0 ms.";
    assert!(said.starts_with(&format!("Event loop: {figures}")), "{said}");
    assert!(said.contains("service worker"), "{said}");
}

#[test]
fn workers_that_wait_for_late_answers_are_not_out_of_balance() {
    let params = json!({ "count": 2, "latencyMs": 10, "varianceMs": 0 });
    let threads = Executor::new(ExecutorKind::Threads, 2);
    let late = waiting(threads, 300.0, &[&[(0, 0.0, 40.0)], &[(1, 0.0, 300.0)]]);
    let found = found_of_requests(params, &[late]);
    assert_eq!(texts(&found, Rule::SlowAnswers).len(), 1, "{found:?}");
    assert_eq!(texts(&found, Rule::Imbalance), [] as [&str; 0]);
}

#[test]
fn a_page_that_computes_is_not_taken_for_a_late_answer() {
    let params = json!({ "count": 2, "latencyMs": 10, "varianceMs": 0 });
    let waits = [(0, 0.0, 200.0), (1, 0.0, 210.0)];
    let computing =
        each(waiting(Executor::new(ExecutorKind::EventLoop, 1), 212.0, &[&waits]), |sample| {
            let compute = Span::new(Phase::Compute, 7, START_MS + 5.0, START_MS + 200.0);
            sample.lanes[0].spans.push(compute);
        });
    assert_eq!(texts(&found_of_requests(params, &[computing]), Rule::SlowAnswers).len(), 0);
}

#[test]
fn more_requests_than_a_host_has_connections_are_told_from_the_model() {
    let urls: Vec<_> = (0..12).map(|at| format!("https://example.org/{at}")).collect();
    let wave = |task: u32| if task < 6 { 300.0 } else { 600.0 };
    let waits: Vec<_> = (0..12).map(|task| (task, 0.0, wave(task))).collect();
    let event_loop = || waiting(Executor::new(ExecutorKind::EventLoop, 1), 602.0, &[&waits]);
    let found = found_of_requests(json!({ "urls": urls }), &[event_loop()]);
    let said = texts(&found, Rule::SlowAnswers).concat();
    assert!(said.contains("12 requests to one host"), "{found:?}");
    assert!(said.contains("6 connections"), "{said}");
    // Where each has a host of its own, nobody can tell.
    let apart: Vec<_> = (0..12).map(|at| format!("https://{at}.example.org/")).collect();
    assert_eq!(found_of_requests(json!({ "urls": apart }), &[event_loop()]), []);
    // The main thread shows what each takes alone.
    let alone: Vec<_> =
        (0..12).map(|task| (task, 50.0 * f64::from(task), 50.0 * f64::from(task + 1))).collect();
    let main = waiting(Executor::new(ExecutorKind::MainThread, 1), 600.0, &[&alone]);
    let found = found_of_requests(json!({ "urls": apart }), &[main, event_loop()]);
    let said = texts(&found, Rule::SlowAnswers).concat();
    assert!(said.contains("50.0 ms one at a time"), "{found:?}");
}

#[test]
fn an_address_asked_twice_may_be_answered_by_a_cache_where_there_is_no_service_worker() {
    let params = json!({ "urls": ["https://a.org/", "https://b.org/", "https://a.org/"] });
    let with = |service_worker: Availability| {
        let threads = Executor::new(ExecutorKind::Threads, 2);
        let waits: [&[_]; 2] = [&[(0, 0.0, 50.0), (2, 50.0, 100.0)], &[(1, 0.0, 100.0)]];
        let mut facts = facts(1, 2.0, &[waiting(threads, 100.0, &waits)]);
        let params = params.as_object().expect("an object");
        facts.experiment.workload = Workload::new(WorkloadId::Requests, params).expect("valid");
        facts.environment.browser.as_mut().expect("a browser").service_worker = service_worker;
        Report::of(facts).findings
    };
    assert_eq!(with(Availability::Available), []);
    let none = with(Availability::Lacking(Lack::ServiceWorkerNotAllowed));
    let [found] = &none[..] else { panic!("one finding, not {none:?}") };
    assert_eq!(found.rule(), Rule::CachedAnswers);
    assert!(found.text().contains("1 of 3 requests"), "{}", found.text());
}

#[test]
fn waits_that_are_out_of_balance_are_not_to_be_cut() {
    let params = json!({ "kind": "timer", "count": 3, "latencyMs": 50, "varianceMs": 0 });
    let threads = Executor::new(ExecutorKind::Threads, 2);
    let waits: [&[_]; 2] = [&[(0, 0.0, 50.0), (2, 50.0, 100.0)], &[(1, 0.0, 50.0)]];
    let found = found_of_requests(params, &[waiting(threads, 100.0, &waits)]);
    assert!(texts(&found, Rule::Imbalance).concat().contains("as many workers"), "{found:?}");
}

#[test]
fn nobody_is_told_to_warm_up_on_other_s_hosts() {
    let waits = [(0, 0.0, 50.0)];
    let mut cold = waiting(Executor::new(ExecutorKind::EventLoop, 1), 50.0, &[&waits]);
    cold.warm_up.totals_ms.clear();
    let mut facts = facts(1, 2.0, &[cold]);
    let params = json!({ "urls": ["https://a.org/"] });
    facts.experiment.workload =
        Workload::new(WorkloadId::Requests, params.as_object().expect("an object")).expect("valid");
    assert_eq!(Report::of(facts).findings, []);
}

/// A pipeline whose first stage waited for so long, and whose second one computed for so long, per
/// task of four; two workers each.
fn piped(waited_ms: f64, computed_ms: f64, streaming: bool) -> Measured {
    let mut executor = Executor::new(ExecutorKind::Hybrid, 2);
    executor.options.io_workers = 2;
    executor.options.streaming = streaming;
    let lane_of =
        |each_ms: f64, phase: Phase| [(phase, 0.0, each_ms), (phase, each_ms, 2.0 * each_ms)];
    let (waits, computes) =
        (lane_of(waited_ms, Phase::IoWait), lane_of(computed_ms, Phase::Compute));
    let total_ms =
        2.0 * if streaming { waited_ms.max(computed_ms) } else { waited_ms + computed_ms };
    each(model(executor, total_ms, &waits, &[&computes, &computes]), |sample| {
        for (task, span) in (0..).zip(sample.lanes.iter_mut().flat_map(|lane| &mut lane.spans)) {
            span.task = Some(task);
        }
        let more = sample.lanes[0].spans.clone();
        sample.lanes[0].spans.extend(more);
        let change = |at_ms: f64, depth| DepthChange { at_ms: START_MS + at_ms, depth };
        let changes = vec![change(10.0, 8), change(60.0, 0)];
        sample.lanes[0].queue = Some(QueueDepth { bound: 8, changes });
    })
}

#[test]
fn of_a_pipeline_the_slower_stage_is_told() {
    let told = |cores: f64, measured: Measured| {
        let findings = report(4, cores, &[measured]).findings;
        let told: Vec<_> = findings.iter().map(|one| (one.rule(), one.text())).collect();
        texts(&told, Rule::SlowerStage).concat()
    };
    assert_eq!(
        told(2.0, piped(20.0, 50.0, true)),
        "Hybrid × 2 (2 requests at a time): computing was the slower stage: 100 ms for each worker, \
         and 40.0 ms of waiting. The queue was full for 50% of the time, and then the first stage \
         waited (backpressure). More workers would not help: compute less per item, or use more cores."
    );
    assert!(told(8.0, piped(20.0, 50.0, true)).ends_with("Use 4 workers to compute."));
    assert_eq!(
        told(2.0, piped(50.0, 20.0, true)),
        "Hybrid × 2 (2 requests at a time): waiting was the slower stage: 100 ms for each request at \
         a time, and 40.0 ms of computing for each worker. The queue was empty for 50% of the time, and \
         then the second stage waited. Wait for 4 requests at a time."
    );
    assert_eq!(told(2.0, piped(50.0, 48.0, true)), "");
    // Hardly any computing: as many requests as there are tasks, and no more.
    assert!(told(2.0, piped(50.0, 0.0, true)).ends_with("Wait for 4 requests at a time."));
    let in_turn = told(2.0, piped(50.0, 48.0, false));
    assert!(in_turn.contains("100 ms of waiting, then 96.0 ms of computing"), "{in_turn}");
}
