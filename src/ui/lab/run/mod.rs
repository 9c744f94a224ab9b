//! Running: the button, what stands in its way, and what a run shows of itself.

pub mod actions;
pub mod button;
pub mod heart;
pub mod way_out;
