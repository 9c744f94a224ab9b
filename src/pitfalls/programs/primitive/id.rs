//! The primitives' names.

use serde::{Deserialize, Serialize};

/// A primitive of `threading` or `queue`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrimitiveId {
    /// `threading.Lock`.
    Lock,
    /// `threading.RLock`.
    RLock,
    /// `threading.Semaphore`.
    Semaphore,
    /// `threading.BoundedSemaphore`.
    BoundedSemaphore,
    /// `threading.Event`.
    Event,
    /// `threading.Condition`.
    Condition,
    /// `threading.Barrier`.
    Barrier,
    /// `queue.Queue`.
    Queue,
}

impl PrimitiveId {
    /// Every one of them, in the order of the list.
    pub const ALL: [Self; 8] = [
        Self::Lock,
        Self::RLock,
        Self::Semaphore,
        Self::BoundedSemaphore,
        Self::Event,
        Self::Condition,
        Self::Barrier,
        Self::Queue,
    ];

    /// The name in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::RLock => "rlock",
            Self::Semaphore => "semaphore",
            Self::BoundedSemaphore => "bounded-semaphore",
            Self::Event => "event",
            Self::Condition => "condition",
            Self::Barrier => "barrier",
            Self::Queue => "queue",
        }
    }

    /// The name in Python: "Lock".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lock => "Lock",
            Self::RLock => "RLock",
            Self::Semaphore => "Semaphore",
            Self::BoundedSemaphore => "BoundedSemaphore",
            Self::Event => "Event",
            Self::Condition => "Condition",
            Self::Barrier => "Barrier",
            Self::Queue => "Queue",
        }
    }

    /// The primitive with this name in addresses.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|primitive| primitive.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_their_primitives() {
        for primitive in PrimitiveId::ALL {
            assert_eq!(PrimitiveId::from_id(primitive.id()), Some(primitive));
        }
        assert_eq!(PrimitiveId::from_id("Lock"), None);
    }
}
