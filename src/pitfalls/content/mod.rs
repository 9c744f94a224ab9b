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
    use crate::pitfalls::programs::processes::{calls, counting, generations, inheriting, sending};
    use crate::pitfalls::programs::{lock_order, lost_update, queue_deadlock};
    use crate::wording::grouped;
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

    /// All sentences of a pitfall.
    fn texts(pitfall: &Pitfall) -> Vec<&'static str> {
        let cases = pitfall.cases.iter().flat_map(|case| case.see.iter().chain(case.why));
        let abouts = pitfall.attempts().map(|attempt| &attempt.about);
        let python = pitfall.python.iter().map(|python| &python.says);
        cases.chain(abouts).chain(python).chain([&pitfall.line]).copied().collect()
    }

    #[test]
    fn numbers_in_texts_are_those_of_the_programs() {
        assert_eq!(lost_update::Adders::PAIR.each, 1_000_000, "“a million times”");
        assert_eq!(generations::GENERATIONS, 3, "“three generations”");
        let all_added =
            grouped((lost_update::Adders::PAIR.threads * lost_update::Adders::PAIR.each).into());
        let items = queue_deadlock::ITEMS;
        let bound = queue_deadlock::BOUND;
        let loaded_mb = inheriting::LOADED_BYTES >> 20;
        let says = [
            (PitfallId::LostUpdate, vec![format!("show {all_added} at the end")]),
            (
                PitfallId::LockOrder,
                vec![
                    format!("{} times each", lock_order::TRANSFERS),
                    format!("spends {} ms between", lock_order::BETWEEN_MS),
                    format!("second lock for {} ms", lock_order::PATIENCE_MS),
                ],
            ),
            (
                PitfallId::QueueDeadlock,
                vec![
                    format!(
                        "puts {items} items into a [queue](queue) that holds {bound}, and ends"
                    ),
                    format!("puts {items} items into a queue that holds {bound}, and then"),
                    format!("After {bound} items"),
                    format!("With {bound} items or fewer"),
                ],
            ),
            (PitfallId::Unsendable, vec![format!("values of {} kinds", sending::KINDS.len())]),
            (
                PitfallId::GlobalState,
                vec![
                    format!("run {} [tasks](task)", counting::TASKS),
                    format!("run {} tasks", calls::CALLS),
                ],
            ),
            (
                PitfallId::StartMethods,
                vec![
                    format!("loads {loaded_mb} MB of data"),
                    format!("counter to {}", inheriting::COUNTER),
                    format!("ends it after {} s", inheriting::LOCK_MS / 1_000),
                ],
            ),
        ];
        for (id, numbers) in says {
            let texts = texts(pitfall(id).expect("it has a text"));
            for said in numbers {
                assert!(texts.iter().any(|text| text.contains(&said)), "{}: {said}", id.id());
            }
        }
    }

    #[test]
    fn no_pool_is_wider_than_the_one_that_is_too_wide() {
        let read = |query: &str| {
            let pairs = link::pairs(query).expect("is short");
            link::read(&pairs, 2).expect("the defaults hold").refused.is_empty()
        };
        assert!(read("workload=primes&models=processes:32"));
        assert!(!read("workload=primes&models=processes:33"));
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
    fn terms_are_in_the_glossary() {
        let glossary = include_str!("../../../www/guide/glossary.toml");
        for pitfall in ALL {
            let links = texts(pitfall).into_iter().flat_map(|text| text.split("](").skip(1));
            let terms: Vec<_> = links.filter_map(|link| Some(link.split_once(')')?.0)).collect();
            assert!(!terms.is_empty(), "{} explains no term", pitfall.id.id());
            for term in terms {
                assert!(glossary.contains(&format!("id = \"{term}\"\n")), "{term}");
            }
        }
    }

    #[test]
    fn code_in_sentences_is_closed() {
        for text in ALL.iter().flat_map(|pitfall| texts(pitfall)) {
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
        }
    }
}
