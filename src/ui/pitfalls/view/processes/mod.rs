//! What the outcomes of the pitfalls on processes show beside their sentences.

mod counted;
mod inherited;
mod sent;
mod tree;

use crate::pitfalls::programs::processes::ProcessOutcome;
use yew::prelude::*;

/// The tables and drawings of an outcome.
pub fn details(outcome: &ProcessOutcome) -> Html {
    match outcome {
        ProcessOutcome::Sent(sending) => sent::table(sending),
        ProcessOutcome::Counted(counted) => counted::table(counted),
        // The sentence has all of it.
        ProcessOutcome::Called(_) | ProcessOutcome::Demonstrated(_) => html! {},
        ProcessOutcome::Started(generations) => tree::tree(generations),
        ProcessOutcome::Inherited(child) => inherited::table(child),
    }
}
