//! What the timeline's colours and patterns mean.

use crate::measure::Phase;
use crate::models::ExecutorKind;
use crate::ui::charts::timeline::{PreparedTimeline, STYLES, gil};
use yew::prelude::*;

/// The legend, of what is there and no more: the phases that occur, and the page's
/// heartbeat if it is shown, in the colours of `model`.
pub fn timeline_legend(model: ExecutorKind, prepared: &PreparedTimeline) -> Html {
    let swatch = |phase: &Phase| {
        // As high as they are there.
        let (y, height) = match phase {
            Phase::Idle => ("5", "2"),
            Phase::LockWait | Phase::QueueWait => ("3", "6"),
            _ => ("0", "12"),
        };
        html! {
            <rect class={classes!("span", format!("phase-{}", phase.id()))} {y} width="18" {height} rx="2" />
        }
    };
    html! {
        <ul class={classes!("legend", model.class())}>
            { for prepared.phases.iter().map(|phase| html! {
                <li>
                    <svg width="18" height="12" aria-hidden="true">{ swatch(phase) }</svg>
                    { prepared.title(*phase) }
                </li>
            }) }
            if prepared.holds().is_some() {
                { for (1..=prepared.threads().min(STYLES)).map(|thread| html! {
                    <li>
                        <svg width="18" height="12" aria-hidden="true">
                            <rect class={format!("holder-{thread}")} width="18" height="12" />
                        </svg>
                        { gil::holders_of(thread, prepared.threads()) }
                    </li>
                }) }
            }
            if let Some(queue) = &prepared.queue {
                <li>
                    <svg class="depth" width="18" height="12" aria-hidden="true">
                        <path class="area" d="M0 12V8H6V4H12V8H18V12Z" />
                        <path class="bound" d="M0 1H18" />
                    </svg>
                    { format!("items in the queue, of {} at most", queue.bound) }
                </li>
            }
            if prepared.has_beats {
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
