use super::*;
use crate::executors::mock::MockFleet;
use crate::executors::run;
use crate::measure::sharing::Way;
use crate::measure::start_up::Way as StartWay;

fn progress(done: u32, stage: Stage) -> Progress {
    Progress::new(stage, 0, done, 10)
}

fn study(ways: &[Way]) -> Study {
    Study::sharing(ways).expect("within bounds")
}

/// Has a mock run the study's next experiment.
fn measure(study: &mut Study) {
    let step = study.next_step().expect("there is one").clone();
    let fleet = MockFleet::default();
    let finished = pollster::block_on(run::run(&fleet, step.experiment()));
    study.note(Ok(&finished.report)).expect("it goes on");
}

#[test]
fn it_says_how_far_it_is_and_results_appear_size_by_size() {
    let mut study = study(&[Way::Shared]);
    let began = StudyCard::<Costs>::default().after(Event::Began(7));
    assert_eq!((began.status().as_str(), began.is_running()), ("Starting…", true));
    let at_first = began.after(Event::progress(&study, &progress(5, Stage::Measuring)));
    assert_eq!((at_first.status().as_str(), at_first.done()), ("64 KB, 1 of 7", 0.5));
    measure(&mut study);
    let measured = at_first.after(Event::measured(&study).expect("it is about sharing"));
    assert_eq!(measured.results.rows()[0].ms(Way::Shared), Some(100.0));
    assert_ne!(measured.version, at_first.version);
    let further = measured.after(Event::progress(&study, &progress(5, Stage::Measuring)));
    assert_eq!((further.status().as_str(), further.done()), ("256 KB, 2 of 7", 1.5));
    let ended = further.after(Event::Ended(None));
    assert_eq!((ended.status().as_str(), ended.is_running()), ("Measured.", false));
    assert!(ended.after(Event::Began(7)).results.rows().is_empty());
}

#[test]
fn cancelling_keeps_what_was_measured() {
    let cancelling = StudyCard::<Costs>::default().after(Event::Began(7)).after(Event::Cancelled);
    assert_eq!(cancelling.status(), "Cancelling…");
    let ended = cancelling.after(Event::Ended(Some(Failure::cancelled())));
    assert_eq!((ended.status().as_str(), ended.is_cancelled()), ("Cancelled.", false));
    // What comes too late is nobody's.
    let late = Event::progress(&study(&[Way::Copy]), &progress(1, Stage::Measuring));
    assert_eq!(ended.after(late), ended);
    assert_eq!(ended.after(Event::Cancelled), ended);
}

#[test]
fn it_waits_for_the_reader_after_a_disturbance() {
    let study = study(&[Way::Copy]);
    let paused = Stage::Paused(Disturbance::TabHidden);
    let began = StudyCard::<Costs>::default().after(Event::Began(7));
    let waiting = began.after(Event::progress(&study, &progress(1, paused)));
    assert_eq!(waiting.paused(), Some(Disturbance::TabHidden));
    let on = waiting.after(Event::progress(&study, &progress(1, Stage::Measuring)));
    assert_eq!(on.paused(), None);
}

#[test]
fn workers_are_started_in_each_way_in_every_round() {
    let mut study = Study::start_up(&StartWay::ALL).expect("within bounds");
    let began = StudyCard::<StartUpCosts>::default().after(Event::Began(study.plan().len()));
    let progressed = began.after(Event::progress(&study, &progress(5, Stage::Measuring)));
    assert_eq!(progressed.status(), "round 1 of 5");
    while study.next_step().is_some() {
        measure(&mut study);
    }
    let measured = progressed.after(Event::measured(&study).expect("it is about starting"));
    assert_eq!(measured.results.rounds(), study.plan().len());
    for way in measured.results.ways() {
        assert!(way.start_ms().is_some() && way.tasks_ms().is_some(), "{way:?}");
        assert_eq!(way.failure, None);
    }
    assert!(measured.results.over_threads(StartWay::Spawn).is_some());
}

#[test]
fn a_round_of_starting_that_fails_says_why_and_keeps_the_others() {
    let mut costs = StartUpCosts::of(&[StartWay::Threads]);
    costs.note(Err(&Failure::cancelled()));
    let [threads] = costs.ways() else { panic!("one way") };
    assert_eq!((threads.start_ms(), &threads.failure), (None, &Some(Failure::cancelled())));
    assert_eq!(costs.over_threads(StartWay::Threads), None);
}
