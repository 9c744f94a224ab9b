//! Sliders beside number fields: where a number stands on its slider, and which
//! number a place on it means.

use crate::workloads::params::{MAX_SAFE_INTEGER, ParamType};

/// Places on a slider.
pub const PLACES: u32 = 1_000;
/// From this factor between its ends on, a slider counts in factors: to the eye
/// 1,000 is to 2,000 as 1,000,000 is to 2,000,000.
const LOGARITHMIC_FROM: f64 = 500.0;

/// A slider's ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slider {
    min: f64,
    max: f64,
    whole: bool,
}

impl Slider {
    /// The slider of a parameter. Words, lists and seeds have none: no seed is
    /// more than another.
    pub fn of(accepts: ParamType) -> Option<Self> {
        match accepts {
            ParamType::Integer { max: MAX_SAFE_INTEGER, .. } => None,
            ParamType::Integer { min, max, .. } => {
                Some(Self { min: min as f64, max: max as f64, whole: true })
            }
            ParamType::Number { min, max, .. } => Some(Self { min, max, whole: false }),
            ParamType::Choice(_)
            | ParamType::List { .. }
            | ParamType::Text { .. }
            | ParamType::Texts { .. } => None,
        }
    }

    /// A slider between two numbers; in factors only where the least is above 0, or all are whole.
    pub fn between(min: f64, max: f64, whole: bool) -> Self {
        Self { min, max, whole }
    }

    fn is_logarithmic(&self) -> bool {
        self.min >= 0.0 && self.max / self.floor() > LOGARITHMIC_FROM
    }

    /// The least number that a logarithm can begin at.
    fn floor(&self) -> f64 {
        if self.whole { self.min.max(1.0) } else { self.min }
    }

    /// Where `number` stands, from 0 to [`PLACES`].
    pub fn place(&self, number: f64) -> u32 {
        let part = if self.is_logarithmic() {
            (number.max(self.floor()) / self.floor()).ln() / (self.max / self.floor()).ln()
        } else {
            (number - self.min) / (self.max - self.min)
        };
        (part.clamp(0.0, 1.0) * f64::from(PLACES)).round() as u32
    }

    /// The number at `place`, as text for the field: two digits that count, or
    /// the end itself.
    pub fn number(&self, place: u32) -> String {
        let number = match place {
            0 => self.min,
            place if place >= PLACES => self.max,
            place => {
                let part = f64::from(place) / f64::from(PLACES);
                if self.is_logarithmic() {
                    // Rounding may lead beyond an end that has more digits.
                    two_digits(self.floor() * (self.max / self.floor()).powf(part)).min(self.max)
                } else if self.whole {
                    self.min + (self.max - self.min) * part
                } else {
                    // A hundredth of the way is as fine as a slider can be set.
                    let step = two_digits((self.max - self.min) / f64::from(PLACES));
                    ((self.min + (self.max - self.min) * part) / step).round() * step
                }
            }
        };
        if self.whole { format!("{number:.0}") } else { trimmed(number) }
    }
}

fn two_digits(number: f64) -> f64 {
    let unit = 10_f64.powf(number.abs().log10().floor() - 1.0);
    (number / unit).round() * unit
}

/// Without the noise that doubles end in: 0.1 and not 0.1000000001.
fn trimmed(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "0" || text == "-0" { number.to_string() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::WorkloadId;
    use crate::workloads::params::ParamSpec;
    use serde_json::Value;

    fn every_slider() -> Vec<(&'static ParamSpec, Slider)> {
        let specs = WorkloadId::ALL.iter().copied().flat_map(WorkloadId::params);
        specs.filter_map(|spec| Some((spec, Slider::of(spec.accepts)?))).collect()
    }

    #[test]
    fn every_place_means_a_number_that_is_accepted() {
        for (spec, slider) in every_slider() {
            for place in 0..=PLACES {
                let number = slider.number(place);
                let value: Value = serde_json::from_str(&number).expect("a number");
                assert_eq!(spec.check(&value), Ok(()), "{} {number}", spec.name);
            }
        }
    }

    #[test]
    fn a_number_stands_where_it_was_read() {
        for (spec, slider) in every_slider() {
            for place in (0..=PLACES).step_by(50) {
                let number: f64 = slider.number(place).parse().expect("a number");
                let again = slider.place(number);
                // Where a slider has more places than numbers, some share one.
                let tolerance = if place < 300 { 300 } else { 20 };
                assert!(again.abs_diff(place) <= tolerance, "{} {place} {again}", spec.name);
            }
            assert_eq!(slider.place(slider.max), PLACES);
            assert_eq!(slider.place(slider.min), 0);
        }
    }

    #[test]
    fn wide_sliders_count_in_factors() {
        let slider = Slider { min: 1.0, max: 1_000_000.0, whole: true };
        assert_eq!(slider.number(500), "1000");
        assert_eq!(slider.place(1_000.0), 500);
    }
}
