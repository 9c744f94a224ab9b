//! The primitives' texts: a file for each, and their list.

use super::definition::Primitive;

mod barrier;
mod condition;
mod event;
mod locks;
mod processes;
mod queue;
mod semaphores;

/// The primitives of `threading` and `queue`, in the order of the list.
pub const OF_THREADS: &[&Primitive] = &[
    &locks::LOCK,
    &locks::RLOCK,
    &semaphores::SEMAPHORE,
    &semaphores::BOUNDED_SEMAPHORE,
    &event::EVENT,
    &condition::CONDITION,
    &barrier::BARRIER,
    &queue::QUEUE,
];

/// The primitives of `multiprocessing`.
pub const OF_PROCESSES: &[&Primitive] = &[
    &processes::PROCESS,
    &processes::QUEUE,
    &processes::PIPE,
    &processes::MANAGER,
    &processes::VALUE,
];

/// Every primitive, in the order of the list.
pub fn all() -> impl Iterator<Item = &'static Primitive> {
    OF_THREADS.iter().chain(OF_PROCESSES).copied()
}

/// The primitive with this name in addresses.
pub fn named(name: &str) -> Option<&'static Primitive> {
    all().find(|primitive| primitive.address == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::definition::Start;
    use crate::pitfalls::programs::Program;
    use crate::pitfalls::programs::lost_update::Adders;
    use crate::pitfalls::programs::primitive::demonstration;
    use crate::pitfalls::programs::primitive::id::PrimitiveId;
    use crate::pitfalls::programs::processes::primitive as processes;
    use crate::pitfalls::programs::threads::ThreadProgram;
    use crate::wording::grouped;
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
        let threads: Vec<_> = OF_THREADS.iter().map(|primitive| primitive.address).collect();
        assert_eq!(threads, PrimitiveId::ALL.map(PrimitiveId::id));
        let addresses: BTreeSet<_> = all().map(|primitive| primitive.address).collect();
        assert_eq!(addresses.len(), all().count());
        for primitive in all() {
            assert_eq!(named(primitive.address).map(|it| it.title), Some(primitive.title));
            assert!(!primitive.python.is_empty(), "{}", primitive.address);
        }
    }

    #[test]
    fn each_demonstrates_itself_and_attempts_have_names_of_their_own() {
        for primitive in all() {
            let attempts: Vec<_> = primitive.parts.iter().flat_map(|part| part.attempts).collect();
            let names: BTreeSet<_> = attempts.iter().map(|attempt| attempt.id).collect();
            assert_eq!(names.len(), attempts.len());
            for attempt in attempts {
                match attempt.start {
                    Start::Program(Program::Threads(ThreadProgram::Primitive(of))) => {
                        assert_eq!(of.primitive.id(), primitive.address);
                    }
                    Start::Program(Program::Threads(_)) => assert_eq!(primitive.address, "lock"),
                    Start::Program(Program::Processes(_)) => {
                        assert!(OF_PROCESSES.iter().any(|it| it.address == primitive.address));
                    }
                    Start::Experiment { .. } => panic!("{} is no program", attempt.id),
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
            (8, format!("exit code {}", processes::EXIT_CODE)),
            (8, format!("{} ms", processes::JOIN_MS)),
            (9, format!("{} numbers", grouped(processes::ITEMS.into()))),
            (10, format!("{} times with {} bytes", processes::ROUND_TRIPS, processes::SMALL_BYTES)),
            (10, format!("{} times with 1 MB", processes::LARGE_ROUND_TRIPS)),
            (11, format!("{} times each", processes::MANAGED_ADDITIONS)),
            (12, format!("{} times each", grouped(processes::SHARED_ADDITIONS.into()))),
        ];
        let all: Vec<_> = all().collect();
        for (at, said) in says {
            let found = texts(all[at]).iter().any(|text| text.contains(&said));
            assert!(found, "{}: {said}", all[at].address);
        }
        assert_eq!(Adders::FOUR.threads * Adders::FOUR.each, 1_000_000, "“a million times”");
    }

    #[test]
    fn terms_are_in_the_glossary_and_code_is_closed() {
        let glossary = include_str!("../../../www/guide/glossary.toml");
        for text in all().flat_map(texts) {
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            let links = text.split("](").skip(1).filter_map(|link| Some(link.split_once(')')?.0));
            for term in links {
                assert!(glossary.contains(&format!("id = \"{term}\"\n")), "{term}");
            }
        }
    }
}
