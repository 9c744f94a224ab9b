//! The primitives' texts: a file for each, and their list.

use super::definition::Primitive;
use crate::pitfalls::programs::primitive::id::PrimitiveId;

mod barrier;
mod condition;
mod event;
mod locks;
mod queue;
mod semaphores;

/// Every primitive, in the order of the list.
pub const ALL: &[&Primitive] = &[
    &locks::LOCK,
    &locks::RLOCK,
    &semaphores::SEMAPHORE,
    &semaphores::BOUNDED_SEMAPHORE,
    &event::EVENT,
    &condition::CONDITION,
    &barrier::BARRIER,
    &queue::QUEUE,
];

/// The primitive with this name in addresses.
pub fn named(name: &str) -> Option<&'static Primitive> {
    let id = PrimitiveId::from_id(name)?;
    ALL.iter().copied().find(|primitive| primitive.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::definition::Start;
    use crate::pitfalls::programs::Program;
    use crate::pitfalls::programs::lost_update::Adders;
    use crate::pitfalls::programs::primitive::demonstration;
    use crate::pitfalls::programs::threads::ThreadProgram;
    use std::collections::BTreeSet;

    /// All texts in which code and terms are marked.
    fn texts(of: &Primitive) -> Vec<&'static str> {
        let parts = of.parts.iter();
        let see = parts.clone().flat_map(|part| part.see.iter().copied());
        let about = parts.flat_map(|part| part.attempts).map(|attempt| attempt.about);
        let says = of.python.iter().map(|python| python.says);
        [of.line, of.one_use]
            .into_iter()
            .chain(of.about.iter().copied())
            .chain(see)
            .chain(about)
            .chain(says)
            .collect()
    }

    #[test]
    fn every_primitive_has_its_page() {
        let ids: Vec<_> = ALL.iter().map(|primitive| primitive.id).collect();
        assert_eq!(ids, PrimitiveId::ALL);
        for primitive in ALL {
            assert_eq!(named(primitive.id.id()).map(|it| it.id), Some(primitive.id));
            assert!(!primitive.python.is_empty(), "{}", primitive.id.id());
        }
    }

    #[test]
    fn each_demonstrates_itself_and_attempts_have_names_of_their_own() {
        for primitive in ALL {
            let attempts: Vec<_> = primitive.parts.iter().flat_map(|part| part.attempts).collect();
            let names: BTreeSet<_> = attempts.iter().map(|attempt| attempt.id).collect();
            assert_eq!(names.len(), attempts.len());
            for attempt in attempts {
                let Start::Program(Program::Threads(program)) = attempt.start else {
                    panic!("{} is no program of threads", attempt.id)
                };
                match program {
                    ThreadProgram::Primitive(of) => assert_eq!(of.primitive, primitive.id),
                    _ => assert_eq!(primitive.id, PrimitiveId::Lock),
                }
            }
        }
    }

    #[test]
    fn numbers_in_texts_are_those_of_the_programs() {
        let says = [
            (0, format!("{} times", demonstration::ROUNDS)),
            (0, format!("{} ms", demonstration::HOLD_MS)),
            (6, format!("{} times", demonstration::CYCLES)),
            (6, format!("{} ms", demonstration::PATIENCE_MS)),
            (7, format!("holds {}", demonstration::MAXSIZE)),
        ];
        for (at, said) in says {
            let found = texts(ALL[at]).iter().any(|text| text.contains(&said));
            assert!(found, "{}: {said}", ALL[at].id.id());
        }
        assert_eq!(Adders::FOUR.threads * Adders::FOUR.each, 1_000_000, "“a million times”");
    }

    #[test]
    fn terms_are_in_the_glossary_and_code_is_closed() {
        let glossary = include_str!("../../../www/guide/glossary.toml");
        for text in ALL.iter().flat_map(|primitive| texts(primitive)) {
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            let links = text.split("](").skip(1).filter_map(|link| Some(link.split_once(')')?.0));
            for term in links {
                assert!(glossary.contains(&format!("id = \"{term}\"\n")), "{term}");
            }
        }
    }
}
