//! The guide: its chapters, with experiments in them, and the glossary.
//!
//! | file | subject |
//! | --- | --- |
//! | `state` | what the reader has chosen, run and answered |
//! | `loading` | files of the guide that are loaded when they are opened |
//! | `page` | the pages of chapters and of the glossary, and their side effects |
//! | `context` | what the parts of a chapter are printed with |
//! | `chapter` | a chapter's text and what stands around it |
//! | `blocks` | experiments, predictions and lessons |
//! | `claims` | claims, with what came of testing them |
//! | `glossary` | the glossary's terms |
//! | `shortfall` | what a browser lacks for an experiment, and what was recorded elsewhere |

pub mod loading;
pub mod state;

#[cfg(feature = "app")]
mod blocks;
#[cfg(feature = "app")]
pub(crate) mod chapter;
#[cfg(feature = "app")]
mod claims;
#[cfg(feature = "app")]
mod context;
#[cfg(feature = "app")]
mod glossary;
#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod shortfall;
