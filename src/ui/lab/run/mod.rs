//! Running: the Run button, the fallback to timed waits, the heartbeat, and the actions.

pub mod actions;
pub mod button;
pub mod heartbeat_dots;
pub mod timer_fallback;
