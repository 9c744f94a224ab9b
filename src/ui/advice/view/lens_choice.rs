//! For whom the advice is.

use crate::advice::Lens;
use crate::ui::advice::sentences::lens_title;
use yew::prelude::*;

/// The choice of a lens.
pub fn lens_choice(chosen: Lens, on_lens: &Callback<Lens>) -> Html {
    let one = |lens: Lens| {
        let onclick = on_lens.reform(move |_: MouseEvent| lens);
        html! {
            <button type="button" class="segment" id={format!("lens-{}", lens.id())} aria-pressed={(lens == chosen).to_string()} {onclick}>
                { lens_title(lens) }
            </button>
        }
    };
    html! {
        <div class="field choice">
            <p class="label" id="lens-label">{ "Language" }</p>
            <div class="segments" id="lens" role="group" aria-labelledby="lens-label">
                { for Lens::ALL.map(one) }
            </div>
        </div>
    }
}
