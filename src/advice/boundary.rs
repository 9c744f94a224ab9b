//! Where the cost model has one model overtake another, on a map.

use super::costs::Costs;
use super::evidence::{Evidence, Spread, WorkProfile};
use super::prediction::Prediction;
use crate::measure::model_map::{Mix, ModelMap, Place, Plan};
use crate::models::ExecutorKind;
use std::collections::BTreeMap;

/// The model that is predicted to be the fastest, in each cell of a map.
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
            let predicted =
                executors.iter().filter_map(|one| Prediction::of(one, &evidence, costs));
            let fastest = predicted.min_by(|a, b| a.median_ms.total_cmp(&b.median_ms))?;
            Some((place, fastest.kind()))
        };
        Self(plan.places().filter_map(of_cell).collect())
    }

    /// The model that is predicted to be the fastest at a place.
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
    let unit_ms = typical.work.compute_ms.mean / profiled.units.max(1) as f64;
    let part =
        typical.work.compute_ms.mean_sd / typical.work.compute_ms.mean.max(f64::MIN_POSITIVE);
    let work = WorkProfile {
        tasks: mix.tasks,
        compute_ms: Spread::even(unit_ms * mix.units as f64, part),
        wait_ms: Spread::even(mix.wait_ms as f64, 0.0),
        bytes_in: mix.payload as f64,
        shared_bytes: (mix.tasks * mix.payload) as f64,
        ..typical.work.clone()
    };
    Evidence { work, ..typical.clone() }
}
