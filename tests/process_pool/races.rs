//! Submitting, cancelling, resizing, shutting down and terminating, raced against workers that start, finish, get
//! lost, hang and speak out of turn, in random orders: every future settles once, whatever happens.

use crate::simulation::{At, Simulation, gone, options};
use concurrency_playground::failure::Failure;
use concurrency_playground::pool::{PoolOptions, StartWhen, TaskId, TaskOptions, WorkerId};
use std::collections::BTreeSet;
use std::env;

/// How many random orders are tried.
const ORDERS: u64 = 100_000;
/// Events in each.
const EVENTS: u32 = 40;

/// SplitMix64, so that an order is told by its seed.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.up_to(all.len() as u64) as usize])
    }
}

#[test]
fn every_future_settles_once_in_any_order_of_events() {
    let first = match env::var("POOL_SEED") {
        Ok(seed) => seed.parse().expect("POOL_SEED is a number"),
        Err(_) => std::process::id().into(),
    };
    println!("Seeds {first} to {}; POOL_SEED repeats them.", first + ORDERS - 1);
    let mut seen = Seen::default();
    for seed in first..first + ORDERS {
        let raced = std::panic::catch_unwind(|| race(seed));
        match raced {
            Ok(one) => seen.add(one),
            Err(why) => {
                eprintln!("Seed {seed} fails; POOL_SEED={seed} begins with it.");
                std::panic::resume_unwind(why);
            }
        }
    }
    println!("{seen:?}");
    // A test of orders in which nothing goes wrong would show nothing.
    for (what, times) in seen.all() {
        assert!(times > ORDERS / 100, "{what} was seen in {times} of {ORDERS} orders only");
    }
}

/// In how many orders something was seen.
#[derive(Debug, Default)]
struct Seen {
    finished: u64,
    failed: u64,
    repeated: u64,
    stale: u64,
    broken: u64,
    closed_early: u64,
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.finished += other.finished;
        self.failed += other.failed;
        self.repeated += other.repeated;
        self.stale += other.stale;
        self.broken += other.broken;
        self.closed_early += other.closed_early;
    }

    fn all(&self) -> [(&'static str, u64); 6] {
        [
            ("a finished task", self.finished),
            ("a failed task", self.failed),
            ("a repeated task", self.repeated),
            ("a stale message", self.stale),
            ("a broken pool", self.broken),
            ("a shutdown before the end", self.closed_early),
        ]
    }
}

fn race(seed: u64) -> Seen {
    let dice = &mut Dice(seed);
    let mut pool = Simulation::new(PoolOptions {
        start_when: if dice.up_to(2) == 0 { StartWhen::OnDemand } else { StartWhen::AtOnce },
        max_tasks_per_child: (dice.up_to(3) == 0).then(|| 1 + dice.up_to(3) as u32),
        has_initializer: dice.up_to(4) == 0,
        initializer_timeout_ms: (dice.up_to(3) == 0).then_some(50),
        ..options(1 + dice.up_to(4) as usize)
    });
    for _ in 0..EVENTS {
        something_happens(&mut pool, dice);
    }
    let closed_early = u64::from(pool.closed > 0);
    pool.machine.shut_down(dice.up_to(2) == 0, pool.now_ms);
    pool.carry_out();
    pool.goes_well();
    assert!(pool.machine.is_closed() && pool.closed == 1, "it does not close");
    assert_eq!(pool.workers.len(), 0, "workers are left");
    assert_eq!(pool.settled.len(), pool.submitted.len(), "a future is pending");
    let mut once = BTreeSet::new();
    for task in &pool.runs {
        let is_new = once.insert(task);
        assert!(is_new || pool.repeatable.contains(task), "{task:?} was run again");
    }
    let counts = pool.machine.counts();
    assert_eq!(counts.started as usize, pool.ended.len());
    Seen {
        finished: pool.settled.values().any(Result::is_ok).into(),
        failed: pool.settled.values().any(Result::is_err).into(),
        repeated: (counts.repeated > 0).into(),
        stale: (counts.stale > 0).into(),
        broken: pool.broken.is_some().into(),
        closed_early,
    }
}

fn something_happens(pool: &mut Simulation, dice: &mut Dice) {
    let now_ms = pool.now_ms;
    let workers: Vec<_> = pool.workers.iter().map(|(worker, at)| (*worker, *at)).collect();
    let tasks = pool.submitted.clone();
    match dice.up_to(100) {
        0..30 => {
            let timeout_ms = (dice.up_to(3) == 0).then_some(50);
            let options = TaskOptions { timeout_ms, repeatable: dice.up_to(3) == 0 };
            // Refused where it is shut down or broken.
            let _ = pool.try_submit(options);
        }
        30..60 => {
            if let Some((worker, at)) = dice.of(&workers) {
                proceeds(pool, worker, at, dice);
            }
        }
        60..72 => {
            if let Some(task) = dice.of(&pool.running()) {
                match dice.up_to(3) {
                    0 => pool.ends(task, Err(gone())),
                    _ => pool.finishes(task),
                }
            }
        }
        72..80 => {
            if let Some((worker, _)) = dice.of(&workers) {
                pool.loses(worker);
            }
        }
        80..84 => pool.passes(dice.up_to(60) as f64),
        84 => pool.has_places = dice.up_to(2) == 0,
        85 => pool.passes(10_000.0),
        86..90 => drop(dice.of(&tasks).map(|task| pool.machine.cancel(task, now_ms))),
        90..93 => drop(dice.of(&tasks).map(|task| pool.machine.terminate(task, now_ms))),
        93..96 => pool.machine.resize(1 + dice.up_to(4) as usize, now_ms),
        96..98 => {
            // Somebody who is not there any more, or is at something else.
            let (worker, task) = (WorkerId(dice.up_to(8) as u32), TaskId(dice.up_to(8) as u32));
            if pool.workers.get(&worker) != Some(&At::Running(task)) {
                pool.machine.finished(worker, task, Ok(0), now_ms);
            }
        }
        98 => pool.machine.shut_down(dice.up_to(2) == 0, now_ms),
        _ => pool.machine.terminate_workers(now_ms),
    }
    pool.carry_out();
}

/// A worker does what comes next for it.
fn proceeds(pool: &mut Simulation, worker: WorkerId, at: At, dice: &mut Dice) {
    match at {
        At::Waiting => pool.gets_places(),
        At::Asked => pool.begins(worker),
        At::Begun => {
            pool.gets_ready(worker);
            if pool.workers.get(&worker) == Some(&At::Begun) {
                pool.workers.insert(worker, At::Idle);
            }
        }
        At::Initializing => {
            let ended = if dice.up_to(8) == 0 { Err(Failure::cancelled()) } else { Ok(()) };
            pool.initializer_ends(worker, ended);
        }
        At::Idle => {}
        At::Running(task) => pool.finishes(task),
    }
}
