//! Workers that are lost: what becomes of their tasks, and of everybody else's.

use crate::simulation::{Simulation, gone};
use concurrency_playground::pool::{TaskOptions, WorkerId};

const REPEATABLE: TaskOptions = TaskOptions { timeout_ms: None, repeatable: true };

#[test]
fn a_lost_worker_fails_its_own_task_only() {
    let mut pool = Simulation::of(3);
    let tasks: Vec<_> = (0..6).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.loses_worker_of(tasks[1]);
    assert_eq!(pool.settled.len(), 1);
    assert_eq!(pool.settled[&tasks[1]], Err(gone()));
    pool.goes_well();
    for task in tasks.iter().filter(|task| **task != tasks[1]) {
        assert_eq!(pool.settled[task], Ok(task.0));
    }
    assert_eq!(pool.broken, None);
}

#[test]
fn a_pool_that_lost_a_worker_takes_tasks() {
    let mut pool = Simulation::of(1);
    let lost = pool.submit();
    pool.all_get_ready();
    pool.loses_worker_of(lost);
    let next = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&next], Ok(next.0));
}

#[test]
fn a_lost_worker_is_replaced_by_another() {
    let mut pool = Simulation::of(1);
    let (lost, waiting) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    let worker = pool.worker_of(lost);
    pool.loses_worker_of(lost);
    pool.all_get_ready();
    assert_ne!(pool.worker_of(waiting), worker);
    assert_eq!(pool.machine.counts().started, 2);
}

#[test]
fn a_lost_worker_is_not_replaced_before_a_task_needs_it() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    pool.loses_worker_of(task);
    assert_eq!(pool.workers.len(), 0);
}

#[test]
fn a_worker_lost_while_idle_fails_nothing() {
    let mut pool = Simulation::of(1);
    let first = pool.submit();
    pool.goes_well();
    pool.loses(WorkerId(0));
    assert_eq!(pool.settled[&first], Ok(first.0));
    let next = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&next], Ok(next.0));
    assert_eq!(pool.machine.counts().lost, 0, "it had no task");
}

#[test]
fn all_workers_lost_at_once_fail_their_tasks_and_the_rest_runs() {
    let mut pool = Simulation::of(4);
    let tasks: Vec<_> = (0..12).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    for task in &tasks[..4] {
        pool.loses_worker_of(*task);
    }
    pool.goes_well();
    assert!(tasks[..4].iter().all(|task| pool.settled[task] == Err(gone())));
    assert!(tasks[4..].iter().all(|task| pool.settled[task] == Ok(task.0)));
    assert_eq!(pool.machine.counts().lost, 4);
}

#[test]
fn a_pool_survives_losing_workers_again_and_again() {
    let mut pool = Simulation::of(2);
    for _ in 0..100 {
        let task = pool.submit();
        pool.all_get_ready();
        pool.loses_worker_of(task);
        assert_eq!(pool.settled[&task], Err(gone()));
    }
    assert_eq!(pool.broken, None);
    let last = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&last], Ok(last.0));
}

#[test]
fn a_task_that_may_be_repeated_runs_again_on_another_worker() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(REPEATABLE);
    pool.all_get_ready();
    let worker = pool.worker_of(task);
    pool.loses_worker_of(task);
    assert!(!pool.settled.contains_key(&task));
    pool.all_get_ready();
    assert_ne!(pool.worker_of(task), worker);
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
    assert_eq!(pool.machine.counts().repeated, 1);
}

#[test]
fn a_repeated_task_comes_before_those_that_wait() {
    let mut pool = Simulation::of(1);
    let (lost, waiting) = (pool.submit_with(REPEATABLE), pool.submit());
    pool.all_get_ready();
    pool.loses_worker_of(lost);
    pool.goes_well();
    assert_eq!(pool.runs, [lost, lost, waiting]);
}

#[test]
fn a_task_that_always_loses_its_worker_is_given_up() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(REPEATABLE);
    for _ in 0..3 {
        assert!(!pool.settled.contains_key(&task));
        pool.all_get_ready();
        pool.loses_worker_of(task);
    }
    assert_eq!(pool.settled[&task], Err(gone()));
    assert_eq!(pool.runs, [task; 3]);
    let next = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&next], Ok(next.0));
}

#[test]
fn a_task_that_may_not_be_repeated_runs_once() {
    let mut pool = Simulation::of(2);
    let task = pool.submit();
    pool.all_get_ready();
    pool.loses_worker_of(task);
    pool.goes_well();
    assert_eq!(pool.runs, [task]);
}

#[test]
fn a_task_that_fails_by_itself_is_not_repeated() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(REPEATABLE);
    pool.all_get_ready();
    pool.ends(task, Err(gone()));
    pool.goes_well();
    assert_eq!(pool.runs, [task]);
    assert_eq!(pool.settled[&task], Err(gone()));
}

#[test]
fn a_worker_that_is_lost_twice_counts_once() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    let worker = pool.worker_of(task);
    pool.loses(worker);
    pool.loses(worker);
    assert_eq!(pool.machine.counts().lost, 1);
    assert_eq!(pool.machine.counts().stale, 1);
}

#[test]
fn a_worker_lost_right_after_its_result_keeps_the_result() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    let worker = pool.worker_of(task);
    pool.finishes(task);
    pool.loses(worker);
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn the_next_task_on_a_worker_that_dies_later_fails_alone() {
    let mut pool = Simulation::of(1);
    let tasks: Vec<_> = (0..3).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.finishes(tasks[0]);
    // What it did before ends it now.
    pool.loses_worker_of(tasks[1]);
    pool.goes_well();
    assert_eq!(pool.settled[&tasks[1]], Err(gone()));
    assert_eq!(pool.settled[&tasks[2]], Ok(tasks[2].0));
}
