//! What an outcome shows beside its sentence.

use super::graph::graph;
use super::processes::details;
use crate::pitfalls::outcome::Outcome;
use yew::prelude::*;

/// The drawing or table of an outcome, where it has one.
pub fn drawing(outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Deadlock(deadlock) => graph(&deadlock.snapshot, deadlock.program.cast()),
        Outcome::Processes(outcome) => details(outcome),
        Outcome::Threads(_) => html! {},
    }
}
