//! The page's heartbeat as a row of dots: it stops while the page is frozen.

use yew::prelude::*;

/// Twelve dots; the current beat's dot is lit. Beats are written to the element directly, without
/// rendering.
pub fn heartbeat_dots() -> Html {
    html! {
        <span class="heart-line">
            <span id="heart" class="heart" aria-hidden="true" data-beat="0">
                { for (0..12).map(|_| html! { <i></i> }) }
            </span>
            <span class="heart-word">{ "the page’s heartbeat: it stops while the page is frozen" }</span>
        </span>
    }
}
