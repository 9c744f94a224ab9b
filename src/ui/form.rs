//! The experiment as it stands in the form: texts, as typed, and what they mean.

use crate::experiment::executor::{self, OptionSpec, OptionType, StaticData};
use crate::experiment::link::{self, plain};
use crate::experiment::{Executor, ExecutorKind, Experiment, Repeats, words};
use crate::failure::{Failure, Result};
use crate::measure::format;
use crate::workloads::own::{self, Brings};
use crate::workloads::params::{self, ParamSpec, ParamType, Params, Place};
use crate::workloads::preset::Preset;
use crate::workloads::{Workload, WorkloadId};
use std::collections::BTreeMap;

/// A model in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The model with its options; those that are typed count once they are numbers.
    pub executor: Executor,
    /// Whether it takes part.
    pub chosen: bool,
    /// The size of its pool, as typed.
    pub workers: String,
    /// Its other options that are numbers, as typed.
    pub typed: BTreeMap<&'static str, String>,
}

impl Model {
    /// `executor` as the form lists it.
    pub fn of(executor: &Executor, chosen: bool) -> Self {
        let is_typed = |spec: &&OptionSpec| matches!(spec.accepts, OptionType::Integer { .. });
        let specs = words::beyond_workers(executor).filter(|spec| is_typed(spec));
        let typed = specs.filter_map(|spec| Some((spec.name, plain(&executor.value_of(spec)?))));
        Self {
            executor: executor.clone(),
            chosen,
            workers: executor.workers().to_string(),
            typed: typed.collect(),
        }
    }

    /// Notes what was typed or chosen for an option other than the pool's size. What is
    /// chosen is one of the option's words.
    pub fn set(&mut self, spec: &'static OptionSpec, text: String) {
        match spec.accepts {
            OptionType::Integer { .. } => drop(self.typed.insert(spec.name, text)),
            // What is none of its words leaves the one before.
            OptionType::Choice(_) => drop(self.executor.set(spec, &text.into())),
        }
    }

    /// The model with what was typed.
    ///
    /// # Errors
    /// The option that is wrong, and what is wrong with it.
    pub fn as_typed(&self) -> Result<Executor, (&'static str, Failure)> {
        let mut executor = self.executor.clone();
        for spec in Executor::options(executor.kind()) {
            let is_workers = spec.name == executor::workers_option().name;
            let text = if is_workers { Some(&self.workers) } else { self.typed.get(spec.name) };
            let Some(text) = text else { continue };
            let value = link::option_value(spec.accepts, text);
            executor.set(spec, &value).map_err(|failure| (spec.name, failure))?;
        }
        Ok(executor)
    }
}

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The workload.
    pub workload: WorkloadId,
    /// Its parameters, as typed; a list of numbers that is not given is absent.
    pub params: BTreeMap<&'static str, String>,
    /// The models. All of them are listed, once at least.
    pub models: Vec<Model>,
    /// Measured rounds, as typed.
    pub repeats: String,
    /// Rounds thrown away.
    pub warmup: u32,
    /// The experiment's seed.
    pub seed: u64,
}

/// When `preset` gives processes their static data.
fn given(preset: &Preset) -> StaticData {
    if preset.beforehand { StaticData::Initializer } else { StaticData::Tasks }
}

/// What is wrong with a form: a message per field, by the field's id.
pub type Errors = BTreeMap<String, String>;

impl Form {
    /// The form that says `experiment`. Models that it leaves out are listed and
    /// not chosen, `workers` wide.
    pub fn of(experiment: &Experiment, workers: u32) -> Self {
        let workload = experiment.workload.id();
        let given = experiment.workload.params();
        let mut models: Vec<_> =
            experiment.executors.iter().map(|executor| Model::of(executor, true)).collect();
        for kind in ExecutorKind::ALL {
            if !experiment.executors.iter().any(|executor| executor.kind() == kind) {
                models.push(Model::of(&Executor::new(kind, workers), false));
            }
        }
        models.sort_by_key(|model| model.executor.kind());
        Self {
            workload,
            params: texts(workload, &given),
            models,
            repeats: match experiment.repeats {
                Repeats::Automatic => String::new(),
                Repeats::Fixed(rounds) => rounds.to_string(),
            },
            warmup: experiment.warmup,
            seed: experiment.seed,
        }
    }

    /// The same models for another workload, at its defaults.
    pub fn with_workload(&self, workload: WorkloadId) -> Self {
        let params = texts(workload, &Params::new());
        let mut form = Self { workload, params, ..self.clone() };
        // What a preset chose goes with it.
        if self.preset().is_some_and(|preset| preset.beforehand) {
            form.supply(StaticData::Tasks);
        }
        form
    }

    /// The same models for the same workload, with the parameters of `preset`, which also
    /// says when the pool of processes is given its static data, whatever was chosen
    /// before. Several such pools are there to be compared, and stay as they are.
    pub fn with_preset(&self, preset: &Preset) -> Self {
        let mut form = Self { params: texts(self.workload, &preset.params()), ..self.clone() };
        form.supply(given(preset));
        form
    }

    /// Whether the parameters are those of `preset`, and so is what it says of processes.
    pub fn is_preset(&self, preset: &Preset) -> bool {
        let pools: Vec<_> = self.static_data().collect();
        let as_given = match pools[..] {
            [only] => only == given(preset),
            _ => !preset.beforehand,
        };
        as_given && self.params == texts(self.workload, &preset.params())
    }

    /// Which preset of the workload it is, if any.
    pub fn preset(&self) -> Option<&'static Preset> {
        self.workload.presets().iter().find(|preset| self.is_preset(preset))
    }

    /// Whether there is static data, or nobody knows as something is wrong.
    pub fn may_have_static_data(&self) -> bool {
        self.experiment().map_or(true, |one| one.workload.work().input_len() > 0)
    }

    /// When each pool of processes is given its static data.
    fn static_data(&self) -> impl Iterator<Item = StaticData> {
        self.models.iter().filter_map(|model| match model.executor {
            Executor::Processes { static_data, .. } => Some(static_data),
            _ => None,
        })
    }

    /// Has the pool of processes, where there is only one, be given its static data then.
    fn supply(&mut self, when: StaticData) {
        if self.static_data().count() != 1 {
            return;
        }
        for model in &mut self.models {
            if let Executor::Processes { static_data, .. } = &mut model.executor {
                *static_data = when;
            }
        }
    }

    /// What the reader is to bring, if the form asks for data of their own.
    pub fn brings(&self) -> Option<Brings> {
        let source = self.params.get(own::SOURCE.name).map(String::as_str);
        self.workload.own().filter(|_| own::is_own(source))
    }

    /// Writes what a file measures into the parameters that it decides.
    pub fn measure(&mut self, brings: &Brings, sizes: &[u64]) {
        for (name, size) in brings.measures.iter().zip(sizes) {
            self.params.insert(name, size.to_string());
        }
    }

    /// Whether the parameters that a file decides say that there was one.
    pub fn is_measured(&self, brings: &Brings) -> bool {
        let defaults = texts(self.workload, &Params::new());
        brings.measures.iter().any(|name| self.params.get(name) != defaults.get(name))
    }

    /// Whether the field of `spec` is for the reader to fill in.
    pub fn is_typed(&self, spec: &ParamSpec) -> bool {
        let by_file = self.brings().is_some_and(|brings| brings.measures.contains(&spec.name));
        self.is_in_force(spec) && self.params.contains_key(spec.name) && !by_file
    }

    /// Whether there is a field at this place for the reader to fill in.
    pub fn has_fields(&self, place: Place) -> bool {
        self.workload.params().iter().any(|spec| spec.place == place && self.is_typed(spec))
    }

    /// What tells a model's elements from all others: its id, and its number where a
    /// link has it more than once.
    pub fn name_of(&self, at: usize) -> String {
        let kind_of = |model: &Model| model.executor.kind();
        let Some(model) = self.models.get(at) else { return String::new() };
        let before = self.models[..at].iter().filter(|one| kind_of(one) == kind_of(model)).count();
        match before {
            0 => kind_of(model).id().to_owned(),
            before => format!("{}-{}", kind_of(model).id(), before + 1),
        }
    }

    /// Whether the field of `spec` counts: nothing else that is given leaves it without a
    /// meaning.
    pub fn is_in_force(&self, spec: &ParamSpec) -> bool {
        params::idle_beside(self.workload, spec, |name| self.given(name)).is_none()
    }

    /// What is typed for the parameter `name`; `None` where that is not given, such as a
    /// list of texts without any.
    fn given(&self, name: &str) -> Option<&str> {
        let text = self.params.get(name)?;
        let spec = self.workload.params().iter().find(|spec| spec.name == name)?;
        let is_none =
            matches!(spec.accepts, ParamType::Texts { .. }) && text.trim_start().is_empty();
        (!is_none).then_some(text)
    }

    /// The experiment that the form says.
    ///
    /// # Errors
    /// A message per field that is wrong.
    pub fn experiment(&self) -> Result<Experiment, Errors> {
        let mut errors = Errors::new();
        let mut note = |id: String, message: &str| {
            // The field has its name already.
            let said = message.split_once(": ").map_or(message, |(_, said)| said);
            errors.insert(id, format::sentence(said));
        };
        let mut given = Params::new();
        for spec in self.workload.params().iter().filter(|spec| self.is_in_force(spec)) {
            let Some(text) = self.given(spec.name) else { continue };
            match link::param(spec, text) {
                Ok(value) => drop(given.insert(spec.name.to_owned(), value)),
                Err(failure) => note(format!("param-{}", spec.name), &failure.message),
            }
        }
        let mut executors = Vec::new();
        for (at, model) in self.models.iter().enumerate().filter(|(_, model)| model.chosen) {
            match model.as_typed() {
                Ok(executor) => executors.push(executor),
                Err((option, failure)) => {
                    note(format!("{option}-{}", self.name_of(at)), &failure.message);
                }
            }
        }
        if !self.models.iter().any(|model| model.chosen) {
            note("models".to_owned(), "choose at least one model.");
        }
        let repeats = match self.repeats.trim() {
            "" => Ok(Repeats::Automatic),
            text => Repeats::from_json(&link::number_or_text(text)),
        };
        if let Err(failure) = &repeats {
            note("repeats".to_owned(), &failure.message);
        }
        // Only once every field is right by itself, so that one mistake is one
        // message.
        let workload = match Workload::new(self.workload, &given) {
            Ok(workload) => Some(workload),
            Err(failure) => {
                let key = failure.message.split(':').next().unwrap_or_default().to_owned();
                note(format!("param-{key}"), &failure.message);
                None
            }
        };
        match (workload, repeats) {
            (Some(workload), Ok(repeats)) if errors.is_empty() => {
                let mut experiment = Experiment {
                    workload,
                    executors,
                    repeats,
                    warmup: self.warmup,
                    seed: self.seed,
                    spans: true,
                };
                if experiment.asks_others() {
                    experiment.warmup = 0;
                }
                match experiment.check_asked() {
                    Ok(()) => Ok(experiment),
                    Err(failure) => {
                        let said = failure.message.trim_start_matches("repeats: ");
                        Err(Errors::from([("repeats".to_owned(), format::sentence(said))]))
                    }
                }
            }
            _ => Err(errors),
        }
    }

    /// Whether a field at this place is wrong.
    pub fn is_wrong_in(&self, place: Place) -> bool {
        let Err(errors) = self.experiment() else { return false };
        let specs = self.workload.params().iter().filter(|spec| spec.place == place);
        specs.map(|spec| format!("param-{}", spec.name)).any(|field| errors.contains_key(&field))
    }

    /// Whether a list of texts is given. It stands in for most of what is in front, so that
    /// it must not be out of sight.
    pub fn lists_texts(&self) -> bool {
        let mut specs = self.workload.params().iter();
        specs.any(|spec| {
            matches!(spec.accepts, ParamType::Texts { .. }) && self.given(spec.name).is_some()
        })
    }
}

fn texts(workload: WorkloadId, given: &Params) -> BTreeMap<&'static str, String> {
    let text = |spec: &&'static ParamSpec| {
        match given.get(spec.name).cloned().or_else(|| spec.default_value()) {
            Some(value) => Some((spec.name, plain(&value))),
            // A field that is there to be filled.
            None if matches!(spec.accepts, ParamType::Texts { .. }) => {
                Some((spec.name, String::new()))
            }
            None => None,
        }
    };
    workload.params().iter().collect::<Vec<_>>().iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::preset::Lesson;

    fn form() -> Form {
        Form::of(&Experiment::default_for(WorkloadId::Mandelbrot, 4).expect("valid"), 4)
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
        form.params.insert("urls", "  https://example.org/a\nb\n".into());
        assert_eq!(in_force(&form), "urls");
        assert!(form.lists_texts());
        let urls = &form.experiment().expect("valid").workload.params()["urls"];
        assert_eq!(urls, &serde_json::json!(["https://example.org/a", "b"]));
        form.params.insert("urls", "ftp://example.org".into());
        assert!(form.experiment().unwrap_err()["param-urls"].contains("no web address"));
    }

    #[test]
    fn each_wrong_field_says_what_is_wrong() {
        let mut form = form();
        form.params.insert("width", "99999".into());
        form.params.insert("span", "wide".into());
        form.models[2].workers = "0".into();
        form.repeats = "0".into();
        let errors = form.experiment().unwrap_err();
        let fields: Vec<_> = errors.keys().map(String::as_str).collect();
        assert_eq!(fields, ["param-span", "param-width", "repeats", "workers-threads"]);
        assert_eq!(errors["param-width"], "Give a whole number from 1 to 2048; got 99999.");
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
        for workload in [WorkloadId::Sort, WorkloadId::Blur, WorkloadId::WordCount] {
            let mut form = form().with_workload(workload);
            form.params.insert("seed", "5".into());
            for preset in workload.presets() {
                let set = form.with_preset(preset);
                assert!(set.is_preset(preset) && !form.is_preset(preset), "{}", preset.name);
                assert_eq!(set.params["seed"], "1");
                let label = set.models[3].executor.label();
                assert_eq!(label.contains(','), preset.beforehand, "{label}");
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
        several.models.push(form.models[3].clone());
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
        let specs = Executor::options(ExecutorKind::Processes);
        let spec = |name| specs.iter().find(|spec| spec.name == name).expect("an option");
        form.models[3].set(spec("chunkSize"), "8".into());
        form.models[3].set(spec("dataMode"), "shared".into());
        form.models[3].set(spec("dataMode"), "telepathy".into());
        let executors = form.experiment().expect("valid").executors;
        assert_eq!(executors[3].label(), "Processes × 4, 8 at a time, shared buffer");
        assert_eq!(executors[2], Executor::new(ExecutorKind::Threads, 4));
        form.models[3].set(spec("chunkSize"), "many".into());
        let errors = form.experiment().unwrap_err();
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["chunkSize-processes"]);
        assert!(errors["chunkSize-processes"].starts_with("Give a whole number from 0 to 4096"));
    }

    #[test]
    fn no_model_is_an_error_and_an_unchosen_one_is_none() {
        let mut form = form();
        form.models[2].workers = "0".into();
        form.models[2].chosen = false;
        assert_eq!(form.experiment().expect("valid").executors.len(), 3);
        for model in &mut form.models {
            model.chosen = false;
        }
        assert_eq!(form.experiment().unwrap_err()["models"], "Choose at least one model.");
    }

    #[test]
    fn what_is_wrong_together_is_said_at_its_field() {
        let mut form = form().with_workload(WorkloadId::Requests);
        form.params.insert("count", "1000".into());
        form.params.insert("bytes", "1048576".into());
        assert!(form.experiment().unwrap_err().contains_key("param-bytes"));
    }

    #[test]
    fn another_workload_keeps_the_models() {
        let mut before = form();
        before.models[3].chosen = false;
        before.repeats = "9".into();
        let after = before.with_workload(WorkloadId::Primes);
        assert_eq!((&after.models, &after.repeats), (&before.models, &before.repeats));
        assert_eq!(after.params, texts(WorkloadId::Primes, &Params::new()));
    }
}
