//! How many rounds are measured.

use crate::failure::{Failure, InputProblem, Result};
use crate::workloads::params;
use serde_json::Value;

/// Most rounds that can be asked for.
pub const MAX_REPEATS: u32 = 100;

/// How many rounds are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Until the difference is clear, or time is up.
    #[default]
    Automatic,
    /// As many as these.
    Fixed(u32),
}

impl Repeats {
    /// The word in links, scripts and reports.
    pub const AUTOMATIC: &'static str = "auto";

    /// Reads a number from 1 to [`MAX_REPEATS`], or `"auto"`.
    ///
    /// # Errors
    /// `InvalidInput` that names `repeats`.
    pub fn from_json(value: &Value) -> Result<Self> {
        if value.as_str() == Some(Self::AUTOMATIC) {
            return Ok(Self::Automatic);
        }
        let rounds = params::integer("repeats", value, 1, MAX_REPEATS.into()).map_err(|_| {
            Failure::invalid("repeats", InputProblem::NotRounds { most: MAX_REPEATS.into() })
        })?;
        Ok(Self::Fixed(rounds as u32))
    }

    /// As reports and scripts write it.
    pub fn to_json(self) -> Value {
        match self {
            Self::Automatic => Self::AUTOMATIC.into(),
            Self::Fixed(rounds) => rounds.into(),
        }
    }

    /// The fewest rounds that are measured.
    pub fn fewest(self) -> u32 {
        match self {
            Self::Automatic => 1,
            Self::Fixed(rounds) => rounds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn repeats_survive_the_round_through_json() {
        for repeats in [Repeats::Automatic, Repeats::Fixed(1), Repeats::Fixed(MAX_REPEATS)] {
            assert_eq!(Repeats::from_json(&repeats.to_json()), Ok(repeats));
        }
    }

    #[test]
    fn other_values_are_refused_by_name() {
        for value in [json!(0), json!(101), json!(1.5), json!("5"), json!("Auto"), json!(null)] {
            let refused = Repeats::from_json(&value).unwrap_err();
            assert!(refused.message().starts_with("repeats: give"), "{}", refused.message());
        }
    }
}
