//! What a profile tells.

/// How long a program ran.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeSpent {
    /// Computing, in ms; in several threads or processes, in all of them.
    pub computing_ms: f64,
    /// Waiting, in ms; no less than this.
    pub waiting_ms: f64,
    /// Who says so.
    pub source: Source,
}

/// Who tells how long a program ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Python's own profiler.
    CProfile,
    /// A sampling profiler.
    Speedscope,
    /// `time`.
    Time,
}

impl Source {
    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::CProfile => "cProfile",
            Self::Speedscope => "speedscope",
            Self::Time => "time",
        }
    }
}
