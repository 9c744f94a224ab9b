//! Who holds the GIL: a strip below the lanes, a colour and a pattern for each thread.

use super::pen::Pen;
use crate::measure::gil_use::Hold;
use crate::ui::charts::axis::Axis;
use std::rc::Rc;

/// Threads beyond these share colours and patterns with the first.
pub const STYLES: usize = 6;

/// The strip, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Where its label's text begins, in px.
    pub label_at: (f64, f64),
    /// For each style, the outline of what threads of that style held, as SVG path data.
    pub holders: Vec<Rc<str>>,
}

/// What the style of the `first`-th thread, counted from 1, stands for among so many.
pub fn holders_of(first: usize, threads: usize) -> String {
    let numbers: Vec<_> = (first..=threads).step_by(STYLES).map(|n| n.to_string()).collect();
    match &numbers[..] {
        [one] => format!("thread {one} holds the GIL"),
        several => format!("threads {} hold the GIL", several.join(", ")),
    }
}

/// Lays out the strip at `y`, so high.
pub(super) fn strip(
    holds: &[Hold],
    (y, height): (f64, f64),
    label_at: (f64, f64),
    axis: &Axis,
) -> Strip {
    let mut pens: [Pen; STYLES] = Default::default();
    let (least, most) = (axis.left, axis.left + axis.width);
    for hold in holds {
        let (from, to) = (axis.x(hold.start_ms).max(least), axis.x(hold.end_ms).min(most));
        if to >= from {
            pens[hold.thread % STYLES].add((from, to), y, height);
        }
    }
    let holders = pens.into_iter().map(|mut pen| {
        pen.finish(y, height);
        pen.path.into()
    });
    Strip { label_at, holders: holders.collect() }
}
