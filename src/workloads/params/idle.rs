//! Parameters that are ignored because of the value of another one, and unknown parameters.

use super::spec::{ParamSpec, ParamType, Params};
use crate::failure::{Failure, NameProblem, Result, names};

/// Parameters that are ignored if another one is given, or has one of some values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IgnoredParams {
    /// The ignored parameters.
    pub names: &'static [&'static str],
    /// The parameter because of which they are ignored.
    pub beside: &'static str,
    /// The values of that parameter for which they are ignored; empty for all values.
    pub words: &'static [&'static str],
}

impl IgnoredParams {
    /// Whether `name` is ignored if the other parameter is `text`.
    fn idles(&self, name: &str, text: &str) -> bool {
        self.names.contains(&name) && (self.words.is_empty() || self.words.contains(&text))
    }
}

/// What keeps `spec`, one of `specs`, from meaning anything, if something does: a list or a
/// text that stands in for it, or a word beside which it is `idle`. `given` tells the
/// text of a parameter that is given; what is no text may be told as any.
pub fn idle_beside<'a>(
    specs: &[ParamSpec],
    idle: &[IgnoredParams],
    spec: &ParamSpec,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    if let Some(list) = spec.unless.filter(|list| given(list).is_some()) {
        return Some(list.to_owned());
    }
    idle.iter().find_map(|idle| {
        let text = given(idle.beside).or_else(|| first_word(specs, idle.beside));
        let text = text.filter(|text| idle.idles(spec.name, text))?;
        let word = if idle.words.is_empty() { String::new() } else { format!(" {text}") };
        Some(format!("{}{word}", idle.beside))
    })
}

/// The default of a choice.
fn first_word(specs: &[ParamSpec], name: &str) -> Option<&'static str> {
    match specs.iter().find(|spec| spec.name == name)?.accepts {
        ParamType::Choice(words) => words.first().copied(),
        _ => None,
    }
}

/// Refuses a parameter that is none of `specs`, those of the workload `id`, or one beside
/// something else that leaves it `idle`.
///
/// # Errors
/// `InvalidInput` that names the key.
pub fn check_keys(
    params: &Params,
    id: &str,
    specs: &[ParamSpec],
    idle: &[IgnoredParams],
) -> Result<()> {
    for key in params.keys() {
        let Some(spec) = specs.iter().find(|spec| spec.name == key.as_str()) else {
            let (workload, known) = (id.into(), names(specs.iter().map(|spec| spec.name)));
            return Err(Failure::invalid(key, NameProblem::NoSuchParameter { workload, known }));
        };
        let given = |name: &str| params.get(name).map(|value| value.as_str().unwrap_or_default());
        if let Some(other) = idle_beside(specs, idle, spec, given) {
            return Err(Failure::invalid(
                key,
                NameProblem::NoMeaningBeside { other: other.into() },
            ));
        }
    }
    Ok(())
}
