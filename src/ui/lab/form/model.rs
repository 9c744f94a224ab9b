//! A model in the form.

use crate::experiment::link;
use crate::experiment::typed_number::NumberFormat;
use crate::failure::{Failure, Result};
use crate::models::option::OptionType;
use crate::models::{Executor, OptionSpec};
use crate::ui::lab::form::number::plain_number;
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
        let specs = executor.beyond_workers().filter(|spec| is_typed(spec));
        let typed =
            specs.filter_map(|spec| Some((spec.name, executor.value_of(spec)?.to_string())));
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
            OptionType::Choice(_) => {
                let chosen = link::option_value(spec, &text);
                // What is none of its words leaves the one before.
                drop(chosen.and_then(|word| self.executor.set(spec, word)));
            }
        }
    }

    /// The model with what was typed by somebody whose language writes numbers like this.
    ///
    /// # Errors
    /// The option that is wrong, and what is wrong with it.
    pub fn as_typed(&self, numbers: &NumberFormat) -> Result<Executor, (&'static str, Failure)> {
        let mut executor = self.executor.clone();
        for spec in executor.kind().options() {
            let text =
                if spec.is_workers() { Some(&self.workers) } else { self.typed.get(spec.name) };
            let Some(text) = text else { continue };
            let text = match spec.accepts {
                OptionType::Integer { .. } => plain_number(spec.name, text, numbers),
                OptionType::Choice(_) => Ok(text.into()),
            };
            let value = text.and_then(|text| link::option_value(spec, &text));
            let set = value.and_then(|value| executor.set(spec, value));
            set.map_err(|failure| (spec.name, failure))?;
        }
        Ok(executor)
    }
}
