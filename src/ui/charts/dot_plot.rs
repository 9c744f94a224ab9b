//! Dots in a row, stacked where they fall together.

/// A row's height, in px: a line of text above the dots, the interval below them.
pub const ROW: f64 = 84.0;
/// Where in its row the lowest dots stand, in px.
pub const BASE: f64 = 62.0;
/// A dot's radius, in px.
pub const RADIUS: f64 = 3.5;
/// Where in its row the interval is, in px.
pub const BRACKET: f64 = 72.0;
/// Room for stacks above their lowest dot, in px.
const STACK: f64 = 34.0;

/// A dot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where it is, in px.
    pub x: f64,
    /// How far down in its row, in px.
    pub y: f64,
    /// Whether it is an outlier.
    pub outlier: bool,
}

/// The dot plot of Wilkinson, "Dot Plots", The American Statistician 53, 1999: from
/// the least on, all that are within a dot's width become one stack, which
/// stands in the middle of them.
pub fn stacked(mut places: Vec<(f64, bool)>) -> Vec<Dot> {
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let stacks: Vec<_> = {
        let mut rest = &places[..];
        std::iter::from_fn(|| {
            let first = rest.first()?.0;
            let end = rest.partition_point(|place| place.0 < first + 2.0 * RADIUS);
            let (stack, behind) = rest.split_at(end);
            rest = behind;
            Some(stack)
        })
        .collect()
    };
    let tallest = stacks.iter().map(|stack| stack.len()).max().unwrap_or(1);
    // Higher stacks are pressed together rather than cut off.
    let up = (STACK / (tallest.saturating_sub(1).max(1)) as f64).min(2.0 * RADIUS);
    let stack = |stack: &&[(f64, bool)]| {
        let (first, last) = (stack[0].0, stack[stack.len() - 1].0);
        let x = (first + last) / 2.0;
        let dot = |(at, (_, outlier)): (usize, &(f64, bool))| Dot {
            x,
            y: BASE - at as f64 * up,
            outlier: *outlier,
        };
        stack.iter().enumerate().map(dot).collect::<Vec<_>>()
    };
    stacks.iter().flat_map(stack).collect()
}
