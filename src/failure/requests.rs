//! Requests without an answer, and addresses that are not asked.

use super::kind::FailureKind;
use crate::coded;
use crate::coded::Words;
use crate::wording::grouped;

coded! {
    /// Why a request brought no answer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum NoAnswer {
        /// The browser gave none.
        Refused {
            /// What the browser, or the page's service worker, says.
            said: Words,
        },
        /// The page's service worker did not answer.
        NoServiceWorker,
        /// The page has no window to ask from.
        NoWindow,
        /// The answer has a status that is no success.
        Status {
            /// The status of HTTP.
            status: u64,
        },
        /// There was none in time.
        Late {
            /// For how long one was waited for, in ms.
            after_ms: u64,
        },
        /// The answer has more bytes than are taken.
        TooLong,
        /// The answer has another length than was asked for.
        WrongLength {
            /// Bytes that it has.
            bytes: u64,
        },
    }
}

coded! {
    /// Which request failed.
    #[derive(Clone, Debug, PartialEq)]
    pub enum RequestProblem {
        /// One of an address that the reader named.
        ToAddress {
            /// The address.
            address: Words,
            /// The most bytes that are taken.
            most: u64,
            /// Why.
            why: NoAnswer,
        },
        /// One of what was stored beforehand.
        ToStore {
            /// The number of the request, from 1.
            number: u64,
            /// Why.
            why: NoAnswer,
        },
        /// One of the page's own service worker.
        ToPage {
            /// Why.
            why: NoAnswer,
        },
        /// The page's own answer has another length than was asked for.
        WrongLength {
            /// The number of the request, from 1.
            number: u64,
            /// Bytes that were asked for.
            wanted: u64,
            /// What came.
            why: NoAnswer,
        },
    }
}

impl NoAnswer {
    /// The reason, as part of a sentence.
    pub fn phrase(&self) -> String {
        match self {
            Self::Refused { said } => said.to_string(),
            Self::NoServiceWorker => "the page's service worker did not answer".to_owned(),
            Self::NoWindow => "there is no window".to_owned(),
            Self::Status { status } => format!("status {status}"),
            Self::Late { after_ms } => format!("no complete answer within {} s", after_ms / 1000),
            Self::TooLong => "too many bytes".to_owned(),
            Self::WrongLength { bytes } => format!("{} bytes", grouped(*bytes)),
        }
    }
}

impl RequestProblem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::ToAddress { why, .. }
            | Self::ToStore { why, .. }
            | Self::ToPage { why }
            | Self::WrongLength { why, .. } => match why {
                NoAnswer::Late { .. } => FailureKind::TimedOut,
                _ => FailureKind::TaskFailed,
            },
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::ToAddress { address, most, why } => to_address(address, *most, why),
            Self::ToStore { number, why } => format!(
                "The stored answer to request {number} could not be read ({}). Run it again, and \
                 do not clear this site's data during the run.",
                why.phrase()
            ),
            Self::ToPage { why } => format!(
                "A request failed: {}. Reload the page, or choose timed waits.",
                why.phrase()
            ),
            Self::WrongLength { number, wanted, why } => format!(
                "Request {number} returned {} instead of {}. Reload the page to update its service \
                 worker.",
                why.phrase(),
                grouped(*wanted)
            ),
        }
    }
}

fn to_address(address: &Words, most: u64, why: &NoAnswer) -> String {
    match why {
        NoAnswer::TooLong | NoAnswer::WrongLength { .. } => format!(
            "{address} returned more than {} bytes, the limit for each address. Choose something \
             smaller.",
            grouped(most)
        ),
        NoAnswer::Refused { .. } | NoAnswer::NoServiceWorker | NoAnswer::NoWindow => format!(
            "{address} could not be read ({}). Either nothing answers there, or its server does \
             not let other pages read it: it has to send Access-Control-Allow-Origin.",
            why.phrase()
        ),
        NoAnswer::Status { .. } => format!("{address}: {}. Check the address.", why.phrase()),
        NoAnswer::Late { after_ms } => format!(
            "{address} did not answer completely within {} s, so the request was stopped. Choose an \
             address that answers faster.",
            after_ms / 1000
        ),
    }
}

coded! {
    /// What is wrong with an address.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AddressFlaw {
        /// It is empty, or has characters that no address has.
        NoAddress,
        /// Its host is empty.
        NoHost,
        /// It holds a name or a password.
        HasPassword,
        /// It has neither a scheme nor the beginning of a relative address.
        NoBeginning,
        /// It is http of another machine.
        NotEncrypted,
        /// It has another scheme.
        NotOfTheWeb,
        /// The browser does not understand it.
        NotUnderstood,
    }
}

impl AddressFlaw {
    /// What is wrong and what to do, for a person, behind the address.
    pub fn message(&self) -> &'static str {
        match self {
            Self::NoAddress => "is not an address. Give one such as https://example.org/data.json.",
            Self::NoHost => "does not name a host. Give one such as https://example.org/data.json.",
            Self::HasPassword => "contains a user name or a password. Remove it: it is never sent.",
            Self::NoBeginning => {
                "is incomplete. Begin it with https:// if it names a host, or with ./ if it is \
                 relative to this page."
            }
            Self::NotEncrypted => "is not encrypted. Give https, or http on localhost only.",
            Self::NotOfTheWeb => "is not a web address. Give one that begins with https://.",
            Self::NotUnderstood => "is not a valid address. Correct it.",
        }
    }
}
