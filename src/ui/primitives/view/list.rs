//! The list of all primitives.

use crate::primitives::content;
use crate::primitives::definition::Primitive;
use crate::ui::decide::words::words;
use yew::prelude::*;

/// The list. Where `unknown` is not empty, nothing is known by that name.
pub fn list(unknown: &str, heading: &NodeRef) -> Html {
    html! {
        <div key="list" class="pitfalls">
            <header>
                <h1 ref={heading} tabindex="-1">{ "Primitives of threading" }</h1>
                <p>
                    { "Everything that threads of a Python program use to wait for one another. Here each is \
                       built on atomic operations in shared memory. Run it with two to eight threads, and \
                       see who had it, who waited, and who was woken by whom." }
                </p>
            </header>
            if !unknown.is_empty() {
                <p class="card pitfall-notice" role="alert">
                    { format!("There is no primitive named “{unknown}”. These are all:") }
                </p>
            }
            <ul class="pitfall-list">{ for content::ALL.iter().map(|primitive| entry(primitive)) }</ul>
        </div>
    }
}

fn entry(primitive: &'static Primitive) -> Html {
    html! {
        <li class="card">
            <h2><a href={format!("#/primitives/{}", primitive.id.id())}>{ primitive.id.name() }</a></h2>
            <p>{ words(primitive.line) }</p>
        </li>
    }
}
