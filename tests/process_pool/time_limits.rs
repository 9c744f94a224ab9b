//! Tasks that may run only for so long.

use crate::simulation::{Simulation, gone};
use concurrency_playground::failure::FailureKind;
use concurrency_playground::pool::{TaskId, TaskOptions};

fn limited(timeout_ms: u32) -> TaskOptions {
    TaskOptions { timeout_ms: Some(timeout_ms), repeatable: false }
}

impl Simulation {
    fn timed_out(&self, task: TaskId) -> bool {
        let failure = self.settled.get(&task).and_then(|came| came.as_ref().err());
        failure.is_some_and(|failure| failure.kind() == FailureKind::TimedOut)
    }
}

#[test]
fn a_task_that_runs_too_long_fails_and_its_worker_is_ended() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(limited(50));
    pool.all_get_ready();
    let worker = pool.worker_of(task);
    pool.passes(49.0);
    assert_eq!(pool.settled.len(), 0);
    pool.passes(2.0);
    assert!(pool.timed_out(task));
    assert!(pool.ended.contains(&worker));
    let failure = pool.settled[&task].clone().expect_err("it was too long");
    assert!(failure.message().contains("50 ms"), "{}", failure.message());
}

#[test]
fn a_task_that_is_done_in_time_keeps_its_worker() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(limited(50));
    pool.all_get_ready();
    pool.passes(40.0);
    pool.finishes(task);
    pool.passes(1_000.0);
    assert_eq!(pool.settled[&task], Ok(task.0));
    assert_eq!(pool.workers.len(), 1);
}

#[test]
fn time_in_the_queue_does_not_count() {
    let mut pool = Simulation::of(1);
    let (first, second) = (pool.submit(), pool.submit_with(limited(50)));
    pool.all_get_ready();
    pool.passes(1_000.0);
    pool.finishes(first);
    pool.passes(40.0);
    pool.finishes(second);
    assert_eq!(pool.settled[&second], Ok(second.0));
}

#[test]
fn a_task_from_the_queue_times_out_from_when_it_starts() {
    let mut pool = Simulation::of(1);
    let (first, second) = (pool.submit(), pool.submit_with(limited(50)));
    pool.all_get_ready();
    pool.passes(100.0);
    pool.finishes(first);
    pool.passes(49.0);
    assert!(!pool.timed_out(second));
    pool.passes(2.0);
    assert!(pool.timed_out(second));
}

#[test]
fn time_that_workers_take_to_start_does_not_count() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(limited(50));
    pool.passes(500.0);
    pool.all_get_ready();
    pool.passes(40.0);
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn a_time_out_affects_no_other_task() {
    let mut pool = Simulation::of(2);
    let (late, running, waiting) = (pool.submit_with(limited(50)), pool.submit(), pool.submit());
    pool.all_get_ready();
    pool.passes(60.0);
    assert!(pool.timed_out(late));
    pool.goes_well();
    for task in [running, waiting] {
        assert_eq!(pool.settled[&task], Ok(task.0));
    }
}

#[test]
fn each_task_has_its_own_time_limit() {
    let mut pool = Simulation::of(3);
    let tasks = [50, 200, 100].map(|limit_ms| pool.submit_with(limited(limit_ms)));
    pool.all_get_ready();
    pool.passes(300.0);
    assert_eq!(pool.order, [tasks[0], tasks[2], tasks[1]]);
}

#[test]
fn a_task_without_a_time_limit_may_run_for_ever() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    assert_eq!(pool.machine.next_look_ms(), None, "nobody has to look at the clock");
    pool.passes(1e9);
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn a_task_that_timed_out_is_not_repeated() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(TaskOptions { timeout_ms: Some(50), repeatable: true });
    pool.all_get_ready();
    pool.passes(60.0);
    assert!(pool.timed_out(task));
    assert_eq!(pool.runs, [task]);
}

#[test]
fn a_repeated_task_has_its_whole_time_again() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(TaskOptions { timeout_ms: Some(50), repeatable: true });
    pool.all_get_ready();
    pool.passes(40.0);
    pool.loses_worker_of(task);
    pool.all_get_ready();
    pool.passes(40.0);
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn the_result_of_a_task_that_timed_out_is_ignored() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(limited(50));
    pool.all_get_ready();
    let worker = pool.worker_of(task);
    pool.passes(60.0);
    pool.machine.finished(worker, task, Ok(1), pool.now_ms);
    pool.machine.lost(worker, gone(), pool.now_ms);
    pool.carry_out();
    assert!(pool.timed_out(task));
    assert_eq!(pool.machine.counts().stale, 2);
}

#[test]
fn a_task_times_out_while_the_pool_shuts_down() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(limited(50));
    pool.all_get_ready();
    pool.machine.shut_down(false, pool.now_ms);
    pool.carry_out();
    pool.passes(60.0);
    assert!(pool.timed_out(task));
    assert_eq!((pool.closed, pool.workers.len()), (1, 0));
}

#[test]
fn the_next_task_runs_on_another_worker_after_a_time_out() {
    let mut pool = Simulation::of(1);
    let (late, next) = (pool.submit_with(limited(50)), pool.submit());
    pool.all_get_ready();
    let worker = pool.worker_of(late);
    pool.passes(60.0);
    pool.all_get_ready();
    assert_ne!(pool.worker_of(next), worker);
    assert_eq!(pool.machine.counts().lost, 1);
}
