//! The primitives of `threading` and `queue`: what each is for, and what readers can see it do.
//!
//! | module | holds |
//! | --- | --- |
//! | [`definition`] | what the page of a primitive consists of |
//! | [`content`] | a file for each primitive with its texts, and their list |
//!
//! The primitives themselves are in `sync::threading`; what threads do with them, and what comes of it,
//! in `pitfalls::programs::primitive`.

pub mod content;
pub mod definition;
