//! What a run over 1 to N workers says: how far the speedup follows the workers.

use super::fit::{Amdahl, Point, Usl};
use super::stats::Ratio;
use serde::Serialize;

/// More workers help only if they are faster by more than this: less is not worth a
/// worker, and two runs of the same pool differ by as much.
pub const WORTH_A_WORKER: f64 = 0.03;

/// A pool's speedup over one worker of the same model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurement {
    /// How many workers it had.
    pub workers: u32,
    /// How many times as fast it was as one of them: 1, from 1 to 1, for one.
    pub ratio: Ratio,
}

/// A pool in the chart and the table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingPoint {
    /// How many workers it had.
    pub workers: u32,
    /// How many times as fast it was as one of them.
    pub speedup: Ratio,
    /// The speedup per worker: 1 where each does as much as one alone.
    pub efficiency: f64,
}

/// How far the speedup follows the workers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scaling {
    /// The pools, the narrowest first.
    pub points: Vec<ScalingPoint>,
    /// Amdahl's law, as fitted to them.
    pub amdahl: Option<Amdahl>,
    /// The Universal Scalability Law, as fitted to them.
    pub usl: Option<Usl>,
    /// From where on more workers stop helping: the least count such that no larger
    /// one is faster beyond doubt, which is when its interval begins more than
    /// [`WORTH_A_WORKER`] above this one's speedup. `None` where the widest pool still
    /// is, so that more might help.
    pub enough_workers: Option<u32>,
}

impl Scaling {
    /// What these measurements say, in whatever order they come. Those that are no
    /// speedups are left out.
    pub fn of(measurements: &[Measurement]) -> Self {
        let is_speedup = |ratio: &Ratio| {
            [ratio.ratio, ratio.ci95[0], ratio.ci95[1]].iter().all(|n| n.is_finite() && *n > 0.0)
        };
        let mut points: Vec<_> = measurements
            .iter()
            .filter(|one| one.workers > 0 && is_speedup(&one.ratio))
            .map(|one| ScalingPoint {
                workers: one.workers,
                speedup: one.ratio,
                efficiency: one.ratio.ratio / f64::from(one.workers),
            })
            .collect();
        points.sort_by_key(|point| point.workers);
        let to_fit: Vec<_> = points
            .iter()
            .map(|one| Point { workers: one.workers.into(), speedup: one.speedup.ratio })
            .collect();
        Self {
            amdahl: Amdahl::fit(&to_fit),
            usl: Usl::fit(&to_fit),
            enough_workers: enough_workers(&points),
            points,
        }
    }

    /// The widest pool.
    pub fn widest(&self) -> Option<&ScalingPoint> {
        self.points.last()
    }

    /// The fastest pool, the narrowest of equals.
    pub fn fastest(&self) -> Option<&ScalingPoint> {
        let faster =
            |best: &ScalingPoint, next: &ScalingPoint| next.speedup.ratio > best.speedup.ratio;
        self.points.iter().reduce(|best, next| if faster(best, next) { next } else { best })
    }
}

/// See [`Scaling::enough_workers`].
fn enough_workers(points: &[ScalingPoint]) -> Option<u32> {
    let widest = points.last()?.workers;
    let no_larger_is_faster = |one: &&ScalingPoint| {
        let doubt = one.speedup.ratio * (1.0 + WORTH_A_WORKER);
        points.iter().all(|other| other.workers <= one.workers || other.speedup.ci95[0] <= doubt)
    };
    let enough = points.iter().find(no_larger_is_faster)?.workers;
    (enough < widest).then_some(enough)
}

/// Measurements of these speedups, each known to 1%.
#[cfg(test)]
pub fn measured(speedups: &[(u32, f64)]) -> Scaling {
    let of = |(workers, ratio): &(u32, f64)| Measurement {
        workers: *workers,
        ratio: Ratio { ratio: *ratio, ci95: [ratio * 0.99, ratio * 1.01] },
    };
    Scaling::of(&speedups.iter().map(of).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn efficiency_is_speedup_per_worker() {
        let scaling = measured(&[(4, 3.0), (1, 1.0), (2, 1.8)]);
        let points: Vec<_> =
            scaling.points.iter().map(|point| (point.workers, point.efficiency)).collect();
        assert_eq!(points, [(1, 1.0), (2, 0.9), (4, 0.75)]);
        assert_eq!(scaling.widest().map(|point| point.workers), Some(4));
        assert!(scaling.amdahl.is_some() && scaling.usl.is_some());
    }

    #[test]
    fn more_workers_stop_helping_where_the_curve_turns_flat() {
        let flat = measured(&[(1, 1.0), (2, 1.95), (3, 1.97), (4, 1.96)]);
        assert_eq!(flat.enough_workers, Some(2));
        let falling = measured(&[(1, 1.0), (2, 1.8), (4, 2.5), (8, 1.9)]);
        assert_eq!(falling.enough_workers, Some(4));
        assert_eq!(falling.fastest().map(|point| point.workers), Some(4));
        let useless = measured(&[(1, 1.0), (2, 0.8), (4, 0.7)]);
        assert_eq!(useless.enough_workers, Some(1));
    }

    /// A dip at 3 is not the end, as 4 are faster than 2 again.
    #[test]
    fn dip_in_the_curve_is_not_enough_workers() {
        let dip = measured(&[(1, 1.0), (2, 1.9), (3, 1.7), (4, 2.9), (5, 2.9)]);
        assert_eq!(dip.enough_workers, Some(4));
    }

    #[test]
    fn while_the_widest_is_the_fastest_nobody_knows_what_is_enough() {
        assert_eq!(measured(&[(1, 1.0), (2, 1.9), (4, 3.5)]).enough_workers, None);
        assert_eq!(measured(&[(1, 1.0)]).enough_workers, None);
        assert_eq!(measured(&[]).enough_workers, None);
    }

    #[test]
    fn what_is_in_doubt_is_not_faster() {
        let ratio = |ratio, low| Ratio { ratio, ci95: [low, ratio * 1.2] };
        let measurements = [(1, ratio(1.0, 1.0)), (2, ratio(1.9, 1.8)), (4, ratio(2.2, 1.85))];
        let measurements = measurements.map(|(workers, ratio)| Measurement { workers, ratio });
        assert_eq!(Scaling::of(&measurements).enough_workers, Some(2));
    }

    #[test]
    fn scaling_serializes_as_documented() {
        let json = serde_json::to_value(measured(&[(1, 1.0), (2, 2.0)])).expect("plain data");
        assert_eq!(json["points"][1]["efficiency"], 1.0);
        assert_eq!(json["points"][1]["speedup"]["ci95"][0], 1.98);
        assert_eq!((&json["enoughWorkers"], &json["amdahl"]), (&().into(), &().into()));
        let json = serde_json::to_value(measured(&[(1, 1.0), (2, 2.0), (3, 3.0)]));
        let json = json.expect("plain data");
        assert_eq!(
            (&json["usl"]["contention"], &json["amdahl"]["rSquared"]),
            (&0.0.into(), &1.0.into())
        );
    }
}
