//! Where the diagram's boxes, lines and words go.
//!
//! The first question is on the left; each answer leads one column to the
//! right, with the answer written above the box that it leads to. Words are
//! broken into lines here, because text in SVG does not wrap, and because the
//! diagram is laid out for its width instead of being scaled to it: its text is
//! never smaller than it says below.

use super::path;
use super::tree::{Node, Question};

/// Size of the text in a box, in pixels.
pub const TITLE_PX: f64 = 13.0;
/// Size of the answer above a box, in pixels.
pub const ANSWER_PX: f64 = 12.0;
/// Radius of the badge on a box's left edge, which holds the check mark.
pub const BADGE_RADIUS: f64 = 8.0;

const LINE_HEIGHT: f64 = 17.0;
/// Room around everything: the badge of the first box and thick lines fit.
const MARGIN: f64 = 12.0;
/// Between two columns: a line must be seen to turn.
const COLUMN_GAP: f64 = 32.0;
/// Between one box and the answer above the next.
const ROW_GAP: f64 = 14.0;
const PAD_LEFT: f64 = BADGE_RADIUS + 6.0;
/// The bar in a leaf's model colour is here, clear of the badge.
const PAD_RIGHT: f64 = 14.0;
const PAD_Y: f64 = 8.0;
/// Bold letters, as in a box and on the path, are about this much wider.
const BOLD: f64 = 1.1;

/// An upright rectangle, in pixels from the diagram's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Halfway between the upper and the lower edge.
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Where the text begins.
    pub x: f64,
    /// The baseline.
    pub y: f64,
}

/// A node of the tree in its place.
#[derive(Clone, Debug)]
pub struct ChartNode {
    /// The question or leaf.
    pub node: Node,
    /// The path that leads to it.
    pub path: String,
    /// Its box.
    pub rect: Rect,
    /// What stands in the box.
    pub title: Vec<Line>,
    /// The answer that leads to it, above the box; empty at the first question.
    pub answer: Vec<Line>,
    /// The figure that the answer was given by, between the answer and the box.
    pub figure: Vec<Line>,
}

impl ChartNode {
    /// The box together with the words above it.
    pub fn extent(&self) -> Rect {
        let above = LINE_HEIGHT * (self.answer.len() + self.figure.len()) as f64;
        Rect { y: self.rect.y - above, height: self.rect.height + above, ..self.rect }
    }
}

/// The figure that an answer was given by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeFigure {
    /// The path to where the answer leads.
    pub path: String,
    /// The figure in a few words.
    pub text: String,
}

/// The line from a question to where an answer leads.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartEdge {
    /// The path to where it leads.
    pub path: String,
    /// Where it leaves the question's box.
    pub from: (f64, f64),
    /// Where it meets the next box.
    pub to: (f64, f64),
}

impl ChartEdge {
    /// The curve in the notation of SVG's `d`. It stays between the two columns.
    pub fn d(&self) -> String {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        let mid = (x0 + x1) / 2.0;
        format!("M{x0:.1} {y0:.1}C{mid:.1} {y0:.1} {mid:.1} {y1:.1} {x1:.1} {y1:.1}")
    }
}

/// The whole diagram, ready to be drawn.
#[derive(Clone, Debug)]
pub struct TreeLayout {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// Every node, each question before what it leads to.
    pub nodes: Vec<ChartNode>,
    /// Every line.
    pub edges: Vec<ChartEdge>,
}

impl TreeLayout {
    /// The diagram of the tree below `root`, with the `figures` of answers, `width` pixels wide, or
    /// as wide as its longest words need where that is more.
    pub fn of(root: &'static Question, width: f64, figures: &[EdgeFigure]) -> Self {
        let root = Node::Question(root);
        let columns = columns(root) as f64;
        let gaps = 2.0 * MARGIN + (columns - 1.0) * COLUMN_GAP;
        let words = figures.iter().map(|figure| longest_word(&figure.text, ANSWER_PX * BOLD));
        let least = words.fold(least_column(root), f64::max).ceil();
        let column = ((width - gaps) / columns).max(least).floor();
        let tree = Subtree::of(root, None, String::new(), column, figures);
        let mut chart = Self {
            width: columns * column + gaps,
            height: tree.height + 2.0 * MARGIN,
            nodes: Vec::new(),
            edges: Vec::new(),
        };
        chart.place(tree, MARGIN, MARGIN, column);
        chart
    }

    /// Puts `tree` below `top`, and returns where its first box is.
    fn place(&mut self, tree: Subtree, x: f64, top: f64, column: f64) -> Rect {
        let at = self.nodes.len();
        self.nodes.push(ChartNode {
            node: tree.node,
            path: tree.path,
            rect: Rect { x, y: top, width: column, height: 0.0 },
            title: Vec::new(),
            answer: Vec::new(),
            figure: Vec::new(),
        });
        let below: f64 = stacked(&tree.next);
        let mut next_top = top + ((tree.height - below) / 2.0).max(0.0);
        let mut boxes = Vec::with_capacity(tree.next.len());
        for next in tree.next {
            let (height, path) = (next.height, next.path.clone());
            boxes.push((path, self.place(next, x + column + COLUMN_GAP, next_top, column)));
            next_top += height + ROW_GAP;
        }
        let middle = match (boxes.first(), boxes.last()) {
            (Some((_, first)), Some((_, last))) => (first.middle() + last.middle()) / 2.0,
            _ => top + tree.height / 2.0,
        };
        let of_figure = LINE_HEIGHT * tree.figure.len() as f64;
        let above = LINE_HEIGHT * tree.answer.len() as f64 + of_figure;
        let height = LINE_HEIGHT * tree.title.len() as f64 + 2.0 * PAD_Y;
        // Never outside the rows that are this subtree's own, so that no two
        // boxes of a column can meet.
        let lowest = (top + tree.height - height).max(top + above);
        let y = (middle - height / 2.0).clamp(top + above, lowest).round();
        let rect = Rect { x, y, width: column, height };
        let node = &mut self.nodes[at];
        node.rect = rect;
        node.title = lines(tree.title, x + PAD_LEFT, y + PAD_Y);
        node.answer = lines(tree.answer, x, y - above - 2.0);
        node.figure = lines(tree.figure, x, y - of_figure - 2.0);
        let from = (rect.right(), rect.middle());
        self.edges.extend(boxes.into_iter().map(|(path, to)| ChartEdge {
            path,
            from,
            to: (to.x, to.middle()),
        }));
        rect
    }
}

/// A node and all that follows it, with its words broken into lines and its
/// height known, but not yet in its place.
struct Subtree {
    node: Node,
    path: String,
    title: Vec<String>,
    answer: Vec<String>,
    figure: Vec<String>,
    /// Of the node and all that follows it.
    height: f64,
    next: Vec<Subtree>,
}

impl Subtree {
    fn of(
        node: Node,
        answer: Option<&str>,
        path: String,
        column: f64,
        figures: &[EdgeFigure],
    ) -> Self {
        let title = wrap(node.label(), TITLE_PX * BOLD, column - PAD_LEFT - PAD_RIGHT);
        let answer = answer.map(|label| wrap(label, ANSWER_PX * BOLD, column)).unwrap_or_default();
        let figure = figures.iter().find(|figure| figure.path == path);
        let figure = figure.map(|figure| wrap(&figure.text, ANSWER_PX * BOLD, column));
        let figure = figure.unwrap_or_default();
        let next: Vec<_> = node
            .answers()
            .iter()
            .map(|way| {
                let path = path::joined(&path, way.id);
                Self::of(way.next, Some(way.label), path, column, figures)
            })
            .collect();
        // Rounding a box to whole pixels takes up to one.
        let words = title.len() + answer.len() + figure.len();
        let own = LINE_HEIGHT * words as f64 + 2.0 * PAD_Y + 1.0;
        Self { node, path, title, answer, figure, height: own.max(stacked(&next)), next }
    }
}

fn stacked(next: &[Subtree]) -> f64 {
    let gaps = next.len().saturating_sub(1) as f64 * ROW_GAP;
    next.iter().map(|tree| tree.height).sum::<f64>() + gaps
}

fn lines(texts: Vec<String>, x: f64, top: f64) -> Vec<Line> {
    // The baseline lies about three quarters down the line.
    let baseline = |i: usize| top + LINE_HEIGHT * i as f64 + LINE_HEIGHT * 0.76;
    texts.into_iter().enumerate().map(|(i, text)| Line { text, x, y: baseline(i) }).collect()
}

fn columns(node: Node) -> usize {
    1 + node.answers().iter().map(|answer| columns(answer.next)).max().unwrap_or(0)
}

/// The width at which the longest word of the tree still fits its line.
fn least_column(node: Node) -> f64 {
    let title = longest_word(node.label(), TITLE_PX * BOLD) + PAD_LEFT + PAD_RIGHT;
    let answers = node.answers().iter();
    answers
        .map(|way| longest_word(way.label, ANSWER_PX * BOLD).max(least_column(way.next)))
        .fold(title.ceil(), f64::max)
        .ceil()
}

fn longest_word(text: &str, size_px: f64) -> f64 {
    text.split(' ').map(|word| text_width(word, size_px)).fold(0.0, f64::max)
}

/// `text` in as few lines as `width` allows, and those about equally long, so
/// that no word is left alone on the last one; a word is never broken.
fn wrap(text: &str, size_px: f64, width: f64) -> Vec<String> {
    let mut best = filled(text, size_px, width);
    let mut narrower = width - 1.0;
    while narrower > 0.0 {
        let lines = filled(text, size_px, narrower);
        if lines.len() > best.len() || lines.iter().any(|l| text_width(l, size_px) > narrower) {
            break;
        }
        best = lines;
        narrower -= 1.0;
    }
    best
}

/// `text` in lines that are each as full as `width` allows.
fn filled(text: &str, size_px: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line)
                if text_width(line, size_px)
                    + text_width(" ", size_px)
                    + text_width(word, size_px)
                    <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How wide `text` is at most. The font is the reader's own, so this goes by the
/// widest in common use (DejaVu Sans, Verdana).
fn text_width(text: &str, size_px: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' | ' ' => 0.35,
        'f' | 't' | 'r' | '(' | ')' | '-' => 0.45,
        'm' | 'w' | 'M' | 'W' | '%' => 1.0,
        c if c.is_ascii_lowercase() => 0.64,
        _ => 0.78,
    };
    text.chars().map(em).sum::<f64>() * size_px
}

#[cfg(test)]
mod tests;
