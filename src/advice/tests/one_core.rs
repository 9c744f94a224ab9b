//! Workers that share one core at first.

use super::*;
use crate::advice::Uncertain;

#[test]
fn work_that_is_over_before_threads_have_cores_of_their_own_gains_nothing_from_them() {
    let threads = |compute_ms: f64, one_core_ms: f64, share: f64| {
        let given = json!({ "tasks": 4, "computeMs": compute_ms });
        let mut costs = Costs { counts_start: false, ..home::costs(Lens::Rust) };
        let pool = costs.threads.as_mut().expect("has threads");
        pool.one_core_ms = Uncertain::exact(one_core_ms);
        pool.one_core_share = Uncertain::exact(share);
        let executor = Executor::new(ExecutorKind::Threads, 2);
        let terms = terms(&executor, &evidence(given), &costs).expect("can run");
        terms.ms(Term::Compute)
    };
    assert_eq!(threads(1.0, 0.0, 1.0), 2.0);
    // Of 4 ms the first 2 are on one core, which costs the second worker's share of them.
    assert_eq!(threads(1.0, 2.0, 1.0), 3.0);
    assert_eq!(threads(1.0, 4.0, 1.0), 4.0);
    assert_eq!(threads(1.0, 9.0, 1.0), 4.0);
    assert_eq!(threads(100.0, 2.0, 1.0), 201.0);
    // Every other time they share a core, and then for as long as there is work.
    assert_eq!(threads(1.0, 9.0, 0.5), 3.0);
}

#[test]
fn workers_share_a_core_where_the_page_wakes_them_together() {
    let lost = |kind: ExecutorKind, wait_ms: f64| {
        let work = evidence(json!({ "tasks": 4, "computeMs": 5, "waitMs": wait_ms, "cores": 2 }));
        let apart = Costs { counts_start: false, ..home::costs(Lens::Rust) };
        let mut together = apart.clone();
        for pool in [&mut together.threads, &mut together.processes] {
            *pool = pool.map(|pool| pool.with_one_core(4.0, 16.0));
        }
        let of = |costs: &Costs| {
            terms(&Executor::new(kind, 2), &work, costs).expect("can run").ms(Term::Compute)
        };
        of(&together) - of(&apart)
    };
    assert_eq!(lost(ExecutorKind::Threads, 0.0), 2.0);
    assert_eq!(lost(ExecutorKind::Processes, 0.0), 2.0);
    // Their own timers wake them.
    assert_eq!(lost(ExecutorKind::Processes, 1.0), 0.0);
    assert_eq!(lost(ExecutorKind::Hybrid, 1.0), 2.0);
}

#[test]
fn processes_that_wait_leave_one_core_behind() {
    let computes_on = |cores: u32, tasks: u64, compute_ms: f64, workers: u32| {
        let given = json!({ "tasks": tasks, "computeMs": compute_ms, "waitMs": 4, "cores": cores });
        let costs = Costs { counts_start: false, ..home::costs(Lens::Rust) };
        let executor = Executor::new(ExecutorKind::Processes, workers);
        terms(&executor, &evidence(given), &costs).expect("can run").ms(Term::Compute)
    };
    let computes = |tasks, compute_ms, workers| computes_on(2, tasks, compute_ms, workers);
    assert_eq!(computes(1, 3.0, 8), 3.0);
    // Three tasks on two cores: one of them has two.
    assert_eq!(computes(3, 3.0, 8), 6.0);
    assert_eq!(computes(8, 3.0, 8), 13.5);
    // Nothing of it with one worker, and not half of a long task.
    assert_eq!(computes(8, 3.0, 1), 24.0);
    assert_eq!(computes(8, 100.0, 8), 402.0);
    // On eight cores two seldom meet.
    assert_eq!(computes_on(8, 2, 3.2, 8), 3.6);
}
