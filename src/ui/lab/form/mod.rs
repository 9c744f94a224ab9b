//! The experiment as it stands in the form: texts, as typed, and what they mean.

mod model;
mod presets;
mod reading;
#[cfg(feature = "app")]
pub(crate) mod view;

pub use model::Model;

use crate::experiment::link::plain;
use crate::experiment::typed_number::NumberFormat;
use crate::experiment::{Experiment, Repeats};
use crate::models::{Executor, ExecutorKind, StaticData};
use crate::workloads::WorkloadId;
use crate::workloads::own::{self, OwnDataSpec};
use crate::workloads::params::{ParamSpec, ParamType, Params, Place};
use std::collections::BTreeMap;

/// What is wrong with a form: a message per field, by the field's id.
pub type Errors = BTreeMap<String, String>;

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The workload.
    pub workload: WorkloadId,
    /// Its parameters, as typed; a list of numbers that is not given is absent.
    pub params: BTreeMap<&'static str, String>,
    /// Which of the parameters the reader typed: these may have separators.
    by_hand: Vec<&'static str>,
    /// How the reader's language writes numbers.
    pub numbers: NumberFormat,
    /// The models. All of them are listed, once at least.
    pub models: Vec<Model>,
    /// Measured rounds, as typed; empty where the run decides.
    pub repeats: String,
    /// Rounds thrown away.
    pub warmup: u32,
    /// The experiment's seed.
    pub seed: u64,
    /// How long a model may take, in ms, where a link says so.
    pub timeout_ms: Option<u32>,
}

impl Form {
    /// The form that says `experiment`. Models that it leaves out are listed and
    /// not chosen, `workers` wide.
    pub fn of(experiment: &Experiment, workers: u32) -> Self {
        let workload = experiment.workload.id();
        let given = experiment.workload.params();
        let mut models: Vec<_> =
            experiment.executors.iter().map(|executor| Model::of(executor, true)).collect();
        let has = |kind: ExecutorKind| experiment.executors.iter().any(|one| one.kind() == kind);
        // Who has chosen all that make sense means those that do for the next workload, too.
        let has_all = ExecutorKind::ALL.into_iter().all(|kind| has(kind) || !kind.suits(workload));
        for kind in ExecutorKind::ALL.into_iter().filter(|kind| !has(*kind)) {
            models.push(Model::of(&Executor::new(kind, workers), has_all));
        }
        models.sort_by_key(|model| model.executor.kind());
        Self {
            workload,
            params: texts(workload, &given),
            by_hand: Vec::new(),
            numbers: NumberFormat::default(),
            models,
            repeats: match experiment.repeats {
                Repeats::Automatic => String::new(),
                Repeats::Fixed(rounds) => rounds.to_string(),
            },
            warmup: experiment.warmup,
            seed: experiment.seed,
            timeout_ms: experiment.timeout_ms,
        }
    }

    /// The form that says `experiment`, for the same reader.
    pub fn after_link(&self, experiment: &Experiment, workers: u32) -> Self {
        Self { numbers: self.numbers, ..Self::of(experiment, workers) }
    }

    /// The models that take part: they are chosen, and make sense for the workload.
    pub fn chosen_models(&self) -> impl Iterator<Item = (usize, &Model)> {
        let models = self.models.iter().enumerate();
        models.filter(|(_, model)| model.chosen && model.executor.kind().suits(self.workload))
    }

    /// The same models for another workload, at its defaults.
    pub fn with_workload(&self, workload: WorkloadId) -> Self {
        let params = texts(workload, &Params::new());
        let mut form = Self { workload, params, by_hand: Vec::new(), ..self.clone() };
        // What a preset chose goes with it.
        if self.preset().is_some_and(|preset| preset.beforehand) {
            form.supply(StaticData::Tasks);
        }
        form
    }

    /// Whether there is static data, or nobody knows as something is wrong.
    pub fn may_have_static_data(&self) -> bool {
        self.experiment().map_or(true, |one| one.workload.work().input_len() > 0)
    }

    /// Notes what the reader typed for a parameter.
    pub fn type_param(&mut self, name: &'static str, text: String) {
        if !self.by_hand.contains(&name) {
            self.by_hand.push(name);
        }
        self.params.insert(name, text);
    }

    /// Sets a parameter to a value as links write it.
    pub fn set_param(&mut self, name: &'static str, text: String) {
        self.by_hand.retain(|typed| *typed != name);
        self.params.insert(name, text);
    }

    /// What the reader is to bring, if the form asks for data of their own.
    pub fn brings(&self) -> Option<OwnDataSpec> {
        let source = self.params.get(own::SOURCE.name).map(String::as_str);
        self.workload.own().filter(|_| own::is_own(source))
    }

    /// Writes what a file measures into the parameters that it decides.
    pub fn measure(&mut self, brings: &OwnDataSpec, sizes: &[u64]) {
        for (name, size) in brings.measures.iter().zip(sizes) {
            self.set_param(name, size.to_string());
        }
    }

    /// Whether the parameters that a file decides say that there was one.
    pub fn is_measured(&self, brings: &OwnDataSpec) -> bool {
        let defaults = texts(self.workload, &Params::new());
        brings.measures.iter().any(|name| self.params.get(name) != defaults.get(name))
    }

    /// Whether the field of `spec` is for the reader to fill in.
    pub fn is_typed(&self, spec: &ParamSpec) -> bool {
        let by_file = self.brings().is_some_and(|brings| brings.measures.contains(&spec.name));
        self.is_in_force(spec) && self.params.contains_key(spec.name) && !by_file
    }

    /// The parameters with a field at this place for the reader to fill in.
    pub fn fields(&self, place: Place) -> impl Iterator<Item = &'static ParamSpec> {
        let specs = self.workload.params().iter();
        specs.filter(move |spec| spec.place == place && self.is_typed(spec))
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
        self.workload.idle_beside(spec, |name| self.given(name)).is_none()
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
mod tests;
