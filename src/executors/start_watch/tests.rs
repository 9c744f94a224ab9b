use super::*;
use crate::measure::Clock;
use crate::measure::clock::FakeClock;

/// Looks every [`LOOK_MS`] for `ms`; gives what was found, and after how long.
fn wait(watch: &mut StartWatch, clock: &FakeClock, ms: f64) -> Option<(Stuck, f64)> {
    wait_for_script(true, watch, clock, ms)
}

fn wait_for_script(
    is_near: bool,
    watch: &mut StartWatch,
    clock: &FakeClock,
    ms: f64,
) -> Option<(Stuck, f64)> {
    let started_ms = clock.now_ms();
    while clock.now_ms() - started_ms < ms {
        clock.advance(f64::from(LOOK_MS));
        if let Some(stuck) = watch.look(is_near, clock.now_ms()) {
            return Some((stuck, clock.now_ms() - started_ms));
        }
    }
    None
}

#[test]
fn a_limit_is_told_with_the_number_that_started() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(16, Patience::Short, clock.now_ms());
    for _ in 0..6 {
        clock.advance(30.0);
        watch.note(StartStep::Begun, clock.now_ms());
    }
    let (stuck, after_ms) = wait(&mut watch, &clock, MOST_MS).expect("it is told");
    assert_eq!(stuck, Stuck::Limited { begun: 6 });
    // Even tried twice, that is within 5 s.
    assert!(after_ms <= BEGIN_MS, "after {after_ms} ms");
    assert!(!stuck.may_pass(16) && stuck.may_pass(7));
    let said = stuck.failure(16).message();
    assert!(said.starts_with("Only 6 of 16 workers started"), "{said}");
    assert!(said.contains("Use 6 or fewer"), "{said}");
}

#[test]
fn a_slow_machine_is_waited_for() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(8, Patience::Short, clock.now_ms());
    for _ in 0..8 {
        assert_eq!(wait(&mut watch, &clock, 1_500.0), None);
        watch.note(StartStep::Begun, clock.now_ms());
    }
    // Loading takes it four times as long as beginning, and it gets that.
    assert_eq!(wait(&mut watch, &clock, 5_500.0), None);
}

#[test]
fn a_pool_that_began_and_never_got_ready_is_told_within_seconds() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(2, Patience::Short, clock.now_ms());
    watch.note(StartStep::Begun, clock.now_ms());
    watch.note(StartStep::Begun, clock.now_ms());
    watch.note(StartStep::Ready, clock.now_ms());
    let (stuck, after_ms) = wait(&mut watch, &clock, MOST_MS).expect("it is told");
    assert_eq!(stuck, Stuck::Silent { silent_ms: 4_000 });
    assert_eq!(after_ms, LOAD_MS);
    assert!(stuck.failure(2).message().contains("for 4 s"));
}

#[test]
fn a_frozen_page_takes_no_silence_for_a_limit() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(2, Patience::Short, clock.now_ms());
    watch.note(StartStep::Begun, clock.now_ms());
    clock.advance(20_000.0);
    assert_eq!(watch.look(true, clock.now_ms()), None);
}

#[test]
fn a_script_that_has_still_to_be_fetched_has_time() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(2, Patience::Short, clock.now_ms());
    let found = wait_for_script(false, &mut watch, &clock, 2.0 * MOST_MS);
    let (stuck, after_ms) = found.expect("it is told");
    assert_eq!((stuck, after_ms), (Stuck::Limited { begun: 0 }, MOST_MS));
    assert!(stuck.failure(2).message().starts_with("None of 2 workers started"));
}

#[test]
fn workers_that_are_ready_have_time_for_their_data() {
    let clock = FakeClock::default();
    let mut watch = StartWatch::new(1, Patience::Short, clock.now_ms());
    watch.note(StartStep::Begun, clock.now_ms());
    watch.note(StartStep::Ready, clock.now_ms());
    assert_eq!(wait(&mut watch, &clock, 20_000.0), None);
}
