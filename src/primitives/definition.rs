//! What the page of a primitive consists of.

use crate::pitfalls::definition::{Attempt, Needs, Python, Start};
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::primitive::demonstration::{DEFAULT, Demonstration};
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::pitfalls::programs::threads::ThreadProgram;

/// What threads need, and processes that share numbers.
pub(super) const SHARED_MEMORY: Needs = Needs { shared_memory: true, cores: 1 };

/// A primitive, as its page shows it. In sentences, code stands between backticks.
#[derive(Debug)]
pub struct Primitive {
    /// The name in addresses.
    pub address: &'static str,
    /// The name in Python, its heading.
    pub title: &'static str,
    /// What it is, in a sentence for the list.
    pub line: &'static str,
    /// What its demonstrations need.
    pub needs: Needs,
    /// What it is for, a paragraph each.
    pub about: &'static [&'static str],
    /// What the reader can run.
    pub parts: &'static [Part],
    /// What threads come for, as it is counted: "Acquisitions"; empty where processes use it.
    pub got: &'static str,
    /// What one use of it is by a thread, whose cost is measured.
    pub one_use: &'static str,
    /// How it is in Python.
    pub python: &'static [Python],
}

/// Attempts that belong together.
#[derive(Debug)]
pub struct Part {
    /// Its heading.
    pub title: &'static str,
    /// What threads are about to do, and what to look at, a paragraph each.
    pub see: &'static [&'static str],
    /// What can be run.
    pub attempts: &'static [Attempt],
}

/// The heading of the part in which a primitive is used as it is meant to be.
pub(super) const AT_WORK: &str = "See it at work";

/// The attempt in which threads use `primitive` as it is meant to be.
pub(super) const fn at_work(primitive: PrimitiveId, about: &'static str) -> Attempt {
    let start = demonstration(Demonstration::of(primitive, DEFAULT));
    Attempt { id: "use", label: "Run it", about, start }
}

/// The start of a demonstration. The page has as many threads take part as the reader says.
pub(super) const fn demonstration(of: Demonstration) -> Start {
    Start::Program(Program::Threads(ThreadProgram::Primitive(of)))
}

impl Part {
    /// Whether the reader says how many threads take part.
    pub fn is_for_any_number(&self) -> bool {
        self.attempts.iter().any(|attempt| match attempt.start {
            Start::Program(program) => with_threads(program, 0) != program,
            Start::Experiment { .. } => false,
        })
    }
}

/// The program with so many threads, if it is for any number of them.
pub fn with_threads(program: Program, threads: u32) -> Program {
    match program {
        Program::Threads(ThreadProgram::Primitive(of)) => {
            let of = Demonstration { threads, ..of };
            Program::Threads(ThreadProgram::Primitive(of.within_bounds()))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::programs::lost_update::{Adders, LostUpdate};
    use crate::pitfalls::programs::primitive::demonstration::{FEWEST, MOST};

    #[test]
    fn readers_choose_how_many_threads_take_part_within_bounds() {
        let program = ThreadProgram::Primitive(Demonstration::of(PrimitiveId::Lock, DEFAULT));
        let threads = |of| match with_threads(Program::Threads(program), of) {
            Program::Threads(program) => program.threads(),
            Program::Processes(_) => 0,
        };
        assert_eq!([0, 3, 100].map(threads), [FEWEST, 3, MOST]);
        let counting = ThreadProgram::LostUpdate(LostUpdate::Lock, Adders::FOUR);
        let counting = Program::Threads(counting);
        assert_eq!(with_threads(counting, 2), counting);
    }
}
