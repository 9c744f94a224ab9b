//! The side effects of experiments: they are started and cancelled here.

pub mod card;
pub mod runner;
