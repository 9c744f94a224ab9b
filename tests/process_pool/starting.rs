//! When workers start, how many, and what follows where they do not.

use crate::simulation::{At, Simulation, gone, options};
use concurrency_playground::pool::{PoolOptions, StartWhen, TaskOptions, WorkerId};

fn at_once(workers: usize) -> Simulation {
    Simulation::new(PoolOptions { start_when: StartWhen::AtOnce, ..options(workers) })
}

#[test]
fn no_worker_starts_before_there_is_a_task() {
    let pool = Simulation::of(4);
    assert_eq!(pool.workers.len(), 0);
}

#[test]
fn all_workers_start_with_the_pool_where_that_is_asked_for() {
    let pool = at_once(4);
    assert_eq!(pool.workers.len(), 4);
}

#[test]
fn a_task_that_finds_an_idle_worker_starts_no_other() {
    let mut pool = Simulation::of(4);
    for _ in 0..3 {
        let task = pool.submit();
        pool.all_get_ready();
        pool.finishes(task);
    }
    assert_eq!(pool.machine.counts().started, 1);
}

#[test]
fn idle_workers_are_used_again_by_later_tasks() {
    let mut pool = Simulation::of(4);
    let first = pool.submit();
    pool.all_get_ready();
    pool.finishes(first);
    for _ in 0..3 {
        let (one, other) = (pool.submit(), pool.submit());
        pool.all_get_ready();
        pool.finishes(other);
        pool.finishes(one);
    }
    assert_eq!(pool.machine.counts().started, 2);
}

#[test]
fn many_tasks_start_no_more_workers_than_asked_for() {
    let mut pool = Simulation::of(3);
    for _ in 0..45 {
        pool.submit();
    }
    assert_eq!(pool.workers.len(), 3);
    pool.goes_well();
    assert_eq!(pool.machine.counts().started, 3);
    assert_eq!(pool.settled.len(), 45);
}

#[test]
fn each_waiting_task_starts_a_worker_up_to_the_most() {
    let mut pool = Simulation::of(5);
    for wanted in [1, 2, 3] {
        pool.submit();
        assert_eq!(pool.workers.len(), wanted);
    }
}

#[test]
fn a_worker_that_gets_ready_takes_the_task_that_waits_longest() {
    let mut pool = Simulation::of(2);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    // The second one asked for is the first one ready.
    pool.gets_ready(WorkerId(1));
    assert_eq!(pool.runs, [tasks[0]]);
    pool.gets_ready(WorkerId(0));
    assert_eq!(pool.runs, [tasks[0], tasks[1]]);
}

#[test]
fn a_worker_that_fails_to_start_is_replaced() {
    let mut pool = Simulation::of(1);
    let task = pool.submit();
    pool.loses(WorkerId(0));
    assert_eq!(pool.workers.len(), 1, "another one starts");
    pool.goes_well();
    assert_eq!(pool.settled[&task], Ok(task.0));
    assert_eq!(pool.broken, None);
}

#[test]
fn a_pool_whose_workers_never_start_breaks_and_fails_what_waits() {
    let mut pool = Simulation::of(1);
    let tasks = [pool.submit(), pool.submit()];
    while let Some(worker) = pool.one_at(|at| at == At::Asked) {
        pool.loses(worker);
    }
    assert_eq!(pool.machine.counts().started, 3);
    assert_eq!(pool.broken, Some(gone()));
    for task in tasks {
        assert_eq!(pool.settled[&task], Err(gone()));
    }
}

#[test]
fn a_broken_pool_refuses_tasks_with_its_reason() {
    let mut pool = Simulation::of(1);
    pool.submit();
    while let Some(worker) = pool.one_at(|at| at == At::Asked) {
        pool.loses(worker);
    }
    assert_eq!(pool.try_submit(TaskOptions::default()), Err(gone()));
}

#[test]
fn failed_starts_count_only_in_a_row() {
    let mut pool = at_once(2);
    for _ in 0..5 {
        pool.loses(pool.one_at(|at| at == At::Asked).expect("one is starting"));
        let other = pool.one_at(|at| at == At::Asked).expect("another one starts");
        pool.gets_ready(other);
        pool.workers.insert(other, At::Idle);
        pool.loses(other);
    }
    assert_eq!(pool.broken, None);
}

#[test]
fn a_pool_without_a_replacement_breaks_instead_of_leaving_tasks() {
    let mut pool = Simulation::new(PoolOptions { max_tasks_per_child: Some(1), ..options(1) });
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.finishes(tasks[0]);
    while let Some(worker) = pool.one_at(|at| at == At::Asked) {
        pool.loses(worker);
    }
    assert_eq!(pool.settled[&tasks[0]], Ok(tasks[0].0));
    assert_eq!(pool.settled[&tasks[1]], Err(gone()));
    assert_eq!(pool.settled[&tasks[2]], Err(gone()));
    assert_eq!(pool.workers.len(), 0);
}

#[test]
fn where_the_browser_gives_fewer_workers_those_do_all_tasks() {
    let mut pool = Simulation::of(4);
    let tasks: Vec<_> = (0..8).map(|_| pool.submit()).collect();
    pool.gets_ready(WorkerId(0));
    pool.gets_ready(WorkerId(1));
    pool.passes(2_000.0);
    assert_eq!(pool.limited, Some((2, 4)));
    assert_eq!(pool.workers.len(), 2);
    pool.goes_well();
    assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)));
}

#[test]
fn a_pool_of_which_no_worker_begins_breaks() {
    let mut pool = Simulation::of(2);
    let task = pool.submit();
    pool.passes(60_000.0);
    let failure = pool.settled[&task].clone().expect_err("it cannot run");
    assert_eq!(pool.broken, Some(failure));
    assert_eq!(pool.workers.len(), 0);
}

#[test]
fn a_worker_that_never_loads_fails_to_start() {
    let mut pool = Simulation::of(1);
    pool.submit();
    pool.begins(WorkerId(0));
    pool.passes(31_000.0);
    assert!(pool.ended.contains(&WorkerId(0)));
    assert_eq!(pool.workers.len(), 1, "another one is tried");
    assert_eq!(pool.limited, None);
}

/// The browser has no places for workers as long as others keep ending.
#[test]
fn a_worker_that_waits_for_a_place_is_not_given_up() {
    let mut pool = Simulation::of(4);
    let tasks: Vec<_> = (0..6).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.has_places = false;
    for task in &tasks[..3] {
        pool.machine.terminate(*task, pool.now_ms);
        pool.carry_out();
        pool.passes(1_000.0);
    }
    assert_eq!(pool.limited, None);
    assert_eq!(pool.workers.len(), 3, "one runs, and two wait for the two tasks that are left");
    pool.gets_places();
    pool.goes_well();
    assert!(tasks[3..].iter().all(|task| pool.settled[task] == Ok(task.0)));
}

/// A hanging worker keeps its core for a while after it was ended, and its successor waits for that.
#[test]
fn a_single_worker_that_is_late_is_tried_again() {
    let mut pool = Simulation::of(1);
    let first = pool.submit();
    pool.all_get_ready();
    let second = pool.submit();
    pool.loses_worker_of(first);
    pool.passes(2_000.0);
    assert_eq!((&pool.broken, pool.limited), (&None, None));
    pool.goes_well();
    assert_eq!(pool.settled[&second], Ok(second.0));
}

/// Nobody looks at the clock of a pool that has nothing to do, which is not as if the page were asleep.
#[test]
fn a_worker_that_never_begins_is_given_up_in_time_after_an_idle_minute() {
    let mut pool = Simulation::of(2);
    let first = pool.submit();
    pool.all_get_ready();
    pool.finishes(first);
    pool.passes(60_000.0);
    let (one, _) = (pool.submit(), pool.submit());
    // One that is missing is tried three times.
    pool.passes(7_000.0);
    assert_eq!(pool.limited, Some((1, 2)));
    pool.finishes(one);
    pool.goes_well();
    assert_eq!(pool.settled.len(), 3);
}

#[test]
fn a_page_that_was_asleep_does_not_blame_workers_that_start() {
    let mut pool = Simulation::of(2);
    pool.submit();
    pool.all_get_ready();
    pool.submit();
    pool.passes(400.0);
    // Then it is asleep for a minute.
    pool.now_ms += 60_000.0;
    pool.machine.look(pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.limited, None);
    assert_eq!(pool.workers.len(), 2);
}
