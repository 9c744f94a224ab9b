//! A map, drawn: cells in the colour of the fastest model, hatched where it is too close to call, and the
//! line of the prediction over them. Arrow keys and the pointer choose a cell.

use crate::advice::boundary::Boundary;
use crate::measure::format;
use crate::measure::model_map::{ModelMap, Place};
use crate::ui::charts::model_map::{DrawnCell, Grid, MapChart, RegionName, layout, why_without};
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{counts, data_table, path, rect, text, ticks};
use crate::ui::charts::{px, view_box};
use std::rc::Rc;
use yew::prelude::*;

/// What a drawing of a map needs.
pub struct MapView {
    /// The map.
    pub map: Rc<ModelMap>,
    /// What is predicted of it.
    pub predicted: Option<Rc<Boundary>>,
    /// What it shows, in a sentence.
    pub summary: String,
    /// The cell that is chosen.
    pub chosen: Option<Place>,
    /// Told which cell the reader chooses.
    pub on_choose: Callback<Place>,
    /// Tells drawings apart.
    pub version: usize,
    /// Whether there is something to be saved.
    pub is_done: bool,
}

/// The map in its frame.
pub fn model_map(view: MapView) -> Html {
    let saved_as = view.is_done.then(|| view.map.plan().view().id());
    let version = view.version;
    let draw = Callback::from(move |width| drawn(&view, width));
    let version = [version, 0, 0, 0];
    html! {
        <Framed id="map" title="Fastest model" {version} {saved_as} {draw} />
    }
}

fn drawn(view: &MapView, width: f64) -> Html {
    let MapView { map, summary, chosen, on_choose, .. } = view;
    let predicted = view.predicted.as_deref();
    let chart = layout(map, predicted, width);
    let label = format!("Map of the fastest model. {summary} Arrow keys choose a cell.");
    html! {
        <>
            { drawing(map, &chart, *chosen, on_choose, label) }
            { legend(map, predicted) }
            { table(map, predicted) }
        </>
    }
}

fn drawing(
    map: &ModelMap,
    chart: &MapChart,
    chosen: Option<Place>,
    on_choose: &Callback<Place>,
    label: String,
) -> Html {
    let [width, height] = chart.size;
    let grid = chart.grid;
    let onclick = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: MouseEvent| {
            let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            if let Some(place) = grid.place_at(x, y) {
                on_choose.emit(place);
            }
        })
    };
    let onkeydown = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let from = chosen.unwrap_or(Place { column: 0, row: 0 });
            if let Some(place) = grid.moved(from, &event.key()) {
                event.prevent_default();
                on_choose.emit(place);
            }
        })
    };
    let [about_columns, about_rows] = map.plan().view().axes();
    let (middle, foot) = chart.about_columns;
    let [cell_width, cell_height] = [grid.cell_width, grid.cell_height];
    let [left, top, _, high] = chart.area;
    let end = top + high;
    html! {
        <svg class="model-map" width={px(width)} height={px(height)} viewBox={view_box(width, height)}
            tabindex="0" role="application" aria-roledescription="map" aria-label={label}
            {onclick} {onkeydown}>
            <defs>
                <pattern id="too-close" width="6" height="6" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)">
                    <path class="hatching" d="M0 0V6" />
                </pattern>
            </defs>
            { text("soft", 0.0, 12.0, about_rows.to_owned()) }
            { counts(&chart.rows, left, left) }
            { ticks(&chart.columns, end, end + 4.0) }
            { text("soft about", middle, foot, about_columns.to_owned()) }
            { rect("ground-of-map", chart.area) }
            { for chart.cells.iter().map(|one| cell(one, cell_width, cell_height)) }
            { path("border", chart.border.clone()) }
            { path("predicted-under", chart.predicted.clone()) }
            { path("predicted", chart.predicted.clone()) }
            { for chart.names.iter().map(name) }
            if let Some(place) = chosen {
                { frame(&grid, place) }
            }
        </svg>
    }
}

fn cell(cell: &DrawnCell, width: f64, height: f64) -> Html {
    let (x, y) = cell.corner;
    // A little wider, so that nothing shines through between two.
    let place = [x, y, width + 0.5, height + 0.5];
    html! {
        <g class={cell.fastest.class()}>
            { rect("fastest", place) }
            if cell.is_close {
                { rect("close", place) }
            }
            if cell.is_measured {
                { dot([x + width / 2.0, y + height / 2.0]) }
            }
        </g>
    }
}

/// What marks a cell that was measured.
fn dot([x, y]: [f64; 2]) -> Html {
    html! { <circle class="measured" cx={px(x)} cy={px(y)} r="1.5" /> }
}

fn name(name: &RegionName) -> Html {
    text("region over", name.x, name.y, name.kind.title().to_owned())
}

fn frame(grid: &Grid, place: Place) -> Html {
    let (x, y) = grid.corner(place);
    rect("chosen", [x, y, grid.cell_width, grid.cell_height])
}

fn legend(map: &ModelMap, predicted: Option<&Boundary>) -> Html {
    let swatch = |classes: &[&'static str]| {
        html! {
            <svg width="18" height="14" aria-hidden="true" class="model-map">
                { for classes.iter().map(|class| rect(class, [0.0, 0.0, 18.0, 14.0])) }
            </svg>
        }
    };
    html! {
        <ul class="legend">
            { for map.plan().models().into_iter().map(|kind| html! {
                <li class={kind.class()}>{ swatch(&["fastest"]) }{ kind.title() }</li>
            }) }
            <li class="model-main-thread">{ swatch(&["fastest", "close"]) }{ "too close to call" }</li>
            <li>
                <svg width="10" height="14" aria-hidden="true" class="model-map">{ dot([5.0, 7.0]) }</svg>
                { "measured" }
            </li>
            if predicted.is_some() {
                <li>
                    <svg width="30" height="12" aria-hidden="true" class="model-map">
                        { path("predicted-under", "M0 6H30".to_owned()) }
                        { path("predicted", "M0 6H30".to_owned()) }
                    </svg>
                    { "the advisor’s prediction" }
                </li>
            }
        </ul>
    }
}

/// Every cell that was measured.
fn table(map: &ModelMap, predicted: Option<&Boundary>) -> Html {
    let plan = map.plan();
    let [across, up] = plan.view().axes();
    let models = plan.models();
    let mut heads = vec![across, up, "Fastest", "Predicted"];
    heads.extend(models.iter().map(|kind| kind.title()));
    let row = |(place, cell): (&Place, &crate::measure::model_map::Cell)| {
        let fastest = cell.fastest().map_or("—", |(kind, _)| kind.title());
        let fastest = match cell.is_close() {
            true => format!("{fastest}, too close to call"),
            false => fastest.to_owned(),
        };
        let predicted = predicted.and_then(|predicted| predicted.at(*place));
        let mut cells = vec![
            plan.column_label(place.column),
            plan.row_label(place.row),
            fastest,
            predicted.map_or("—", |kind| kind.title()).to_owned(),
        ];
        cells.extend(cell.timings.iter().map(|(_, timing)| {
            let median = timing.median_ms().map(format::duration);
            median.or_else(|| why_without(timing)).unwrap_or_default()
        }));
        cells
    };
    data_table(&heads, map.cells().map(row))
}
