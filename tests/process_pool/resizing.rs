//! A pool whose size changes, and workers that are replaced after so many tasks.

use crate::simulation::{At, Simulation, options};
use concurrency_playground::pool::{PoolOptions, WorkerId};

#[test]
fn a_worker_is_replaced_after_its_most_tasks() {
    let mut pool = Simulation::new(PoolOptions { max_tasks_per_child: Some(3), ..options(1) });
    let mut workers = Vec::new();
    for _ in 0..4 {
        let task = pool.submit();
        pool.all_get_ready();
        workers.push(pool.worker_of(task));
        pool.finishes(task);
    }
    assert_eq!(workers, [WorkerId(0), WorkerId(0), WorkerId(0), WorkerId(1)]);
    assert_eq!(pool.workers.len(), 1);
}

#[test]
fn tasks_that_wait_while_workers_are_replaced_all_run() {
    for (workers, most, count) in [(1, 2, 6), (2, 2, 8), (3, 1, 6)] {
        let mut pool =
            Simulation::new(PoolOptions { max_tasks_per_child: Some(most), ..options(workers) });
        let tasks: Vec<_> = (0..count).map(|_| pool.submit()).collect();
        pool.goes_well();
        assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)));
        let started = pool.machine.counts().started;
        let wanted = count / most..=count / most + workers as u32 - 1;
        assert!(wanted.contains(&started), "{started} workers, not {wanted:?}");
    }
}

#[test]
fn a_resized_pool_that_loses_a_worker_keeps_its_size() {
    let mut pool = Simulation::of(2);
    let tasks = [pool.submit(), pool.submit(), pool.submit()];
    pool.all_get_ready();
    pool.machine.resize(1, pool.now_ms);
    pool.carry_out();
    pool.loses_worker_of(tasks[0]);
    assert_eq!(pool.workers.len(), 1, "the one that is left is enough");
    pool.goes_well();
    assert_eq!(pool.settled[&tasks[2]], Ok(tasks[2].0));
    assert_eq!(pool.machine.counts().started, 2);
}

#[test]
fn a_smaller_pool_ends_workers_only_once_they_are_done() {
    let mut pool = Simulation::of(4);
    let tasks: Vec<_> = (0..4).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    pool.machine.resize(1, pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.workers.len(), 4);
    for (task, left) in tasks.iter().zip([3, 2, 1, 1]) {
        pool.finishes(*task);
        assert_eq!(pool.workers.len(), left);
    }
    assert!(tasks.iter().all(|task| pool.settled[task] == Ok(task.0)));
}

#[test]
fn a_larger_pool_starts_workers_for_what_waits() {
    let mut pool = Simulation::of(1);
    let tasks: Vec<_> = (0..4).map(|_| pool.submit()).collect();
    pool.all_get_ready();
    let first = pool.worker_of(tasks[0]);
    pool.machine.resize(3, pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.workers.len(), 3);
    assert_eq!(pool.worker_of(tasks[0]), first, "the old one goes on");
}

#[test]
fn resizing_to_the_same_size_changes_nothing() {
    let mut pool = Simulation::of(2);
    pool.submit();
    pool.all_get_ready();
    pool.machine.resize(2, pool.now_ms);
    pool.carry_out();
    assert_eq!((pool.workers.len(), pool.ended.len()), (1, 0));
}

#[test]
fn a_pool_resized_many_times_finishes_all_tasks() {
    let mut pool = Simulation::of(12);
    for size in [12, 2, 1, 12, 6, 1, 8, 5] {
        pool.machine.resize(size, pool.now_ms);
        pool.carry_out();
        for _ in 0..6 {
            pool.submit();
        }
        if let Some(worker) = pool.one_at(|at| at == At::Asked) {
            pool.gets_ready(worker);
            if pool.workers.get(&worker) == Some(&At::Begun) {
                pool.workers.insert(worker, At::Idle);
            }
        }
        assert!(pool.workers.len() <= 12);
    }
    pool.goes_well();
    assert_eq!(pool.settled.len(), 48);
    assert!(pool.settled.values().all(Result::is_ok));
    assert!(pool.workers.len() <= 5);
}

#[test]
fn resizing_a_pool_that_is_closed_starts_nothing() {
    let mut pool = Simulation::of(2);
    pool.machine.shut_down(false, pool.now_ms);
    pool.machine.resize(4, pool.now_ms);
    pool.carry_out();
    assert_eq!(pool.machine.counts().started, 0);
    assert_eq!(pool.closed, 1);
}
