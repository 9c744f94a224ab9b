//! The primitives' list, and the page of each.

mod figures;
mod list;
mod primitive;
mod timeline;

use crate::primitives::content;
use crate::ui::attempts::view::{AttemptPageProps, use_focus_on_changes};
use list::list;
use primitive::PrimitivePage;
use yew::prelude::*;

/// `#/primitives` and all below it.
#[component]
pub fn PrimitivesPage(props: &AttemptPageProps) -> Html {
    let heading = use_node_ref();
    use_focus_on_changes(&props.name, &heading, &props.runner);
    match content::named(&props.name) {
        Some(primitive) => html! {
            <PrimitivePage key={primitive.address} {heading} page={props.clone()} />
        },
        None => list(&props.name, &heading),
    }
}
