//! The page's heart, for all to see: where it stops, the page is frozen.

use yew::prelude::*;

/// Twelve dots, of which the one that the heartbeat has reached is lit. The beats
/// are written to the element directly, without rendering anything.
pub fn heart() -> Html {
    html! {
        <span class="heart-line">
            <span id="heart" class="heart" aria-hidden="true" data-beat="0">
                { for (0..12).map(|_| html! { <i></i> }) }
            </span>
            <span class="heart-word">{ "the page’s heartbeat: it stops while the page is frozen" }</span>
        </span>
    }
}
