//! What may be wrong with the browser's storage.

use crate::coded;
use crate::coded::Words;

coded! {
    /// What went wrong with the browser's storage.
    #[derive(Clone, Debug, PartialEq)]
    pub enum StorageFlaw {
        /// The browser has no locks, which keep two tabs apart.
        NoLocks,
        /// The lock was lost while it was waited for.
        LockLost,
        /// The browser has no private files.
        NoFiles,
        /// The browser has no database.
        NoDatabase,
        /// Another tab has the database open.
        OpenElsewhere,
        /// The database gave no reason.
        NoReason,
        /// The browser threw something.
        Thrown {
            /// What the browser says.
            said: Words,
        },
    }
}

impl StorageFlaw {
    /// What went wrong, as part of a sentence.
    pub(super) fn phrase(&self) -> &str {
        match self {
            Self::NoLocks => "this browser has no locks",
            Self::LockLost => "the lock was lost",
            Self::NoFiles => "this browser has no private files",
            Self::NoDatabase => "this browser has no database",
            Self::OpenElsewhere => "it is in use elsewhere; close this page in other tabs",
            Self::NoReason => "the database gave no reason",
            Self::Thrown { said } => said.as_str(),
        }
    }
}
