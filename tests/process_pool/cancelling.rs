//! Tasks that are cancelled, in every state that a task can be in.

use crate::simulation::{At, Simulation, gone, options};
use concurrency_playground::failure::{Failure, PoolProblem};
use concurrency_playground::pool::{PoolOptions, TaskId, TaskOptions, TaskState, WorkerId};

impl Simulation {
    fn cancels(&mut self, task: TaskId) -> bool {
        let did = self.machine.cancel(task, self.now_ms);
        self.carry_out();
        did
    }

    fn terminates(&mut self, task: TaskId) -> bool {
        let did = self.machine.terminate(task, self.now_ms);
        self.carry_out();
        did
    }
}

fn cancelled() -> Result<u32, Failure> {
    Err(PoolProblem::TaskCancelled.into())
}

#[test]
fn a_waiting_task_is_cancelled_and_never_runs() {
    let mut pool = Simulation::of(1);
    let (first, second) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    assert!(pool.cancels(second));
    assert_eq!(pool.settled[&second], cancelled());
    pool.goes_well();
    assert_eq!(pool.runs, [first]);
}

#[test]
fn a_running_task_is_not_cancelled() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.all_get_ready();
    assert!(!pool.cancels(task));
    assert!(matches!(pool.machine.state(task), Some(TaskState::Running(_))));
    pool.finishes(task);
    assert_eq!(pool.settled[&task], Ok(task.0));
}

#[test]
fn a_finished_task_is_not_cancelled() {
    let mut pool = Simulation::of(1);
    let (good, bad) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    pool.finishes(good);
    pool.ends(bad, Err(gone()));
    assert!(!pool.cancels(good) && !pool.cancels(bad));
    assert_eq!(pool.settled[&good], Ok(good.0));
    assert_eq!(pool.settled[&bad], Err(gone()));
}

#[test]
fn a_task_settles_once_however_often_it_is_cancelled() {
    let mut pool = Simulation::of(1);
    let (_, second) = (pool.submit(), pool.submit());
    assert!(pool.cancels(second));
    assert!(!pool.cancels(second) && !pool.terminates(second));
    assert_eq!(pool.settled[&second], cancelled());
}

#[test]
fn tasks_behind_a_cancelled_one_run() {
    let mut pool = Simulation::of(1);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.cancels(tasks[1]);
    pool.goes_well();
    assert_eq!(pool.runs, [tasks[0], tasks[2]]);
}

#[test]
fn cancelling_all_tasks_leaves_a_pool_that_works() {
    let mut pool = Simulation::of(2);
    let tasks: Vec<_> = (0..10).map(|_| pool.submit()).collect();
    for task in &tasks {
        assert!(pool.cancels(*task));
    }
    pool.all_get_ready();
    assert_eq!(pool.running().len(), 0);
    let next = pool.submit();
    pool.goes_well();
    assert_eq!(pool.settled[&next], Ok(next.0));
}

#[test]
fn a_task_cancelled_right_before_shutdown_does_not_hold_it_up() {
    let mut pool = Simulation::of(1);
    let first = pool.submit();
    pool.goes_well();
    let second = pool.submit();
    // The idle worker took it at once, so it has to be one that waits.
    let third = pool.submit();
    assert!(pool.cancels(third));
    pool.machine.shut_down(false, pool.now_ms);
    pool.carry_out();
    pool.goes_well();
    assert_eq!(pool.order, [first, third, second]);
    assert_eq!(pool.closed, 1);
}

#[test]
fn terminating_a_running_task_ends_its_worker_and_no_other() {
    let mut pool = Simulation::of(2);
    let (one, other) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    let worker = pool.worker_of(one);
    assert!(pool.terminates(one));
    assert_eq!(pool.settled[&one], cancelled());
    assert!(pool.ended.contains(&worker));
    assert_eq!(pool.running(), [other]);
    pool.finishes(other);
    assert_eq!(pool.settled[&other], Ok(other.0));
}

#[test]
fn terminating_a_waiting_task_cancels_it() {
    let mut pool = Simulation::of(1);
    let (_, second) = (pool.submit(), pool.submit());
    assert!(pool.terminates(second));
    assert_eq!(pool.settled[&second], cancelled());
    assert_eq!(pool.ended.len(), 0);
}

#[test]
fn terminating_a_settled_task_does_nothing() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.goes_well();
    assert!(!pool.terminates(task));
    assert_eq!(pool.workers.len(), 1);
}

#[test]
fn a_terminated_task_is_replaced_by_the_next_on_another_worker() {
    let mut pool = Simulation::of(1);
    let (first, second) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    let ended = pool.worker_of(first);
    pool.terminates(first);
    pool.all_get_ready();
    assert_ne!(pool.worker_of(second), ended, "never the worker that was ended");
    pool.goes_well();
    assert_eq!(pool.settled[&second], Ok(second.0));
}

#[test]
fn what_an_ended_worker_still_says_changes_nothing() {
    let mut pool = Simulation::of(1);
    let (first, second) = (pool.submit(), pool.submit());
    pool.all_get_ready();
    let ended = pool.worker_of(first);
    pool.terminates(first);
    pool.machine.finished(ended, first, Ok(1), pool.now_ms);
    pool.machine.ready(ended, pool.now_ms);
    pool.machine.begun(ended, pool.now_ms);
    pool.machine.lost(ended, gone(), pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.settled[&first], cancelled());
    assert_eq!(pool.machine.counts().stale, 4);
    pool.goes_well();
    assert_eq!(pool.settled[&second], Ok(second.0));
}

#[test]
fn a_terminated_task_is_not_repeated() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(TaskOptions { repeatable: true, ..TaskOptions::default() });
    pool.all_get_ready();
    pool.terminates(task);
    pool.goes_well();
    assert_eq!(pool.runs, [task]);
    assert_eq!(pool.settled[&task], cancelled());
}

#[test]
fn a_task_that_waits_to_be_repeated_can_be_cancelled() {
    let mut pool = Simulation::of(1);
    let task = pool.submit_with(TaskOptions { repeatable: true, ..TaskOptions::default() });
    pool.all_get_ready();
    pool.loses_worker_of(task);
    assert_eq!(pool.machine.state(task), Some(TaskState::Pending));
    assert!(pool.cancels(task));
    pool.goes_well();
    assert_eq!(pool.runs, [task]);
    assert_eq!(pool.settled[&task], cancelled());
}

#[test]
fn a_task_cancelled_while_its_worker_starts_leaves_the_worker_idle() {
    let mut pool = Simulation::new(PoolOptions { has_initializer: true, ..options(1) });
    let task = pool.submit();
    assert!(pool.cancels(task));
    pool.gets_ready(WorkerId(0));
    pool.initializer_ends(WorkerId(0), Ok(()));
    assert_eq!(pool.workers[&WorkerId(0)], At::Idle);
    assert_eq!(pool.runs.len(), 0);
}
