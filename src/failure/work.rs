//! Work that failed by itself.

use super::kind::FailureKind;
use super::who::Who;
use crate::coded;
use crate::coded::Words;

coded! {
    /// What failed.
    #[derive(Clone, Debug, PartialEq)]
    pub enum WorkProblem {
        /// A program panicked or trapped.
        Stopped {
            /// Which program.
            who: Who,
            /// What it, or the browser, says.
            said: Words,
        },
        /// The browser refused a message to a worker.
        MessageRefused {
            /// What the browser says.
            said: Words,
        },
        /// A message could not be encoded.
        MessageNotWritten {
            /// What the encoder says.
            said: Words,
        },
        /// An answer could not be decoded.
        AnswerNotRead {
            /// What the decoder says.
            said: Words,
        },
        /// A model took longer to compute everything once than the experiment allows.
        TookTooLong {
            /// How long it may take, in ms.
            limit_ms: u64,
        },
        /// A report could not be made for a script.
        ReportNotWritten {
            /// What the browser says.
            said: Words,
        },
    }
}

impl WorkProblem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::TookTooLong { .. } => FailureKind::TimedOut,
            _ => FailureKind::TaskFailed,
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::Stopped { who, said } => format!(
                "{} stopped: {said}. Run it again; if it stops again, please report it.",
                who.name()
            ),
            Self::MessageRefused { said } => {
                format!("A message to a worker was refused: {said}. Make the work smaller.")
            }
            Self::MessageNotWritten { said } => format!("A message could not be written: {said}."),
            Self::AnswerNotRead { said } => format!("The answer could not be read: {said}."),
            Self::TookTooLong { limit_ms } => format!(
                "It took longer than the {limit_ms} ms that this experiment allows, and was ended. \
                 Make the work smaller, or allow more (timeoutMs)."
            ),
            Self::ReportNotWritten { said } => format!("The report could not be written: {said}."),
        }
    }
}
