//! Whose failure it was.

use crate::coded;

coded! {
    /// A program that can fail.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Who {
        /// The page.
        Page,
        /// The program that computes, on the page's own thread.
        PageProgram,
        /// A worker.
        Worker,
        /// A thread of a pool.
        Thread,
    }
}

impl Who {
    /// Its name, at the beginning of a sentence.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Page => "The page",
            Self::PageProgram => "The program on this page's own thread",
            Self::Worker => "A worker",
            Self::Thread => "A thread",
        }
    }
}
