//! A child process, and what it has of its parent.

use crate::measure::format;

/// What the parent sets its counter to before it starts the child.
pub const COUNTER: u32 = 42;
/// Bytes of data that the parent loads before.
pub const LOADED_BYTES: u32 = 16 << 20;
/// A child that has waited so long for its lock, in ms, will not get it: nobody there holds it, and
/// so nobody there releases it.
pub const LOCK_MS: u32 = 1_000;

/// How the child is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// As a copy of the parent, while the parent holds its lock.
    Fork,
    /// As a copy of the parent, before it takes its lock.
    ForkUnlocked,
    /// As a copy of a process that was started before and has done nothing.
    Forkserver,
    /// Anew: the program is fetched and compiled again.
    Spawn,
}

impl Start {
    /// What it is called in Python.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fork | Self::ForkUnlocked => "fork",
            Self::Forkserver => "forkserver",
            Self::Spawn => "spawn",
        }
    }
}

/// A child, once it was looked into.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// How it was started.
    pub start: Start,
    /// The value of its counter. The parent's is [`COUNTER`].
    pub counter: u32,
    /// Bytes of data that it has. The parent has [`LOADED_BYTES`].
    pub loaded_bytes: u32,
    /// Whether these are the parent's.
    pub data_is_same: bool,
    /// What its lock does.
    pub lock: LockState,
    /// Bytes of memory that were copied for it.
    pub copied_bytes: u64,
    /// From when it was asked for until it answered, in ms.
    pub start_ms: f64,
}

/// What happens to a child that wants its lock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LockState {
    /// It gets it.
    Free,
    /// It waits for it, and was ended.
    NeverReleased {
        /// For how long it had waited, in ms.
        waited_ms: f64,
    },
}

impl Child {
    /// Whether it gets its lock.
    pub fn can_work(&self) -> bool {
        self.lock == LockState::Free
    }

    /// What came of it.
    pub fn sentence(&self) -> String {
        let name = self.start.name();
        let lock = match self.lock {
            LockState::Free => "it takes the lock at once".to_owned(),
            LockState::NeverReleased { waited_ms } => format!(
                "it waited for the lock for {} and was ended: in its memory the lock is held, and \
                 nobody there releases it",
                format::duration(waited_ms)
            ),
        };
        let data = match (self.loaded_bytes, self.data_is_same) {
            (0, _) => "none of the parent's data".to_owned(),
            (bytes, true) => format!("{} of the parent's data", format::memory(bytes.into())),
            (bytes, false) => format!("{} of other data", format::memory(bytes.into())),
        };
        let copied = match self.copied_bytes {
            0 => "no memory was copied".to_owned(),
            bytes => format!("{} of memory were copied", format::memory(bytes)),
        };
        format!(
            "A child by {name} has {data}, its counter is {}, and {lock}. It was ready after {}; \
             {copied}.",
            self.counter,
            format::duration(self.start_ms)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forked_child_waits_for_a_lock_that_nobody_releases() {
        let child = Child {
            start: Start::Fork,
            counter: COUNTER,
            loaded_bytes: LOADED_BYTES,
            data_is_same: true,
            lock: LockState::NeverReleased { waited_ms: 1_003.0 },
            copied_bytes: 18 << 20,
            start_ms: 31.0,
        };
        assert!(!child.can_work());
        assert_eq!(
            child.sentence(),
            "A child by fork has 16 MB of the parent's data, its counter is 42, and it waited for \
             the lock for 1.00 s and was ended: in its memory the lock is held, and nobody there \
             releases it. It was ready after 31.0 ms; 18 MB of memory were copied."
        );
    }

    #[test]
    fn a_spawned_child_inherits_nothing() {
        let child = Child {
            start: Start::Spawn,
            counter: 0,
            loaded_bytes: 0,
            data_is_same: false,
            lock: LockState::Free,
            copied_bytes: 0,
            start_ms: 31.0,
        };
        assert!(child.can_work());
        assert_eq!(
            child.sentence(),
            "A child by spawn has none of the parent's data, its counter is 0, and it takes the lock \
             at once. It was ready after 31.0 ms; no memory was copied."
        );
    }
}
