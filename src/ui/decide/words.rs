//! Sentences with code and terms in them, as elements.

use crate::decision::prose::{Piece, pieces};
use yew::prelude::*;

/// `sentence`, with its code in `<code>`, and its terms as links into the glossary.
pub fn words(sentence: &'static str) -> Html {
    pieces(sentence)
        .map(|piece| match piece {
            Piece::Words(text) => html! { { text } },
            Piece::Code(text) => html! { <code>{ text }</code> },
            Piece::Term(text, id) => html! { <a href={format!("#/glossary/{id}")}>{ text }</a> },
        })
        .collect()
}

/// A paragraph of such sentences for each.
pub fn paragraphs(texts: &'static [&'static str]) -> Html {
    texts.iter().map(|text| html! { <p>{ words(text) }</p> }).collect()
}
