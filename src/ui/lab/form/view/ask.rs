//! Help where it is asked for: a small button at the end of a row that unfolds what is
//! below it.

use yew::prelude::*;

/// The fold. `about` is what it is about, for those who do not see the row it stands in.
pub fn ask(about: &str, folded: Html) -> Html {
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
