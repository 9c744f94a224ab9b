//! What an outcome shows beside its sentence.

use super::graph::graph;
use crate::pitfalls::outcome::Outcome;
use yew::prelude::*;

/// The drawing of an outcome, where it has one.
pub fn drawing(outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Deadlock(deadlock) => graph(&deadlock.snapshot, deadlock.program.cast()),
        Outcome::Threads(_) => html! {},
    }
}
