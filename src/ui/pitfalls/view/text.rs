//! Paragraphs with code in them.

use crate::ui::decide::words::words;
use yew::prelude::*;

/// A paragraph for each.
pub fn paragraphs(texts: &'static [&'static str]) -> Html {
    texts.iter().map(|text| html! { <p>{ words(text) }</p> }).collect()
}
