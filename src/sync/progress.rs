//! What threads tell the page while it cannot ask them: who waits for what, and who could give it. They
//! write it into words of the memory that they share with the page, as a thread that is blocked answers
//! no message.
//!
//! Actors are threads, or tasks that wait in a queue; resources are locks, events, room in a queue. Each
//! word says one thing:
//!
//! | word | holds |
//! | --- | --- |
//! | 0 | a count that every change raises |
//! | of an actor | what it does: see [`Doing`] |
//! | of a resource | the actors that hold it, or that alone can bring it about, as bits |

use super::primitives::{AtomicU32, Ordering};

/// The most actors.
pub const ACTORS: usize = 4;
/// The most resources.
pub const RESOURCES: usize = 4;
/// How many words there are.
pub const WORDS: usize = 1 + ACTORS + RESOURCES;

const RUNS: u32 = 1;
const ENDED: u32 = 2;
/// From here on: waits for the resource of this number.
const WAITS: u32 = 16;

/// What an actor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It has not begun, or there is no such actor.
    Nothing,
    /// It runs.
    Runs,
    /// It is blocked until it gets the resource of this number.
    WaitsFor(usize),
    /// It has ended.
    Ended,
}

/// The threads' end: they write what they do.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a>(&'a [AtomicU32; WORDS]);

impl<'a> Progress<'a> {
    /// Writes to these words.
    pub fn new(words: &'a [AtomicU32; WORDS]) -> Self {
        Self(words)
    }

    /// Forgets what was written before.
    pub fn clear(self) {
        for word in self.0 {
            word.store(0, Ordering::Relaxed);
        }
    }

    /// `actor` runs, having got what it waited for, if it did.
    pub fn runs(self, actor: usize) {
        self.write(1 + actor, RUNS);
    }

    /// `actor` is about to block until it gets `resource`.
    pub fn waits_for(self, actor: usize, resource: usize) {
        self.write(1 + actor, WAITS + resource as u32);
    }

    /// `actor` has ended.
    pub fn ended(self, actor: usize) {
        self.write(1 + actor, ENDED);
    }

    /// `resource` is held by these actors, or can be brought about by them alone.
    pub fn is_up_to(self, resource: usize, actors: &[usize]) {
        let bits = actors.iter().fold(0, |bits, actor| bits | 1 << actor);
        self.write(1 + ACTORS + resource, bits);
    }

    fn write(self, word: usize, value: u32) {
        if let Some(word) = self.0.get(word) {
            word.store(value, Ordering::Relaxed);
            self.0[0].fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What an actor does, from its word. What no thread writes counts as running.
pub fn doing(word: u32) -> Doing {
    match word {
        0 => Doing::Nothing,
        ENDED => Doing::Ended,
        waits if (WAITS..WAITS + RESOURCES as u32).contains(&waits) => {
            Doing::WaitsFor((waits - WAITS) as usize)
        }
        _ => Doing::Runs,
    }
}
