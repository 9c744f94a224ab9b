//! Workers that do not start, answer or stay.

use super::kind::FailureKind;
use crate::coded;
use crate::coded::Words;

coded! {
    /// What became of a worker.
    #[derive(Clone, Debug, PartialEq)]
    pub enum WorkerProblem {
        /// The browser starts no more for one site.
        TooFewStarted {
            /// Workers that began.
            begun: u64,
            /// Workers that were to start.
            wanted: u64,
        },
        /// All began, and then nothing was heard from them.
        SilentAtStart {
            /// Workers that were to start.
            wanted: u64,
            /// For how long nothing was heard, in ms.
            silent_ms: u64,
        },
        /// Nothing was heard from one that had work.
        Silent {
            /// For how long nothing was heard, in ms.
            silent_ms: u64,
        },
        /// Nobody is left who could answer.
        Gone,
        /// One threw, or could not be loaded.
        Lost {
            /// What it, or the browser, says.
            said: Words,
        },
        /// A message of one could not be received.
        NotReceived,
        /// The script of one could not be loaded.
        NotLoaded,
        /// One sent what is no message.
        SentUnknown,
        /// A message of one could not be decoded, or it speaks another version.
        Unreadable,
        /// One answered something else than it was asked.
        OutOfTurn,
        /// One was sent a message that is not for it.
        NotForIt,
        /// A pool was asked for something it was not prepared for.
        NotPrepared,
    }
}

impl WorkerProblem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::SilentAtStart { .. } | Self::Silent { .. } => FailureKind::TimedOut,
            _ => FailureKind::WorkerLost,
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        let lost =
            |what: &str| format!("A worker was lost: {what}. Reload the page and run it again.");
        match self {
            Self::TooFewStarted { begun: 0, wanted } => format!(
                "None of {wanted} workers started: this browser starts no more for one site. Use \
                 fewer in all models together, or close other tabs of this site."
            ),
            Self::TooFewStarted { begun, wanted } => format!(
                "Only {begun} of {wanted} workers started: this browser starts no more for one \
                 site. Use {begun} or fewer, or close other tabs of this site."
            ),
            Self::SilentAtStart { wanted, silent_ms } => format!(
                "All {wanted} workers started, then sent nothing for {} s. Run it again, with \
                 fewer workers if it happens again.",
                silent_ms / 1000
            ),
            Self::Silent { silent_ms } => format!(
                "A worker sent nothing for {} s, so it was stopped. Make the work smaller, or use \
                 fewer workers.",
                silent_ms / 1000
            ),
            Self::Gone => "A worker is gone. Run it again.".to_owned(),
            Self::Lost { said } => lost(said.as_str()),
            Self::NotReceived => lost("a message could not be received"),
            Self::NotLoaded => lost("its script could not be loaded"),
            Self::SentUnknown => lost("it sent something unknown"),
            Self::Unreadable => {
                "A worker's message could not be read. Reload the page, so that all \
                                 its parts are of one version."
                    .to_owned()
            }
            Self::OutOfTurn => {
                "A worker's answer does not match its request. Reload the page.".to_owned()
            }
            Self::NotForIt => {
                "A worker received a message that it does not handle. Reload the page.".to_owned()
            }
            Self::NotPrepared => {
                "The pool received a request that it was not prepared for. Reload the page."
                    .to_owned()
            }
        }
    }
}
