//! What a parameter accepts, and what it is called.

use super::values::{MAX_SAFE_INTEGER, choice, integer, list, number, text, texts};
use crate::failure::Result;
use crate::wording::grouped;
use serde_json::Value;

/// Parameters by name, as they came from outside: a form, a link, a script.
pub type Params = serde_json::Map<String, Value>;

/// What a parameter accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamType {
    /// A whole number between two bounds.
    Integer {
        /// Least value.
        min: u64,
        /// Greatest value.
        max: u64,
        /// The value where none is given.
        default: u64,
    },
    /// A finite number between two bounds.
    Number {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// The value where none is given.
        default: f64,
    },
    /// One of these words, the first being the default.
    Choice(&'static [&'static str]),
    /// A list of whole numbers; where it is given, it stands in for the
    /// parameters that would make one up.
    List {
        /// Least value of an item.
        min: u64,
        /// Greatest value of an item.
        max: u64,
        /// Most items.
        max_len: usize,
    },
    /// A text; where it is given, it stands in for the parameters that would make one
    /// up.
    Text {
        /// Most bytes.
        max_len: usize,
    },
    /// A list of texts, separated by white space where a person types it.
    Texts {
        /// Most items.
        max_len: usize,
    },
}

/// Where a parameter shows on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// With its slider, always.
    Front,
    /// Under "More".
    More,
    /// In links and scripts only.
    Scripts,
}

/// A parameter of a workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParamSpec {
    /// The key in links, scripts and reports.
    pub name: &'static str,
    /// The label on the page.
    pub label: &'static str,
    /// What it accepts.
    pub accepts: ParamType,
    /// The unit, where there is one.
    pub unit: &'static str,
    /// A sentence for a person.
    pub help: &'static str,
    /// Where it shows on the page.
    pub place: Place,
    /// The list or text that stands in for it where it is given, if there is one.
    pub unless: Option<&'static str>,
}

/// The seed that every workload with random numbers takes.
pub const SEED: ParamSpec = ParamSpec {
    name: "seed",
    label: "Seed",
    accepts: ParamType::Integer { min: 0, max: MAX_SAFE_INTEGER, default: 1 },
    unit: "",
    help: "Determines the random numbers: the same seed gives the same answer.",
    place: Place::More,
    unless: None,
};

impl ParamSpec {
    /// The value where none is given; `None` for lists and texts, which are absent then.
    pub fn default_value(&self) -> Option<Value> {
        match self.accepts {
            ParamType::Integer { default, .. } => Some(default.into()),
            ParamType::Number { default, .. } => Some(default.into()),
            ParamType::Choice(words) => words.first().map(|word| (*word).into()),
            ParamType::List { .. } | ParamType::Text { .. } | ParamType::Texts { .. } => None,
        }
    }

    /// The unit behind `text`: "number" behind 1, "numbers" behind all else.
    pub fn unit_of(&self, text: &str) -> &'static str {
        match (text.trim(), self.unit.strip_suffix('s')) {
            // "ms" and "s" are the same of one.
            ("1", Some(one)) if one.len() > 2 => one,
            _ => self.unit,
        }
    }

    /// The bounds, in words; empty for words, texts and lists.
    pub fn bounds(&self) -> String {
        match self.accepts {
            ParamType::Integer { max: MAX_SAFE_INTEGER, .. } => String::new(),
            ParamType::Integer { min, max, .. } => {
                format!("{} to {}.", grouped(min), grouped(max))
            }
            ParamType::Number { min, max, .. } => format!("{min} to {max}."),
            ParamType::Choice(_)
            | ParamType::List { .. }
            | ParamType::Text { .. }
            | ParamType::Texts { .. } => String::new(),
        }
    }

    /// Checks one value against the bounds.
    ///
    /// # Errors
    /// `InvalidInput` that names the key and the bounds.
    pub fn check(&self, value: &Value) -> Result<()> {
        match self.accepts {
            ParamType::Integer { min, max, .. } => integer(self.name, value, min, max).map(drop),
            ParamType::Number { min, max, .. } => number(self.name, value, min, max).map(drop),
            ParamType::Choice(words) => choice(self.name, value, words).map(drop),
            ParamType::List { min, max, max_len } => {
                list(self.name, value, min, max, max_len).map(drop)
            }
            ParamType::Text { max_len } => text(self.name, value, max_len).map(drop),
            ParamType::Texts { max_len } => texts(self.name, value, max_len).map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::workloads::WorkloadId;

    #[test]
    fn one_of_a_unit_is_one() {
        let spec = |name| {
            let mut specs = WorkloadId::ALL.iter().flat_map(|workload| workload.params());
            specs.find(|spec| spec.name == name).expect("a parameter")
        };
        assert_eq!(
            ["1", " 1 ", "2", ""].map(|text| spec("count").unit_of(text)),
            ["number", "number", "numbers", "numbers"]
        );
        assert_eq!(spec("computeUnits").unit_of("1"), "unit");
        assert_eq!(["latencyMs", "width"].map(|name| spec(name).unit_of("1")), ["ms", "px"]);
    }

    #[test]
    fn the_defaults_are_within_their_own_bounds() {
        for &workload in WorkloadId::ALL {
            for spec in workload.params() {
                if let Some(value) = spec.default_value() {
                    assert_eq!(spec.check(&value), Ok(()), "{} {}", workload.id(), spec.name);
                }
            }
        }
    }
}
