//! Where everything goes in the drawing of a waits-for graph: actors on the left, what they wait for on
//! the right, and arrows in both directions, in px.

use super::snapshot::Snapshot;
use crate::pitfalls::programs::cast::Cast;
use crate::sync::progress::Doing;
use std::f64::consts::PI;

/// How wide the drawing is: it fits into a card on a phone.
pub const WIDTH: f64 = 292.0;
const ACTOR_WIDTH: f64 = 96.0;
const RESOURCE_WIDTH: f64 = 124.0;
const BOX_HEIGHT: f64 = 44.0;
const ROW: f64 = 64.0;
const MARGIN: f64 = 4.0;
/// Arrows to the right keep this far above the middle of a box, those to the left below it.
const ASIDE: f64 = 9.0;
const HEAD_LENGTH: f64 = 9.0;
const HEAD_ANGLE: f64 = PI / 7.0;
const LINE_HEIGHT: f64 = 15.0;
/// The most characters that a line of a resource has room for.
const LINE_CHARS: usize = 18;

/// A waits-for graph, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitsForGraph {
    /// How high it is.
    pub height: f64,
    /// Actors and resources.
    pub boxes: Vec<NodeBox>,
    /// Who waits for what, and who that is up to.
    pub arrows: Vec<Arrow>,
}

/// An actor or a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeBox {
    /// Whether it is an actor.
    pub is_actor: bool,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Its name, by lines, with the middle of the baseline of each.
    pub lines: Vec<(String, f64, f64)>,
}

/// An arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Whether it leads from one that waits to what it waits for; else from there to whom that is up to.
    pub waits: bool,
    /// The line, as an SVG path.
    pub line: String,
    /// The head, as an SVG path.
    pub head: String,
}

impl WaitsForGraph {
    /// The graph of those that wait for ever.
    pub fn of(snapshot: &Snapshot, cast: &Cast) -> Self {
        let stuck = snapshot.deadlocked();
        let wanted = |actor: &usize| match snapshot.doing(*actor) {
            Doing::WaitsFor(resource) => Some(resource),
            _ => None,
        };
        let mut resources: Vec<usize> = stuck.iter().filter_map(wanted).collect();
        resources.sort_unstable();
        resources.dedup();
        let mut actors = stuck.clone();
        actors.extend(resources.iter().flat_map(|resource| snapshot.givers(*resource)));
        actors.sort_unstable();
        actors.dedup();
        let rows = actors.len().max(resources.len()) as f64;
        // The shorter column stands in the middle.
        let middle = |place: usize, of: usize| {
            MARGIN + BOX_HEIGHT / 2.0 + ROW * (place as f64 + (rows - of as f64) / 2.0)
        };
        let row_of = |all: &[usize], one: usize| {
            let place = all.iter().position(|it| *it == one).unwrap_or_default();
            middle(place, all.len())
        };
        let left = MARGIN + ACTOR_WIDTH;
        let right = WIDTH - MARGIN - RESOURCE_WIDTH;
        let name = |names: Option<&&'static str>| names.copied().unwrap_or_default();
        let actor_boxes = actors.iter().map(|actor| {
            let lines = vec![name(cast.actors.get(*actor)).to_owned()];
            node(true, MARGIN, row_of(&actors, *actor), ACTOR_WIDTH, lines)
        });
        let resource_boxes = resources.iter().map(|resource| {
            let lines = wrapped(cast.resources.get(*resource).map_or("", |it| it.name));
            node(false, right, row_of(&resources, *resource), RESOURCE_WIDTH, lines)
        });
        let waits = stuck.iter().filter_map(|actor| {
            let resource = wanted(actor)?;
            let (from, to) = (row_of(&actors, *actor), row_of(&resources, resource));
            Some(arrow(true, (left, from - ASIDE), (right, to - ASIDE)))
        });
        let up_to = resources.iter().flat_map(|resource| {
            let from = row_of(&resources, *resource);
            let actors = &actors;
            snapshot.givers(*resource).map(move |giver| {
                arrow(false, (right, from + ASIDE), (left, row_of(actors, giver) + ASIDE))
            })
        });
        Self {
            height: ROW * rows - (ROW - BOX_HEIGHT) + 2.0 * MARGIN,
            boxes: actor_boxes.chain(resource_boxes).collect(),
            arrows: waits.chain(up_to).collect(),
        }
    }
}

/// A box whose middle is at `middle`.
fn node(is_actor: bool, x: f64, middle: f64, width: f64, lines: Vec<String>) -> NodeBox {
    let first = middle + LINE_HEIGHT * (0.3 - (lines.len() as f64 - 1.0) / 2.0);
    let at = |(i, line)| (line, x + width / 2.0, first + LINE_HEIGHT * i as f64);
    let lines = lines.into_iter().enumerate().map(at).collect();
    NodeBox { is_actor, x, y: middle - BOX_HEIGHT / 2.0, width, height: BOX_HEIGHT, lines }
}

fn arrow(waits: bool, from: (f64, f64), to: (f64, f64)) -> Arrow {
    let angle = (from.1 - to.1).atan2(from.0 - to.0);
    let barb = |turn: f64| {
        let (sin, cos) = (angle + turn).sin_cos();
        (to.0 + HEAD_LENGTH * cos, to.1 + HEAD_LENGTH * sin)
    };
    let (one, other) = (barb(HEAD_ANGLE), barb(-HEAD_ANGLE));
    let at = |(x, y): (f64, f64)| format!("{x:.1} {y:.1}");
    Arrow {
        waits,
        line: format!("M{}L{}", at(from), at(to)),
        head: format!("M{}L{}L{}Z", at(one), at(to), at(other)),
    }
}

/// `name` in lines that have room, broken between words.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= LINE_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::programs::lock_order;
    use crate::pitfalls::programs::queue_deadlock::QueueDeadlock;
    use crate::sync::progress::{Progress, WORDS};
    use std::sync::atomic::{AtomicU32, Ordering};

    fn written(write: impl Fn(Progress)) -> Snapshot {
        let words = [const { AtomicU32::new(0) }; WORDS];
        write(Progress::new(&words));
        Snapshot::new(words.map(|word| word.load(Ordering::Relaxed)))
    }

    #[test]
    fn two_threads_and_two_locks_make_a_cycle_of_four_arrows() {
        let snapshot = written(|progress| {
            progress.is_up_to(0, &[0]);
            progress.is_up_to(1, &[1]);
            progress.waits_for(0, 1);
            progress.waits_for(1, 0);
        });
        let graph = WaitsForGraph::of(&snapshot, &lock_order::CAST);
        let names: Vec<_> = graph.boxes.iter().map(|it| it.lines[0].0.as_str()).collect();
        assert_eq!(names, ["Thread 1", "Thread 2", "lock A", "lock B"]);
        assert_eq!(graph.arrows.iter().filter(|arrow| arrow.waits).count(), 2);
        assert_eq!(graph.arrows.len(), 4);
    }

    #[test]
    fn nothing_lies_outside_or_on_top_of_each_other() {
        let snapshot = written(|progress| {
            for (actor, resource) in [(0, 0), (1, 1), (2, 2), (3, 2)] {
                progress.waits_for(actor, resource);
            }
            for (resource, actors) in [(0, &[2][..]), (1, &[3]), (2, &[0, 1])] {
                progress.is_up_to(resource, actors);
            }
        });
        let graph = WaitsForGraph::of(&snapshot, QueueDeadlock::WaitInPool.cast());
        assert_eq!((graph.boxes.len(), graph.arrows.len()), (7, 8));
        for (i, one) in graph.boxes.iter().enumerate() {
            assert!(one.x >= 0.0 && one.x + one.width <= WIDTH, "{one:?}");
            assert!(one.y >= 0.0 && one.y + one.height <= graph.height, "{one:?}");
            for other in &graph.boxes[..i] {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + one.height <= other.y
                    || other.y + other.height <= one.y;
                assert!(apart, "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn names_are_broken_between_words() {
        assert_eq!(wrapped("the result of subtask 1"), ["the result of", "subtask 1"]);
        assert_eq!(wrapped("lock A"), ["lock A"]);
    }
}
