//! The experiment that a form says, or what is wrong with it.

use crate::experiment::typed_number::plain_number;
use crate::experiment::typed_number::{self, Typed};
use crate::experiment::{Experiment, Repeats, link};
use crate::failure::{Failure, Result};
use crate::ui::lab::form::{Errors, Form};
use crate::workloads::Workload;
use crate::workloads::params::{ParamSpec, ParamType, Params};
use serde_json::Value;

impl Form {
    /// The value of a parameter that is given as `text`.
    fn value(&self, spec: &ParamSpec, text: &str) -> Result<Value> {
        let is_number =
            matches!(spec.accepts, ParamType::Integer { .. } | ParamType::Number { .. });
        match is_number && self.by_hand.contains(&spec.name) {
            true => link::param(spec, &plain_number(spec.name, text, &self.numbers)?),
            false => link::param(spec, text),
        }
    }

    fn rounds(&self) -> Result<Repeats> {
        match plain_number("repeats", &self.repeats, &self.numbers)?.trim() {
            "" => Ok(Repeats::Automatic),
            text => Repeats::from_json(&link::number_or_text(text)),
        }
    }

    /// How the number in a field was understood, where that is not how it stands there.
    pub fn understood(&self, text: &str) -> Option<String> {
        match typed_number::read(text, &self.numbers) {
            Typed::Meant(number) => Some(typed_number::grouped(&number)),
            Typed::AsItStands | Typed::Unclear(_) => None,
        }
    }

    /// How the number in a parameter's field was understood, likewise.
    pub fn understood_param(&self, spec: &ParamSpec) -> Option<String> {
        let text = self.params.get(spec.name).filter(|_| self.by_hand.contains(&spec.name))?;
        self.understood(text)
    }

    /// The experiment that the form says.
    ///
    /// # Errors
    /// A message per field that is wrong.
    pub fn experiment(&self) -> Result<Experiment, Errors> {
        let mut errors = Errors::new();
        let mut given = Params::new();
        for spec in self.workload.params().iter().filter(|spec| self.is_in_force(spec)) {
            let Some(text) = self.given(spec.name) else { continue };
            match self.value(spec, text) {
                Ok(value) => drop(given.insert(spec.name.to_owned(), value)),
                Err(failure) => {
                    note(&mut errors, format!("param-{}", spec.name), spec.label, &failure);
                }
            }
        }
        let mut executors = Vec::new();
        for (at, model) in self.chosen_models() {
            match model.as_typed(&self.numbers) {
                Ok(executor) => executors.push(executor),
                Err((option, failure)) => {
                    let spec = model.executor.kind().option(option);
                    let label = spec.map_or(option, |spec| spec.title);
                    note(&mut errors, format!("{option}-{}", self.name_of(at)), label, &failure);
                }
            }
        }
        if self.chosen_models().next().is_none() {
            errors.insert("models".to_owned(), "Choose at least one model.".to_owned());
        }
        let repeats = self.rounds();
        if let Err(failure) = &repeats {
            note(&mut errors, "repeats".to_owned(), ROUNDS, failure);
        }
        // Only once every field is right by itself, so that one mistake is one
        // message.
        let workload = match Workload::new(self.workload, &given) {
            Ok(workload) => Some(workload),
            Err(failure) => {
                let key = failure.key.as_deref().unwrap_or_default();
                let spec = self.workload.params().iter().find(|spec| spec.name == key);
                let label = spec.map_or(key, |spec| spec.label);
                note(&mut errors, format!("param-{key}"), label, &failure);
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
                    timeout_ms: self.timeout_ms,
                };
                if experiment.asks_others() {
                    experiment.warmup = 0;
                }
                match experiment.check_asked() {
                    Ok(()) => Ok(experiment),
                    Err(failure) => {
                        note(&mut errors, "repeats".to_owned(), ROUNDS, &failure);
                        Err(errors)
                    }
                }
            }
            _ => Err(errors),
        }
    }
}

/// Notes what is wrong under the id of a field, behind the field's label.
fn note(errors: &mut Errors, id: String, label: &str, failure: &Failure) {
    errors.insert(id, format!("{label}: {}", failure.problem.message()));
}

/// The label of the field for the rounds.
const ROUNDS: &str = "Rounds";
