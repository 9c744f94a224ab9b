//! Walking through a timeline by keyboard.

use crate::ui::charts::timeline::PreparedTimeline;

/// A move from one span of the timeline to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the next in its lane, or to the one before.
    Along(bool),
    /// To another lane: so many down, or up where negative.
    Across(isize),
}

/// Where a step leads from `from`, a lane and one of its spans; the first span where
/// none was picked yet, and `from` itself where there is nothing further.
pub fn step(
    prepared: &PreparedTimeline,
    from: Option<(usize, usize)>,
    way: Move,
) -> Option<(usize, usize)> {
    let lanes = &prepared.lanes;
    let Some((lane, span)) = from else {
        return lanes.iter().position(|lane| !lane.spans.is_empty()).map(|lane| (lane, 0));
    };
    match way {
        Move::Along(forward) => {
            let next = lanes.get(lane)?.neighbour(span, forward);
            Some((lane, next.unwrap_or(span)))
        }
        Move::Across(by) => {
            let at_ms = lanes.get(lane)?.start_ms(span)?;
            let further = std::iter::successors(Some(lane), |at| at.checked_add_signed(by));
            let mut there = further.skip(1).take_while(|at| *at < lanes.len());
            there.find_map(|at| Some((at, lanes[at].nearest(at_ms)?))).or(from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Lane, LaneKind, Phase, Span};

    #[test]
    fn one_walks_along_and_across_past_empty_lanes() {
        let span = |task, at: f64| Span::new(Phase::Compute, task, at, at + 5.0);
        let lane = |spans| Lane::new(LaneKind::Thread, 1, spans);
        let lanes = [
            lane(vec![span(0, 0.0), span(1, 10.0)]),
            lane(vec![]),
            lane(vec![span(2, 1.0), span(3, 9.0)]),
        ];
        let prepared = PreparedTimeline::of(&lanes);
        let go = |from, way| step(&prepared, from, way);
        assert_eq!(go(None, Move::Along(true)), Some((0, 0)));
        assert_eq!(go(Some((0, 0)), Move::Along(true)), Some((0, 1)));
        assert_eq!(go(Some((0, 1)), Move::Along(true)), Some((0, 1)));
        assert_eq!(go(Some((0, 1)), Move::Across(1)), Some((2, 1)));
        assert_eq!(go(Some((2, 1)), Move::Across(1)), Some((2, 1)));
        assert_eq!(go(Some((2, 0)), Move::Across(-1)), Some((0, 0)));
        assert_eq!(step(&PreparedTimeline::of(&[]), None, Move::Along(true)), None);
    }
}
