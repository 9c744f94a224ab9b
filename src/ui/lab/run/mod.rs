//! Running: the button, what stands in its way, what a run shows of itself, and who runs it.

pub mod actions;
pub mod button;
pub mod heart;
pub mod obstacle;
pub mod runner;
