//! The pitfalls' list, and the page of each.

mod attempt;
mod costs;
mod experiment;
mod graph;
mod list;
mod outcome;
mod pitfall;
mod processes;
mod props;
mod steps;

use crate::pitfalls::content;
use crate::ui::attempts::view::{AttemptPageProps, use_focus_on_changes};
use list::list;
use pitfall::PitfallPage;
use yew::prelude::*;

/// `#/pitfalls` and all below it.
#[component]
pub fn PitfallsPage(props: &AttemptPageProps) -> Html {
    let heading = use_node_ref();
    use_focus_on_changes(&props.name, &heading, &props.runner);
    match content::named(&props.name) {
        Some(pitfall) => html! {
            <PitfallPage key={pitfall.id.id()} id={pitfall.id} {heading} page={props.clone()} />
        },
        None => list(&props.name, &heading),
    }
}
