use super::*;
use crate::measure::report::Block;
use crate::workloads::WorkloadId;

fn experiment(repeats: Repeats) -> Experiment {
    let experiment = Experiment::default_for(WorkloadId::Primes, 2).expect("valid");
    Experiment { repeats, ..experiment }
}

/// Rounds and looks of a run whose rounds take `round_ms` each and settle at the
/// `settles`-th look.
fn ran(repeats: Repeats, before: Option<&Measuring>, round_ms: f64, settles: u32) -> (usize, u32) {
    let mut schedule = Schedule::new(&experiment(repeats), before, 0.0);
    let first = before.map_or(0, Measuring::kept);
    let mut rounds = first;
    loop {
        rounds += 1;
        let now_ms = round_ms * (rounds - first) as f64;
        if !schedule.goes_on(rounds, now_ms, round_ms, |looks| looks >= settles) {
            return (rounds, schedule.end(rounds));
        }
    }
}

#[test]
fn asked_for_rounds_are_measured_however_long_they_take() {
    assert_eq!(ran(Repeats::Fixed(3), None, 1e6, 1), (3, 1));
    assert_eq!(ran(Repeats::Fixed(100), None, 1.0, 1), (100, 1));
}

#[test]
fn a_clear_run_ends_at_its_first_look() {
    assert_eq!(ran(Repeats::Automatic, None, 100.0, 1), (10, 1));
    assert_eq!(ran(Repeats::Automatic, None, 100.0, 2), (20, 2));
}

#[test]
fn an_unclear_run_ends_when_time_is_up() {
    let (rounds, looks) = ran(Repeats::Automatic, None, 400.0, 99);
    assert_eq!((rounds, looks), (19, 2));
    // Slow work is measured often enough to tell something.
    assert_eq!(ran(Repeats::Automatic, None, 10_000.0, 99), (10, 1));
    assert_eq!(ran(Repeats::Automatic, None, 0.1, 99).0, MAX_ROUNDS);
}

#[test]
fn measuring_on_at_least_doubles_the_rounds_where_time_allows() {
    let block = Block { drift: 0.0, cores: None, disturbed: None, kept: true };
    let before = Measuring { calibrated: true, looks: 1, blocks: vec![block; 10] };
    assert_eq!(ran(Repeats::Automatic, Some(&before), 100.0, 2), (20, 1));
    let (rounds, looks) = ran(Repeats::Automatic, Some(&before), 1_000.0, 9);
    assert_eq!((rounds, looks), (18, 1));
}

#[test]
fn time_left_follows_rounds_and_budget() {
    let schedule = Schedule::new(&experiment(Repeats::Fixed(10)), None, 0.0);
    assert_eq!(schedule.left_ms(4, 1e9, 100.0), 600.0);
    let schedule = Schedule::new(&experiment(Repeats::Automatic), None, 0.0);
    assert_eq!(schedule.left_ms(1, 500.0, 300.0), BUDGET_MS - 500.0);
    assert_eq!(schedule.left_ms(4, 4_000.0, 1_000.0), 6_000.0);
    assert_eq!(schedule.left_ms(30, 9_000.0, 100.0), 0.0);
}
