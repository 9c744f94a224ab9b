//! Who waits for whom: what threads wrote about it, in words and as a drawing.

pub mod layout;
pub mod snapshot;
pub mod words;
