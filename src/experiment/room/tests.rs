use super::*;
use crate::failure::FailureKind;
use crate::models::ExecutorKind;

fn check(text: &str, room: Room) -> Result<()> {
    Experiment::from_json(text, 2).expect("valid").check_room(room)
}

fn refused(text: &str, room: Room) -> String {
    let failure = check(text, room).expect_err("does not fit");
    assert_eq!(failure.kind(), FailureKind::OutOfMemory);
    failure.message()
}

/// 2²⁷ numbers are half a gigabyte.
fn processes_with_half_a_gigabyte(workers: u32) -> String {
    format!(
        r#"{{"workload":"array-sum","params":{{"n":134217728}},
            "executors":[{{"id":"processes","workers":{workers},"staticData":"initializer"}}]}}"#
    )
}

#[test]
fn processes_with_more_data_than_any_tab_may_have_are_refused() {
    for machine_gib in [None, Some(8.0), Some(32.0)] {
        let room = Room::on(machine_gib, 3);
        let said = refused(&processes_with_half_a_gigabyte(32), room);
        assert!(said.starts_with("This run needs 17180 MB at once"), "{said}");
        assert_eq!(check(&processes_with_half_a_gigabyte(8), room), Ok(()));
    }
    let said = refused(&processes_with_half_a_gigabyte(9), Room::on(Some(4.0), 3));
    assert!(said.contains("4294 MB are available here"), "{said}");
}

#[test]
fn four_pools_of_32_processes_are_refused() {
    let pool = r#"{"id":"processes","workers":32}"#;
    let of = |pools: usize| {
        let pools = vec![pool; pools].join(",");
        format!(r#"{{"workload":"primes","executors":[{pools}]}}"#)
    };
    let room = Room::on(None, 4);
    let said = refused(&of(4), room);
    assert!(said.starts_with("This run needs 128 WebAssembly memories at once"), "{said}");
    assert!(said.contains("Use 8 fewer processes"), "{said}");
    assert_eq!(check(&of(3), room), Ok(()));
    // Threads share theirs.
    let threads = of(4).replace("processes", "threads");
    assert_eq!(check(&threads, room), Ok(()));
}

#[test]
fn every_default_and_every_scaling_fits() {
    for workload in crate::workloads::WorkloadId::ALL {
        for cores in 1..=32 {
            // The calibrator has a memory for each core.
            let room = Room::on(Some(4.0), cores);
            let experiment = Experiment::default_for(*workload, cores).expect("valid");
            assert_eq!(experiment.check_room(room), Ok(()), "{workload:?} on {cores}");
            for kind in [ExecutorKind::Threads, ExecutorKind::Processes] {
                let scaling = experiment.scaling(kind, cores);
                assert_eq!(scaling.check_room(room), Ok(()), "{workload:?} on {cores}");
            }
        }
    }
}
