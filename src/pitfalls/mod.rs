//! The pitfalls: mistakes that can be seen to fail here, for real, and their cures.
//!
//! | module | holds |
//! | --- | --- |
//! | [`id`] | their names in addresses |
//! | [`definition`] | what a pitfall consists of: cases, attempts, texts |
//! | [`content`] | a file for each pitfall with its texts, and their list |
//! | [`programs`] | what attempts run, and the figures that come of it |
//! | [`outcome`] | what came of an attempt, and its sentence |
//! | [`watch`] | how a deadlock is found: nothing changes for a second |
//! | [`waits`] | the waits-for graph, in words and as a drawing |
//! | [`recorded`] | outcomes of an earlier run, for browsers that cannot run an attempt |
//!
//! Nothing here runs anything: `executors::pitfalls` does.

pub mod content;
pub mod definition;
pub mod id;
pub mod outcome;
pub mod programs;
pub mod recorded;
pub mod waits;
pub mod watch;
