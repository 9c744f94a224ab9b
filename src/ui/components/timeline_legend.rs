//! What the timeline's colours and patterns mean.

use crate::experiment::ExecutorKind;
use crate::measure::{Lane, Phase};
use yew::prelude::*;

/// See [`TimelineLegend`].
#[derive(PartialEq, Properties)]
pub struct TimelineLegendProps {
    /// The phases that there are.
    pub phases: Vec<Phase>,
    /// Whether the page's heartbeat is shown.
    pub beats: bool,
    /// The model whose colours are shown.
    pub model: ExecutorKind,
}

/// The legend, of what is there and no more.
#[component]
pub fn TimelineLegend(props: &TimelineLegendProps) -> Html {
    html! {
        <ul class={classes!("legend", format!("model-{}", props.model.id()))}>
            { for props.phases.iter().map(|phase| html! {
                <li>
                    <svg width="18" height="12" aria-hidden="true">
                        <rect class={classes!("span", format!("phase-{}", phase.id()))} width="18" height="12" rx="2" />
                    </svg>
                    { phase.title() }
                </li>
            }) }
            if props.beats {
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
    let occurs = |phase: &Phase| {
        lanes.iter().any(|lane| lane.spans.iter().any(|span| span.phase == *phase))
    };
    Phase::ALL.into_iter().filter(occurs).collect()
}
