//! The page of the map: what a link asks for, what was measured so far, and what it says of that.

pub mod asked;
pub mod state;
