//! How a pitfall is in Python.

use crate::pitfalls::definition::{Pitfall, Python};
use crate::ui::decide::words::words;
use yew::prelude::*;

/// The programs, each with what it prints.
pub fn python(pitfall: &Pitfall) -> Html {
    html! {
        <section class="card pitfall-python">
            <h2>{ "In Python" }</h2>
            { for pitfall.python.iter().map(program) }
        </section>
    }
}

fn program(python: &Python) -> Html {
    html! {
        <>
            <p>{ words(python.says) }</p>
            <pre tabindex="0" aria-label="A Python program"><code>{ python.code }</code></pre>
            if !python.output.is_empty() {
                <p class="help">{ format!("It prints ({}):", python.version) }</p>
                <pre class="output" tabindex="0" aria-label="What it prints">
                    <code>{ python.output }</code>
                </pre>
            }
            if let Some(source) = python.source {
                <p class="help"><a href={source} rel="noreferrer">{ source }</a></p>
            }
        </>
    }
}
