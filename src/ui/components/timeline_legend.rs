//! What the timeline's colours and patterns mean.

use crate::experiment::ExecutorKind;
use crate::measure::{Lane, Phase};
use yew::prelude::*;

/// The legend, of what is there and no more: the phases that occur, and the page's
/// heartbeat if it is shown, in the colours of `model`.
pub fn timeline_legend(model: ExecutorKind, phases: &[Phase], beats: bool) -> Html {
    html! {
        <ul class={classes!("legend", format!("model-{}", model.id()))}>
            { for phases.iter().map(|phase| html! {
                <li>
                    <svg width="18" height="12" aria-hidden="true">
                        <rect class={classes!("span", format!("phase-{}", phase.id()))} width="18" height="12" rx="2" />
                    </svg>
                    { phase.title() }
                </li>
            }) }
            if beats {
                <li>
                    <svg width="18" height="12" aria-hidden="true">
                        <path class="beats" d="M3 3v6M9 3v6M15 3v6" />
                    </svg>
                    { "the page’s heartbeat" }
                </li>
            }
        </ul>
    }
}

/// The phases that occur in some lanes, in order.
pub fn phases(lanes: &[Lane]) -> Vec<Phase> {
    let occurs =
        |phase: &Phase| lanes.iter().any(|lane| lane.spans.iter().any(|span| span.phase == *phase));
    Phase::ALL.into_iter().filter(occurs).collect()
}
