//! What each worker computes before its first task, and what follows where that fails.

use crate::simulation::{At, Simulation, gone, options};
use concurrency_playground::failure::{Failure, PoolProblem};
use concurrency_playground::pool::{PoolOptions, TaskOptions, WorkerId};

fn with_initializer(workers: usize) -> Simulation {
    Simulation::new(PoolOptions { has_initializer: true, ..options(workers) })
}

#[test]
fn each_worker_runs_the_initializer_before_its_first_task() {
    let mut pool = with_initializer(2);
    let tasks = [pool.submit(), pool.submit()];
    pool.gets_ready(WorkerId(0));
    pool.gets_ready(WorkerId(1));
    assert_eq!(pool.workers[&WorkerId(0)], At::Initializing);
    assert_eq!(pool.runs.len(), 0);
    pool.initializer_ends(WorkerId(1), Ok(()));
    pool.initializer_ends(WorkerId(0), Ok(()));
    assert_eq!(pool.runs, tasks);
}

#[test]
fn a_worker_runs_the_initializer_once() {
    let mut pool = with_initializer(1);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.goes_well();
    // The simulation checks that a worker initializes only as it begins.
    assert_eq!(pool.runs, tasks);
    assert_eq!(pool.machine.counts().started, 1);
}

#[test]
fn a_worker_that_replaces_another_runs_the_initializer() {
    let mut pool = with_initializer(1);
    let (lost, next) = (pool.submit(), pool.submit());
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Ok(()));
    pool.loses_worker_of(lost);
    pool.gets_ready(WorkerId(1));
    assert_eq!(pool.workers[&WorkerId(1)], At::Initializing);
    pool.initializer_ends(WorkerId(1), Ok(()));
    pool.finishes(next);
    assert_eq!(pool.settled[&next], Ok(next.0));
}

#[test]
fn a_failing_initializer_fails_what_waits() {
    let mut pool = with_initializer(2);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Err(gone()));
    for task in tasks {
        let failure = pool.settled[&task].clone().expect_err("no worker can run it");
        assert_eq!(failure.kind(), gone().kind());
        assert!(failure.message().starts_with("initializer: "), "{}", failure.message());
    }
    assert_eq!(pool.workers.len(), 0, "the others are ended");
}

#[test]
fn a_pool_with_a_failing_initializer_refuses_tasks_with_the_reason() {
    let mut pool = with_initializer(1);
    pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Err(gone()));
    let refused = pool.try_submit(TaskOptions::default()).expect_err("it takes none");
    assert!(refused.message().starts_with("initializer: "), "{}", refused.message());
    assert_eq!(pool.broken, Some(refused));
}

#[test]
fn a_worker_lost_while_it_initializes_breaks_the_pool() {
    let mut pool = with_initializer(1);
    let task = pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.loses(WorkerId(0));
    assert!(pool.settled[&task].is_err());
    assert!(pool.broken.is_some());
    assert_eq!(pool.machine.counts().started, 1, "no other would fare better");
}

#[test]
fn a_failing_initializer_lets_running_tasks_finish() {
    let mut pool = with_initializer(2);
    let running = pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Ok(()));
    let waiting = pool.submit();
    pool.gets_ready(WorkerId(1));
    pool.initializer_ends(WorkerId(1), Err(gone()));
    assert!(pool.settled[&waiting].is_err());
    pool.finishes(running);
    assert_eq!(pool.settled[&running], Ok(running.0));
}

#[test]
fn a_pool_with_a_failing_initializer_can_be_shut_down() {
    let mut pool = with_initializer(1);
    pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Err(gone()));
    pool.machine.shut_down(false, pool.now_ms);
    pool.carry_out();
    assert_eq!((pool.closed, pool.workers.len()), (1, 0));
}

#[test]
fn shutdown_does_not_wait_for_an_initializer_nobody_needs() {
    let mut pool = with_initializer(1);
    let task = pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.machine.shut_down(true, pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.settled[&task], Err(PoolProblem::TaskCancelled.into()));
    assert_eq!((pool.closed, pool.workers.len()), (1, 0));
}

#[test]
fn an_initializer_that_ends_after_its_worker_was_ended_is_ignored() {
    let mut pool = with_initializer(1);
    pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.machine.terminate_workers(pool.now_ms);
    pool.carry_out();
    pool.machine.initialized(WorkerId(0), Err(gone()), pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.broken, None);
    assert_eq!(pool.machine.counts().stale, 1);
}

#[test]
fn an_initializer_that_takes_too_long_has_failed() {
    let mut pool = Simulation::new(PoolOptions {
        has_initializer: true,
        initializer_timeout_ms: Some(50),
        ..options(2)
    });
    let (first, second) = (pool.submit(), pool.submit());
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Ok(()));
    pool.gets_ready(WorkerId(1));
    pool.passes(49.0);
    assert_eq!(pool.broken, None);
    pool.passes(1.0);
    let failure = pool.broken.clone().expect("it takes no more tasks");
    assert_eq!(failure.kind(), Failure::from(PoolProblem::TaskTimedOut { limit_ms: 50 }).kind());
    assert!(failure.message().starts_with("initializer: "), "{}", failure.message());
    assert!(pool.settled[&second].is_err());
    pool.finishes(first);
    assert_eq!(pool.settled[&first], Ok(first.0), "what runs goes on");
}

#[test]
fn an_initializer_without_a_limit_may_take_for_ever() {
    let mut pool = with_initializer(1);
    let task = pool.submit();
    pool.gets_ready(WorkerId(0));
    pool.passes(1e7);
    pool.initializer_ends(WorkerId(0), Ok(()));
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
}
