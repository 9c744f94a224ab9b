//! The list of all pitfalls.

use crate::pitfalls::content;
use crate::pitfalls::definition::Pitfall;
use crate::ui::decide::words::words;
use crate::ui::shell::route::Route;
use yew::prelude::*;

/// The list. Where `unknown` is not empty, nothing is known by that name.
pub fn list(unknown: &str, heading: &NodeRef) -> Html {
    html! {
        <div key="list" class="pitfalls">
            <header>
                <h1 ref={heading} tabindex="-1">{ "Break things" }</h1>
                <p>
                    { "Concurrent programs fail in a few well-known ways. Each is here: see it fail, \
                       for real, in this browser. Then see why, and run what cures it." }
                </p>
                <p>
                    { "How locks, events, queues and the like work: " }
                    <a href="#/primitives">{ "primitives" }</a>{ "." }
                </p>
            </header>
            if !unknown.is_empty() {
                <p class="card pitfall-notice" role="alert">
                    { format!("There is no pitfall named “{unknown}”. These are all:") }
                </p>
            }
            <ul class="pitfall-list">{ for content::ALL.iter().map(|pitfall| entry(pitfall)) }</ul>
        </div>
    }
}

fn entry(pitfall: &'static Pitfall) -> Html {
    let address = format!("#{}", Route::Pitfalls(pitfall.id.id().to_owned()).hash());
    html! {
        <li class="card">
            <h2><a href={address}>{ pitfall.title }</a></h2>
            <p>{ words(pitfall.line) }</p>
        </li>
    }
}
