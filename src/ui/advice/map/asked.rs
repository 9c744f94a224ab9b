//! Which map a link asks for.

use crate::experiment::link;
use crate::failure::{Failure, InputProblem, NameProblem, names};
use crate::measure::model_map::View;
use crate::models::ExecutorKind;
use crate::workloads::params::shown;
use serde_json::Value;

/// The threads that a map may have, the default first: those of Python, and those without a GIL.
pub const THREADS: [ExecutorKind; 2] = [ExecutorKind::ThreadsGil, ExecutorKind::Threads];

/// Which map is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedMap {
    /// Over which figures.
    pub view: View,
    /// With which threads.
    pub threads: ExecutorKind,
}

impl AskedMap {
    /// What a query asks for, and what of it is refused.
    pub fn read(query: &str) -> (Self, Vec<Failure>) {
        let mut asked = Self { view: View::ALL[0], threads: THREADS[0] };
        let pairs = match link::pairs(query) {
            Ok(pairs) => pairs,
            Err(failure) => return (asked, vec![failure]),
        };
        let mut refused = Vec::new();
        for (key, value) in &pairs {
            let read = match key.as_str() {
                "view" => View::read(value).map(|view| asked.view = view),
                "threads" => threads(value).map(|threads| asked.threads = threads),
                _ => {
                    let known = names(["view", "threads"]);
                    let model = Some("A map".into());
                    Err(Failure::invalid(key, NameProblem::NoSuchKey { model, known }))
                }
            };
            refused.extend(read.err());
        }
        (asked, refused)
    }

    /// The query that asks for it.
    pub fn query(self) -> String {
        format!("view={}&threads={}", self.view.id(), self.threads.id())
    }
}

fn threads(word: &str) -> Result<ExecutorKind, Failure> {
    let threads = THREADS.into_iter().find(|kind| kind.id() == word);
    threads.ok_or_else(|| {
        let choices = names(THREADS.map(|kind| kind.id()));
        let got = shown(&Value::from(word)).into();
        Failure::invalid("threads", InputProblem::NotOneOf { choices, got })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_which_map_and_leads_back_to_it() {
        for (view, threads) in
            View::ALL.into_iter().flat_map(|view| THREADS.map(|threads| (view, threads)))
        {
            let asked = AskedMap { view, threads };
            assert_eq!(AskedMap::read(&asked.query()), (asked, Vec::new()));
        }
        let (default, refused) = AskedMap::read("");
        assert_eq!((default.view, default.threads), (View::Payload, ExecutorKind::ThreadsGil));
        assert!(refused.is_empty());
    }

    #[test]
    fn whatever_is_wrong_is_refused_by_its_key_and_the_rest_holds() {
        let (asked, refused) = AskedMap::read("view=waiting&threads=fibers&depth=3");
        assert_eq!(asked.view, View::Waiting);
        let keys: Vec<_> = refused.iter().map(|failure| failure.key.as_deref()).collect();
        assert_eq!(keys, [Some("threads"), Some("depth")]);
    }
}
