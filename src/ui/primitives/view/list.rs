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
                <h1 ref={heading} tabindex="-1">{ "Primitives" }</h1>
                <p>
                    { "Everything that threads and processes of a Python program use to wait for one another \
                       and to share data. Run each on real threads or workers, and see what it does and costs." }
                </p>
            </header>
            if !unknown.is_empty() {
                <p class="card pitfall-notice" role="alert">
                    { format!("There is no primitive named “{unknown}”. These are all:") }
                </p>
            }
            { group(
                "threading and queue",
                "On atomic operations in shared memory, used by two to eight threads: see who had it, who \
                 waited, and who was woken by whom.",
                content::OF_THREADS,
            ) }
            { group(
                "multiprocessing",
                "Used by workers, each with a memory of its own.",
                content::OF_PROCESSES,
            ) }
        </div>
    }
}

fn group(title: &'static str, line: &'static str, all: &[&'static Primitive]) -> Html {
    html! {
        <section>
            <h2>{ title }</h2>
            <p class="help">{ line }</p>
            <ul class="pitfall-list">{ for all.iter().map(|primitive| entry(primitive)) }</ul>
        </section>
    }
}

fn entry(primitive: &'static Primitive) -> Html {
    html! {
        <li class="card">
            <h3><a href={format!("#/primitives/{}", primitive.address)}>{ primitive.title }</a></h3>
            <p>{ words(primitive.line) }</p>
        </li>
    }
}
