//! Short tasks, which workers are sent before they have done those that they have.

use crate::simulation::{Simulation, options};
use concurrency_playground::pool::{PoolOptions, TaskId, TaskOptions, TaskState, WorkerId};

/// A pool whose workers have done so many short tasks that more of them are sent ahead.
fn pool_of_short_tasks(options: PoolOptions) -> Simulation {
    let mut pool = Simulation::new(options);
    for _ in 0..10 {
        pool.submit();
        pool.goes_well();
    }
    pool.runs.clear();
    pool
}

fn submitted(pool: &mut Simulation, tasks: usize) -> Vec<TaskId> {
    (0..tasks).map(|_| pool.submit()).collect()
}

fn sent_ahead(pool: &Simulation) -> Vec<usize> {
    pool.ahead.values().map(|tasks| tasks.len()).filter(|tasks| *tasks > 0).collect()
}

#[test]
fn a_worker_of_short_tasks_is_sent_a_few_ahead() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 20);
    assert_eq!(sent_ahead(&pool), [8]);
    assert_eq!(pool.machine.queued(), 19, "those that were sent ahead wait as the others do");
    assert_eq!(pool.machine.state(tasks[1]), Some(TaskState::Pending));
    pool.goes_well();
    assert_eq!(pool.runs, tasks, "they run in the order in which they were submitted");
    assert!(pool.settled.values().all(Result::is_ok));
}

#[test]
fn nothing_is_sent_ahead_before_tasks_are_known_to_be_short() {
    let mut pool = Simulation::of(1);
    let tasks = submitted(&mut pool, 20);
    pool.all_get_ready();
    for task in &tasks[..7] {
        pool.finishes(*task);
        assert!(sent_ahead(&pool).is_empty());
    }
    pool.finishes(tasks[7]);
    assert_eq!(sent_ahead(&pool), [11], "all that are left");
}

#[test]
fn nothing_is_sent_ahead_after_a_long_task() {
    let mut pool = pool_of_short_tasks(options(1));
    let long = pool.submit();
    pool.passes(5.0);
    pool.finishes(long);
    submitted(&mut pool, 5);
    assert!(sent_ahead(&pool).is_empty());
}

#[test]
fn short_tasks_are_spread_over_all_workers() {
    let mut pool = pool_of_short_tasks(options(3));
    submitted(&mut pool, 3);
    pool.all_get_ready();
    submitted(&mut pool, 6);
    assert_eq!(sent_ahead(&pool), [2, 2, 2]);
}

#[test]
fn a_task_with_a_time_limit_is_never_sent_ahead() {
    let mut pool = pool_of_short_tasks(options(1));
    pool.submit();
    pool.submit_with(TaskOptions { timeout_ms: Some(50), repeatable: false });
    pool.submit();
    assert!(sent_ahead(&pool).is_empty(), "nor is one that comes after it");
}

#[test]
fn no_worker_is_sent_more_than_it_may_do() {
    let most = PoolOptions { max_tasks_per_child: Some(14), ..options(1) };
    let mut pool = pool_of_short_tasks(most);
    let tasks = submitted(&mut pool, 9);
    assert_eq!(sent_ahead(&pool), [3], "ten are done, and one runs");
    pool.goes_well();
    assert_eq!(pool.runs, tasks);
    assert_eq!(pool.machine.counts().started, 2);
}

#[test]
fn a_task_that_was_sent_ahead_can_be_cancelled() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 4);
    assert!(pool.machine.cancel(tasks[1], pool.now_ms));
    assert!(pool.machine.terminate(tasks[2], pool.now_ms));
    pool.carry_out();
    assert_eq!(pool.machine.workers(), 1, "terminating it ends no worker");
    assert_eq!(pool.machine.queued(), 1);
    pool.goes_well();
    assert!(pool.settled[&tasks[1]].is_err() && pool.settled[&tasks[2]].is_err());
    assert_eq!(pool.settled[&tasks[3]], Ok(tasks[3].0));
    assert_eq!((pool.machine.busy(), pool.machine.queued()), (0, 0));
}

#[test]
fn shutting_down_cancels_tasks_that_were_sent_ahead() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 4);
    pool.machine.shut_down(true, pool.now_ms);
    pool.carry_out();
    assert!(tasks[1..].iter().all(|task| pool.settled[task].is_err()));
    pool.finishes(tasks[0]);
    assert_eq!(pool.closed, 1, "what nobody wants any more is not waited for");
}

#[test]
fn tasks_sent_ahead_to_a_worker_that_is_lost_run_on_another() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 4);
    pool.loses_worker_of(tasks[0]);
    assert!(pool.settled[&tasks[0]].is_err());
    pool.goes_well();
    assert_eq!(pool.runs, tasks, "each of them once, in the same order");
    assert_eq!(pool.machine.counts().repeated, 0);
}

#[test]
fn tasks_sent_ahead_to_a_worker_that_is_ended_run_on_another() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 4);
    pool.machine.terminate(tasks[0], pool.now_ms);
    pool.carry_out();
    pool.goes_well();
    assert_eq!(pool.runs, tasks);
    assert!(tasks[1..].iter().all(|task| pool.settled[task].is_ok()));
}

#[test]
fn workers_that_are_too_many_end_once_they_have_done_what_they_were_sent() {
    let mut pool = pool_of_short_tasks(options(2));
    submitted(&mut pool, 2);
    pool.all_get_ready();
    let tasks = submitted(&mut pool, 30);
    assert_eq!(sent_ahead(&pool), [8, 8]);
    pool.machine.resize(1, pool.now_ms);
    pool.carry_out();
    pool.goes_well();
    assert_eq!(pool.machine.workers(), 1);
    assert!(tasks.iter().all(|task| pool.settled[task].is_ok()));
}

#[test]
fn an_answer_to_a_task_that_is_not_its_workers_turn_is_ignored() {
    let mut pool = pool_of_short_tasks(options(1));
    let tasks = submitted(&mut pool, 3);
    pool.machine.finished(WorkerId(0), tasks[1], Ok(0), pool.now_ms);
    pool.carry_out();
    assert!(!pool.settled.contains_key(&tasks[1]));
    assert_eq!(pool.machine.counts().stale, 1);
}
