//! A map of where one model overtakes another: a cell for each pair of two figures, in the colour of the
//! fastest model.

#[cfg(feature = "app")]
pub(crate) mod view;

mod grid;
mod regions;

use super::axis::Tick;
use crate::advice::boundary::Boundary;
use crate::measure::format;
use crate::measure::model_map::{ModelMap, Place, Plan, Timing};
use crate::models::ExecutorKind;
pub use grid::Grid;
use grid::{LEFT, RIGHT, TOP};
use regions::border;
pub use regions::{RegionName, names};

/// Room below for the values of the columns and what they are, in px.
const FOOT: f64 = 44.0;
/// Room for a value of a column and of a row, in px.
const COLUMN_ROOM: f64 = 62.0;
const ROW_ROOM: f64 = 20.0;

/// A cell as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnCell {
    /// Its left and upper edge, in px.
    pub corner: (f64, f64),
    /// The fastest model.
    pub fastest: ExecutorKind,
    /// Whether it is too close to call.
    pub is_close: bool,
    /// Whether it was measured itself.
    pub is_measured: bool,
}

/// The map, all in px.
#[derive(Clone, Debug, PartialEq)]
pub struct MapChart {
    /// Its width and height.
    pub size: [f64; 2],
    /// Where its cells are.
    pub grid: Grid,
    /// Where all of them are together: left, top, width and height.
    pub area: [f64; 4],
    /// What is known so far.
    pub cells: Vec<DrawnCell>,
    /// What stands in the largest area of each model.
    pub names: Vec<RegionName>,
    /// Between cells of different models, as a path.
    pub border: String,
    /// Where the cost model has one model overtake another, as a path.
    pub predicted: String,
    /// The values of the columns.
    pub columns: Vec<Tick>,
    /// The values of the rows; `x` is how far down each is.
    pub rows: Vec<Tick>,
    /// The middle of the cells' feet, and how far down the words about columns stand.
    pub about_columns: (f64, f64),
}

/// Lays the map out for a width in px.
pub fn layout(map: &ModelMap, predicted: Option<&Boundary>, width: f64) -> MapChart {
    let plan = map.plan();
    let grid = Grid::new(plan, width);
    let fastest = |place: Place| map.shown(place).and_then(|(_, cell)| cell.fastest());
    let fastest = |place: Place| fastest(place).map(|(kind, _)| kind);
    let drawn = |place: Place| {
        let (at, cell) = map.shown(place)?;
        let (kind, _) = cell.fastest()?;
        let is_measured = at == place;
        let corner = grid.corner(place);
        Some(DrawnCell { corner, fastest: kind, is_close: cell.is_close(), is_measured })
    };
    MapChart {
        size: [grid.right() + RIGHT, grid.foot() + FOOT],
        cells: plan.places().filter_map(drawn).collect(),
        names: names(plan, &grid, fastest),
        border: border(plan, &grid, fastest),
        predicted: predicted
            .map(|predicted| border(plan, &grid, |place| predicted.at(place)))
            .unwrap_or_default(),
        columns: columns(plan, &grid),
        rows: rows(plan, &grid),
        area: [LEFT, TOP, grid.right() - LEFT, grid.foot() - TOP],
        about_columns: ((LEFT + grid.right()) / 2.0, grid.foot() + FOOT - 6.0),
        grid,
    }
}

/// Why a model has no time in a cell.
pub fn why_without(timing: &Timing) -> Option<String> {
    match timing {
        Timing::Ran(_) => None,
        Timing::AtLeast(ms) => Some(format!("more than {}", format::duration(*ms))),
        Timing::FarSlower => Some("far slower in the cells around".to_owned()),
        Timing::Failed(failure) => Some(failure.message()),
    }
}

/// Every how many of `count` values there is so much room for one, each being `each` px wide; the values that
/// are `round` steps apart, if they can be.
fn every(count: usize, round: usize, each: f64, room: f64) -> usize {
    let fits = |every: &usize| *every as f64 * each >= room;
    let steps = [1, 2, 3, 4, 6, 8, 12].map(|times| times * round);
    steps.into_iter().find(fits).unwrap_or(count.max(1))
}

fn columns(plan: &Plan, grid: &Grid) -> Vec<Tick> {
    let (count, [round, _]) = (plan.columns(), plan.round_values());
    let tick = |column: usize| Tick {
        x: LEFT + (column as f64 + 0.5) * grid.cell_width,
        label: plan.column_label(column),
    };
    (0..count).step_by(every(count, round, grid.cell_width, COLUMN_ROOM)).map(tick).collect()
}

fn rows(plan: &Plan, grid: &Grid) -> Vec<Tick> {
    let (count, [_, round]) = (plan.rows(), plan.round_values());
    let tick = |row: usize| {
        let (_, top) = grid.corner(Place { column: 0, row });
        Tick { x: top + grid.cell_height / 2.0, label: plan.row_label(row) }
    };
    (0..count).step_by(every(count, round, grid.cell_height, ROW_ROOM)).map(tick).collect()
}

#[cfg(test)]
mod tests;
