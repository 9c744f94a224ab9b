//! A cell of a map in full.

use crate::measure::model_map::Place;
use crate::ui::advice::map::state::{MeasuredMap, cell_rows};
use crate::ui::experiment::view::bars;
use yew::prelude::*;

/// The cell that is chosen; `to_lab` gives the link that opens it in the lab.
pub fn map_cell(
    measured: &MeasuredMap,
    chosen: Option<Place>,
    to_lab: impl Fn(Place) -> Option<String>,
) -> Html {
    let map = &measured.map;
    let predicted = chosen.and_then(|place| measured.boundary()?.at(place));
    html! {
        <section class="card decide-cell" id="cell" aria-label="Chosen cell">
            // Always there, as what is put in together with its text is not read out.
            <div role="status">
                if let Some(place) = chosen {
                    <h2>{ map.plan().described(place) }</h2>
                    <p>{ measured.said_of(place) }</p>
                } else {
                    <p>{ "Choose a cell, by pointing at it or with the arrow keys." }</p>
                }
            </div>
            if let Some(predicted) = predicted {
                <p class="decide-soft">{ format!("The advisor predicts {}.", predicted.in_text()) }</p>
            }
            if let Some(cell) = chosen.and_then(|place| map.cell(place)) {
                { bars(&cell_rows(cell)) }
            }
            if let Some(href) = chosen.and_then(to_lab) {
                <p><a class="button" {href}>{ "Run this cell in the lab" }</a></p>
            }
        </section>
    }
}
