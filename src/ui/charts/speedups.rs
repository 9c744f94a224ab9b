//! What all charts of speedups have in common: the room around them, and paths through
//! places.

use std::fmt::Write;

/// Room at the left for the speedups, in px.
pub const LEFT: f64 = 30.0;
/// Room at the right, so that the last label fits, in px.
pub const RIGHT: f64 = 14.0;
/// Room for a number on either axis, in px.
pub const ROOM: f64 = 28.0;

/// An SVG path through places in px.
pub fn path(places: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (x, y) in places {
        let command = if path.is_empty() { 'M' } else { 'L' };
        // Writing to a text cannot fail.
        let _ = write!(path, "{command}{x:.1} {y:.1}");
    }
    path
}
