//! The charts' geometry: where everything goes, for the width there is. Pure, and
//! natively tested; components only print it.

pub mod axis;
pub mod bars;
pub mod comparison;
pub mod concurrency;
pub mod distribution;
pub mod dots;
pub mod picture;
pub mod scaling;
pub mod sharing;
pub mod sketch;
pub mod timeline;
pub mod waterfall;
pub mod words;

/// So many cores: "1 core", "2 cores".
pub fn cores(number: u32) -> String {
    format!("{number} core{}", if number == 1 { "" } else { "s" })
}

/// A number of px as an attribute has it, to a tenth.
pub fn px(px: f64) -> String {
    ((px * 10.0).round() / 10.0).to_string()
}
