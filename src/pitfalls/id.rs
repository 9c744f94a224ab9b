//! The pitfalls' names.

/// Declares the pitfalls with their names in addresses.
macro_rules! ids {
    ($($(#[$about:meta])* $Name:ident: $id:literal),+ $(,)?) => {
        /// A pitfall.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum PitfallId {
            $($(#[$about])* $Name,)+
        }

        impl PitfallId {
            /// Every one of them, in the order of the list.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$Name),+];

            /// The name in addresses.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$Name => $id,)+
                }
            }
        }
    };
}

ids! {
    /// Two threads add to one counter, and additions are lost.
    LostUpdate: "lost-update",
    /// Two threads take two locks in opposite orders.
    LockOrder: "lock-order",
    /// A queue whose two ends wait for each other.
    QueueDeadlock: "queue-deadlock",
    /// What cannot be sent to a process.
    Unsendable: "unsendable",
    /// A global that each process has for itself.
    GlobalState: "global-state",
    /// A module that runs again in each worker.
    MainGuard: "main-guard",
    /// What a worker inherits by fork, spawn and forkserver.
    StartMethods: "start-methods",
    /// More workers than cores.
    TooManyWorkers: "too-many-workers",
    /// A message for every tiny task.
    ChattyQueue: "chatty-queue",
    /// Payloads that take longer to send than to work on.
    LargePayload: "large-payload",
    /// One task computes and stops all others.
    StarvedEventLoop: "starved-event-loop",
}

impl PitfallId {
    /// The pitfall with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pitfall| pitfall.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_their_pitfalls() {
        for pitfall in PitfallId::ALL {
            assert_eq!(PitfallId::from_id(pitfall.id()), Some(pitfall));
        }
        assert_eq!(PitfallId::from_id("Lost-Update"), None);
        assert_eq!(PitfallId::from_id(""), None);
    }
}
