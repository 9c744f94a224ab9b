//! Forms: what they say, and what is wrong with them.

use crate::experiment::typed_number::PAGE;
use crate::models::option::WORKERS;
use crate::ui::lab::form::*;
use crate::workloads::preset::Lesson;

fn form() -> Form {
    Form::of(&Experiment::default_for(WorkloadId::Mandelbrot, 4).expect("valid"), 4)
}

/// Where a model is in a form that lists each once.
fn place_of(kind: ExecutorKind) -> usize {
    ExecutorKind::ALL.iter().position(|one| *one == kind).expect("a model of this page")
}

#[test]
fn a_form_says_the_experiment_it_was_made_of() {
    for &workload in WorkloadId::ALL {
        let experiment = Experiment::default_for(workload, 4).expect("valid");
        assert_eq!(Form::of(&experiment, 4).experiment(), Ok(experiment));
    }
}

#[test]
fn a_list_stands_in_for_what_it_replaces() {
    let text = r#"{"workload":"requests","params":{"delaysMs":[1,2]}}"#;
    let experiment = Experiment::from_json(text, 4).expect("valid");
    assert_eq!(Form::of(&experiment, 4).experiment(), Ok(experiment));
}

#[test]
fn fields_without_a_meaning_do_not_count() {
    let mut form = form().with_workload(WorkloadId::Requests);
    let in_force = |form: &Form| {
        let specs = form.workload.params().iter().filter(|spec| form.is_in_force(spec));
        specs.map(|spec| spec.name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(in_force(&form), "kind count latencyMs varianceMs bytes seed delaysMs urls");
    form.params.insert("kind", "disk".into());
    form.params.insert("latencyMs", "nonsense".into());
    assert_eq!(in_force(&form), "kind count bytes seed urls");
    assert!(form.experiment().is_ok());
    form.params.insert("urls", "  https://example.org/a\n./b\n".into());
    assert_eq!(in_force(&form), "urls");
    assert!(form.lists_texts());
    let urls = &form.experiment().expect("valid").workload.params()["urls"];
    assert_eq!(urls, &serde_json::json!(["https://example.org/a", "./b"]));
    form.params.insert("urls", "ftp://example.org".into());
    assert!(form.experiment().unwrap_err()["param-urls"].contains("not a web address"));
}

#[test]
fn each_wrong_field_says_what_is_wrong() {
    let mut form = form();
    form.params.insert("width", "99999".into());
    form.params.insert("span", "wide".into());
    form.models[place_of(ExecutorKind::Threads)].set(&WORKERS, "0".into());
    form.repeats = "0".into();
    let errors = form.experiment().unwrap_err();
    let fields: Vec<_> = errors.keys().map(String::as_str).collect();
    assert_eq!(fields, ["param-span", "param-width", "repeats", "workers-threads"]);
    assert_eq!(errors["param-width"], "Width: give a whole number from 1 to 2048; got 99999.");
}

#[test]
fn a_file_stands_in_for_what_it_decides() {
    let mut form = form().with_workload(WorkloadId::WordCount);
    let typed = |form: &Form| -> Vec<_> {
        let specs = form.workload.params().iter().filter(|spec| form.is_typed(spec));
        specs.map(|spec| spec.name).collect()
    };
    assert_eq!(typed(&form), ["source", "words", "seed"]);
    form.params.insert("source", "own".into());
    assert_eq!(typed(&form), ["source"]);
    let brings = form.brings().expect("a text");
    assert!(!form.is_measured(&brings));
    form.measure(&brings, &[70]);
    assert!(form.is_measured(&brings));
    let params = form.experiment().expect("valid").workload.params();
    assert_eq!(serde_json::json!(params), serde_json::json!({ "source": "own", "bytes": 70 }));
}

#[test]
fn a_preset_sets_its_parameters_and_no_others() {
    for workload in [WorkloadId::Sort, WorkloadId::Matmul, WorkloadId::Blur] {
        let mut form = form().with_workload(workload);
        form.params.insert("seed", "5".into());
        for preset in workload.presets() {
            let set = form.with_preset(preset);
            assert!(set.is_preset(preset) && !form.is_preset(preset), "{}", preset.name);
            assert_eq!(set.params["seed"], "1");
            let label = set.models[place_of(ExecutorKind::Processes)].executor.label();
            assert_eq!(label.contains("preloaded"), preset.beforehand, "{label}");
            assert!(set.experiment().is_ok(), "{}", preset.name);
        }
    }
}

#[test]
fn a_preset_s_static_data_is_its_own_and_several_pools_are_left_alone() {
    let form = form().with_workload(WorkloadId::Matmul);
    let at = |lesson: Lesson| {
        let mut presets = WorkloadId::Matmul.presets().iter();
        presets.find(|preset| preset.lesson == lesson).expect("a preset")
    };
    let (moved, beforehand) = (at(Lesson::ThreadsWin), at(Lesson::ProcessesWin));
    let set = form.with_preset(beforehand);
    assert_eq!(set.preset(), Some(beforehand));
    assert_eq!(set.with_workload(WorkloadId::Sort).models, form.models);
    assert_eq!(set.with_preset(moved).models, form.models);
    let mut several = form.clone();
    several.models.push(form.models[place_of(ExecutorKind::Processes)].clone());
    let set = several.with_preset(beforehand);
    assert_eq!((set.preset(), &set.models), (None, &several.models));
}

#[test]
fn what_moves_no_data_has_none_that_is_static() {
    let at = |workload| form().with_workload(workload).may_have_static_data();
    assert!(at(WorkloadId::Sort) && !at(WorkloadId::Primes));
    let mut wrong = form().with_workload(WorkloadId::Primes);
    wrong.params.insert("count", "many".into());
    assert!(wrong.may_have_static_data());
}

#[test]
fn options_are_what_was_typed_and_chosen() {
    let mut form = form();
    let specs = ExecutorKind::Processes.options();
    let at = place_of(ExecutorKind::Processes);
    let spec = |name| specs.iter().find(|spec| spec.name == name).expect("an option");
    form.models[at].set(spec("chunkSize"), "8".into());
    form.models[at].set(spec("dataMode"), "shared".into());
    form.models[at].set(spec("dataMode"), "telepathy".into());
    let executors = form.experiment().expect("valid").executors;
    assert_eq!(executors[at].label(), "Processes × 4 (chunks of 8, shared buffer)");
    assert_eq!(executors[place_of(ExecutorKind::Threads)], Executor::new(ExecutorKind::Threads, 4));
    form.models[at].set(spec("chunkSize"), "many".into());
    let errors = form.experiment().unwrap_err();
    assert_eq!(errors.keys().collect::<Vec<_>>(), ["chunkSize-processes"]);
    assert!(
        errors["chunkSize-processes"]
            .starts_with("Tasks at a time: give a whole number from 0 to 4096")
    );
}

#[test]
fn no_model_is_an_error_and_an_unchosen_one_is_none() {
    let mut form = form();
    let threads = &mut form.models[place_of(ExecutorKind::Threads)];
    threads.set(&WORKERS, "0".into());
    threads.chosen = false;
    let suited = ExecutorKind::ALL.iter().filter(|kind| kind.suits(form.workload)).count();
    assert_eq!(form.experiment().expect("valid").executors.len(), suited - 1);
    for model in &mut form.models {
        model.chosen = false;
    }
    assert_eq!(form.experiment().unwrap_err()["models"], "Choose at least one model.");
}

#[test]
fn combined_limit_is_reported_at_its_field() {
    let mut form = form().with_workload(WorkloadId::Requests);
    form.params.insert("count", "1000".into());
    form.params.insert("bytes", "1048576".into());
    assert!(form.experiment().unwrap_err().contains_key("param-bytes"));
}

#[test]
fn another_workload_keeps_the_models() {
    let mut before = form();
    before.models[place_of(ExecutorKind::Processes)].chosen = false;
    before.repeats = "9".into();
    let after = before.with_workload(WorkloadId::Primes);
    assert_eq!((&after.models, &after.repeats), (&before.models, &before.repeats));
    assert_eq!(after.params, texts(WorkloadId::Primes, &Params::new()));
}

#[test]
fn numbers_are_read_as_the_reader_s_language_and_the_page_write_them() {
    let german = NumberFormat { group: '.', decimal: ',', group_len: 3 };
    let typed = |numbers: NumberFormat, name: &'static str, text: &str| {
        let mut form = Form { numbers, ..form() };
        form.type_param(name, text.to_owned());
        form
    };
    let width = |form: Form| form.experiment().map(|one| one.workload.params()["width"].clone());
    assert_eq!(width(typed(PAGE, "width", "1,000")), Ok(1000.into()));
    assert_eq!(width(typed(german, "width", "1 000")), Ok(1000.into()));
    let unclear = typed(german, "width", "1.000").experiment().unwrap_err();
    assert_eq!(unclear["param-width"], "Width: “1.000” may mean 1 or 1000. Type one of these.");
    let span = typed(german, "span", "1,5");
    let spec = WorkloadId::Mandelbrot.params().iter().find(|spec| spec.name == "span");
    assert_eq!(span.understood_param(spec.expect("a span")).as_deref(), Some("1.5"));
    assert_eq!(span.experiment().expect("valid").workload.params()["span"], 1.5);

    let mut form = Form { numbers: german, ..form() };
    form.models[place_of(ExecutorKind::Threads)].set(&WORKERS, "1.000".into());
    form.repeats = "1,000".into();
    let errors = form.experiment().unwrap_err();
    assert!(errors["workers-threads"].starts_with("Workers: “1.000” may mean"), "{errors:?}");
    assert!(errors["repeats"].starts_with("Rounds: “1,000” may mean"), "{errors:?}");
}

/// What a link, a preset or a slider says is in the page's own writing.
#[test]
fn numbers_that_nobody_typed_are_never_unclear() {
    let german = NumberFormat { group: '.', decimal: ',', group_len: 3 };
    let mut form = Form { numbers: german, ..form() };
    form.type_param("span", "1.125".into());
    assert!(form.experiment().unwrap_err().contains_key("param-span"));
    form.set_param("span", "1.125".into());
    assert_eq!(form.experiment().expect("valid").workload.params()["span"], 1.125);
}
