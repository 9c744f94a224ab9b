//! Tasks are taken, run in their order, and settle with what they came to.

use crate::simulation::{Simulation, gone};
use concurrency_playground::failure::FailureKind;
use concurrency_playground::pool::{MAX_QUEUED, TaskId, TaskOptions, TaskState, WorkerId};

#[test]
fn a_task_settles_with_its_result() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn a_task_settles_with_its_own_failure() {
    let mut pool = Simulation::of(2);
    let (bad, good) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    pool.ends(bad, Err(gone()));
    pool.goes_well();
    assert_eq!(pool.settled[&bad], Err(gone()));
    assert_eq!(pool.settled[&good], Ok(good.0));
}

#[test]
fn tasks_start_in_the_order_of_submission() {
    let mut pool = Simulation::of(1);
    let tasks: Vec<_> = (0..20).map(|_| pool.submit()).collect();
    pool.goes_well();
    assert_eq!(pool.runs, tasks);
    assert_eq!(pool.order, tasks);
}

#[test]
fn a_task_is_pending_then_running_then_settled() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    assert_eq!(pool.machine.state(task), Some(TaskState::Pending));
    pool.all_get_ready();
    assert_eq!(pool.machine.state(task), Some(TaskState::Running(WorkerId(0))));
    pool.finishes(task);
    assert_eq!(pool.machine.state(task), None);
}

#[test]
fn a_worker_runs_one_task_at_a_time() {
    let mut pool = Simulation::of(1);
    let tasks = [pool.submit(), pool.submit()];
    pool.all_get_ready();
    assert_eq!(pool.running(), [tasks[0]]);
    assert_eq!((pool.machine.busy(), pool.machine.queued()), (1, 1));
}

#[test]
fn tasks_that_settle_out_of_order_keep_their_results() {
    let mut pool = Simulation::of(3);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    for task in [tasks[2], tasks[0], tasks[1]] {
        pool.finishes(task);
    }
    assert_eq!(pool.order, [tasks[2], tasks[0], tasks[1]]);
    assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)));
}

#[test]
fn a_full_queue_refuses_tasks_until_one_is_taken() {
    let mut pool = Simulation::of(1);
    let first = pool.submit();
    pool.all_get_ready();
    for _ in 0..MAX_QUEUED {
        pool.machine.submit(TaskOptions::default(), pool.now_ms).expect("there is room");
    }
    let refused = pool.try_submit(TaskOptions::default()).expect_err("it is full");
    assert_eq!(refused.kind(), FailureKind::Unavailable);
    assert!(refused.message().contains("100,000"), "{}", refused.message());
    pool.finishes(first);
    pool.try_submit(TaskOptions::default()).expect("there is room again");
}

#[test]
fn a_task_submitted_as_another_settles_is_taken() {
    let mut pool = Simulation::of(1);
    let first = pool.submit();
    pool.all_get_ready();
    pool.finishes(first);
    let chain: Vec<_> = (0..100)
        .map(|_| {
            let next = pool.submit();
            pool.finishes(next);
            next
        })
        .collect();
    assert!(chain.iter().all(|task| pool.settled[task] == Ok(task.0)));
    assert_eq!(pool.machine.counts().started, 1);
}

#[test]
fn a_second_result_of_a_task_is_ignored() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    pool.finishes(task);
    pool.machine.finished(WorkerId(0), task, Ok(7), pool.now_ms);
    pool.machine.finished(WorkerId(0), task, Err(gone()), pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.settled[&task], Ok(task.0));
    assert_eq!(pool.machine.counts().stale, 2);
}

#[test]
fn a_result_of_a_task_that_nobody_submitted_is_ignored() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    pool.machine.finished(WorkerId(0), TaskId(99), Ok(7), pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.running(), [task]);
    assert_eq!(pool.settled.len(), 0);
}

#[test]
fn state_counts_workers_busy_workers_and_waiting_tasks() {
    let mut pool = Simulation::of(4);
    let counts =
        |pool: &Simulation| (pool.machine.workers(), pool.machine.busy(), pool.machine.queued());
    assert_eq!(counts(&pool), (0, 0, 0));
    let tasks: Vec<_> = (0..6).map(|_| pool.submit()).collect();
    assert_eq!(counts(&pool), (4, 0, 6));
    pool.all_get_ready();
    assert_eq!(counts(&pool), (4, 4, 2));
    assert!(pool.machine.has_tasks());
    pool.finishes(tasks[0]);
    assert_eq!(counts(&pool), (4, 4, 1));
    pool.goes_well();
    assert_eq!(counts(&pool), (4, 0, 0));
    assert!(!pool.machine.has_tasks());
}
