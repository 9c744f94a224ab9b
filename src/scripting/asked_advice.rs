//! What a script asks advice about, read from JSON.

use crate::advice::{Evidence, Lens, own_work};
use crate::experiment::{read_object, read_workload};
use crate::failure::{Failure, InputProblem, NameProblem, Result, names};
use crate::workloads::Workload;
use serde_json::Value;

const KEYS: [&str; 4] = ["workload", "params", "work", "lens"];

/// What the advice is about.
#[derive(Debug, PartialEq)]
pub enum Subject {
    /// A workload, which is to be profiled.
    Workload(Box<Workload>),
    /// Work that cannot be run here, as the script describes it.
    OwnWork(Box<Evidence>),
}

/// What a script asks advice about.
#[derive(Debug, PartialEq)]
pub struct AskedAdvice {
    /// For whom.
    pub lens: Lens,
    /// About what.
    pub subject: Subject,
}

impl AskedAdvice {
    /// Reads what a script wrote as JSON, on a machine of so many cores.
    ///
    /// # Errors
    /// `InvalidInput` that names the offending key.
    pub fn from_json(text: &str, cores: u32) -> Result<Self> {
        let given = read_object(text, "recommend")?;
        let is_unknown = |key: &&String| {
            !KEYS.contains(&key.as_str())
                // Of work that is described nothing is run.
                || given.contains_key("work") && ["workload", "params"].contains(&key.as_str())
        };
        if let Some(key) = given.keys().find(is_unknown) {
            let known = match given.contains_key("work") {
                true => names(["work", "lens"]),
                false => names(KEYS),
            };
            let problem = NameProblem::NoSuchKey { model: Some("recommend".into()), known };
            return Err(Failure::invalid(key, problem));
        }
        let lens = given.get("lens").map_or(Ok(Lens::Python), Lens::read)?;
        let subject = match given.get("work") {
            None => Subject::Workload(Box::new(read_workload(&given)?)),
            Some(Value::Object(work)) => Subject::OwnWork(Box::new(own_work::read(work, cores)?)),
            Some(_) => return Err(Failure::invalid("work", InputProblem::NotObject)),
        };
        Ok(Self { lens, subject })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(given: Value) -> Result<AskedAdvice> {
        AskedAdvice::from_json(&given.to_string(), 4)
    }

    #[test]
    fn workload_or_work_is_read_with_its_lens() {
        let asked = read(json!({ "workload": "primes", "lens": "rust" })).expect("valid");
        assert_eq!(asked.lens, Lens::Rust);
        assert!(matches!(asked.subject, Subject::Workload(_)));
        let asked = read(json!({ "work": { "tasks": 4, "computeMs": 2 } })).expect("valid");
        assert_eq!(asked.lens, Lens::Python);
        let Subject::OwnWork(evidence) = asked.subject else { panic!("it is described") };
        assert_eq!((evidence.work.tasks, evidence.cores.value), (4, 4.0));
    }

    #[test]
    fn whatever_is_wrong_is_refused_by_name() {
        for (key, given) in [
            ("workload", json!({})),
            ("workload", json!({ "workload": "nothing" })),
            ("count", json!({ "workload": "primes", "params": { "count": -1 } })),
            ("executors", json!({ "workload": "primes", "executors": [] })),
            ("lens", json!({ "workload": "primes", "lens": "go" })),
            ("work", json!({ "work": 4 })),
            ("tasks", json!({ "work": {} })),
            ("workload", json!({ "work": { "tasks": 1, "computeMs": 1 }, "workload": "primes" })),
            ("recommend", json!([])),
        ] {
            let message = read(given).expect_err("is wrong").message();
            assert!(message.starts_with(&format!("{key}: ")), "{message}");
        }
    }
}
