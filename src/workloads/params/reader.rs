//! Reading the parameters of one workload by name.

use super::spec::{ParamSpec, ParamType, Params};
use super::values::{choice, integer, list, number, text, texts};
use crate::failure::{Failure, NameProblem, Result};

/// Reads the parameters of one workload.
pub struct Reader<'a> {
    given: &'a Params,
    specs: &'static [ParamSpec],
}

impl<'a> Reader<'a> {
    /// A reader of `given` as `specs` describe it.
    pub fn new(given: &'a Params, specs: &'static [ParamSpec]) -> Self {
        Self { given, specs }
    }

    fn spec(&self, name: &str) -> Result<&'static ParamSpec> {
        let spec = self.specs.iter().find(|spec| spec.name == name);
        spec.ok_or_else(|| Failure::invalid(name, NameProblem::NotThisParameter))
    }

    /// A whole number, or its default.
    ///
    /// # Errors
    /// `InvalidInput` where the value is not one within the bounds.
    pub fn integer(&self, name: &str) -> Result<u64> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Integer { default, .. }, None) => Ok(default),
            (ParamType::Integer { min, max, .. }, Some(value)) => integer(name, value, min, max),
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }

    /// A finite number, or its default.
    ///
    /// # Errors
    /// `InvalidInput` where the value is not one within the bounds.
    pub fn number(&self, name: &str) -> Result<f64> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Number { default, .. }, None) => Ok(default),
            (ParamType::Number { min, max, .. }, Some(value)) => number(name, value, min, max),
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }

    /// One of the words, or the first.
    ///
    /// # Errors
    /// `InvalidInput` where the value is none of them.
    pub fn choice(&self, name: &str) -> Result<&'static str> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Choice(words), None) => Ok(words.first().copied().unwrap_or_default()),
            (ParamType::Choice(words), Some(value)) => choice(name, value, words),
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }

    /// The list, where one is given.
    ///
    /// # Errors
    /// `InvalidInput` where it is not one, too long, or an item is out of bounds.
    pub fn list(&self, name: &str) -> Result<Option<Vec<u64>>> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::List { .. }, None) => Ok(None),
            (ParamType::List { min, max, max_len }, Some(value)) => {
                list(name, value, min, max, max_len).map(Some)
            }
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }

    /// The text, where one is given.
    ///
    /// # Errors
    /// `InvalidInput` where it is none, or too long.
    pub fn text(&self, name: &str) -> Result<Option<String>> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Text { .. }, None) => Ok(None),
            (ParamType::Text { max_len }, Some(value)) => {
                text(name, value, max_len).map(|text| Some(text.to_owned()))
            }
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }

    /// The list of texts, where one is given.
    ///
    /// # Errors
    /// `InvalidInput` where it is not one, too long, or an item is.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Texts { .. }, None) => Ok(None),
            (ParamType::Texts { max_len }, Some(value)) => texts(name, value, max_len).map(Some),
            _ => Err(Failure::invalid(name, NameProblem::NotThisParameter)),
        }
    }
}
