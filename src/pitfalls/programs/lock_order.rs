//! Two threads that transfer between two accounts, each of which has a lock.

use super::cast::{Cast, Resource};
use crate::wording::{counted_are, grouped};
use serde::{Deserialize, Serialize};

/// How many transfers each thread makes.
pub const TRANSFERS: u32 = 50;
/// How long a transfer takes between its two locks, in ms.
pub const BETWEEN_MS: u64 = 1;
/// How long a transfer waits for its second lock at most, in ms, where it may give up.
pub const PATIENCE_MS: u64 = 5;

/// How they take the locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockOrder {
    /// Each takes the lock of the account it takes from first.
    Opposite,
    /// Both take lock A first.
    Same,
    /// In opposite orders, but each gives up after a while, frees what it has, and tries again.
    Retry,
    /// Not at all: a third thread owns the accounts, and they send it what it is to do.
    Owner,
}

impl LockOrder {
    /// How many threads take part.
    pub fn threads(self) -> u32 {
        if self == Self::Owner { 3 } else { 2 }
    }
}

/// Who waits for what.
pub const CAST: Cast = Cast {
    actors: &["Thread 1", "Thread 2", "Owner"],
    resources: &[
        Resource { name: "lock A", by: "held by" },
        Resource { name: "lock B", by: "held by" },
    ],
};

/// What they came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transferred {
    /// How they took the locks.
    pub way: LockOrder,
    /// How many transfers were made.
    pub transfers: u32,
    /// How often one gave up and tried again.
    pub retries: u32,
    /// What both accounts held before.
    pub total_before: u32,
    /// What they hold together now.
    pub total_after: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

impl Transferred {
    /// Whether no money came or went.
    pub fn is_right(&self) -> bool {
        self.total_before == self.total_after
    }

    /// "100 transfers are made, after 12 retries. Both accounts together hold 2,000, as before."
    pub fn sentence(&self) -> String {
        let made = format!("{} made", counted_are(self.transfers.into(), "transfer"));
        let retries = match self.retries {
            0 => String::new(),
            1 => ", with 1 retry".to_owned(),
            many => format!(", with {} retries", grouped(many.into())),
        };
        let total = grouped(self.total_after.into());
        let total = match self.is_right() {
            true => format!("Both accounts together hold {total}, as before"),
            false => format!(
                "Both accounts together hold {total}, not {} as before",
                grouped(self.total_before.into())
            ),
        };
        let chance = match self.way {
            LockOrder::Opposite => " This time they do not deadlock, by chance. Run it again.",
            _ => "",
        };
        format!("{made}{retries}. {total}.{chance}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_says_what_became_of_the_money() {
        let made = |way, retries, total_after| {
            let (transfers, total_before, took_ms) = (100, 2_000, 1.0);
            Transferred { way, transfers, retries, total_before, total_after, took_ms }.sentence()
        };
        assert_eq!(
            made(LockOrder::Retry, 12, 2_000),
            "100 transfers are made, with 12 retries. Both accounts together hold 2,000, as before."
        );
        assert!(made(LockOrder::Same, 0, 1_999).contains("hold 1,999, not 2,000 as before"));
        assert!(made(LockOrder::Opposite, 0, 2_000).contains("by chance"));
    }
}
