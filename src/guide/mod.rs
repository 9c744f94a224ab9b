//! The guide: chapters with experiments in them, claims that are put to the test, and the glossary.
//!
//! Their texts are in `www/guide`. `xtask/guide` reads them when the site is built, checks them with
//! the types of this layer, and writes what the page loads when a chapter is opened.
//!
//! | file | subject |
//! | --- | --- |
//! | `contents` | which chapters there are, in order |
//! | `chapter` | a chapter: text, with experiments in it |
//! | `block` | an experiment, a prediction or a lesson in a chapter |
//! | `figure` | what of a run a text can quote |
//! | `measured` | the figures of a run |
//! | `quoting` | texts that quote figures |
//! | `recorded` | runs that were recorded on another device |
//! | `claim` | a claim, and whether a run confirms it |
//! | `glossary` | terms |
//! | `progress` | what the reader has done |
//! | `problem` | what may be wrong with the guide's files |

pub mod block;
pub mod chapter;
pub mod claim;
pub mod contents;
pub mod figure;
pub mod glossary;
pub mod measured;
pub mod problem;
pub mod progress;
pub mod quoting;
pub mod recorded;
