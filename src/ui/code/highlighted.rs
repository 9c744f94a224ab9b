//! Source code with the colours of its tokens.

use crate::highlight::{Language, tokens};
use yew::prelude::*;

/// `source` as elements: a `span` for each token that has a colour.
pub fn highlighted(language: Language, source: &str) -> Html {
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
