//! The dots of a row.

use crate::ui::charts::dot_plot::{Dot, RADIUS};
use crate::ui::charts::px;
use yew::prelude::*;

/// The dots of a row.
pub fn dots(dots: &[Dot]) -> Html {
    let dot = |dot: &Dot| {
        html! {
            <circle class={if dot.outlier { "sample outlier" } else { "sample" }}
                cx={px(dot.x)} cy={px(dot.y)} r={px(RADIUS)} />
        }
    };
    dots.iter().map(dot).collect()
}
