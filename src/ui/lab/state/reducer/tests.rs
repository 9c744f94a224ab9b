use super::*;
use crate::advice::{EvidencePath, Lens, advise, own_work};
use crate::executors::mock::MockFleet;
use crate::executors::run;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::measure::prediction::Prediction;
use crate::measure::waterfall::Step;
use crate::models::ExecutorKind;
use crate::models::option::WORKERS;
use crate::ui::lab::own::FileStep;
use crate::ui::lab::state::example::{experiment, opened, progress, report, state};
use crate::ui::lab::study_card::Event;
use crate::workloads::WorkloadId;
use serde_json::json;

#[test]
fn a_preset_fills_the_form() {
    let state = state("", "/lab?workload=sort&n=5");
    let set = state.after(Action::ChosePreset(0));
    assert!(set.form.is_preset(&WorkloadId::Sort.presets()[0]));
    assert_eq!(set.after(Action::ChosePreset(99)).form, set.form);
}

#[test]
fn a_link_fills_the_form() {
    let state = state("", "/lab?workload=primes&count=50&models=threads:3");
    let experiment = experiment(&state);
    assert_eq!(experiment.workload.params()["count"], 50);
    assert_eq!(experiment.executors.len(), 1);
    assert_eq!(state.form.models.len(), ExecutorKind::ALL.len());
}

#[test]
fn a_link_opens_a_tab() {
    let opened = state("", "/lab?workload=primes&show=samples");
    assert_eq!((opened.tab(), opened.refused.len()), (Tab::Samples, 0));
    let unknown = state("", "/lab?workload=primes&show=nothing");
    assert_eq!(unknown.tab(), Tab::Timeline);
    assert!(unknown.refused[0].message().starts_with("show: "), "{:?}", unknown.refused);
    // A link that names a tab only leaves the form alone.
    let other = opened.after(Action::Went(Route::Lab("show=table".to_owned())));
    assert_eq!((other.tab(), &other.form), (Tab::Table, &opened.form));
    assert_eq!(other.after(Action::OpenedTab(Tab::Keep)).tab(), Tab::Keep);
}

#[test]
fn a_frame_may_say_it_before_the_hash() {
    let state = state("?embed=1&workload=requests&kind=timer", "");
    assert!(state.embedded);
    assert_eq!(state.form.workload, WorkloadId::Requests);
}

#[test]
fn evidence_is_shown_at_the_path_that_it_led_to_until_it_is_dropped() {
    let given = json!({ "tasks": 20, "waitMs": 1000, "computeMs": 1 });
    let evidence = own_work::read(given.as_object().expect("an object"), 4).expect("valid");
    let advice = advise(Lens::Python, evidence, None).expect("it takes time");
    let path = Rc::new(EvidencePath::of(&advice, "#/decide/own-work".to_owned()));
    let followed = state("", "/decide/own-work").after(Action::Advised(Some(path.clone())));
    let went = followed.after(Action::Went(Route::Decide("io.hundreds".to_owned())));
    assert_eq!(went.evidence_at("io.hundreds"), Some(path));
    for other in ["", "io", "io.thousands"] {
        assert_eq!(went.evidence_at(other), None, "{other}");
    }
    assert_eq!(went.after(Action::Advised(None)).evidence_at("io.hundreds"), None);
}

#[test]
fn going_back_to_the_lab_keeps_the_form() {
    let before = state("", "/lab?workload=primes");
    let after = before
        .after(Action::Went(Route::Decide(String::new())))
        .after(Action::Went(Route::Lab(String::new())));
    assert_eq!(before.form, after.form);
}

#[test]
fn a_run_from_start_to_results() {
    let before = state("", "/lab?workload=primes&count=50");
    let experiment = experiment(&before);
    let running = before.after(Action::Began(experiment.clone()));
    assert!(!running.is_idle());
    let further = running.after(Action::Progressed(progress(2)));
    assert_eq!(further.status(), "Measuring: Threads × 2");
    let finished = pollster::block_on(run::run(&MockFleet::default(), &experiment));
    let results = Rc::new(Results {
        number: before.next_run(),
        experiment,
        finished,
        prediction: Some(Prediction::Winner(ExecutorKind::Threads)),
        own: None,
        is_opened: false,
    });
    let done = further.after(Action::Ended(Ok(results)));
    assert!(done.is_idle());
    assert!(done.results.is_some());
    assert_eq!(done.next_run(), 2);
}

#[test]
fn cancelling_keeps_the_results_before() {
    let before = state("", "");
    let experiment = experiment(&before);
    let finished = pollster::block_on(run::run(
        &MockFleet::default(),
        &Experiment::from_json(r#"{"workload":"primes","params":{"count":9}}"#, 2).expect("valid"),
    ));
    let results = Rc::new(Results::opened(1, finished.report));
    let cancelled = before
        .after(Action::Ended(Ok(results)))
        .after(Action::Began(experiment))
        .after(Action::Cancelled)
        .after(Action::Ended(Err(Failure::cancelled())));
    assert_eq!(cancelled.status(), "Cancelled.");
    assert!(cancelled.results.is_some());
}

#[test]
fn another_model_is_shown_in_full_light() {
    let lit = state("", "").after(Action::Lit(Some(Step::Transfer)));
    assert_eq!(lit.lit, Some(Step::Transfer));
    assert_eq!(lit.after(Action::Lit(None)).lit, None);
    let other = lit.after(Action::Showed(1));
    assert_eq!((other.shown, other.lit), (1, None));
}

#[test]
fn progress_after_cancelling_is_nobodys() {
    let before = state("", "");
    let cancelling = before.after(Action::Began(experiment(&before))).after(Action::Cancelled);
    assert_eq!(cancelling.after(Action::Progressed(progress(0))), cancelling);
}

#[test]
fn nothing_is_opened_in_the_middle_of_a_run() {
    let before = state("", "");
    let running = before.after(Action::Began(experiment(&before)));
    assert_eq!(running.after(opened(&report())), running);
    let cancelling = running.after(Action::Cancelled);
    assert_eq!(cancelling.after(opened(&report())), cancelling);
    assert!(before.after(opened(&report())).results.is_some());
}

/// By the page, a script, or the card on sharing.
#[test]
fn while_something_is_measured_what_is_to_be_run_stays_as_it_is() {
    let before = state("", "/lab?workload=primes&count=50");
    let spec = &crate::models::option::WORKERS;
    for measuring in [
        before.after(Action::Began(experiment(&before))),
        before.after(Action::Began(experiment(&before))).after(Action::Cancelled),
        before.after(Action::Busy(true)),
        before.after(Action::Sharing(Event::Began(7))),
    ] {
        assert!(!measuring.is_idle());
        for action in [
            Action::ChoseWorkload(WorkloadId::Sort),
            Action::TypedParam("count", "7".into()),
            Action::SetParam("count", "7".into()),
            Action::ChosePreset(0),
            Action::ChoseModel(0, false),
            Action::SetOption(2, &WORKERS, "7".into()),
            Action::SetOption(2, spec, "7".into()),
            Action::TypedRepeats("7".into()),
            Action::Guessed(Some(ExecutorKind::Threads)),
            Action::File(FileStep::Began { name: "a".into(), bytes: 9 }),
        ] {
            assert_eq!(measuring.after(action.clone()), measuring, "{action:?}");
        }
    }
    assert!(before.after(Action::Busy(true)).after(Action::Busy(false)).is_idle());
}

#[test]
fn while_something_is_measured_views_stay_as_they_are() {
    let before = state("", "/lab?workload=primes&count=50");
    let sharing = before.after(Action::Sharing(Event::Began(7)));
    assert!(!sharing.is_locked(), "it is measured in a view");
    for measuring in
        [before.after(Action::Began(experiment(&before))), before.after(Action::Busy(true))]
    {
        assert!(measuring.is_locked());
        for action in [
            Action::OpenedTab(Tab::Samples),
            Action::Showed(1),
            Action::Lit(Some(Step::Transfer)),
            Action::ColouredByWorker(true),
            Action::Pinned(true),
        ] {
            assert_eq!(measuring.after(action.clone()), measuring, "{action:?}");
        }
    }
}

#[test]
fn a_link_that_is_followed_in_the_middle_of_a_run_is_read_after_it() {
    let before = state("", "/lab?workload=primes&count=50");
    let running = before.after(Action::Began(experiment(&before)));
    let went = running.after(Action::Went(Route::parse("/lab?workload=sort&n=5")));
    assert_eq!(went.form, before.form);
    let ended = went.after(Action::Ended(Err(Failure::cancelled())));
    assert_eq!(ended.form.workload, WorkloadId::Sort);
    assert_eq!(ended.form.params["n"], "5");
    // Once.
    let typed = ended.after(Action::TypedParam("n", "7".into()));
    assert_eq!(typed.after(Action::Busy(true)).after(Action::Busy(false)).form, typed.form);
}

#[test]
fn while_sharing_is_measured_nothing_else_is_begun() {
    let before = state("", "");
    let measuring = before.after(Action::Sharing(Event::Began(7)));
    assert!(!measuring.is_idle());
    assert_eq!(measuring.after(opened(&report())), measuring);
    let over = measuring.after(Action::Sharing(Event::Ended(None)));
    assert!(over.is_idle());
}
