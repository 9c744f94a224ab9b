//! A map of where one model overtakes another: two figures of the work across and up, and in each cell the
//! fastest model.
//!
//! Cells are measured on a coarse lattice first, and then on finer ones where that tells something: a
//! cell whose neighbours on the coarser lattice all have the same fastest model, or the same ones that may
//! as well be it, is taken to be like them. Whoever wants to know has the others measured as well. Cells that
//! are clear by a little are measured once more at the end, at another time, and are clear only if it is the same
//! then.

mod cell;
mod plan;

pub use cell::{Cell, FAR_SLOWER, Timing};
pub use plan::{COLUMNS, Place, Plan, ROWS, View};

use crate::models::ExecutorKind;
use std::collections::BTreeMap;

/// From one cell of a lattice to the next, the coarsest first.
const LATTICES: [usize; 4] = [8, 4, 2, 1];

/// The cells of a map that were measured so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelMap {
    plan: Plan,
    cells: BTreeMap<Place, Cell>,
    /// Which of [`LATTICES`] is being measured; one more once there is none left.
    lattice: usize,
    /// Whether the cells are measured, too, that are taken to be as those around.
    is_whole: bool,
}

/// What to measure next, for the first time or once more.
#[derive(Clone, Debug, PartialEq)]
pub struct NextCell {
    /// Where.
    pub place: Place,
    /// Which models, the ones most likely fast first; only those in question where it is measured once more.
    pub contenders: Vec<ExecutorKind>,
}

impl ModelMap {
    /// An empty map.
    pub fn new(plan: Plan) -> Self {
        Self { plan, cells: BTreeMap::new(), lattice: 0, is_whole: false }
    }

    /// What it is of.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What was measured at a place.
    pub fn cell(&self, place: Place) -> Option<&Cell> {
        self.cells.get(&place)
    }

    /// Everything that was measured.
    pub fn cells(&self) -> impl Iterator<Item = (&Place, &Cell)> {
        self.cells.iter()
    }

    /// How many cells were measured.
    pub fn measured(&self) -> usize {
        self.cells.len()
    }

    /// Whether the first picture stands: the coarsest lattice is measured.
    pub fn has_picture(&self) -> bool {
        self.lattice > 0
    }

    /// Whether every cell is measured, or taken to be as those around it, and none is left to be measured once
    /// more.
    pub fn is_refined(&self) -> bool {
        self.lattice == LATTICES.len() && self.unconfirmed() == 0
    }

    /// Whether every cell is measured, and none is left to be measured once more.
    pub fn is_measured(&self) -> bool {
        self.measured() == self.plan.cells() && self.unconfirmed() == 0
    }

    /// How much of the map stands, 0 to 1: the cells that were measured or need not be, and need not be once more.
    pub fn done(&self) -> f64 {
        let on_lattice = |place: &Place| !self.needs(*place);
        let standing = match self.is_whole {
            true => self.measured(),
            false => self.places_of(self.lattice).filter(on_lattice).count(),
        };
        standing.saturating_sub(self.unconfirmed()) as f64 / self.plan.cells() as f64
    }

    /// Wants every cell measured from now on.
    pub fn measure_on(&mut self) {
        self.is_whole = true;
    }

    /// What to measure next; `None` once there is nothing left.
    pub fn next_cell(&mut self) -> Option<NextCell> {
        while self.lattice < LATTICES.len() {
            let next = self.places_of(self.lattice).find(|place| self.needs(*place));
            if let Some(place) = next {
                return Some(self.at(place));
            }
            self.lattice += 1;
        }
        let left = self.plan.places().find(|place| !self.cells.contains_key(place));
        if let Some(place) = left.filter(|_| self.is_whole) {
            return Some(self.at(place));
        }
        let mut cells = self.cells.iter().map(|(place, cell)| (*place, cell.to_confirm()));
        let (place, contenders) = cells.find(|(_, contenders)| !contenders.is_empty())?;
        Some(NextCell { place, contenders })
    }

    /// Notes what was measured at a place, beside what was before.
    pub fn note(&mut self, place: Place, cell: Cell) {
        let known = self.cells.remove(&place);
        self.cells.insert(place, known.unwrap_or_default().merged_with(cell));
    }

    /// How many cells are to be measured once more.
    pub fn unconfirmed(&self) -> usize {
        self.cells.values().filter(|cell| !cell.to_confirm().is_empty()).count()
    }

    /// The cell that stands for a place: its own, or the nearest that was measured.
    pub fn shown(&self, place: Place) -> Option<(Place, &Cell)> {
        if let Some(cell) = self.cell(place) {
            return Some((place, cell));
        }
        let nearest = self.cells.iter().min_by_key(|(other, _)| distance(**other, place));
        nearest.map(|(place, cell)| (*place, cell))
    }

    fn at(&self, place: Place) -> NextCell {
        let around = self.around(place);
        let models = self.plan.models();
        // Whoever is far slower all around is not asked again; whoever failed is, so that it is said here, too.
        let nothing_ran = around.iter().all(|cell| cell.fastest().is_none());
        let comes = |kind: &ExecutorKind| {
            let is_in_question = |cell: &Cell| cell.is_contender(*kind) || cell.has_failed(*kind);
            nothing_ran || around.iter().any(|cell| is_in_question(cell))
        };
        let mut contenders: Vec<_> = models.into_iter().filter(comes).collect();
        let nearest = self.shown(place).map(|(_, cell)| cell);
        let median_ms = |kind: &ExecutorKind| {
            nearest.and_then(|cell| cell.timing(*kind)?.median_ms()).unwrap_or(f64::INFINITY)
        };
        contenders.sort_by(|a, b| median_ms(a).total_cmp(&median_ms(b)));
        NextCell { place, contenders }
    }

    /// The places of a lattice, those of coarser ones included.
    fn places_of(&self, lattice: usize) -> impl Iterator<Item = Place> + use<> {
        let step = LATTICES.get(lattice).copied().unwrap_or(1);
        let (columns, rows) = (self.plan.columns(), self.plan.rows());
        let on = move |at: usize, count: usize| at.is_multiple_of(step) || at + 1 == count;
        self.plan.places().filter(move |place| on(place.column, columns) && on(place.row, rows))
    }

    /// Whether a place is to be measured: nothing is known of it, or what is around it differs.
    fn needs(&self, place: Place) -> bool {
        if self.cells.contains_key(&place) {
            return false;
        }
        let around = self.around(place);
        let Some((first, others)) = around.split_first() else { return true };
        let fastest = first.candidates();
        fastest.is_empty() || others.iter().any(|cell| cell.candidates() != fastest)
    }

    /// The measured cells that surround a place at the distance of the lattice before; none on the first
    /// one.
    fn around(&self, place: Place) -> Vec<&Cell> {
        let Some(coarser) = self.lattice.checked_sub(1) else { return Vec::new() };
        let step = LATTICES.get(coarser).copied().unwrap_or(1);
        let sides = |at: usize, count: usize| {
            let low = at / step * step;
            [low, if at.is_multiple_of(step) { low } else { (low + step).min(count - 1) }]
        };
        let columns = sides(place.column, self.plan.columns());
        let rows = sides(place.row, self.plan.rows());
        let corners = columns.into_iter().flat_map(|column| rows.map(|row| Place { column, row }));
        let mut corners: Vec<_> = corners.collect();
        corners.dedup();
        // What was not measured was taken to be as those around it.
        corners.into_iter().filter_map(|corner| self.shown(corner)).map(|(_, cell)| cell).collect()
    }
}

/// How far two places are from one another, as a square.
fn distance(one: Place, other: Place) -> usize {
    one.column.abs_diff(other.column).pow(2) + one.row.abs_diff(other.row).pow(2)
}

#[cfg(test)]
mod tests;
