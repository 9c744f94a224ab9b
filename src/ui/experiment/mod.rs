//! Experiments on pages other than the lab: one at a time, each with its bars.
//!
//! | file | subject |
//! | --- | --- |
//! | `runs` | which experiments of a page have run, and what they came to |
//! | `rows` | a model's bar, name and time |
//! | `page` | starts them and cancels them (`runner`); an experiment that stands by itself (`card`) |
//! | `view` | prints bars, buttons and how far a run is |

pub mod rows;
pub mod runs;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod view;
