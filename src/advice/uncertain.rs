//! A figure with its uncertainty.

use serde::Serialize;

/// A figure with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Uncertain {
    /// The figure.
    pub value: f64,
    /// Its standard uncertainty: about how far it is off, two times in three.
    pub sd: f64,
}

impl Uncertain {
    /// A figure that is known to within `sd`.
    pub const fn new(value: f64, sd: f64) -> Self {
        Self { value, sd }
    }

    /// A figure that is known exactly.
    pub const fn exact(value: f64) -> Self {
        Self { value, sd: 0.0 }
    }

    /// The same figure, off by one standard uncertainty; never below 0.
    pub(super) fn raised(self) -> Self {
        Self { value: (self.value + self.sd).max(0.0), ..self }
    }

    /// The mean of `samples` and its standard error; `None` of no samples. A single one may
    /// be off by `least_part` of itself, and so may the mean of any number.
    pub fn of(samples: &[f64], least_part: f64) -> Option<Self> {
        let n = samples.len() as f64;
        if samples.is_empty() {
            return None;
        }
        let mean = samples.iter().sum::<f64>() / n;
        let variance = match samples.len() {
            1 => 0.0,
            _ => samples.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (n - 1.0),
        };
        Some(Self { value: mean, sd: (variance / n).sqrt().hypot(least_part * mean) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: the variance of 1, 2, 3, 4 is 5/3.
    #[test]
    fn mean_has_its_standard_error() {
        let found = Uncertain::of(&[1.0, 2.0, 3.0, 4.0], 0.0).expect("there are samples");
        assert_eq!(found.value, 2.5);
        assert!((found.sd - (5.0_f64 / 12.0).sqrt()).abs() < 1e-12);
        assert_eq!(Uncertain::of(&[8.0], 0.5), Some(Uncertain::new(8.0, 4.0)));
        assert_eq!(Uncertain::of(&[], 0.5), None);
    }
}
