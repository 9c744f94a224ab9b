//! Workers that start workers, as a tree.

use crate::measure::format;
use crate::wording::counted;
use std::collections::BTreeSet;

/// How many workers each program starts.
pub const CHILDREN: u32 = 2;
/// How many generations of workers there are at the most, as `www/pitfalls/program.js` has it.
pub const GENERATIONS: u32 = 3;

/// How many workers there are without a main guard: 2 + 4 + 8.
pub fn most_workers() -> u32 {
    (1..=GENERATIONS).map(|generation| CHILDREN.pow(generation)).sum()
}

/// The workers that reported, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Generations {
    /// Whether the program had a main guard.
    pub is_guarded: bool,
    /// Each worker's path and when it began, in ms after the first was asked for. "2.1" is the
    /// first worker that the second one started.
    pub began: Vec<(String, f64)>,
}

impl Generations {
    /// How many workers each generation has.
    pub fn sizes(&self) -> Vec<usize> {
        let of = |path: &str| path.split('.').count();
        let most = self.began.iter().map(|(path, _)| of(path)).max().unwrap_or(0);
        let size =
            |generation| self.began.iter().filter(|(path, _)| of(path) == generation).count();
        (1..=most).map(size).collect()
    }

    /// Whether only the page started workers.
    pub fn is_one(&self) -> bool {
        self.sizes().len() == 1
    }

    /// When the last one began, in ms.
    pub fn took_ms(&self) -> f64 {
        self.began.iter().map(|(_, ms)| *ms).fold(0.0, f64::max)
    }

    /// What came of it.
    pub fn sentence(&self) -> String {
        let sizes = self.sizes();
        let workers = counted(self.began.len() as u64, "worker");
        let took = format::duration(self.took_ms());
        if self.is_one() {
            return format!(
                "The page started {workers}, and they started none. The last one began after {took}."
            );
        }
        let sizes: Vec<_> = sizes.iter().map(usize::to_string).collect();
        format!(
            "The page started {CHILDREN} workers. There were {workers}: {} in {} generations. The \
             last one began after {took}.",
            sizes.join(" + "),
            sizes.len()
        )
    }

    /// The tree, `width` pixels wide.
    pub fn tree(&self, width: f64) -> Tree {
        // A worker whose parent's word has not come yet is drawn at its place all the same.
        let mut paths: BTreeSet<&str> = BTreeSet::new();
        for (path, _) in &self.began {
            paths.extend(path.match_indices('.').map(|(at, _)| &path[..at]));
            paths.insert(path);
        }
        Tree::of(&paths, width)
    }
}

/// How high a row of the tree is, in pixels.
const ROW: f64 = 26.0;
/// How high a box is, in pixels.
pub const BOX_HEIGHT: f64 = 20.0;
/// Room around the tree, in pixels: the lines of its boxes fit.
const MARGIN: f64 = 2.0;
/// Between two generations, as a part of a column.
const GAP: f64 = 0.24;
/// The widest column, in pixels.
const MOST_COLUMN: f64 = 150.0;

/// Boxes and lines of a drawn tree, in pixels from its top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// How wide each box is.
    pub box_width: f64,
    /// The page, then its workers, each before those that it started.
    pub boxes: Vec<TreeBox>,
    /// From each box to those that it started: a line's beginning and end.
    pub lines: Vec<[(f64, f64); 2]>,
}

/// A box of a drawn tree.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeBox {
    /// The worker's path; empty for the page.
    pub path: String,
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
}

impl TreeBox {
    /// What is written in it.
    pub fn label(&self) -> String {
        if self.path.is_empty() { "page".to_owned() } else { self.path.clone() }
    }
}

impl Tree {
    fn of(paths: &BTreeSet<&str>, width: f64) -> Self {
        let width = width.max(1.0);
        let columns = f64::from(GENERATIONS + 1);
        let column = ((width - 2.0 * MARGIN) / (columns - GAP)).min(MOST_COLUMN);
        let mut tree = Self {
            width,
            height: 0.0,
            box_width: column * (1.0 - GAP),
            boxes: Vec::new(),
            lines: Vec::new(),
        };
        let mut rows = 0.0;
        tree.place("", 0, paths, column, &mut rows);
        tree.height = 2.0 * MARGIN + rows * ROW;
        // A parent is placed after its children, whose middle it is at, but is named before them.
        tree.boxes.sort_by(|one, other| one.path.cmp(&other.path));
        tree
    }

    /// Places the worker at `path` and all below it; gives the middle of its box.
    fn place(
        &mut self,
        path: &str,
        generation: u32,
        paths: &BTreeSet<&str>,
        column: f64,
        rows: &mut f64,
    ) -> f64 {
        let is_child = |other: &&&str| match (path, other.rsplit_once('.')) {
            ("", None) => true,
            (_, Some((parent, _))) => parent == path,
            _ => false,
        };
        let children: Vec<_> = paths.iter().filter(is_child).copied().collect();
        let x = MARGIN + f64::from(generation) * column;
        let middles: Vec<_> = children
            .iter()
            .map(|child| self.place(child, generation + 1, paths, column, rows))
            .collect();
        let middle = match (middles.first(), middles.last()) {
            (Some(first), Some(last)) => f64::midpoint(*first, *last),
            _ => {
                *rows += 1.0;
                MARGIN + (*rows - 0.5) * ROW
            }
        };
        let right = (x + self.box_width, middle);
        self.lines.extend(middles.iter().map(|child| [right, (x + column, *child)]));
        self.boxes.push(TreeBox { path: path.to_owned(), x, y: middle - BOX_HEIGHT / 2.0 });
        middle
    }

    /// The tree in words: "page: 1, 2", a line for each that started others.
    pub fn lines_of_text(&self) -> Vec<String> {
        let parent = |path: &str| path.rsplit_once('.').map_or(String::new(), |(of, _)| of.into());
        let children_of = |one: &TreeBox| {
            let is_child =
                |other: &&TreeBox| !other.path.is_empty() && parent(&other.path) == one.path;
            self.boxes.iter().filter(is_child).map(TreeBox::label).collect::<Vec<_>>()
        };
        self.boxes
            .iter()
            .map(|one| (one, children_of(one)))
            .filter(|(_, children)| !children.is_empty())
            .map(|(one, children)| format!("{} started {}", name(one), children.join(" and ")))
            .collect()
    }
}

fn name(one: &TreeBox) -> String {
    if one.path.is_empty() { "The page".to_owned() } else { format!("Worker {}", one.path) }
}

#[cfg(test)]
mod tests;
