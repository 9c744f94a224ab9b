//! The waterfall: from the ideal, step by step, to what was measured.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::format;
use crate::measure::waterfall::{Step, StepTime, Waterfall};
use crate::ui::charts::axis::{Axis, FOOT, Tick};

/// A row's height, in px: a line of text above the bar.
pub const ROW: f64 = 42.0;
/// Where in its row a bar begins, in px.
pub const BAR_TOP: f64 = 20.0;
/// A bar's height, in px.
pub const BAR: f64 = 16.0;
/// Steps below this part of what was measured are left to the table.
const WORTH_SHOWING: f64 = 0.005;
/// Room is kept for so many rows, so that choosing another model moves little.
const LEAST_ROWS: usize = 6;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One thread's work divided by the workers.
    Ideal,
    /// Why it took longer, or shorter.
    Step(Step),
    /// What was measured.
    Measured,
}

impl Subject {
    /// The words on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ideal => "Ideal",
            Self::Step(step) => step.title(),
            Self::Measured => "Measured",
        }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub subject: Subject,
    /// How long that is, in ms; negative where a step won time.
    pub ms: f64,
    /// Its top, in px.
    pub y: f64,
    /// Where its bar begins, in px.
    pub x: f64,
    /// How wide its bar is, in px.
    pub width: f64,
    /// Where the next bar begins, in px.
    pub next: f64,
}

impl Row {
    /// "261 ms" of a whole, "+12.3 ms" of a step.
    pub fn figure(&self) -> String {
        match self.subject {
            Subject::Step(_) => signed(self.ms),
            _ => format::duration(self.ms),
        }
    }
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterfallLayout {
    /// Its height, in px.
    pub height: f64,
    /// Where its axis is, in px from the top.
    pub foot: f64,
    /// Its rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
    /// How many steps are too small to be shown.
    pub hidden: usize,
}

/// A difference: "+12.3 ms", "−3.20 ms".
pub fn signed(ms: f64) -> String {
    let sign = if ms < 0.0 { '−' } else { '+' };
    format!("{sign}{}", format::duration(ms.abs()))
}

/// The room that is kept, in px, whatever there is to show.
pub fn least_height() -> f64 {
    LEAST_ROWS as f64 * ROW + FOOT
}

fn is_worth_showing(step: &StepTime, measured_ms: f64) -> bool {
    step.step == Step::Rest || step.ms.abs() >= measured_ms * WORTH_SHOWING
}

/// Lays the chart out for a width.
pub fn layout(waterfall: &Waterfall, width: f64) -> WaterfallLayout {
    let Waterfall { ideal_ms, measured_ms, ref steps, .. } = *waterfall;
    // Of what goes from where to where, the small steps, too: the sums stay right.
    let mut at_ms = ideal_ms;
    let mut bars = vec![(Subject::Ideal, ideal_ms, 0.0, ideal_ms)];
    let mut hidden = 0;
    for step in steps {
        let from_ms = at_ms;
        at_ms += step.ms;
        if is_worth_showing(step, measured_ms) {
            bars.push((Subject::Step(step.step), step.ms, from_ms, at_ms));
        } else {
            hidden += 1;
        }
    }
    bars.push((Subject::Measured, measured_ms, 0.0, measured_ms));
    let ends = || bars.iter().flat_map(|(.., from_ms, to_ms)| [*from_ms, *to_ms]);
    let start_ms = ends().fold(0.0, f64::min);
    let end_ms = ends().fold(start_ms + 1e-3, f64::max);
    let axis = Axis::new([start_ms, end_ms], 0.0, width);
    let row = |(at, (subject, ms, from_ms, to_ms)): (usize, &(Subject, f64, f64, f64))| Row {
        subject: *subject,
        ms: *ms,
        y: at as f64 * ROW,
        x: axis.x(from_ms.min(*to_ms)),
        width: axis.x(from_ms.max(*to_ms)) - axis.x(from_ms.min(*to_ms)),
        next: axis.x(*to_ms),
    };
    let rows: Vec<_> = bars.iter().enumerate().map(row).collect();
    let foot = rows.len() as f64 * ROW;
    WaterfallLayout {
        height: (foot + FOOT).max(least_height()),
        foot,
        rows,
        ticks: axis.ticks(),
        hidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waterfall(steps: &[(Step, f64)]) -> Waterfall {
        let ms = |step| steps.iter().find(|one| one.0 == step).map_or(0.0, |one| one.1);
        let steps = Step::ALL.map(|step| StepTime { step, ms: ms(step) }).to_vec();
        let measured_ms = 100.0 + steps.iter().map(|step| step.ms).sum::<f64>();
        Waterfall { ideal_ms: 100.0, over_main_thread: true, steps, measured_ms }
    }

    #[test]
    fn steps_go_from_where_the_last_one_ended() {
        let of = waterfall(&[(Step::Transfer, 30.0), (Step::Copy, 0.01), (Step::Overlap, -40.0)]);
        let chart = layout(&of, 828.0);
        let rows: Vec<_> = chart.rows.iter().map(|row| row.subject.title()).collect();
        assert_eq!(rows, ["Ideal", "Transfer", "Overlapped waits", "Rest", "Measured"]);
        assert_eq!(chart.hidden, Step::ALL.len() - 3);
        let [ideal, transfer, overlap, _, measured] = &chart.rows[..] else { panic!("five rows") };
        assert!((ideal.next - transfer.x).abs() < 0.1);
        assert!((transfer.next - (overlap.x + overlap.width)).abs() < 0.1);
        assert!((overlap.next - (measured.x + measured.width)).abs() < 0.1);
        assert_eq!(transfer.figure(), "+30.0 ms");
        assert_eq!(overlap.figure(), "−40.0 ms");
        assert_eq!(measured.figure(), "90.0 ms");
    }

    #[test]
    fn bars_stay_within_the_width() {
        for steps in [&[(Step::Rest, -130.0)][..], &[(Step::Queue, 900.0)], &[]] {
            for row in layout(&waterfall(steps), 320.0).rows {
                assert!(row.x >= 0.0 && row.width >= 0.0 && row.x + row.width <= 320.0, "{row:?}");
            }
        }
    }

    #[test]
    fn room_is_kept_for_what_may_come() {
        assert_eq!(layout(&waterfall(&[]), 320.0).height, least_height());
    }
}
