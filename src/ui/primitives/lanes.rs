//! Who had it, who waited, and who was woken by whom: one lane per thread.

use crate::measure::format;
use crate::pitfalls::programs::primitive::demonstrated::Demonstrated;
use crate::pitfalls::programs::primitive::stretch::{Did, Stretch, thread_name};
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use crate::ui::charts::px;
use crate::ui::charts::timeline::{GUTTER, WIDE};

/// A lane's height, in px.
const LANE: f64 = 20.0;
/// A label's height where it stands above its lane, in px.
const LABEL: f64 = 18.0;
/// Between two lanes, in px.
const GAP: f64 = 10.0;
/// How high the bar of a wait is, in px, and that of work which needs nobody else.
const WAIT: f64 = 8.0;
const RAN: f64 = 3.0;
/// No bar is narrower, in px.
const NARROWEST: f64 = 1.5;
/// Between two bars, in px.
const APART: f64 = 0.8;
/// How long and how wide the head of an arrow is, in px.
const HEAD: f64 = 5.0;

/// A stretch, laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// What the thread did.
    pub did: Did,
    /// Its left edge, top, width and height, in px.
    pub place: [f64; 4],
}

/// A lane, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Its name.
    pub label: String,
    /// Where that begins, in px.
    pub label_at: (f64, f64),
    /// Its bars.
    pub bars: Vec<Bar>,
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Its height, in px.
    pub height: f64,
    /// A lane for each thread.
    pub lanes: Vec<Lane>,
    /// An arrow from the thread that woke to the one that was woken, each as SVG path data.
    pub wakes: Vec<String>,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
}

/// Lays it out for a width, in px.
pub fn layout(of: &Demonstrated, width: f64) -> Drawing {
    let is_wide = width >= WIDE;
    let axis = Axis::new([0.0, of.end_ms()], if is_wide { GUTTER } else { 0.0 }, width);
    let above = if is_wide { 0.0 } else { LABEL };
    let top = |lane: usize| lane as f64 * (above + LANE + GAP) + above;
    let lane = |(at, stretches): (usize, &Vec<Stretch>)| {
        let top = top(at);
        let label_at = if is_wide { (0.0, top + LANE / 2.0 + 4.0) } else { (0.0, top - 5.0) };
        let bars = stretches.iter().map(|stretch| bar(stretch, top, &axis)).collect();
        Lane { label: in_front(&thread_name(at as u32)), label_at, bars }
    };
    let middle = |lane: usize| top(lane) + LANE / 2.0;
    let woken = of.lanes.iter().enumerate().flat_map(|(at, lane)| {
        let wakes = lane.iter().filter_map(|one| Some((one.end_ms, one.woken_by? as usize)));
        wakes.map(move |(end_ms, by)| (end_ms, by, at))
    });
    let is_other = |(_, by, at): &(f64, usize, usize)| by != at;
    Drawing {
        height: top(of.lanes.len()) - above + FOOT,
        lanes: of.lanes.iter().enumerate().map(lane).collect(),
        wakes: woken
            .filter(is_other)
            .map(|(end_ms, by, at)| arrow(axis.x(end_ms), middle(by), middle(at)))
            .collect(),
        ticks: axis.ticks(),
    }
}

fn bar(stretch: &Stretch, top: f64, axis: &Axis) -> Bar {
    let height = match stretch.did {
        Did::Held | Did::HeldAgain => LANE,
        Did::Waited(_) => WAIT,
        Did::Ran => RAN,
    };
    let (from, to) = (axis.x(stretch.start_ms), axis.x(stretch.end_ms));
    let width = (to - from - APART).max(NARROWEST);
    Bar { did: stretch.did, place: [from, top + (LANE - height) / 2.0, width, height] }
}

/// An upright arrow at `x` from one height to the other, which ends at the edge of a wait's bar.
fn arrow(x: f64, from: f64, to: f64) -> String {
    let down = (to - from).signum();
    let tip = to - down * WAIT / 2.0;
    let (x, from, tip_px) = (px(x), px(from), px(tip));
    format!(
        "M{x} {from}V{tip_px}m-{0} {1}l{0} {2}l{0} {1}",
        px(HEAD / 2.0),
        px(-down * HEAD),
        px(down * HEAD)
    )
}

/// The rows of the table: from when, who, what, for how long, woken by whom.
pub fn table(of: &Demonstrated) -> Vec<Vec<String>> {
    let row = |(thread, stretch): (u32, &Stretch)| {
        let woken_by = stretch.woken_by.map_or_else(|| "–".to_owned(), thread_name);
        vec![
            format::duration(stretch.start_ms),
            thread_name(thread),
            stretch.words(),
            format::duration(stretch.duration_ms()),
            woken_by,
        ]
    };
    of.in_order().into_iter().map(row).collect()
}

/// What the drawing shows, for who does not see it.
pub fn summary(of: &Demonstrated) -> String {
    let lanes = (0..).zip(&of.lanes).map(|(thread, lane)| {
        let total = |is_it: fn(&Stretch) -> bool| {
            lane.iter().filter(|one| is_it(one)).map(Stretch::duration_ms).fold(0.0, |a, b| a + b)
        };
        let waited = total(|one| one.call().is_some());
        let held = total(Stretch::is_held);
        let waited = format!("waited {}", format::duration(waited));
        match held > 0.0 {
            true => format!("{} {waited}, held {}", thread_name(thread), format::duration(held)),
            false => format!("{} {waited}", thread_name(thread)),
        }
    });
    format!(
        "Timeline of {}. In all: {}.",
        format::duration(of.end_ms()),
        lanes.collect::<Vec<_>>().join("; ")
    )
}

/// With a capital letter.
pub fn in_front(words: &str) -> String {
    let mut characters = words.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::programs::primitive::demonstration::Demonstration;
    use crate::pitfalls::programs::primitive::id::PrimitiveId;
    use crate::pitfalls::programs::primitive::stretch::Call;

    fn lock() -> Demonstrated {
        let of = |did, start_ms, end_ms, woken_by| Stretch { did, start_ms, end_ms, woken_by };
        let lanes = vec![
            vec![of(Did::Held, 0.0, 4.0, None)],
            vec![of(Did::Waited(Call::Acquire), 1.0, 4.0, Some(0)), of(Did::Held, 4.0, 8.0, None)],
        ];
        let demonstration = Demonstration::of(PrimitiveId::Lock, 2);
        Demonstrated {
            demonstration,
            lanes,
            got: 2,
            refused: 0,
            most_at_once: 1,
            early: 0,
            took_ms: 8.0,
            cost_ns: 20.0,
        }
    }

    #[test]
    fn a_wait_ends_at_an_arrow_from_who_ended_it() {
        let drawing = layout(&lock(), 800.0);
        assert_eq!(drawing.lanes.len(), 2);
        assert_eq!(drawing.lanes[1].label, "Thread 2");
        let [wait, held] = &drawing.lanes[1].bars[..] else { panic!("two bars") };
        assert!(wait.place[3] < held.place[3]);
        assert!(wait.place[0] + wait.place[2] < held.place[0]);
        let [arrow] = &drawing.wakes[..] else { panic!("one arrow") };
        assert_eq!(*arrow, format!("M{} 10V36m-2.5 -5l2.5 5l2.5 -5", px(held.place[0])));
    }

    #[test]
    fn labels_stand_above_their_lanes_where_it_is_narrow() {
        let [narrow, wide] = [320.0, 800.0].map(|width| layout(&lock(), width));
        assert!(narrow.height > wide.height);
        for drawing in [&narrow, &wide] {
            let bars = drawing.lanes.iter().flat_map(|lane| &lane.bars);
            let lowest = bars.map(|bar| bar.place[1] + bar.place[3]).fold(0.0, f64::max);
            assert!(lowest < drawing.height - FOOT, "{lowest} of {}", drawing.height);
        }
        let bar = narrow.lanes[0].bars[0];
        assert!(narrow.lanes[0].label_at.1 < bar.place[1]);
    }

    #[test]
    fn the_table_and_the_summary_say_it_all() {
        let rows = table(&lock());
        let waited = rows.iter().find(|row| row[2] == "waited in acquire()").expect("it waited");
        assert_eq!(waited[1..], ["thread 2", "waited in acquire()", "3.00 ms", "thread 1"]);
        assert_eq!(
            summary(&lock()),
            "Timeline of 8.00 ms. In all: thread 1 waited 0.00 ms, held 4.00 ms; thread 2 waited 3.00 \
             ms, held 4.00 ms."
        );
    }
}
