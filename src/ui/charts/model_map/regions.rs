//! The areas of a map: where they border on one another, and where their names stand.

use super::grid::Grid;
use crate::measure::model_map::{Place, Plan};
use crate::models::ExecutorKind;
use crate::ui::charts::px;

/// A character of a name is so wide at the most, and a name so high, in px.
const CHARACTER: f64 = 7.4;
const NAME_HEIGHT: f64 = 16.0;

/// The name of a model within an area of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionName {
    /// The model.
    pub kind: ExecutorKind,
    /// Where its middle is, in px.
    pub x: f64,
    /// Where its foot is, in px.
    pub y: f64,
}

/// The lines between cells that have another model, as a path.
pub(super) fn border(
    plan: &Plan,
    grid: &Grid,
    model: impl Fn(Place) -> Option<ExecutorKind>,
) -> String {
    let differs = |one: Place, other: Place| match (model(one), model(other)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    };
    let mut path = String::new();
    for place in plan.places() {
        let (x, y) = grid.corner(place);
        let (right, foot) = (x + grid.cell_width, y + grid.cell_height);
        let Place { column, row } = place;
        if column + 1 < plan.columns() && differs(place, Place { column: column + 1, row }) {
            path.push_str(&line([right, y], [right, foot]));
        }
        if row + 1 < plan.rows() && differs(place, Place { column, row: row + 1 }) {
            path.push_str(&line([x, y], [right, y]));
        }
    }
    path
}

/// The name of each model, in the cell of it that is furthest from all others, where there is room for it.
pub fn names(
    plan: &Plan,
    grid: &Grid,
    model: impl Fn(Place) -> Option<ExecutorKind>,
) -> Vec<RegionName> {
    plan.models().into_iter().filter_map(|kind| name(plan, grid, &model, kind)).collect()
}

fn name(
    plan: &Plan,
    grid: &Grid,
    model: &impl Fn(Place) -> Option<ExecutorKind>,
    kind: ExecutorKind,
) -> Option<RegionName> {
    let is_of_it = |place: Place| model(place) == Some(kind);
    // As many cells on either side of the middle one as the name is wide and high.
    let half = |length: f64, each: f64| ((length / each - 1.0) / 2.0).ceil().max(0.0) as usize;
    let width = kind.title().chars().count() as f64 * CHARACTER;
    let (across, up) = (half(width, grid.cell_width), half(NAME_HEIGHT, grid.cell_height));
    let has_room = |place: &Place| {
        let Place { column, row } = *place;
        let is_inside = column >= across
            && column + across < plan.columns()
            && row >= up
            && row + up < plan.rows();
        is_inside && around(*place, across, up).all(is_of_it)
    };
    let room = |place: &Place| {
        let grown = |by: &usize| {
            let Place { column, row } = *place;
            let fits = column >= across + by
                && column + across + by < plan.columns()
                && row >= up + by
                && row + up + by < plan.rows();
            fits && around(*place, across + by, up + by).all(is_of_it)
        };
        (1..).take_while(grown).count()
    };
    let place = plan.places().filter(has_room).max_by_key(room)?;
    let (x, y) = grid.corner(place);
    Some(RegionName { kind, x: x + grid.cell_width / 2.0, y: y + grid.cell_height / 2.0 + 4.0 })
}

/// All places within so many columns and rows of one, which are all there.
fn around(place: Place, across: usize, up: usize) -> impl Iterator<Item = Place> {
    let Place { column, row } = place;
    let rows = row - up..=row + up;
    rows.flat_map(move |row| {
        (column - across..=column + across).map(move |column| Place { column, row })
    })
}

/// "M1.5 2L3 2".
fn line([x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) -> String {
    format!("M{} {}L{} {}", px(x1), px(y1), px(x2), px(y2))
}
