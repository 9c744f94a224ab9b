//! A folder for each chart. Its geometry, where everything goes for the width there is, is pure
//! and natively tested; its `view` only prints that.

pub mod axis;
pub mod bars;
pub mod comparison;
pub mod concurrency;
pub mod distribution;
pub mod dot_plot;
pub mod dots;
pub mod latency;
pub mod model_map;
pub mod picture;
pub mod predicted;
pub mod rows;
pub mod scaling;
pub mod sharing;
pub mod sketch;
pub mod speedups;
pub mod timeline;
pub mod waterfall;
pub mod words;

#[cfg(feature = "app")]
pub(crate) mod view;

/// What stands behind the name of a model without a result.
pub const NO_RESULT: &str = ": no result";
/// A character of a chart's bold text is so wide at the most, in px, of those that names
/// of models and figures are made of.
const CHARACTER_PX: f64 = 7.2;
/// Between a name and what stands at the end of its line, in px.
const GAP_PX: f64 = 10.0;

/// A name that shares a line of `width` px with `others`, shortened where it must be.
pub fn fitted(name: &str, others: &str, width: f64) -> String {
    let room = width - GAP_PX - others.chars().count() as f64 * CHARACTER_PX;
    let most = (room / CHARACTER_PX).max(1.0) as usize;
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end_matches([' ', ',']))
}

/// The view box of a drawing of this size, in px, so that paper can show it smaller.
pub fn view_box(width: f64, height: f64) -> String {
    format!("0 0 {} {}", px(width), px(height))
}

/// A number of px as an attribute has it, to a tenth.
pub fn px(px: f64) -> String {
    ((px * 10.0).round() / 10.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_only_where_they_must_be() {
        let name = "Processes × 2 (shared buffer, preloaded, chunks of 8)";
        assert_eq!(fitted(name, "261 ms", 600.0), name);
        assert_eq!(fitted(name, "261 ms", 280.0), "Processes × 2 (shared buffer…");
        assert_eq!(fitted(name, "261 ms", 0.0), "…");
    }
}
