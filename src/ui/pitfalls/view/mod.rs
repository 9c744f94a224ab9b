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
mod python;
mod steps;
mod text;

use crate::pitfalls::content;
use crate::ui::pitfalls::page::AttemptRunner;
use list::list;
use pitfall::PitfallPage;
use props::PitfallsPageProps;
use yew::prelude::*;

/// `#/pitfalls` and all below it.
#[component]
pub fn PitfallsPage(props: &PitfallsPageProps) -> Html {
    let heading = use_node_ref();
    use_focus_on_changes(&props.name, &heading, &props.runner);
    match content::named(&props.name) {
        Some(pitfall) => html! {
            <PitfallPage key={pitfall.id.id()} id={pitfall.id} {heading} page={props.clone()} />
        },
        None => list(&props.name, &heading),
    }
}

/// Moves the focus to `heading` whenever `name` is another than before: what had it is gone.
#[hook]
fn use_focus_on_changes(name: &str, heading: &NodeRef, runner: &AttemptRunner) {
    let is_first = use_mut_ref(|| true);
    let (heading, runner) = (heading.clone(), runner.clone());
    use_effect_with(name.to_owned(), move |_| {
        // A page that has just opened leaves the focus where it is.
        if !is_first.replace(false) {
            runner.focus(&heading);
        }
    });
}
