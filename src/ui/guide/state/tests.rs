use super::*;
use crate::executors::mock;
use crate::guide::block::Choice;
use crate::guide::chapter::Part;
use crate::guide::figure::Figure;
use crate::guide::measured::ModelMeasurements;
use crate::guide::quoting::QuotingText;
use crate::measure::report::Availability;

const ID: &str = "when-processes";

fn prediction() -> Prediction {
    let choice = |text: &str, from| Choice { text: text.into(), from };
    Prediction {
        id: "guess".into(),
        ask: "Two processes will be …".into(),
        run: "workload=primes&models=main-thread,processes:2".into(),
        measure: Figure::parse("speedup 2 1").unwrap(),
        choices: vec![choice("faster", Some(1.2)), choice("no faster", None)],
        after: QuotingText::parse("").unwrap(),
    }
}

fn opened() -> GuideState {
    let chapter = Chapter {
        id: "when-processes".into(),
        title: "When processes".into(),
        goal: "say when".into(),
        minutes: 7,
        parts: vec![Part::Predict(prediction())],
    };
    let state = GuideState::new().after(GuideAction::Opened(ID));
    state.after(GuideAction::Loaded(ID, Ok(Rc::new(chapter))))
}

fn measured(first_ms: f64, second_ms: f64) -> Rc<Measurements> {
    let of = |ms| ModelMeasurements { median_ms: Some(ms), ..ModelMeasurements::default() };
    Rc::new(Measurements { models: vec![of(first_ms), of(second_ms)], cores: None })
}

fn ran(state: &GuideState, event: RunEvent) -> GuideState {
    state.after(GuideAction::Ran("guess".into(), event))
}

#[test]
fn a_question_is_answered_by_predicting_and_running() {
    let guessed = opened().after(GuideAction::Guessed("guess".into(), 1));
    assert!(guessed.progress.is_empty());
    let answered =
        ran(&ran(&guessed, RunEvent::Began), RunEvent::Ended(Ok(measured(200.0, 100.0))));
    assert_eq!(answered.progress.count("when-processes"), 1);
    let run = answered.runs.measured("guess").unwrap();
    let said = judged(&prediction(), answered.guesses.get("guess").copied(), run);
    assert_eq!(said.unwrap(), "You said “no faster”. It was: faster.");
}

#[test]
fn a_run_without_a_prediction_answers_nothing() {
    let state = ran(&opened(), RunEvent::Ended(Ok(measured(100.0, 100.0))));
    assert!(state.progress.is_empty());
    let run = state.runs.measured("guess").unwrap();
    assert_eq!(judged(&prediction(), None, run).unwrap(), "It was: no faster.");
}

#[test]
fn a_prediction_cannot_be_changed_once_the_answer_is_known() {
    let guessed = opened().after(GuideAction::Guessed("guess".into(), 1));
    let running = ran(&guessed, RunEvent::Began);
    for state in [running.clone(), ran(&running, RunEvent::Ended(Ok(measured(1.0, 1.0))))] {
        let next = state.after(GuideAction::Guessed("guess".into(), 0));
        assert_eq!(next.guesses.get("guess"), Some(&1));
    }
}

#[test]
fn progress_survives_another_chapter_and_ends_with_a_reset() {
    let guessed = opened().after(GuideAction::Guessed("guess".into(), 0));
    let answered = ran(&guessed, RunEvent::Ended(Ok(measured(200.0, 100.0))));
    let kept = opened().after(GuideAction::Kept(answered.progress.clone()));
    assert_eq!((kept.progress.count("when-processes"), kept.is_kept), (1, true));
    let next = answered.after(GuideAction::Opened("the-gil"));
    assert_eq!((next.progress.count("when-processes"), next.guesses.len()), (1, 0));
    assert!(answered.after(GuideAction::Reset).progress.is_empty());
}

#[test]
fn what_arrives_late_of_another_chapter_is_dropped() {
    let Loading::Done(late) = opened().chapter else { panic!("it was loaded") };
    let next = opened().after(GuideAction::Opened("the-gil"));
    let next = next.after(GuideAction::Loaded(ID, Ok(late)));
    let next = next.after(GuideAction::Recorded(ID, Rc::default()));
    assert_eq!((next.chapter, next.recorded), (Loading::UnderWay, None));
}

#[test]
fn queued_experiments_run_until_one_is_cancelled() {
    let ids = ["guess", "other", "last"].map(|id| (id.to_owned(), String::new()));
    let queued = opened().after(GuideAction::Queued(ids.to_vec()));
    assert_eq!(queued.next_queued(), Some(&ids[0]));
    let began = ran(&queued, RunEvent::Began);
    assert_eq!((&began.queue[..], began.next_queued()), (&ids[1..], None));
    assert_eq!(ran(&began, RunEvent::Ended(Ok(Rc::default()))).next_queued(), Some(&ids[1]));
    assert!(ran(&began, RunEvent::Cancelled).queue.is_empty());
}

#[test]
fn a_chapter_that_is_opened_again_is_as_it_was_left() {
    let answered = ran(
        &opened().after(GuideAction::Guessed("guess".into(), 1)),
        RunEvent::Ended(Ok(measured(200.0, 100.0))),
    );
    let running = ran(&answered, RunEvent::Began);
    let again = running.resumed().after(GuideAction::Opened(ID));
    assert_eq!(again, answered);
    // What is there stays, even if it cannot be loaded once more.
    let offline = again.after(GuideAction::Loaded(ID, Err(LoadFailure::NotReadable)));
    assert_eq!(offline, answered);
    // What could not be loaded is tried again.
    let failed = GuideState::new().after(GuideAction::Opened(ID));
    let failed = failed.after(GuideAction::Loaded(ID, Err(LoadFailure::NotReadable)));
    assert!(matches!(failed.chapter, Loading::Failed(_)));
    assert_eq!(failed.after(GuideAction::Opened(ID)).chapter, Loading::UnderWay);
}

#[test]
fn missing_capabilities_are_named() {
    let mut capabilities = mock::capabilities();
    let query = "workload=primes&models=main-thread,processes:2";
    assert_eq!(Shortfall::of(query, &capabilities), None);
    capabilities.machine.hardware_concurrency = 1;
    assert_eq!(Shortfall::of(query, &capabilities), Some(Shortfall::OneCore));
    assert_eq!(Shortfall::of("workload=primes&models=main-thread", &capabilities), None);
    capabilities.browser.workers = Availability::Lacking(crate::failure::Lack::NoWorkers);
    assert!(matches!(Shortfall::of(query, &capabilities), Some(Shortfall::Refused(_))));

    let mut capabilities = mock::capabilities();
    capabilities.browser.service_worker = Availability::Lacking(crate::failure::Lack::NoWorkers);
    let query = "workload=requests&kind=network&models=main-thread";
    assert!(matches!(Shortfall::of(query, &capabilities), Some(Shortfall::Refused(_))));
    assert_eq!(
        Shortfall::of("workload=requests&kind=timer&models=main-thread", &capabilities),
        None
    );
}
