//! The primitives of `threading`, used by some threads so that it can be seen who had what, who waited,
//! and who was woken by whom.

pub mod demonstrated;
pub mod demonstration;
pub mod id;
pub mod stretch;
