//! How deep the queue between two stages was: a strip below the lanes, as high as its bound.

use super::pen::tenths;
use crate::measure::queue_depth::QueueDepth;
use crate::ui::charts::axis::Axis;
use std::rc::Rc;

/// The strip, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct DepthStrip {
    /// Where its label's text begins, in px.
    pub label_at: (f64, f64),
    /// What was in the queue, as SVG path data of an area.
    pub area: Rc<str>,
    /// The line at its bound, as SVG path data.
    pub bound: Rc<str>,
}

/// Lays out the strip at `y`, so high.
pub(super) fn strip(
    queue: &QueueDepth,
    (y, height): (f64, f64),
    label_at: (f64, f64),
    axis: &Axis,
) -> DepthStrip {
    let (least, most) = (axis.left, axis.left + axis.width);
    let top = |depth: u32| y + height * (1.0 - f64::from(depth) / f64::from(queue.bound.max(1)));
    let mut area = String::from("M");
    point(&mut area, least, y + height);
    for (x, depth) in steps(queue, axis) {
        area.push('H');
        tenths(&mut area, x.clamp(least, most));
        area.push('V');
        tenths(&mut area, top(depth));
    }
    area.push('H');
    tenths(&mut area, most);
    area.push('V');
    tenths(&mut area, y + height);
    area.push('Z');
    let mut bound = String::from("M");
    point(&mut bound, least, y);
    bound.push('H');
    tenths(&mut bound, most);
    DepthStrip { label_at, area: area.into(), bound: bound.into() }
}

/// From which px on it was how deep; of what falls on one px, the deepest, and what it came to.
fn steps(queue: &QueueDepth, axis: &Axis) -> Vec<(f64, u32)> {
    let mut steps: Vec<(f64, u32)> = Vec::new();
    let mut last = 0;
    for change in queue.changes.iter().take_while(|change| change.at_ms <= axis.end_ms) {
        let x = axis.x(change.at_ms).floor();
        last = change.depth;
        match steps.last_mut() {
            Some((before, depth)) if *before == x => *depth = last.max(*depth),
            _ => {
                // Within a px the deepest was drawn; from here on it is what was left.
                steps.push((x, change.depth));
            }
        }
    }
    steps.push((axis.x(axis.end_ms), last));
    steps
}

fn point(path: &mut String, x: f64, y: f64) {
    tenths(path, x);
    path.push(' ');
    tenths(path, y);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::queue_state::DepthChange;

    #[test]
    fn it_rises_to_its_bound_and_falls() {
        let change = |(at_ms, depth)| DepthChange { at_ms, depth };
        let changes = [(10.0, 1), (20.0, 2), (60.0, 0)].map(change).to_vec();
        let axis = Axis { start_ms: 0.0, end_ms: 100.0, left: 0.0, width: 100.0 };
        let drawn = strip(&QueueDepth { bound: 2, changes }, (0.0, 20.0), (0.0, 0.0), &axis);
        assert_eq!(&*drawn.area, "M0 20H10V10H20V0H60V20H100V20H100V20Z");
        assert_eq!(&*drawn.bound, "M0 0H100");
    }

    #[test]
    fn what_falls_on_one_px_is_the_deepest() {
        let changes =
            (0..5_000).map(|at| DepthChange { at_ms: f64::from(at) / 50.0, depth: at % 3 });
        let axis = Axis::new([0.0, 100.0], 0.0, 50.0);
        let queue = QueueDepth { bound: 2, changes: changes.collect() };
        assert!(steps(&queue, &axis).len() < 60);
    }
}
