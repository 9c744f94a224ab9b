//! The bars of a result's rows, in parts of the width that there is, so that they need no
//! layout of their own on a phone or on paper.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::ui::charts::axis::{Axis, Tick};

/// A row's bar is so high, in px, the room above and below it included.
pub const HEIGHT: f64 = 34.0;
/// Where in its row a bar begins, in px.
pub const BAR_TOP: f64 = 8.0;
/// A bar's height, in px.
pub const BAR: f64 = 18.0;
/// Marks are as far apart as if the bars were so wide, in px: they fit on a phone.
const NARROW: f64 = 328.0;
/// Samples keep to so many lines, so that equal ones do not hide one another.
const LINES: usize = 4;

/// The axis that all rows share. Places are in percent of the width.
#[derive(Clone, Debug, PartialEq)]
pub struct RowAxis {
    axis: Axis,
    /// Its marks.
    pub ticks: Vec<Tick>,
}

impl RowAxis {
    /// An axis from 0 to a time in ms.
    pub fn until(longest_ms: f64) -> Self {
        let axis = Axis::new([0.0, longest_ms.max(1e-3)], 0.0, NARROW);
        let mut ticks = axis.ticks();
        for tick in &mut ticks {
            tick.x = percent(tick.x);
        }
        Self { axis, ticks }
    }

    /// Where a time is, in percent of the width.
    pub fn percent(&self, ms: f64) -> f64 {
        percent(self.axis.x(ms)).clamp(0.0, 100.0)
    }
}

fn percent(x: f64) -> f64 {
    x / NARROW * 100.0
}

/// How far down in its row the `at`-th sample is, in px.
pub fn line_of(at: usize) -> f64 {
    BAR_TOP + BAR * (1.0 + (at % LINES) as f64 * 2.0) / (2.0 * LINES as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_parts_of_the_width() {
        let axis = RowAxis::until(400.0);
        assert_eq!(axis.percent(0.0), 0.0);
        assert!((axis.percent(200.0) * 2.0 - axis.percent(400.0)).abs() < 1e-9);
        assert!(axis.percent(400.0) < 95.0, "the last mark has room for its words");
        let labels: Vec<_> = axis.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["0", "100 ms", "200 ms", "300 ms", "400 ms"]);
        assert!(axis.ticks.iter().all(|tick| (0.0..=100.0).contains(&tick.x)));
    }

    #[test]
    fn samples_stay_on_their_bar() {
        assert!((0..9).all(|at| (BAR_TOP..BAR_TOP + BAR).contains(&line_of(at))));
        assert_ne!(line_of(0), line_of(1));
    }

    #[test]
    fn no_time_at_all_has_an_axis() {
        assert!(RowAxis::until(0.0).percent(0.0).is_finite());
    }
}
