//! Threads that add to one counter.

use crate::measure::format;
use crate::wording::{counted_are, grouped};
use serde::{Deserialize, Serialize};

/// Who adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adders {
    /// How many threads.
    pub threads: u32,
    /// How often each of them adds 1.
    pub each: u32,
}

impl Adders {
    /// Two threads with a million additions each.
    pub const PAIR: Self = Self { threads: 2, each: 1_000_000 };
    /// Four threads with a million additions together.
    pub const FOUR: Self = Self { threads: 4, each: 250_000 };
}

/// How they add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LostUpdate {
    /// By a read and a write.
    Apart,
    /// By a read and a write, under a lock.
    Lock,
    /// By one atomic instruction.
    Atomic,
    /// Each counts by itself and sends its count at the end.
    Message,
}

/// What they came to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// How they added.
    pub way: LostUpdate,
    /// What all additions come to.
    pub expected: u32,
    /// What the counter showed.
    pub got: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

impl Counted {
    /// How many additions were lost.
    pub fn lost(&self) -> u32 {
        self.expected.saturating_sub(self.got)
    }

    /// "Expected 2,000,000, got 1,103,402: 896,598 additions are lost (45%)."
    pub fn sentence(&self) -> String {
        let (expected, got) = (grouped(self.expected.into()), grouped(self.got.into()));
        match self.lost() {
            0 if self.way == LostUpdate::Apart => format!(
                "Expected {expected}, got {got}. This time no addition is lost, by chance. Run it \
                 again."
            ),
            0 => format!("Expected {expected}, got {got}: no addition is lost."),
            lost => format!(
                "Expected {expected}, got {got}: {} lost ({}).",
                counted_are(lost.into(), "addition"),
                format::percent(f64::from(lost) / f64::from(self.expected.max(1)))
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_says_what_is_lost() {
        let of = |way, got| Counted { way, expected: 2_000, got, took_ms: 1.0 }.sentence();
        assert_eq!(
            of(LostUpdate::Apart, 1_500),
            "Expected 2,000, got 1,500: 500 additions are lost (25%)."
        );
        assert!(of(LostUpdate::Apart, 2_000).contains("by chance"));
        assert_eq!(of(LostUpdate::Lock, 2_000), "Expected 2,000, got 2,000: no addition is lost.");
        assert!(of(LostUpdate::Lock, 1_999).contains("1 addition is lost"));
    }
}
