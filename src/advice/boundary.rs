//! Where the cost model has one model overtake another, on a map.

use super::costs::Costs;
use super::evidence::{Evidence, Spread, WorkProfile};
use super::prediction::Prediction;
use super::recommendation::AS_FAST;
use crate::measure::model_map::{ModelMap, Place, Plan};
use crate::models::ExecutorKind;
use crate::workloads::mix::Mix;
use std::collections::BTreeMap;

/// The model that is predicted to be the fastest, or about as fast and simpler, in each cell of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary(BTreeMap<Place, ExecutorKind>);

/// In how many cells a map and the prediction have the same fastest model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Cells in which they agree.
    pub agreed: usize,
    /// Cells that were measured and are not too close to call.
    pub of: usize,
}

impl Boundary {
    /// The prediction for the cells of `plan`, from `typical`, which is evidence of its typical cell, and what
    /// the models cost where that was measured.
    pub fn of(plan: &Plan, typical: &Evidence, costs: &Costs) -> Self {
        let of_cell = |place: Place| {
            let evidence = evidence(typical, plan.mix(plan.typical()), plan.mix(place));
            let executors = plan.executors(place.row);
            let predicted: Vec<_> =
                executors.iter().filter_map(|one| Prediction::of(one, &evidence, costs)).collect();
            let least_ms = predicted.iter().map(|one| one.median_ms).reduce(f64::min)?;
            // As everywhere, the simplest of those that are about as fast.
            let chosen = predicted.iter().find(|one| one.median_ms <= AS_FAST * least_ms)?;
            Some((place, chosen.kind()))
        };
        Self(plan.places().filter_map(of_cell).collect())
    }

    /// The model that is predicted to be the fastest at a place, or about as fast and simpler.
    pub fn at(&self, place: Place) -> Option<ExecutorKind> {
        self.0.get(&place).copied()
    }

    /// How far it agrees with what was measured.
    pub fn agreement(&self, map: &ModelMap) -> Agreement {
        let clear = map.cells().filter(|(_, cell)| !cell.is_close());
        let mut agreement = Agreement { agreed: 0, of: 0 };
        for (place, cell) in clear {
            let Some((fastest, _)) = cell.fastest() else { continue };
            agreement.of += 1;
            agreement.agreed += usize::from(self.at(*place) == Some(fastest));
        }
        agreement
    }
}

/// The evidence of a cell of `mix`, by that of a cell of `profiled`.
fn evidence(typical: &Evidence, profiled: Mix, mix: Mix) -> Evidence {
    let unit_ms = typical.work.compute_ms.mean / profiled.compute_units.max(1) as f64;
    let part =
        typical.work.compute_ms.mean_sd / typical.work.compute_ms.mean.max(f64::MIN_POSITIVE);
    let work = WorkProfile {
        tasks: mix.tasks,
        compute_ms: Spread::even(unit_ms * mix.compute_units as f64, part),
        wait_ms: Spread::even(mix.wait_ms as f64, 0.0),
        bytes_in: mix.payload_bytes as f64,
        shared_bytes: (mix.tasks * mix.payload_bytes) as f64,
        ..typical.work.clone()
    };
    Evidence { work, ..typical.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::evidence::{Limits, Source};
    use crate::advice::{Lens, Uncertain, home};
    use crate::measure::model_map::{Cell, Timing, View};

    /// A machine on which a unit takes 5 µs, and handing over costs what it costs in CPython.
    fn predicted(plan: &Plan) -> Boundary {
        let mix = plan.mix(plan.typical());
        let work = WorkProfile {
            tasks: mix.tasks,
            compute_ms: Spread::even(0.005 * mix.compute_units as f64, 0.0),
            wait_ms: Spread::default(),
            bytes_in: mix.payload_bytes as f64,
            bytes_out: 8.0,
            body_bytes: 0.0,
            shared_bytes: 0.0,
            merge_ms: None,
            holds_gil: true,
            has_stages: true,
        };
        let cores = Uncertain::exact(2.0);
        let source = Source::Profiled { tasks: mix.tasks };
        let evidence = Evidence { source, work, cores, limits: Limits::default() };
        let costs = Costs { counts_start: false, ..home::costs(Lens::Python) };
        Boundary::of(plan, &evidence, &costs)
    }

    #[test]
    fn longer_tasks_lead_to_processes_and_larger_payloads_away_from_them() {
        let plan = Plan::new(View::Payload, ExecutorKind::ThreadsGil, 2);
        let predicted = predicted(&plan);
        let at = |column, row| predicted.at(Place { column, row });
        let (last_column, last_row) = (plan.columns() - 1, plan.rows() - 1);
        assert_eq!(at(0, 0), Some(ExecutorKind::MainThread));
        assert_eq!(at(last_column, 0), Some(ExecutorKind::Processes));
        assert_eq!(at(0, last_row), Some(ExecutorKind::MainThread));
        // Along each row there is one border, and it is further to the right with larger payloads.
        let border = |row| (0..=last_column).find(|column| at(*column, row) != at(0, row));
        let borders: Vec<_> = (0..=last_row).map(border).collect();
        assert!(borders.iter().all(Option::is_some) && borders.is_sorted(), "{borders:?}");
        assert!(borders.first() < borders.last());
    }

    #[test]
    fn agreement_counts_the_cells_that_are_clear() {
        let plan = Plan::new(View::Payload, ExecutorKind::ThreadsGil, 2);
        let predicted = predicted(&plan);
        let mut map = ModelMap::new(plan);
        let cell = |main_ms: f64, processes_ms: f64| {
            let ran = |kind, ms: f64| (kind, Timing::Ran(vec![ms]));
            let main = ran(ExecutorKind::MainThread, main_ms);
            Cell::new(vec![main, ran(ExecutorKind::Processes, processes_ms)])
        };
        let none = predicted.agreement(&map);
        assert_eq!((none.agreed, none.of), (0, 0));
        map.note(Place { column: 0, row: 0 }, cell(1.0, 2.0));
        map.note(Place { column: 1, row: 0 }, cell(2.0, 1.0));
        map.note(Place { column: 2, row: 0 }, cell(1.0, 1.0));
        let found = predicted.agreement(&map);
        assert_eq!((found.agreed, found.of), (1, 2));
    }
}
