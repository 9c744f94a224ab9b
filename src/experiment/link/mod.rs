//! Experiments in links: `workload=mandelbrot&width=900&models=threads:4,processes`.
//! Behind a model may stand its options: `processes:4;dataMode=shared;chunkSize=8`.
//!
//! A link names only what differs from the defaults, and anything in it may be
//! wrong: a bad key is refused by name and the rest still holds, because a reader
//! who follows a stale link should get an experiment and a word about it, not an
//! empty page.
//!
//! | file | subject |
//! | --- | --- |
//! | `repair` | links that were damaged on their way |
//! | `models` | the models of a link |
//! | `values` | numbers, words and lists |

mod models;
mod repair;
mod values;

pub use repair::{decoded, without_punctuation};
pub use values::{number_or_text, option_value, param, plain};

use super::{DEFAULT_WARMUP, Experiment, MAX_TIMEOUT_MS, MAX_WARMUP, Repeats, models_for};
use crate::failure::{Failure, NameProblem, Result};
use crate::workloads::params::{self, MAX_SAFE_INTEGER, ParamSpec, Params};
use crate::workloads::{self, Workload, WorkloadId};

/// The longest link that is read.
pub const MAX_LINK_BYTES: usize = 8192;

/// Keys that say how the page is shown and not what is run.
const HOW_IT_IS_SHOWN: [&str; 2] = ["embed", "show"];

/// What a link asks for: an experiment, and what was refused on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The experiment, with defaults where the link is silent or wrong.
    pub experiment: Experiment,
    /// One failure per refused key.
    pub refused: Vec<Failure>,
}

/// Splits a query string into decoded pairs, and mends what was damaged on its way.
/// Keys that say how the page is shown are left out, and so is what trackers add.
///
/// # Errors
/// `InvalidInput` where it is too long.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    if query.len() > MAX_LINK_BYTES {
        return Err(Failure::invalid("link", NameProblem::LinkTooLong));
    }
    let mut pairs = repair::pairs(query);
    pairs.retain(|(key, _)| !HOW_IT_IS_SHOWN.contains(&key.as_str()));
    Ok(pairs)
}

/// Which of the page's tabs a query string asks for.
pub fn shown(query: &str) -> Option<String> {
    if query.len() > MAX_LINK_BYTES {
        return None;
    }
    let mut pairs = repair::pairs(query).into_iter();
    pairs.rfind(|(key, _)| key == "show").map(|(_, tab)| tab.trim().to_owned())
}

/// Reads an experiment from a link's pairs. Pools without a size are `workers`
/// wide.
///
/// # Errors
/// Only where the defaults themselves are at fault.
pub fn read(pairs: &[(String, String)], workers: u32) -> Result<Linked> {
    let mut refused = Vec::new();
    let mut counts = Counts::default();
    let mut id = WorkloadId::Mandelbrot;
    for (key, value) in pairs.iter().filter(|(key, _)| key == "workload") {
        let named = workloads::named(value.trim());
        counts.note(key, value, named.is_ok());
        match named {
            Ok(named) => id = named,
            Err(failure) => refused.push(failure),
        }
    }
    let mut experiment = Experiment::default_for(id, workers)?;
    let mut given = Params::new();
    for (key, text) in pairs.iter().filter(|(key, _)| key != "workload") {
        let whole = |min, max| params::integer(key, &number_or_text(text), min, max);
        let taken = match key.as_str() {
            "models" => match models::read(text, workers, &mut refused) {
                models if models.is_empty() => None,
                models => {
                    experiment.executors = models;
                    Some(Ok(()))
                }
            },
            "repeats" => Some(
                Repeats::from_json(&number_or_text(text.trim())).map(|it| experiment.repeats = it),
            ),
            "warmup" => Some(whole(0, MAX_WARMUP.into()).map(|n| experiment.warmup = n as u32)),
            "runTimeoutMs" => {
                Some(whole(1, MAX_TIMEOUT_MS).map(|ms| experiment.timeout_ms = Some(ms as u32)))
            }
            "runSeed" => Some(whole(0, MAX_SAFE_INTEGER).map(|n| experiment.seed = n)),
            _ => Some(match id.params().iter().find(|spec| spec.name == key) {
                Some(spec) => param(spec, text).map(|value| drop(given.insert(key.clone(), value))),
                None => Err(no_such_key(id, key)),
            }),
        };
        counts.note(key, text, matches!(taken, Some(Ok(()))));
        refused.extend(taken.and_then(Result::err));
    }
    refused.extend(counts.given_twice());
    // Parameters may be right each and not go together.
    experiment.workload = loop {
        match Workload::new(id, &given) {
            Ok(workload) => break workload,
            Err(failure) => {
                let key = failure.key.as_ref().filter(|key| given.contains_key(*key));
                match key {
                    Some(key) => drop(given.remove(key)),
                    None => given.clear(),
                }
                refused.push(failure);
            }
        }
    };
    Ok(Linked { experiment, refused })
}

fn no_such_key(workload: WorkloadId, key: &str) -> Failure {
    Failure::invalid(key, NameProblem::NotInLink { workload: workload.id().into() })
}

/// What each key of a link was given as, and which of it counts.
#[derive(Default)]
struct Counts<'a>(Vec<Count<'a>>);

/// A key of a link.
struct Count<'a> {
    key: &'a str,
    given: Vec<&'a str>,
    taken: Option<&'a str>,
}

impl<'a> Counts<'a> {
    fn note(&mut self, key: &'a str, value: &'a str, is_taken: bool) {
        let at = self.0.iter().position(|one| one.key == key).unwrap_or_else(|| {
            self.0.push(Count { key, given: Vec::new(), taken: None });
            self.0.len() - 1
        });
        let count = &mut self.0[at];
        if !count.given.contains(&value) {
            count.given.push(value);
        }
        if is_taken {
            count.taken = Some(value);
        }
    }

    /// A word about each key that was given as several things, of which one counts.
    fn given_twice(&self) -> impl Iterator<Item = Failure> {
        let several = self.0.iter().filter(|one| one.given.len() > 1);
        several.filter_map(|one| {
            let counts = params::shown(&one.taken?.into()).into();
            Some(Failure::invalid(one.key, NameProblem::GivenTwice { counts }))
        })
    }
}

/// Writes an experiment as a query string, without what are the defaults.
pub fn write(experiment: &Experiment, workers: u32) -> String {
    let workload = experiment.workload.id();
    let mut pairs = vec![("workload".to_owned(), workload.id().to_owned())];
    for (name, value) in experiment.workload.params() {
        let default = workload.params().iter().find(|spec| spec.name == name);
        if default.and_then(ParamSpec::default_value) != Some(value.clone()) {
            pairs.push((name, plain(&value)));
        }
    }
    if experiment.executors != models_for(workload, workers) {
        let models = experiment.executors.iter().map(models::written);
        pairs.push(("models".to_owned(), models.collect::<Vec<_>>().join(",")));
    }
    if let Repeats::Fixed(rounds) = experiment.repeats {
        pairs.push(("repeats".to_owned(), rounds.to_string()));
    }
    for (key, value, default) in [
        ("warmup", experiment.warmup.into(), DEFAULT_WARMUP.into()),
        ("runSeed", experiment.seed, 1),
        // None is as good as 0, which no link may ask for.
        ("runTimeoutMs", experiment.timeout_ms.unwrap_or_default().into(), 0),
    ] {
        if value != default {
            pairs.push((key.to_owned(), value.to_string()));
        }
    }
    let pairs: Vec<_> =
        pairs.into_iter().map(|(key, value)| format!("{key}={}", encoded(&value))).collect();
    pairs.join("&")
}

/// `value` in a link. Ids, numbers, and what stands between models and their options stay
/// as they are, so that people can read them.
pub fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b",:.-_;=".contains(&byte);
    if value.bytes().all(plain) {
        return value.to_owned();
    }
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

#[cfg(test)]
mod tests;
