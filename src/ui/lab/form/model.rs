//! A model in the form.

use crate::experiment::link;
use crate::experiment::typed_number::NumberFormat;
use crate::experiment::typed_number::plain_number;
use crate::failure::{Failure, Result};
use crate::models::option::OptionType;
use crate::models::{Executor, OptionSpec};
use std::collections::BTreeMap;

/// A model in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The model with its options, as a link gave them or the reader chose them.
    pub executor: Executor,
    /// Whether it takes part.
    pub chosen: bool,
    /// The options that the reader typed, by name. They go before those of `executor` once
    /// they are numbers.
    typed: BTreeMap<&'static str, String>,
}

impl Model {
    /// `executor` as the form lists it.
    pub fn of(executor: &Executor, chosen: bool) -> Self {
        Self { executor: executor.clone(), chosen, typed: BTreeMap::new() }
    }

    /// What stands in the field of an option: what the reader typed, or else its value.
    pub fn text(&self, spec: &OptionSpec) -> String {
        let value = || self.executor.value_of(spec).map(|value| value.to_string());
        self.typed.get(spec.name).cloned().or_else(value).unwrap_or_default()
    }

    /// Notes what was typed or chosen for an option. What is chosen is one of its words, or a flag.
    pub fn set(&mut self, spec: &'static OptionSpec, text: String) {
        match spec.accepts {
            OptionType::Integer { .. } | OptionType::Decimal { .. } => {
                drop(self.typed.insert(spec.name, text))
            }
            OptionType::Choice(_) | OptionType::Flag { .. } => {
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
            let text = self.typed.get(spec.name).filter(|_| executor.option_applies(spec));
            let Some(text) = text else { continue };
            let text = plain_number(spec.name, text, numbers);
            let value = text.and_then(|text| link::option_value(spec, &text));
            let set = value.and_then(|value| executor.set(spec, value));
            set.map_err(|failure| (spec.name, failure))?;
        }
        Ok(executor)
    }
}
