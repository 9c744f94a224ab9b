//! What was refused of a link.

use crate::failure::Failure;
use yew::prelude::*;

/// What was refused of a link, the rest of which holds; nothing where that is all of it.
pub fn refused(failures: &[Failure]) -> Html {
    if failures.is_empty() {
        return Html::default();
    }
    html! {
        <div class="card decide-refused" role="alert">
            <strong>{ "Parts of this link were not understood." }</strong>
            { for failures.iter().map(|failure| html! { <p>{ failure.message() }</p> }) }
        </div>
    }
}
