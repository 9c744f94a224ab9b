//! The pitfalls' texts: a file for each, and their list. A new one is its own file and its line here.

use super::definition::Pitfall;
use super::id::PitfallId;

mod chatty_queue;
mod global_state;
mod large_payload;
mod lock_order;
mod lost_update;
mod main_guard;
mod queue_deadlock;
mod start_methods;
mod starved_event_loop;
mod too_many_workers;
mod unsendable;

pub use lost_update::STEPS as LOST_UPDATE_STEPS;

/// Every pitfall, in the order of the list.
pub const ALL: &[&Pitfall] = &[
    &lost_update::PITFALL,
    &lock_order::PITFALL,
    &queue_deadlock::PITFALL,
    &unsendable::PITFALL,
    &global_state::PITFALL,
    &main_guard::PITFALL,
    &start_methods::PITFALL,
    &too_many_workers::PITFALL,
    &chatty_queue::PITFALL,
    &large_payload::PITFALL,
    &starved_event_loop::PITFALL,
];

/// The pitfall with this id.
pub fn pitfall(id: PitfallId) -> Option<&'static Pitfall> {
    ALL.iter().copied().find(|pitfall| pitfall.id == id)
}

/// The pitfall with this name.
pub fn named(name: &str) -> Option<&'static Pitfall> {
    PitfallId::from_id(name).and_then(pitfall)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::link;
    use crate::pitfalls::definition::Start;
    use std::collections::BTreeSet;

    #[test]
    fn each_pitfall_is_listed_once_in_the_order_of_the_ids() {
        let ids: Vec<_> = ALL.iter().map(|pitfall| pitfall.id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }

    #[test]
    fn each_case_fails_says_why_and_has_a_cure() {
        for pitfall in ALL {
            let id = pitfall.id.id();
            assert!(!pitfall.cases.is_empty(), "{id}");
            for case in pitfall.cases {
                let parts = [case.see.len(), case.fails.len(), case.why.len(), case.cures.len()];
                assert!(parts.iter().all(|len| *len > 0), "{id}: {parts:?}");
            }
            let names: BTreeSet<_> = pitfall.attempts().map(|attempt| attempt.id).collect();
            assert_eq!(names.len(), pitfall.attempts().count(), "{id} has attempts of one name");
        }
    }

    #[test]
    fn each_experiment_is_one_of_the_lab() {
        for pitfall in ALL {
            for attempt in pitfall.attempts() {
                let Start::Experiment { query, shows } = attempt.start else { continue };
                let pairs = link::pairs(query).expect("is short");
                for workers in [2, 8, 32] {
                    let linked = link::read(&pairs, workers).expect("the defaults hold");
                    assert!(linked.refused.is_empty(), "{}: {:?}", attempt.id, linked.refused);
                    for figure in shows {
                        let models = linked.experiment.executors.len();
                        assert_eq!(figure.check(models), Ok(()), "{}", attempt.id);
                    }
                }
            }
        }
    }

    #[test]
    fn sources_are_documents_of_python() {
        for python in ALL.iter().flat_map(|pitfall| pitfall.python) {
            let Some(source) = python.source else { continue };
            assert!(source.starts_with("https://docs.python.org/3/"), "{source}");
            assert!(source.contains(".html"), "{source}");
        }
    }

    #[test]
    fn code_in_sentences_is_closed() {
        for pitfall in ALL {
            let cases = pitfall.cases.iter().flat_map(|case| case.see.iter().chain(case.why));
            let abouts = pitfall.attempts().map(|attempt| &attempt.about);
            let python = pitfall.python.iter().map(|python| &python.says);
            for text in cases.chain(abouts).chain(python).chain([&pitfall.line]) {
                assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            }
        }
    }
}
