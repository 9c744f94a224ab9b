//! Failures for lack of memory.

use super::who::Who;
use crate::coded;
use crate::coded::Words;

coded! {
    /// What there was no memory for.
    #[derive(Clone, Debug, PartialEq)]
    pub enum MemoryProblem {
        /// The work needs more bytes at once than fit.
        DoesNotFit {
            /// Bytes that are needed.
            bytes: u64,
            /// The most bytes that fit.
            most: u64,
        },
        /// A program asked for more than its memory may grow to.
        Exhausted {
            /// Which program.
            who: Who,
            /// Bytes that it asked for.
            asked: u64,
            /// Bytes that it had then.
            in_use: u64,
        },
        /// The browser has none left for the page.
        NoneLeft {
            /// Who asked for some.
            who: Who,
        },
        /// A run needs more memories at once than a tab has.
        TooManyMemories {
            /// Memories that are needed.
            needed: u64,
            /// Memories that there are.
            available: u64,
        },
        /// The data of a run, with the copies of it, is more than fits.
        DataDoesNotFit {
            /// Bytes that are needed.
            bytes: u64,
            /// Bytes that there are.
            available: u64,
        },
        /// A picture cannot be drawn.
        PictureNotDrawn {
            /// What the browser says.
            said: Words,
        },
        /// A file cannot be copied.
        NoRoomForFile {
            /// What the browser says.
            said: Words,
        },
        /// A picture of a chart cannot be made.
        NoRoomForPicture,
    }
}

impl MemoryProblem {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::DoesNotFit { bytes, most } => format!(
                "This work needs {} MB at once; the most that fits here is {} MB. Make it smaller.",
                rounded_up_mb(*bytes),
                mb(*most)
            ),
            Self::Exhausted { who, asked, in_use } => format!(
                "{} ran out of memory: it had {} MB and needed {} MB more. Make the work smaller: \
                 at most {}% of it fits here.",
                who.name(),
                mb(*in_use),
                rounded_up_mb(*asked),
                share(*in_use, *asked)
            ),
            Self::NoneLeft { who } => format!(
                "{} ran out of memory: the browser has no more for this page. Make the work \
                 smaller, or use fewer workers.",
                who.name()
            ),
            Self::TooManyMemories { needed, available } => format!(
                "This run needs {needed} WebAssembly memories at once, one for each process; a tab \
                 has {available} for it. Use {} fewer processes, in all models together.",
                needed.saturating_sub(*available)
            ),
            Self::DataDoesNotFit { bytes, available } => format!(
                "This run needs {} MB at once for its data and all copies; {} MB are available \
                 here. Make the data smaller, or use fewer processes or models.",
                rounded_up_mb(*bytes),
                mb(*available)
            ),
            Self::PictureNotDrawn { said } => {
                format!("the browser has no memory to draw it ({said}). Close other tabs.")
            }
            Self::NoRoomForFile { said } => {
                format!("There is not enough memory for the file ({said}). Close other tabs.")
            }
            Self::NoRoomForPicture => {
                "There is not enough memory for the picture. Close other tabs, or save it as SVG."
                    .to_owned()
            }
        }
    }
}

fn mb(bytes: u64) -> u64 {
    bytes / 1_000_000
}

fn rounded_up_mb(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// How much of what was asked for fits, in percent.
fn share(in_use: u64, asked: u64) -> u128 {
    let (in_use, asked) = (u128::from(in_use), u128::from(asked));
    100 * in_use / (in_use + asked).max(1)
}
