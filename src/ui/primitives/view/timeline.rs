//! Who had it, who waited, and who woke whom, as a drawing and as a table.

use crate::pitfalls::programs::primitive::demonstrated::Demonstrated;
use crate::pitfalls::programs::primitive::stretch::{Did, Stretch};
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::view::parts::{data_table, path, rect, text, ticks};
use crate::ui::charts::{px, view_box};
use crate::ui::primitives::lanes::{self, Lane};
use crate::ui::shell::hooks::use_width;
use std::rc::Rc;
use yew::prelude::*;

/// What the table's columns are.
const HEADS: [&str; 5] = ["From", "Thread", "What", "For", "Woken by"];

/// What [`Timeline`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// What threads did.
    pub came: Rc<Demonstrated>,
}

/// The drawing and the table.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let came = &props.came;
    let (node, width) = use_width(320.0);
    let drawing = lanes::layout(came, width);
    let has = |is_it: fn(&Stretch) -> bool| came.lanes.iter().flatten().any(is_it);
    let entry = |class: &'static str, words: &'static str| {
        html! {
            <li>
                <svg width="18" height="12" aria-hidden="true">
                    { rect(class, [0.0, 2.0, 18.0, 8.0]) }
                </svg>
                { words }
            </li>
        }
    };
    html! {
        <div class="chart demo" ref={node}>
            <svg width={px(width)} height={px(drawing.height)}
                viewBox={view_box(width, drawing.height)} role="img"
                aria-label={lanes::summary(came)}>
                { ticks(&drawing.ticks, 0.0, drawing.height - FOOT) }
                { for drawing.lanes.iter().map(lane) }
                { for drawing.wakes.iter().map(|arrow| path("wake", arrow.clone())) }
            </svg>
            <ul class="legend">
                { entry("ran", "ran") }
                if has(Stretch::is_held) { { entry("held", "held") } }
                if has(|one| one.did == Did::HeldAgain) { { entry("held again", "held twice") } }
                if has(|one| one.call().is_some()) { { entry("waited", "waited") } }
                if !drawing.wakes.is_empty() {
                    <li>
                        <svg width="18" height="12" aria-hidden="true">
                            { path("wake", "M2 6H15m-4 -3l4 3l-4 3".to_owned()) }
                        </svg>
                        { "woke" }
                    </li>
                }
            </ul>
            { data_table(&HEADS, lanes::table(came).into_iter()) }
        </div>
    }
}

fn lane(lane: &Lane) -> Html {
    let (x, y) = lane.label_at;
    html! {
        <>
            { text("over", x, y, lane.label.clone()) }
            { for lane.bars.iter().map(|bar| rect(class(bar.did), bar.place)) }
        </>
    }
}

fn class(did: Did) -> &'static str {
    match did {
        Did::Ran => "ran",
        Did::Held => "held",
        Did::HeldAgain => "held again",
        Did::Waited(_) => "waited",
    }
}
