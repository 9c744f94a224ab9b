//! The benchmark's lines, printed as they come.

use concurrency_playground::measure::stats::median;
use std::fmt;

/// What a figure is held to.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// It should be this or more.
    AtLeast(f64),
    /// It should be this or less.
    AtMost(f64),
    /// It should be less than this.
    Below(f64),
}

impl Bar {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bar) => figure >= bar,
            Self::AtMost(bar) => figure <= bar,
            Self::Below(bar) => figure < bar,
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Two digits, but none that say nothing.
        let plain = |bar: f64| (bar * 100.0).round() / 100.0;
        match self {
            Self::AtLeast(bar) => write!(f, "at least {}", plain(*bar)),
            Self::AtMost(bar) => write!(f, "at most {}", plain(*bar)),
            Self::Below(bar) => write!(f, "below {}", plain(*bar)),
        }
    }
}

/// A heading.
pub fn section(title: &str) {
    println!("\n{title}");
}

/// A figure with its bar. On a machine that was `busy` with something else, a miss
/// says nothing.
pub fn figure(name: &str, shown: &str, figure: f64, bar: Bar, busy: bool) {
    let met = match (bar.is_met(figure), busy) {
        (true, _) => "met",
        (false, false) => "MISSED",
        (false, true) => "inconclusive",
    };
    println!("  {name:<48} {shown:>22}   {met:<12}  {bar}");
}

/// A figure that is held to nothing.
pub fn plain(name: &str, shown: &str) {
    println!("  {name:<48} {shown:>22}");
}

/// The median, and that with the least and the most as it is shown.
pub fn spread(figures: Vec<f64>) -> (f64, String) {
    spread_to(0, figures)
}

/// As [`spread`], shown to so many digits after the point.
pub fn spread_to(digits: usize, figures: Vec<f64>) -> (f64, String) {
    let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let median = median(figures.into_iter());
    (median, format!("{median:.digits$} [{least:.digits$}, {most:.digits$}]"))
}
