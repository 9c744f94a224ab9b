//! Watches workers start: tells a browser that starts no more of them, and a start that got
//! stuck, from a slow machine.
//!
//! A worker says that it has begun before it loads anything, and again when it is ready. A
//! slow machine goes on saying so, at its own pace; a limit is silence after some did.

use crate::failure::{Failure, WorkerProblem};

/// How long no worker need say anything while others have still to begin, in ms.
pub const BEGIN_MS: f64 = 1_750.0;
/// How long none need say anything while they load the program, in ms.
pub const LOAD_MS: f64 = 4_000.0;
/// How long at the most, in ms: starting takes a fraction of a second on any machine that
/// can run the page.
pub const MOST_MS: f64 = 30_000.0;
/// How often to look, in ms.
pub const LOOK_MS: u32 = 250;
/// Silence of so many times the longest that workers needed so far is no slow machine any more.
const TIMES_LONGER: f64 = 4.0;

/// What a worker says of its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartStep {
    /// Its script runs.
    Begun,
    /// It has loaded the program.
    Ready,
}

/// How long workers may take to load the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// They are handed it: [`LOAD_MS`] between two words.
    Short,
    /// They fetch it themselves, or it is the second time that they are started: [`MOST_MS`].
    Long,
}

/// Why a start came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// So many of all began, and then no more did.
    Limited {
        /// Workers that began.
        begun: u32,
    },
    /// All began, and then nothing more was heard for so long, in ms.
    Silent {
        /// For how long.
        silent_ms: u32,
    },
}

impl Stuck {
    /// Whether it is worth trying once more to start `wanted` workers. Where one is missing it
    /// may have got lost; where more are, the browser has no place for them.
    pub fn may_pass(self, wanted: u32) -> bool {
        match self {
            Self::Limited { begun } => begun + 1 == wanted,
            Self::Silent { .. } => true,
        }
    }

    /// Of two tries, the one in which more began.
    pub fn or_better(self, other: Self) -> Self {
        match (self, other) {
            (Self::Limited { begun }, Self::Limited { begun: before }) => {
                Self::Limited { begun: begun.max(before) }
            }
            _ => self,
        }
    }

    /// What to do about it, where `wanted` workers were to start.
    pub fn failure(self, wanted: u32) -> Failure {
        let wanted = wanted.into();
        match self {
            Self::Limited { begun } => {
                WorkerProblem::TooFewStarted { begun: begun.into(), wanted }.into()
            }
            Self::Silent { silent_ms } => {
                WorkerProblem::SilentAtStart { wanted, silent_ms: silent_ms.into() }.into()
            }
        }
    }
}

/// Watches `wanted` workers start.
#[derive(Clone, Debug)]
pub struct StartWatch {
    wanted: u32,
    begun: u32,
    ready: u32,
    /// For how long nothing was heard, in ms, as far as the page itself was awake.
    silent_ms: f64,
    /// The longest that it took until the next thing was heard, in ms.
    slowest_ms: f64,
    looked_ms: f64,
    load_ms: f64,
}

impl StartWatch {
    /// Watches from `now_ms` on.
    pub fn new(wanted: u32, patience: Patience, now_ms: f64) -> Self {
        let load_ms = match patience {
            Patience::Short => LOAD_MS,
            Patience::Long => MOST_MS,
        };
        let (begun, ready) = (0, 0);
        Self { wanted, begun, ready, silent_ms: 0.0, slowest_ms: 0.0, looked_ms: now_ms, load_ms }
    }

    /// Notes what a worker said.
    pub fn note(&mut self, step: StartStep, now_ms: f64) {
        self.listen(now_ms);
        self.slowest_ms = self.slowest_ms.max(self.silent_ms);
        self.silent_ms = 0.0;
        match step {
            StartStep::Begun => self.begun += 1,
            StartStep::Ready => self.ready += 1,
        }
    }

    /// Looks again; gives why to give up. Unless the workers' script `is_near`, it has still to
    /// come over the network before the first of them can say something.
    pub fn look(&mut self, is_near: bool, now_ms: f64) -> Option<Stuck> {
        self.listen(now_ms);
        let all_begun = self.begun >= self.wanted;
        let least_ms = match all_begun {
            false if is_near || self.begun > 0 => BEGIN_MS,
            false => MOST_MS,
            true if self.ready < self.wanted => self.load_ms,
            // Only their data is still to come.
            true => MOST_MS,
        };
        let limit_ms = (TIMES_LONGER * self.slowest_ms).clamp(least_ms, MOST_MS);
        if self.silent_ms < limit_ms {
            return None;
        }
        Some(match all_begun {
            false => Stuck::Limited { begun: self.begun },
            true => Stuck::Silent { silent_ms: self.silent_ms as u32 },
        })
    }

    /// Counts the silence until now. A page that was frozen or asleep heard nothing because
    /// it did not listen: two looks of it count.
    fn listen(&mut self, now_ms: f64) {
        let most_ms = 2.0 * f64::from(LOOK_MS);
        self.silent_ms += (now_ms - self.looked_ms).clamp(0.0, most_ms);
        self.looked_ms = now_ms;
    }
}

#[cfg(test)]
mod tests;
