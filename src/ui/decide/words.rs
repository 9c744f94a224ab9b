//! Sentences with code in them, as elements.

use crate::decision::prose::{Piece, pieces};
use yew::prelude::*;

/// `sentence`, with its code in `<code>`.
pub fn words(sentence: &'static str) -> Html {
    pieces(sentence)
        .map(|piece| match piece {
            Piece::Words(text) => html! { { text } },
            Piece::Code(text) => html! { <code>{ text }</code> },
        })
        .collect()
}
