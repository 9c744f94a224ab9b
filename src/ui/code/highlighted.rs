//! Source code with the colours of its tokens.

use crate::highlight::{Language, tokens};
use yew::prelude::*;

/// A program, in a box of its own that can be scrolled. The element `id` holds its text, and `label` says
/// what it is.
pub fn listing(language: Language, source: &str, id: AttrValue, label: String) -> Html {
    html! {
        <pre class="code" tabindex="0" role="region" aria-label={label} translate="no">
            <code {id}>{ highlighted(language, source) }</code>
        </pre>
    }
}

/// `source` as elements: a `span` for each token that has a colour.
fn highlighted(language: Language, source: &str) -> Html {
    let tokens = tokens(language, source).into_iter();
    tokens
        .map(|token| {
            let text = token.text.to_owned();
            match token.kind.class() {
                Some(class) => html! { <span {class}>{ text }</span> },
                None => html! { { text } },
            }
        })
        .collect()
}
