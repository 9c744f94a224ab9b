//! The points of an estimate of π, as many as an eye can tell apart, and how good the
//! estimate is.

use crate::ui::charts::px;
use crate::workloads::splitmix;
use std::f64::consts::PI;
use std::fmt::Write;

/// Points that are drawn at the most.
pub const MOST: u64 = 3_000;
/// Half the height of the mark of a point outside, in px.
const ARM: f64 = 1.5;
/// The sides of the square have so many steps.
const STEPS: f64 = (1_u64 << 31) as f64;

/// The drawing, in a square whose lower left corner is the circle's centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// Points inside of the circle, as path data: dots, of lines without length.
    pub inside: String,
    /// Points outside, as path data: crosses.
    pub outside: String,
    /// The circle's quarter, as path data.
    pub arc: String,
    /// How many points are drawn.
    pub drawn: u64,
}

/// The first of `samples` points that `seed` gives, in a square of `side` px. Point i is
/// made of v = r(seed, i): x = v >> 33 and y the lower 31 bits; it is inside where
/// x² + y² < 2^62.
pub fn dots(samples: u64, seed: u64, side: f64) -> Dots {
    let (mut inside, mut outside) = (String::new(), String::new());
    let drawn = samples.min(MOST);
    for v in (0..drawn).map(|i| splitmix::r(seed, i)) {
        let (x, y) = (v >> 33, v & ((1 << 31) - 1));
        let place = |step: u64| step as f64 / STEPS * side;
        let (left, top) = (px(place(x)), side - place(y));
        // Writing to a String cannot fail.
        let _ = if x * x + y * y < 1 << 62 {
            write!(inside, "M{left} {}h0", px(top))
        } else {
            let (arm, across) = (px(ARM), px(2.0 * ARM));
            write!(outside, "M{left} {}v{across}m-{arm} -{arm}h{across}", px(top - ARM))
        };
    }
    let arc = format!("M0 0A{0} {0} 0 0 1 {0} {0}", px(side));
    Dots { inside, outside, arc, drawn }
}

/// What `inside` of `samples` points say about π.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Four times the part that is inside.
    pub pi: f64,
    /// How far it is off.
    pub error: f64,
    /// By how much it is off typically: the standard error, 4 √(p (1 - p) / samples) with
    /// p = π/4, the circle's part of the square.
    pub expected: f64,
}

impl Estimate {
    /// The estimate of so many points.
    pub fn of(samples: u64, inside: u64) -> Self {
        let (samples, part) = (samples.max(1) as f64, PI / 4.0);
        let pi = 4.0 * inside as f64 / samples;
        let expected = 4.0 * (part * (1.0 - part) / samples).sqrt();
        Self { pi, error: (pi - PI).abs(), expected }
    }

    /// How good it is, in a sentence.
    pub fn sentence(&self) -> String {
        let Self { error, expected, .. } = self;
        // Two digits of the typical error say all there is to say.
        let places = (2.0 - expected.log10()).clamp(2.0, 9.0) as usize;
        format!(
            "With this many points the error is usually about {expected:.places$}; here it is \
             {error:.places$}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_drawn_once_and_on_its_side() {
        let dots = dots(1_000, 7, 300.0);
        let (inside, outside) =
            (dots.inside.matches('M').count(), dots.outside.matches('M').count());
        assert_eq!((dots.drawn, inside + outside), (1_000, 1_000));
        // π/4 of 1,000 is 785, give or take 13.
        assert!(inside.abs_diff(785) < 50, "{inside}");
        for mark in dots.inside.split('M').filter(|mark| !mark.is_empty()) {
            let mut numbers = mark.trim_end_matches("h0").split(' ').map(|n| n.parse::<f64>());
            let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) else {
                panic!("{mark} is no dot")
            };
            assert!(x.hypot(300.0 - y) < 300.2, "{mark}");
        }
    }

    #[test]
    fn no_more_are_drawn_than_an_eye_can_tell() {
        assert_eq!(dots(2_000_000_000, 1, 100.0).drawn, MOST);
    }

    #[test]
    fn the_estimate_says_what_was_to_be_expected() {
        let estimate = Estimate::of(1_000_000, 785_000);
        assert!((estimate.expected - 0.001_642).abs() < 1e-6);
        assert_eq!(
            estimate.sentence(),
            "With this many points the error is usually about 0.0016; here it is 0.0016."
        );
    }
}
