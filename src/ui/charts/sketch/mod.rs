//! "Predict first": the speedup curve that a reader expects, drawn before a run, and
//! the pad it is drawn on.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::ui::charts::axis::{FOOT, Scale};
// What is drawn here comes back in that chart, as far from its sides.
use crate::ui::charts::speedups::{LEFT, RIGHT, path};

/// The pad's height, in px.
pub const HEIGHT: f64 = 220.0;
/// Room above, so that a dot at the top is whole, in px.
const TOP: f64 = 10.0;
/// The least speedup that can be drawn: ten times as slow. Nothing would be no answer.
pub const LEAST: f64 = 0.1;

/// The speedups that a reader expects of 1 to N workers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    speedups: Vec<f64>,
}

impl Sketch {
    /// A sketch of these speedups, of 1, 2, 3… workers.
    pub fn of(speedups: &[f64]) -> Self {
        let mut sketch = Self::flat(speedups.len() as u32);
        for (workers, speedup) in (1..).zip(speedups) {
            sketch.set(workers, *speedup);
        }
        sketch
    }

    /// Before anything is drawn: for 1 to `workers` a flat line at 1, which is no
    /// gain, so that it suggests neither the ideal nor anything near the truth.
    pub fn flat(workers: u32) -> Self {
        Self { speedups: vec![1.0; workers.max(1) as usize] }
    }

    /// The speedups with 1, 2, 3… workers; the first is always 1.
    pub fn speedups(&self) -> &[f64] {
        &self.speedups
    }

    /// The most workers it is about.
    pub fn workers(&self) -> u32 {
        self.speedups.len() as u32
    }

    /// The speedup with so many workers.
    pub fn speedup(&self, workers: u32) -> Option<f64> {
        self.speedups.get((workers as usize).checked_sub(1)?).copied()
    }

    /// Expects this speedup of so many workers, as far as it is from [`LEAST`] to N.
    /// One worker is always as fast as one, and what is no number changes nothing.
    pub fn set(&mut self, workers: u32, speedup: f64) {
        let most = f64::from(self.workers());
        let place = (workers as usize).checked_sub(1).filter(|place| *place > 0);
        if let Some(own) = place.and_then(|place| self.speedups.get_mut(place))
            && !speedup.is_nan()
        {
            *own = speedup.clamp(LEAST, most);
        }
    }

    /// Expects so much more, or less, of so many workers.
    pub fn nudge(&mut self, workers: u32, by: f64) {
        if let Some(speedup) = self.speedup(workers) {
            self.set(workers, speedup + by);
        }
    }

    /// Draws from one place of the pad to another, both in px. Worker counts that the
    /// pointer passed over get their place on the line, as a fast hand skips some.
    pub fn drag(&mut self, pad: &Pad, from: (f64, f64), to: (f64, f64)) {
        let (from, to) = (pad.at(from), pad.at(to));
        let (low, high) = (from.0.min(to.0).ceil() as u32, from.0.max(to.0).floor() as u32);
        for workers in low..=high {
            let part = (f64::from(workers) - from.0) / (to.0 - from.0);
            self.set(
                workers,
                if part.is_finite() { from.1 + part * (to.1 - from.1) } else { to.1 },
            );
        }
        self.set(to.0.round() as u32, to.1);
    }
}

/// Where everything is on the pad.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pad {
    /// Its width, in px.
    pub width: f64,
    /// The worker counts, across.
    pub across: Scale,
    /// The speedups, upwards.
    pub up: Scale,
}

impl Pad {
    /// The pad for 1 to `workers`, so wide.
    pub fn new(workers: u32, width: f64) -> Self {
        let most = f64::from(workers.max(2));
        let right = (width - RIGHT).max(LEFT + 1.0);
        Self {
            width,
            across: Scale { start: 1.0, end: most, from: LEFT, to: right },
            up: Scale { start: 0.0, end: most, from: HEIGHT - FOOT, to: TOP },
        }
    }

    /// Where a speedup with so many workers is, in px.
    pub fn place(&self, workers: u32, speedup: f64) -> (f64, f64) {
        (self.across.px(workers.into()), self.up.px(speedup))
    }

    /// The workers, with a fraction, and the speedup at a place in px.
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.across.number(x), self.up.number(y))
    }

    /// The worker count nearest to a place, in px.
    pub fn nearest(&self, x: f64) -> u32 {
        self.across.number(x).round() as u32
    }

    /// The sketch as places on the pad, in px, for 1, 2, 3… workers.
    pub fn dots(&self, sketch: &Sketch) -> Vec<(f64, f64)> {
        (1..)
            .zip(sketch.speedups())
            .map(|(workers, speedup)| self.place(workers, *speedup))
            .collect()
    }

    /// The sketch as an SVG path.
    pub fn line(&self, sketch: &Sketch) -> String {
        path(&self.dots(sketch))
    }

    /// The ideal line, n times as fast with n workers, as an SVG path.
    pub fn ideal(&self) -> String {
        path(&[(self.across.from, self.up.px(1.0)), (self.across.to, self.up.to)])
    }
}

#[cfg(test)]
mod tests;
