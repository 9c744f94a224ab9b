//! Fits to speedup curves: Amdahl's law and the Universal Scalability Law.
//!
//! Both are least squares on the speedup itself, so that a point counts for as much
//! as it is seen to be off in the chart. Amdahl's law is the other law without
//! coherency, and one solver does both.

mod point;
mod solver;

pub use point::Point;

use serde::Serialize;
use solver::{GREATEST_PARAMETER, Parameters, best, error, speedup};

/// Amdahl's law, S(n) = 1 / (s + (1 − s) / n): Amdahl, "Validity of the Single
/// Processor Approach to Achieving Large Scale Computing Capabilities", 1967.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Amdahl {
    /// The part s of the work that only one worker can do, 0 to 1.
    pub serial: f64,
    /// How well it fits: the part of the speedups' variance that it explains, R² =
    /// 1 − Σ(y − S)² / Σ(y − mean)². 1 is perfect; below 0, their mean fits better.
    pub r_squared: f64,
}

impl Amdahl {
    /// The law that fits best. `None` for fewer than three worker counts, and for
    /// points that are no speedups: less than one worker, nothing, or beyond 10⁶.
    pub fn fit(points: &[Point]) -> Option<Self> {
        let [serial, _] = best(points, [1.0, 0.0], &[])?;
        Some(Self { serial, r_squared: r_squared(points, [serial, 0.0]) })
    }

    /// The speedup at this many workers, 1 or more.
    pub fn speedup(&self, workers: f64) -> f64 {
        speedup([self.serial, 0.0], workers)
    }
}

/// The Universal Scalability Law, S(n) = n / (1 + a (n − 1) + b n (n − 1)): Gunther,
/// "A General Theory of Computational Scalability Based on Rational Functions", 2008.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Usl {
    /// Contention a ≥ 0: what workers cost that wait for one another.
    pub contention: f64,
    /// Coherency b ≥ 0: what each pair of workers costs that must agree.
    pub coherency: f64,
    /// How well it fits: see [`Amdahl::r_squared`].
    pub r_squared: f64,
}

impl Usl {
    /// The law that fits best; `None` as for [`Amdahl::fit`].
    pub fn fit(points: &[Point]) -> Option<Self> {
        // From contention alone on, and from coherency alone, it cannot but get better.
        let serial = best(points, [1.0, 0.0], &[])?;
        let alone = best(points, [0.0, GREATEST_PARAMETER], &[])?;
        let found = best(points, [GREATEST_PARAMETER; 2], &[serial, alone])?;
        let [contention, coherency] = found;
        Some(Self { contention, coherency, r_squared: r_squared(points, found) })
    }

    /// The speedup at this many workers, 1 or more.
    pub fn speedup(&self, workers: f64) -> f64 {
        speedup([self.contention, self.coherency], workers)
    }

    /// The worker count from which on more make it slower, √((1 − a) / b), or 1 where
    /// it is slower from the first on; `None` where it never is.
    pub fn peak_workers(&self) -> Option<f64> {
        let peak = ((1.0 - self.contention).max(0.0) / self.coherency).sqrt().max(1.0);
        (self.coherency > 0.0 && peak.is_finite()).then_some(peak)
    }
}

/// See [`Amdahl::r_squared`]. Where all speedups are the same there is no variance:
/// 1 if they are met, otherwise 0.
fn r_squared(points: &[Point], parameters: Parameters) -> f64 {
    let mean = points.iter().map(|point| point.speedup).sum::<f64>() / points.len() as f64;
    let variance = |point: &Point| (point.speedup - mean) * (point.speedup - mean);
    let total: f64 = points.iter().map(variance).sum();
    let left = error(points, parameters);
    let rounding = 1e-12 * mean * mean * points.len() as f64;
    match (left <= rounding, total <= rounding) {
        (true, true) => 1.0,
        (false, true) => 0.0,
        _ => 1.0 - left / total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Up and down by turns, as no drift would be.
    const NOISE: [f64; 8] = [0.01, -0.02, 0.015, -0.01, 0.02, -0.015, -0.01, 0.015];

    fn points(most: u32, noise: f64, law: impl Fn(f64) -> f64) -> Vec<Point> {
        let point = |n: u32| {
            let off = if n == 1 { 0.0 } else { noise * NOISE[n as usize % NOISE.len()] };
            Point { workers: f64::from(n), speedup: law(f64::from(n)) * (1.0 + off) }
        };
        (1..=most).map(point).collect()
    }

    /// The formulas as the papers write them.
    fn amdahl(s: f64) -> impl Fn(f64) -> f64 {
        move |n| 1.0 / (s + (1.0 - s) / n)
    }
    fn usl(a: f64, b: f64) -> impl Fn(f64) -> f64 {
        move |n| n / (1.0 + a * (n - 1.0) + b * n * (n - 1.0))
    }

    const PAIRS: [(f64, f64); 5] =
        [(0.0, 0.01), (0.05, 0.0), (0.05, 0.002), (0.2, 0.02), (0.6, 0.05)];

    #[test]
    fn fit_recovers_the_parameters_of_its_points() {
        for most in [8, 16] {
            for s in [0.0, 0.01, 0.05, 0.25, 0.5, 0.9, 1.0] {
                let found = Amdahl::fit(&points(most, 0.0, amdahl(s))).expect("enough points");
                assert!((found.serial - s).abs() < 1e-6, "{s} to {most}: {found:?}");
                assert!(found.r_squared > 1.0 - 1e-6, "{found:?}");
            }
            for (a, b) in PAIRS {
                let found = Usl::fit(&points(most, 0.0, usl(a, b))).expect("enough points");
                assert!((found.contention - a).abs() < 1e-6, "{a} {b} to {most}: {found:?}");
                assert!((found.coherency - b).abs() < 1e-6, "{a} {b} to {most}: {found:?}");
                assert!(found.r_squared > 1.0 - 1e-6, "{found:?}");
            }
        }
    }

    /// With 1 to 2% of noise the curve holds everywhere to 2% and the parameters to 5%,
    /// but for those that cost less than the noise: coherency of 0.002 is 1.5% at 8
    /// workers, and no fit can tell it from that.
    #[test]
    fn noise_moves_the_fit_but_little() {
        for most in [8, 16] {
            let near = |fitted: &dyn Fn(f64) -> f64, law: &dyn Fn(f64) -> f64| {
                (1..=most).all(|n| (fitted(n.into()) / law(n.into()) - 1.0).abs() < 0.02)
            };
            for s in [0.0, 0.01, 0.05, 0.25, 0.5, 0.9] {
                let found = Amdahl::fit(&points(most, 1.0, amdahl(s))).expect("enough points");
                assert!((found.serial - s).abs() < (0.05 * s).max(0.0015), "{s}: {found:?}");
                assert!(near(&|n| found.speedup(n), &amdahl(s)), "{s}: {found:?}");
            }
            for (a, b) in PAIRS {
                let found = Usl::fit(&points(most, 1.0, usl(a, b))).expect("enough points");
                assert!(
                    (found.contention - a).abs() < (0.05 * a).max(0.006),
                    "{a} {b} to {most}: {found:?}"
                );
                assert!((found.coherency - b).abs() < (0.05 * b).max(0.001), "{a} {b}: {found:?}");
                assert!(near(&|n| found.speedup(n), &usl(a, b)), "{a} {b} to {most}: {found:?}");
            }
        }
    }

    #[test]
    fn perfect_scaling_costs_nothing() {
        let ideal = points(8, 0.0, |n| n);
        assert_eq!(Amdahl::fit(&ideal), Some(Amdahl { serial: 0.0, r_squared: 1.0 }));
        let found = Usl::fit(&ideal).expect("enough points");
        assert_eq!(found, Usl { contention: 0.0, coherency: 0.0, r_squared: 1.0 });
        assert_eq!(found.peak_workers(), None);
    }

    #[test]
    fn better_than_perfect_is_perfect_at_best() {
        let found = Usl::fit(&points(8, 0.0, |n| n * 1.1)).expect("enough points");
        assert_eq!((found.contention, found.coherency), (0.0, 0.0));
    }

    /// By hand: with a = 0.1 and b = 0.01 it is √90, and S falls to both sides of it.
    #[test]
    fn the_peak_is_where_more_workers_make_it_slower() {
        let law = Usl { contention: 0.1, coherency: 0.01, r_squared: 1.0 };
        let peak = law.peak_workers().expect("there is coherency");
        assert!((peak - 90.0_f64.sqrt()).abs() < 1e-12);
        assert!(law.speedup(peak) > law.speedup(peak - 0.1));
        assert!(law.speedup(peak) > law.speedup(peak + 0.1));
        assert_eq!(Usl { contention: 3.0, ..law }.peak_workers(), Some(1.0));
        assert_eq!(Usl { coherency: 0.0, ..law }.peak_workers(), None);
        assert_eq!(Usl { coherency: 1e-320, ..law }.peak_workers(), None);
    }

    #[test]
    fn fit_refuses_too_few_or_invalid_points() {
        let good = points(3, 0.0, amdahl(0.1));
        assert!(Amdahl::fit(&good).is_some() && Usl::fit(&good).is_some());
        let none = |points: &[Point]| Amdahl::fit(points).is_none() && Usl::fit(points).is_none();
        assert!(none(&good[..2]) && none(&[]));
        assert!(none(&[good[0], good[1], good[1], good[1]]));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MAX] {
            assert!(none(&[good[0], good[1], Point { speedup: bad, ..good[2] }]), "{bad}");
            assert!(none(&[good[0], good[1], Point { workers: bad, ..good[2] }]), "{bad}");
        }
    }

    #[test]
    fn flat_speedups_have_no_variance_to_explain() {
        let flat = Amdahl::fit(&points(4, 0.0, |_| 1.0)).expect("enough points");
        assert_eq!((flat.serial, flat.r_squared), (1.0, 1.0));
        assert_eq!(Amdahl::fit(&points(4, 0.0, |_| 0.5)).map(|law| law.r_squared), Some(0.0));
    }

    fn any_points() -> impl Strategy<Value = Vec<Point>> {
        let point = (1.0f64..64.0, 0.01f64..100.0)
            .prop_map(|(workers, speedup)| Point { workers, speedup });
        prop::collection::vec(point, 3..20)
    }

    proptest! {
        #[test]
        fn whatever_the_points_the_bounds_hold(points in any_points(), scale in -5i32..5) {
            let scaled = points.iter().map(|point| {
                Point { speedup: (point.speedup * 10f64.powi(scale)).clamp(1e-6, 1e6), ..*point }
            });
            let points: Vec<_> = scaled.collect();
            let amdahl = Amdahl::fit(&points).expect("enough points");
            prop_assert!((0.0..=1.0).contains(&amdahl.serial), "{:?}", amdahl);
            prop_assert!(amdahl.r_squared.is_finite() && amdahl.r_squared <= 1.0, "{:?}", amdahl);
            let usl = Usl::fit(&points).expect("enough points");
            prop_assert!(usl.contention >= 0.0 && usl.contention.is_finite(), "{:?}", usl);
            prop_assert!(usl.coherency >= 0.0 && usl.coherency.is_finite(), "{:?}", usl);
            prop_assert!(usl.r_squared.is_finite() && usl.r_squared <= 1.0, "{:?}", usl);
            prop_assert!(usl.r_squared >= amdahl.r_squared - 1e-4, "{:?} {:?}", usl, amdahl);
            prop_assert!(usl.peak_workers().is_none_or(|peak| peak.is_finite() && peak >= 1.0));
            for workers in [1.0, 2.0, 1e3, 1e300] {
                prop_assert!(amdahl.speedup(workers).is_finite());
                prop_assert!(usl.speedup(workers).is_finite());
            }
        }

        /// No better serial fraction is to be found by trying them all.
        #[test]
        fn no_other_serial_fraction_fits_better(points in any_points()) {
            let found = Amdahl::fit(&points).expect("enough points");
            let least = error(&points, [found.serial, 0.0]);
            for place in 0..=1_000 {
                let other = error(&points, [f64::from(place) / 1_000.0, 0.0]);
                prop_assert!(least <= other * (1.0 + 1e-3), "{:?}: {} > {}", found, least, other);
            }
        }

        /// Nor a better pair for what a bad run may measure: a law, and up to 40% of noise.
        #[test]
        fn no_other_pair_fits_better(
            (a, b) in (0f64..0.9, 0f64..0.05),
            noise in prop::collection::vec(0.6f64..1.4, 3..17),
        ) {
            let law = usl(a, b);
            let noisy = (1..).map(f64::from).zip(&noise);
            let points: Vec<_> =
                noisy.map(|(n, noise)| Point { workers: n, speedup: law(n) * noise }).collect();
            let found = Usl::fit(&points).expect("enough points");
            let least = error(&points, [found.contention, found.coherency]);
            let tried = |place: i32| if place == 0 { 0.0 } else { 10f64.powf(f64::from(place - 60) / 12.0) };
            for (a, b) in (0..96).flat_map(|a| (0..96).map(move |b| (tried(a), tried(b)))) {
                let other = error(&points, [a, b]);
                prop_assert!(least <= other * (1.0 + 1e-3), "{:?}: {} > {} at {} {}", found, least, other, a, b);
            }
        }
    }
}
