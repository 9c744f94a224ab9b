//! A pool that is shut down, or whose workers are ended: what runs, what is cancelled, and when it is closed.

use crate::simulation::{At, Simulation, gone, options};
use concurrency_playground::failure::{Failure, FailureKind, PoolProblem};
use concurrency_playground::pool::{PoolOptions, StartWhen, TaskOptions};

impl Simulation {
    fn shuts_down(&mut self, cancel_pending: bool) {
        self.machine.shut_down(cancel_pending, self.now_ms);
        self.carry_out();
    }

    fn terminates_workers(&mut self) {
        self.machine.terminate_workers(self.now_ms);
        self.carry_out();
    }

    fn is_closed_without_workers(&self) -> bool {
        self.machine.is_closed() && self.closed == 1 && self.workers.is_empty()
    }
}

fn cancelled() -> Result<u32, Failure> {
    Err(PoolProblem::TaskCancelled.into())
}

#[test]
fn a_pool_that_is_shut_down_refuses_tasks() {
    let mut pool = Simulation::of(1);
    pool.shuts_down(false);
    let refused = pool.try_submit(TaskOptions::default()).expect_err("it takes none");
    assert_eq!(refused.kind(), FailureKind::Unavailable);
    assert!(refused.message().contains("shut down"), "{}", refused.message());
}

#[test]
fn a_pool_that_is_shutting_down_refuses_tasks() {
    let mut pool = Simulation::of(1);
    pool.submit();
    pool.shuts_down(false);
    assert!(!pool.machine.is_closed());
    pool.try_submit(TaskOptions::default()).expect_err("it takes none");
}

#[test]
fn shutdown_waits_for_all_tasks() {
    let mut pool = Simulation::of(2);
    let tasks: Vec<_> = (0..50).map(|_| pool.submit()).collect();
    pool.shuts_down(false);
    assert_eq!(pool.closed, 0);
    pool.goes_well();
    assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn shutdown_can_cancel_what_waits_and_lets_run_what_runs() {
    let mut pool = Simulation::of(2);
    let tasks: Vec<_> = (0..50).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.shuts_down(true);
    assert!(tasks[2..].iter().all(|task| pool.settled[task] == cancelled()));
    assert!(!pool.machine.is_closed());
    pool.goes_well();
    assert!(tasks[..2].iter().all(|task| pool.settled[task] == Ok(task.0)));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn shutdown_ends_workers_that_are_still_starting() {
    let mut pool = Simulation::of(3);
    for _ in 0..3 {
        pool.submit();
    }
    pool.shuts_down(true);
    assert!(pool.is_closed_without_workers());
    assert_eq!(pool.ended.len(), 3);
}

#[test]
fn shutdown_ends_idle_workers_once_the_last_task_is_done() {
    let mut pool = Simulation::of(3);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.shuts_down(false);
    pool.finishes(tasks[0]);
    pool.finishes(tasks[1]);
    assert_eq!(pool.closed, 0);
    pool.finishes(tasks[2]);
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_pool_without_tasks_closes_at_once() {
    let mut pool = Simulation::new(PoolOptions { start_when: StartWhen::AtOnce, ..options(3) });
    pool.shuts_down(false);
    assert!(pool.is_closed_without_workers());
    assert_eq!(pool.ended.len(), 3);
}

#[test]
fn a_pool_that_never_started_a_worker_closes() {
    let mut pool = Simulation::of(3);
    pool.shuts_down(false);
    assert!(pool.is_closed_without_workers());
    assert_eq!(pool.machine.counts().started, 0);
}

#[test]
fn shutting_down_again_does_nothing_more() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.shuts_down(false);
    pool.shuts_down(false);
    pool.goes_well();
    pool.shuts_down(true);
    pool.terminates_workers();
    assert_eq!(pool.settled[&task], Ok(task.0));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_second_shutdown_can_still_cancel_what_waits() {
    let mut pool = Simulation::of(1);
    let tasks = [pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.shuts_down(false);
    pool.shuts_down(true);
    assert_eq!(pool.settled[&tasks[1]], cancelled());
    pool.goes_well();
    assert_eq!(pool.settled[&tasks[0]], Ok(tasks[0].0));
}

#[test]
fn a_worker_lost_after_shutdown_fails_its_task_and_the_pool_closes() {
    let mut pool = Simulation::of(2);
    let task = pool.submit();
    pool.all_get_ready();
    pool.shuts_down(false);
    pool.loses_worker_of(task);
    assert_eq!(pool.settled[&task], Err(gone()));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_worker_lost_after_shutdown_is_replaced_for_what_waits() {
    let mut pool = Simulation::of(1);
    let (lost, waiting) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    pool.shuts_down(false);
    pool.loses_worker_of(lost);
    pool.goes_well();
    assert_eq!(pool.settled[&waiting], Ok(waiting.0));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_pool_that_replaces_its_workers_finishes_all_tasks_after_shutdown() {
    for workers in [1, 3] {
        let mut pool =
            Simulation::new(PoolOptions { max_tasks_per_child: Some(1), ..options(workers) });
        let tasks: Vec<_> = (0..6).map(|_| pool.submit()).collect();
        pool.all_get_ready();
        pool.shuts_down(false);
        pool.goes_well();
        assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)), "of {workers}");
        assert!(pool.is_closed_without_workers());
    }
}

#[test]
fn a_failing_task_and_replaced_workers_do_not_keep_a_pool_from_closing() {
    for workers in [2, 4] {
        let mut pool =
            Simulation::new(PoolOptions { max_tasks_per_child: Some(1), ..options(workers) });
        let tasks = [pool.submit(), pool.submit(), pool.submit()];
        pool.all_get_ready();
        pool.finishes(tasks[0]);
        pool.ends(tasks[1], Err(gone()));
        pool.shuts_down(false);
        pool.goes_well();
        assert_eq!(pool.settled[&tasks[2]], Ok(tasks[2].0));
        assert!(pool.is_closed_without_workers());
    }
}

#[test]
fn workers_that_cannot_start_do_not_keep_a_pool_from_closing() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.shuts_down(false);
    while let Some(worker) = pool.one_at(|at| at == At::Asked) {
        pool.loses(worker);
    }
    assert_eq!(pool.settled[&task], Err(gone()));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_broken_pool_can_be_shut_down() {
    let mut pool = Simulation::of(1);
    pool.submit();
    while let Some(worker) = pool.one_at(|at| at == At::Asked) {
        pool.loses(worker);
    }
    assert!(pool.broken.is_some());
    pool.shuts_down(false);
    assert!(pool.is_closed_without_workers());
}

#[test]
fn terminating_workers_cancels_every_task() {
    let mut pool = Simulation::of(2);
    let tasks: Vec<_> = (0..10).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.terminates_workers();
    assert!(tasks.iter().all(|task| pool.settled[task] == cancelled()));
    assert!(pool.is_closed_without_workers());
    assert_eq!(pool.ended.len(), 2);
}

#[test]
fn terminating_workers_starts_no_replacement() {
    let mut pool = Simulation::new(PoolOptions { max_tasks_per_child: Some(1), ..options(1) });
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.finishes(tasks[0]);
    let started = pool.machine.counts().started;
    pool.terminates_workers();
    assert_eq!(pool.machine.counts().started, started);
    assert_eq!(pool.settled[&tasks[2]], cancelled());
}

#[test]
fn terminating_workers_of_a_pool_without_any_closes_it() {
    let mut pool = Simulation::of(1);
    pool.terminates_workers();
    assert!(pool.is_closed_without_workers());
    assert_eq!(pool.ended.len(), 0);
}

#[test]
fn terminating_workers_after_one_was_lost_closes_the_pool() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    pool.loses_worker_of(task);
    pool.terminates_workers();
    assert_eq!(pool.settled[&task], Err(gone()));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn a_pool_whose_workers_were_terminated_refuses_tasks() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&task], Ok(task.0));
    pool.terminates_workers();
    pool.try_submit(TaskOptions::default()).expect_err("it takes none");
}

#[test]
fn workers_of_a_pool_that_shuts_down_can_still_be_terminated() {
    let mut pool = Simulation::of(1);
    let tasks = [pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.shuts_down(false);
    pool.terminates_workers();
    assert!(tasks.iter().all(|task| pool.settled[task] == cancelled()));
    assert!(pool.is_closed_without_workers());
}

#[test]
fn workers_started_at_once_are_not_replaced_after_shutdown() {
    let mut pool = Simulation::new(PoolOptions { start_when: StartWhen::AtOnce, ..options(4) });
    let task = pool.submit();
    pool.all_get_ready();
    pool.shuts_down(false);
    let idle = pool.one_at(|at| at == At::Idle).expect("three are idle");
    pool.loses(idle);
    assert_eq!(pool.machine.counts().started, 4);
    pool.finishes(task);
    assert!(pool.is_closed_without_workers());
}
