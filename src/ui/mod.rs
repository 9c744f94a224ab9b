//! The page, by what a person sees of it.
//!
//! | folder | holds |
//! | --- | --- |
//! | [`advice`] | advice with its reasons: on work that a reader describes, and on a workload that is profiled |
//! | [`charts`] | a folder for each chart: its geometry, which is pure, and the `view` that prints it |
//! | [`attempts`] | programs that a reader starts by a button on a page about them |
//! | `code` | programs beside results and advice, and the cheatsheet |
//! | `decide` | the decision tree |
//! | [`experiment`] | experiments on pages other than the lab |
//! | [`guide`] | chapters, claims and the glossary |
//! | [`lab`] | the lab: its form, runs and results, and the state behind them |
//! | [`pitfalls`] | the pitfalls: attempts that fail, and cures |
//! | `primitives` | the primitives of `threading`, seen at work |
//! | [`shell`] | what is around the pages: head, routes, theme, the app itself |
//! | [`start`] | the first page |
//!
//! What decides is pure and natively tested; modules named `view`, and those behind the feature
//! `app`, print it.

pub mod advice;
pub mod attempts;
pub mod charts;
pub mod code;
#[cfg(feature = "app")]
pub(crate) mod decide;
pub mod experiment;
pub mod guide;
pub mod lab;
pub mod pitfalls;
pub mod primitives;
pub mod shell;
pub mod start;

#[cfg(feature = "app")]
pub use shell::app::mount;
