//! Was the sketched speedup curve the measured one, and if not, what was missed?

use super::judgement::{Judgement, JudgementKind, PredictedPoint};
use crate::measure::scaling::Scaling;

/// A curve within this part of the measured one is right: nobody draws finer, and a
/// busy machine differs by as much from run to run.
pub const NEAR: f64 = 0.15;
/// A curve rises or declines where its ends differ by more than this, and is flat
/// where they do not: less is lost in the intervals of a usual run.
const CHANGE: f64 = 0.1;
/// Effective cores are known to within this many.
const CORES_SLACK: f64 = 0.25;

/// Compares a predicted curve, the speedups with 1, 2, 3… workers, with a measured
/// one, at the worker counts that both have.
pub fn judge_curve(
    predicted: &[f64],
    scaling: &Scaling,
    effective_cores: Option<f64>,
) -> Judgement {
    let both: Vec<PredictedPoint> = scaling
        .points
        .iter()
        .filter_map(|point| {
            let predicted = *predicted.get((point.workers as usize).checked_sub(1)?)?;
            let sound = predicted.is_finite() && predicted > 0.0;
            let measured = point.speedup.ratio;
            sound.then_some(PredictedPoint { workers: point.workers, predicted, measured })
        })
        .collect();
    // One worker is as fast as one worker: that is no prediction.
    let compared = both.iter().filter(|at| at.workers > 1);
    let worst = compared.copied().max_by(|a, b| off(a).total_cmp(&off(b)));
    let (Some(worst), Some(widest)) = (worst, both.last().copied()) else {
        return Judgement { kind: JudgementKind::NothingMeasured, gap: None };
    };
    let kind = if off(&worst) <= 1.0 + NEAR {
        JudgementKind::Curve { worst }
    } else {
        beyond_cores(&both, widest, effective_cores)
            .or_else(|| about_the_peak(&both, widest, scaling))
            .unwrap_or_else(|| amount(worst, widest))
    };
    Judgement { kind, gap: Some(off(&worst) - 1.0) }
}

/// By which factor a prediction was off, to either side.
fn off(at: &PredictedPoint) -> f64 {
    (at.predicted / at.measured).max(at.measured / at.predicted)
}

/// Rising where the cores were used up and the measured curve is flat.
fn beyond_cores(
    both: &[PredictedPoint],
    widest: PredictedPoint,
    effective_cores: Option<f64>,
) -> Option<JudgementKind> {
    let cores = effective_cores?;
    let at_cores = *both.iter().find(|at| f64::from(at.workers) >= cores - CORES_SLACK)?;
    let rises = widest.predicted > at_cores.predicted * (1.0 + CHANGE);
    let flat = (widest.measured / at_cores.measured - 1.0).abs() <= CHANGE;
    let too_much = widest.predicted > widest.measured * (1.0 + NEAR);
    (at_cores.workers < widest.workers && rises && flat && too_much)
        .then_some(JudgementKind::BeyondCores { cores, at_cores, widest })
}

/// A decline where none was expected, or a peak at another place.
fn about_the_peak(
    both: &[PredictedPoint],
    widest: PredictedPoint,
    scaling: &Scaling,
) -> Option<JudgementKind> {
    // Of equals the narrowest.
    let greatest = |of: fn(&PredictedPoint) -> f64| {
        both.iter().copied().reduce(|best, next| if of(&next) > of(&best) { next } else { best })
    };
    let (expected, peak) = (greatest(|at| at.predicted)?, greatest(|at| at.measured)?);
    let declined = |from: f64, to: f64| to < from * (1.0 - CHANGE);
    let ends_below = scaling.points.iter().find(|point| point.workers == widest.workers);
    let beyond_doubt = ends_below.is_some_and(|point| point.speedup.ci95[1] < peak.measured);
    let declines = declined(peak.measured, widest.measured) && beyond_doubt;
    if !declined(expected.predicted, widest.predicted) {
        return declines.then_some(JudgementKind::MissedDecline { peak, widest });
    }
    declined(peak.measured, expected.measured)
        .then_some(JudgementKind::PeakElsewhere { expected, peak })
}

/// Too much or too little, by where it was off most.
fn amount(worst: PredictedPoint, widest: PredictedPoint) -> JudgementKind {
    if worst.predicted > worst.measured {
        let efficiency = widest.measured / f64::from(widest.workers);
        JudgementKind::TooMuch { worst, widest: (widest.workers, efficiency) }
    } else {
        JudgementKind::TooLittle { worst }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::scaling::measured;
    use proptest::prelude::*;

    const IDEAL: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];

    /// The judgement on a curve, where 1, 2, 4 and 8 workers reached `speedups`.
    fn judged(predicted: &[f64], speedups: [f64; 4], cores: Option<f64>) -> Judgement {
        let points = [1, 2, 4, 8].into_iter().zip(speedups).collect::<Vec<_>>();
        judge_curve(predicted, &measured(&points), cores)
    }

    #[test]
    fn close_everywhere_is_right() {
        let right = judged(&IDEAL, [1.0, 1.9, 3.6, 7.0], Some(8.0));
        assert_eq!(
            right.text(),
            "Right: your curve is close everywhere. It was furthest off at 8 workers: 8.00, measured \
             7.00."
        );
        assert!(right.kind.is_right());
        assert!(right.gap.is_some_and(|gap| (gap - 1.0 / 7.0).abs() < 1e-12));
    }

    #[test]
    fn ideal_line_beyond_the_cores_is_named() {
        let wrong = judged(&IDEAL, [1.0, 1.95, 3.8, 3.75], Some(3.9));
        assert_eq!(
            wrong.text(),
            "You expected workers beyond the cores to help. This machine has 3.90 in effect: from \
             4 to 8 workers your curve goes from 4.00 to 8.00, the measured one from 3.80 to 3.75."
        );
        assert!(!wrong.kind.is_right());
        // Nobody has counted the cores, so nothing is blamed on them.
        let blind = judged(&IDEAL, [1.0, 1.95, 3.8, 3.75], None);
        assert_eq!(blind.kind.code(), "TooMuch");
        // Cores to spare are no reason, either.
        assert_eq!(judged(&IDEAL, [1.0, 1.95, 3.8, 3.75], Some(16.0)).kind.code(), "TooMuch");
    }

    #[test]
    fn too_much_tells_of_overheads() {
        let wrong = judged(&IDEAL, [1.0, 1.6, 2.4, 3.2], Some(8.0));
        assert_eq!(
            wrong.text(),
            "You expected too much: 8.00 at 8 workers, measured 3.20. With 8 workers, each did 40% \
             of what one does alone; the rest is overhead."
        );
    }

    #[test]
    fn too_little_is_said_as_such() {
        let wrong = judged(&[1.0; 8], [1.0, 1.9, 3.6, 6.5], Some(8.0));
        assert_eq!(wrong.text(), "You expected too little: 1.00 at 8 workers, measured 6.50.");
        assert_eq!(wrong.gap, Some(5.5));
    }

    #[test]
    fn missed_decline_is_named() {
        let wrong = judged(&IDEAL, [1.0, 1.8, 2.5, 1.5], Some(4.0));
        assert_eq!(
            wrong.text(),
            "You expected no decline, but too many workers made it slower: 2.50 at 4 workers, and \
             only 1.50 at 8."
        );
        // A flat sketch has no decline, either.
        assert_eq!(judged(&[1.0; 8], [1.0, 1.8, 2.5, 1.5], None).kind.code(), "MissedDecline");
    }

    #[test]
    fn peak_elsewhere_is_named() {
        let early = [1.0, 1.9, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2];
        let wrong = judged(&early, [1.0, 1.9, 3.0, 2.0], None);
        assert_eq!(
            wrong.text(),
            "You expected the peak at 2 workers; it was at 4, with a speedup of 3.00 instead of \
             1.90."
        );
        // The same where the measured curve has no end to its rise.
        assert_eq!(judged(&early, [1.0, 1.9, 3.0, 6.0], None).kind.code(), "PeakElsewhere");
        // At the right place, only too low.
        let low = [1.0, 1.2, 1.5, 1.8, 1.6, 1.4, 1.3, 1.2];
        assert_eq!(judged(&low, [1.0, 1.9, 3.0, 2.0], None).kind.code(), "TooLittle");
    }

    #[test]
    fn what_both_do_not_have_is_not_compared() {
        assert_eq!(judged(&[1.0], [1.0, 2.0, 4.0, 8.0], None).kind, JudgementKind::NothingMeasured);
        assert_eq!(judge_curve(&IDEAL, &measured(&[]), None).gap, None);
        assert!(judged(&IDEAL[..2], [1.0, 2.0, 1.0, 1.0], None).kind.is_right());
        assert!(judged(&[1.0, 2.0, 0.0, f64::NAN], [1.0, 2.0, 1.0, 1.0], None).kind.is_right());
    }

    proptest! {
        #[test]
        fn every_curve_gets_a_sentence(
            predicted in prop::collection::vec(0.1f64..32.0, 8),
            speedups in prop::array::uniform4(0.05f64..40.0),
            cores in prop::option::of(0.5f64..40.0),
        ) {
            let judgement = judged(&predicted, speedups, cores);
            prop_assert!(judgement.gap.is_some_and(|gap| gap.is_finite() && gap >= 0.0));
            prop_assert!(!judgement.text().contains("NaN") && !judgement.text().contains("inf"));
            prop_assert_eq!(judgement.kind.is_right(), judgement.gap.is_some_and(|gap| gap <= NEAR + 1e-12));
        }
    }
}
