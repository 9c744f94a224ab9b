//! Foldable help: a small button at the end of a row that shows or hides the text below it.

use yew::prelude::*;

/// The button with its folded content. `about` names the subject for screen readers.
pub fn help_fold(about: &str, folded: Html) -> Html {
    html! {
        <details class="ask">
            <summary>
                <span aria-hidden="true">{ "?" }</span>
                <span class="visually-hidden">{ format!("About: {about}") }</span>
            </summary>
            { folded }
        </details>
    }
}
