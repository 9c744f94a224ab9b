//! Where the cells of a map are.

use crate::measure::model_map::{Place, Plan};

/// Room at the left for the values of the rows, in px.
pub const LEFT: f64 = 56.0;
/// Room above for what the rows are, in px.
pub const TOP: f64 = 22.0;
/// Room at the right, so that the last value fits, in px.
pub const RIGHT: f64 = 18.0;
/// The map's height in parts of its width, and within which bounds, in px.
const HEIGHT_PART: f64 = 0.55;
const HEIGHTS: [f64; 2] = [220.0, 480.0];
/// A row is no higher than this, in px: a map of few rows is low.
const HIGHEST_ROW: f64 = 44.0;
/// Where cells are, all in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    columns: usize,
    rows: usize,
    /// The width of a cell.
    pub cell_width: f64,
    /// The height of a cell.
    pub cell_height: f64,
}

impl Grid {
    /// The cells of `plan` on a chart of this width.
    pub fn new(plan: &Plan, width: f64) -> Self {
        let (columns, rows) = (plan.columns(), plan.rows());
        let inner = (width - LEFT - RIGHT).max(columns as f64);
        let [least, most] = HEIGHTS;
        let height = (inner * HEIGHT_PART).clamp(least, most).min(rows as f64 * HIGHEST_ROW);
        Self {
            columns,
            rows,
            cell_width: inner / columns as f64,
            cell_height: height / rows as f64,
        }
    }

    /// The left and upper edge of a cell.
    pub fn corner(&self, place: Place) -> (f64, f64) {
        let up = self.rows - 1 - place.row.min(self.rows - 1);
        (LEFT + place.column as f64 * self.cell_width, TOP + up as f64 * self.cell_height)
    }

    /// The cell at a point of the chart, if there is one.
    pub fn place_at(&self, x: f64, y: f64) -> Option<Place> {
        let column = ((x - LEFT) / self.cell_width).floor();
        let from_top = ((y - TOP) / self.cell_height).floor();
        let inside = (0.0..self.columns as f64).contains(&column)
            && (0.0..self.rows as f64).contains(&from_top);
        inside.then(|| Place { column: column as usize, row: self.rows - 1 - from_top as usize })
    }

    /// The place beside `from` in the direction of an arrow key; `None` for any other key.
    pub fn moved(&self, from: Place, key: &str) -> Option<Place> {
        let Place { column, row } = from;
        let (last_column, last_row) = (self.columns - 1, self.rows - 1);
        let (column, row) = match key {
            "ArrowLeft" => (column.saturating_sub(1), row),
            "ArrowRight" => ((column + 1).min(last_column), row),
            "ArrowUp" => (column, (row + 1).min(last_row)),
            "ArrowDown" => (column, row.saturating_sub(1)),
            "Home" => (0, row),
            "End" => (last_column, row),
            _ => return None,
        };
        Some(Place { column, row })
    }

    /// Where the cells end at the right.
    pub fn right(&self) -> f64 {
        LEFT + self.columns as f64 * self.cell_width
    }

    /// Where the cells end below.
    pub fn foot(&self) -> f64 {
        TOP + self.rows as f64 * self.cell_height
    }
}
