//! The parameters of workloads: what each accepts, and reading them with every
//! bound checked.

use super::{WorkloadId, answer};
use crate::failure::{Failure, Result};

use serde_json::Value;

/// Parameters by name, as they came from outside: a form, a link, a script.
pub type Params = serde_json::Map<String, Value>;

/// The greatest whole number that JavaScript represents exactly.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

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

/// Longest item of a list of texts, in bytes.
const MAX_ITEM_BYTES: usize = 2048;

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

    /// The bounds, in words; empty for words, texts and lists.
    pub fn bounds(&self) -> String {
        match self.accepts {
            ParamType::Integer { max: MAX_SAFE_INTEGER, .. } => String::new(),
            ParamType::Integer { min, max, .. } => {
                format!("{} to {}.", answer::grouped(min), answer::grouped(max))
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

/// Parameters that mean nothing beside another, which is given, or given as one of some
/// words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Idle {
    /// Those that mean nothing.
    pub names: &'static [&'static str],
    /// The one that makes them so.
    pub beside: &'static str,
    /// The words that it has to be for that; whatever it is, where there are none.
    pub words: &'static [&'static str],
}

impl Idle {
    /// Whether `name` means nothing, where `text` is what the other parameter is given as.
    fn idles(&self, name: &str, text: &str) -> bool {
        self.names.contains(&name) && (self.words.is_empty() || self.words.contains(&text))
    }
}

/// What keeps `spec` of `workload` from meaning anything, if something does: a list or a
/// text that stands in for it, or a word beside which it has no meaning. `given` tells the
/// text of a parameter that is given; what is no text may be told as any.
pub fn idle_beside<'a>(
    workload: WorkloadId,
    spec: &ParamSpec,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    if let Some(list) = spec.unless.filter(|list| given(list).is_some()) {
        return Some(list.to_owned());
    }
    workload.idle().iter().find_map(|idle| {
        let text = given(idle.beside).or_else(|| first_word(workload, idle.beside));
        let text = text.filter(|text| idle.idles(spec.name, text))?;
        let word = if idle.words.is_empty() { String::new() } else { format!(" {text}") };
        Some(format!("{}{word}", idle.beside))
    })
}

/// What a choice is where nothing is given.
fn first_word(workload: WorkloadId, name: &str) -> Option<&'static str> {
    match workload.params().iter().find(|spec| spec.name == name)?.accepts {
        ParamType::Choice(words) => words.first().copied(),
        _ => None,
    }
}

/// The seed that every workload with random numbers takes.
pub const SEED: ParamSpec = ParamSpec {
    name: "seed",
    label: "Seed",
    accepts: ParamType::Integer { min: 0, max: MAX_SAFE_INTEGER, default: 1 },
    unit: "",
    help: "The random numbers begin here: the same seed, the same answer.",
    place: Place::More,
    unless: None,
};

/// Refuses a parameter that `workload` does not have, or one beside something else that
/// leaves it no meaning.
///
/// # Errors
/// `InvalidInput` that names the key.
pub fn check_keys(params: &Params, workload: WorkloadId) -> Result<()> {
    let specs = workload.params();
    for key in params.keys() {
        let Some(spec) = specs.iter().find(|spec| spec.name == key.as_str()) else {
            let known: Vec<_> = specs.iter().map(|spec| spec.name).collect();
            let message =
                format!("{} has no such parameter. It has {}.", workload.id(), known.join(", "));
            return Err(Failure::invalid(key, message));
        };
        let given = |name: &str| params.get(name).map(|value| value.as_str().unwrap_or_default());
        if let Some(other) = idle_beside(workload, spec, given) {
            return Err(Failure::invalid(key, format!("has no meaning beside {other}. Give one.")));
        }
    }
    Ok(())
}

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
        spec.ok_or_else(|| Failure::invalid(name, "is not a parameter of this workload."))
    }

    /// A whole number, or its default.
    ///
    /// # Errors
    /// `InvalidInput` where the value is not one within the bounds.
    pub fn integer(&self, name: &str) -> Result<u64> {
        match (self.spec(name)?.accepts, self.given.get(name)) {
            (ParamType::Integer { default, .. }, None) => Ok(default),
            (ParamType::Integer { min, max, .. }, Some(value)) => integer(name, value, min, max),
            _ => Err(Failure::invalid(name, "is not a whole number.")),
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
            _ => Err(Failure::invalid(name, "is not a number.")),
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
            _ => Err(Failure::invalid(name, "is not a choice.")),
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
            _ => Err(Failure::invalid(name, "is not a list.")),
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
            _ => Err(Failure::invalid(name, "is not a text.")),
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
            _ => Err(Failure::invalid(name, "is not a list of texts.")),
        }
    }
}

/// `value` as a whole number from `min` to `max`.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn integer(key: &str, value: &Value, min: u64, max: u64) -> Result<u64> {
    // Scripts hand numbers over as JavaScript writes them: 5 may come as 5.0.
    let whole = value.as_u64().or_else(|| {
        let number = value.as_f64()?;
        let exact = number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER as f64).contains(&number);
        exact.then_some(number as u64)
    });
    whole.filter(|number| (min..=max).contains(number)).ok_or_else(|| {
        Failure::invalid(
            key,
            format!("give a whole number from {min} to {max}; got {}.", shown(value)),
        )
    })
}

fn number(key: &str, value: &Value, min: f64, max: f64) -> Result<f64> {
    value.as_f64().filter(|number| (min..=max).contains(number)).ok_or_else(|| {
        Failure::invalid(key, format!("give a number from {min} to {max}; got {}.", shown(value)))
    })
}

/// `value` as one of `words`.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn choice(key: &str, value: &Value, words: &'static [&'static str]) -> Result<&'static str> {
    let word = value.as_str().and_then(|text| words.iter().find(|word| **word == text));
    word.copied().ok_or_else(|| {
        Failure::invalid(key, format!("give one of {}; got {}.", words.join(", "), shown(value)))
    })
}

fn list(key: &str, value: &Value, min: u64, max: u64, max_len: usize) -> Result<Vec<u64>> {
    let items = value.as_array().filter(|items| (1..=max_len).contains(&items.len()));
    let Some(items) = items else {
        let message = format!("give a list of 1 to {max_len} whole numbers; got {}.", shown(value));
        return Err(Failure::invalid(key, message));
    };
    items.iter().map(|item| integer(key, item, min, max)).collect()
}

fn text<'a>(key: &str, value: &'a Value, max_len: usize) -> Result<&'a str> {
    value.as_str().filter(|text| text.len() <= max_len).ok_or_else(|| {
        Failure::invalid(
            key,
            format!("give a text of up to {max_len} bytes; got {}.", shown(value)),
        )
    })
}

fn texts(key: &str, value: &Value, max_len: usize) -> Result<Vec<String>> {
    let items = value.as_array().filter(|items| (1..=max_len).contains(&items.len()));
    let Some(items) = items else {
        let message = format!("give a list of 1 to {max_len} texts; got {}.", shown(value));
        return Err(Failure::invalid(key, message));
    };
    items.iter().map(|item| text(key, item, MAX_ITEM_BYTES).map(str::to_owned)).collect()
}

/// `value` as a message quotes it, cut where it is long.
pub fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = match value {
        // A script's NaN and infinities arrive as null.
        Value::Null => "no number".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_are_read_as_javascript_writes_them() {
        assert_eq!(integer("n", &json!(5), 1, 9), Ok(5));
        assert_eq!(integer("n", &json!(5.0), 1, 9), Ok(5));
        for bad in [json!(0), json!(10), json!(5.5), json!(-1), json!("5"), json!(null), json!([5])]
        {
            let failure = integer("n", &bad, 1, 9).unwrap_err();
            assert!(failure.message.starts_with("n: give a whole number from 1 to 9"), "{failure}");
        }
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

    #[test]
    fn what_is_quoted_is_short() {
        assert!(shown(&json!("x".repeat(10_000))).chars().count() <= 41);
        assert_eq!(shown(&json!(f64::NAN)), "no number");
    }
}
