//! What is fitted.

/// A measured speedup.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How many workers there were, 1 or more.
    pub workers: f64,
    /// How many times as fast as one of them.
    pub speedup: f64,
}
