use super::*;
use crate::measure::model_map::{Cell, Timing, View};
use crate::ui::charts::px;
use ExecutorKind::{MainThread, Processes, ThreadsGil};

const WIDTHS: [f64; 4] = [200.0, 320.0, 760.0, 1_400.0];

/// Processes are faster from column 10 on; nothing is known of the lowest row.
fn map(view: View) -> ModelMap {
    let plan = Plan::new(view, ThreadsGil, 2);
    let mut map = ModelMap::new(plan.clone());
    for place in plan.places() {
        let ms = |kind| if (kind == Processes) == (place.column >= 10) { 1.0 } else { 2.0 };
        let ran = |kind| (kind, Timing::Ran(vec![ms(kind)]));
        map.note(place, Cell::new(vec![ran(MainThread), ran(Processes)]));
    }
    map
}

#[test]
fn cells_fill_the_chart_and_are_found_where_they_are() {
    for (view, width) in View::ALL.into_iter().flat_map(|view| WIDTHS.map(|width| (view, width))) {
        let map = map(view);
        let chart = layout(&map, None, width);
        assert_eq!(chart.cells.len(), map.plan().cells());
        for place in map.plan().places() {
            let (x, y) = chart.grid.corner(place);
            assert!(x >= LEFT && y >= TOP - 1e-9);
            let (half_x, half_y) = (chart.grid.cell_width / 2.0, chart.grid.cell_height / 2.0);
            assert_eq!(chart.grid.place_at(x + half_x, y + half_y), Some(place));
            assert!(x + 2.0 * half_x <= chart.size[0] && y + 2.0 * half_y <= chart.size[1]);
        }
        assert_eq!(chart.grid.place_at(1.0, 1.0), None);
    }
}

#[test]
fn names_stand_in_their_areas_and_values_apart() {
    for width in WIDTHS {
        let chart = layout(&map(View::Payload), None, width);
        for name in &chart.names {
            let place = chart.grid.place_at(name.x, name.y - 4.0).expect("inside");
            let kind = if place.column >= 10 { Processes } else { MainThread };
            assert_eq!(name.kind, kind, "{width}");
        }
        for pair in chart.columns.windows(2) {
            assert!(pair[1].x - pair[0].x >= COLUMN_ROOM || chart.columns.len() < 3, "{width}");
        }
        for pair in chart.rows.windows(2) {
            assert!(pair[0].x - pair[1].x >= ROW_ROOM - 1e-9, "{width}");
        }
    }
    assert_eq!(layout(&map(View::Payload), None, 760.0).names.len(), 2);
}

#[test]
fn the_border_runs_between_two_models() {
    let map = map(View::Payload);
    let chart = layout(&map, None, 760.0);
    let (x, _) = chart.grid.corner(Place { column: 10, row: 0 });
    assert_eq!(chart.border.matches('M').count(), map.plan().rows());
    assert!(chart.border.starts_with(&format!("M{} ", px(x))), "{}", chart.border);
    assert!(chart.predicted.is_empty());
}

#[test]
fn arrows_move_from_cell_to_cell_and_stop_at_the_edges() {
    let plan = Plan::new(View::Payload, ThreadsGil, 2);
    let grid = Grid::new(&plan, 760.0);
    let first = Place { column: 0, row: 0 };
    for (key, to) in [
        ("ArrowRight", Some((1, 0))),
        ("ArrowUp", Some((0, 1))),
        ("ArrowLeft", Some((0, 0))),
        ("ArrowDown", Some((0, 0))),
        ("End", Some((plan.columns() - 1, 0))),
        ("a", None),
    ] {
        let moved = grid.moved(first, key).map(|place| (place.column, place.row));
        assert_eq!(moved, to, "{key}");
    }
}

#[test]
fn an_empty_map_has_its_axes() {
    let chart = layout(&ModelMap::new(Plan::new(View::Waiting, ThreadsGil, 2)), None, 760.0);
    assert!(chart.cells.is_empty() && chart.names.is_empty() && chart.border.is_empty());
    assert!(chart.columns.len() > 3 && chart.rows.len() > 3);
}
