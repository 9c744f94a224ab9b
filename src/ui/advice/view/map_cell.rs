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
    let Some(place) = chosen else {
        return html! {
            <p class="card" id="cell">{ "Choose a cell, by pointing at it or with the arrow keys." }</p>
        };
    };
    let map = &measured.map;
    let cell = map.cell(place);
    let predicted = measured.boundary().and_then(|predicted| predicted.at(place));
    html! {
        <section class="card decide-cell" id="cell" aria-label="Chosen cell">
            <div role="status">
                <h2>{ map.plan().described(place) }</h2>
                <p>{ said(measured, place) }</p>
            </div>
            if let Some(predicted) = predicted {
                <p class="decide-soft">{ format!("The advisor predicts {}.", predicted.in_text()) }</p>
            }
            if let Some(cell) = cell {
                { bars(&cell_rows(cell)) }
            }
            if let Some(href) = to_lab(place) {
                <p><a class="button" {href}>{ "Run this cell in the lab" }</a></p>
            }
        </section>
    }
}

fn said(measured: &MeasuredMap, place: Place) -> String {
    let shown = measured.map.shown(place);
    let Some((at, cell, (fastest, _))) =
        shown.and_then(|(at, cell)| Some((at, cell, cell.fastest()?)))
    else {
        return "Not measured yet.".to_owned();
    };
    let rivals: Vec<_> = cell.rivals().iter().map(|kind| kind.in_text()).collect();
    match (at == place, rivals.as_slice()) {
        (false, _) => format!(
            "Not measured itself. In the nearest cell that was, {} {} the fastest.",
            fastest.in_text(),
            fastest.was()
        ),
        (true, []) => format!("{} {} the fastest.", fastest.at_start(), fastest.was()),
        (true, rivals) => {
            format!("Too close to call between {} and {}.", fastest.in_text(), rivals.join(", "))
        }
    }
}
