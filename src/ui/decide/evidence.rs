//! Where the figures beside the answers come from.

use crate::advice::{EvidencePath, Source};
use yew::prelude::*;

/// Says where the figures come from, with a button that drops them.
pub fn evidence_note(evidence: &EvidencePath, on_by_hand: Callback<MouseEvent>) -> Html {
    let source = match evidence.source {
        Source::Stated => "the work that you described",
        Source::Profiled { .. } => "the workload that you profiled",
    };
    html! {
        <section class="card decide-evidence" id="evidence" aria-label="Where the figures come from">
            <p>
                { "The answers and their figures are those of " }
                <a href={evidence.from.clone()}>{ source }</a>
                { "." }
            </p>
            <button type="button" class="button" id="by-hand" onclick={on_by_hand}>
                { "Answer by hand" }
            </button>
        </section>
    }
}
