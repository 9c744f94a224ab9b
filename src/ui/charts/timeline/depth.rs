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

/// From which px on it was how deep. Of what falls on one px it is the deepest, and from the next px
/// on what it came to.
fn steps(queue: &QueueDepth, axis: &Axis) -> Vec<(f64, u32)> {
    let mut steps: Vec<(f64, u32)> = Vec::new();
    // The px that the last changes fell on, and what they came to.
    let (mut at, mut depth) = (f64::NEG_INFINITY, 0);
    for change in queue.changes.iter().take_while(|change| change.at_ms <= axis.end_ms) {
        let x = axis.x(change.at_ms).floor();
        if x > at {
            settle(&mut steps, at + 1.0, depth);
            steps.push((x, change.depth.max(depth)));
            at = x;
        } else if let Some((_, drawn)) = steps.last_mut() {
            *drawn = change.depth.max(*drawn);
        }
        depth = change.depth;
    }
    settle(&mut steps, at + 1.0, depth);
    steps
}

/// From `x` on it is `depth`, if it is not so already.
fn settle(steps: &mut Vec<(f64, u32)>, x: f64, depth: u32) {
    if steps.last().is_some_and(|(_, drawn)| *drawn != depth) {
        steps.push((x, depth));
    }
}

fn point(path: &mut String, x: f64, y: f64) {
    tenths(path, x);
    path.push(' ');
    tenths(path, y);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::queue_depth::DepthChange;

    fn drawn(bound: u32, changes: &[(f64, u32)]) -> Vec<(f64, u32)> {
        let changes =
            changes.iter().map(|(at_ms, depth)| DepthChange { at_ms: *at_ms, depth: *depth });
        let axis = Axis { start_ms: 0.0, end_ms: 100.0, left: 0.0, width: 100.0 };
        steps(&QueueDepth { bound, changes: changes.collect() }, &axis)
    }

    #[test]
    fn it_rises_to_its_bound_and_falls() {
        let changes = [(10.0, 1), (20.0, 2), (60.0, 0)];
        assert_eq!(drawn(2, &changes), [(10.0, 1), (20.0, 2), (60.0, 2), (61.0, 0)]);
        let change = |(at_ms, depth)| DepthChange { at_ms, depth };
        let queue = QueueDepth { bound: 2, changes: changes.map(change).to_vec() };
        let axis = Axis { start_ms: 0.0, end_ms: 100.0, left: 0.0, width: 100.0 };
        let strip = strip(&queue, (0.0, 20.0), (0.0, 0.0), &axis);
        assert_eq!(&*strip.area, "M0 20H10V10H20V0H60V0H61V20H100V20Z");
        assert_eq!(&*strip.bound, "M0 0H100");
    }

    #[test]
    fn of_what_falls_on_one_px_the_deepest_is_drawn_and_then_what_it_came_to() {
        assert_eq!(drawn(2, &[(10.0, 1), (10.2, 0), (50.0, 1)]), [(10.0, 1), (11.0, 0), (50.0, 1)]);
        assert_eq!(drawn(2, &[(10.0, 1), (10.2, 0)]), [(10.0, 1), (11.0, 0)]);
        let many: Vec<_> = (0..5_000).map(|at| (f64::from(at) / 50.0, at % 3)).collect();
        assert!(drawn(2, &many).len() <= 200);
    }
}
