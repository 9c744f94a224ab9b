//! The frame of a chart: its card, its head, and the width that it has.

use crate::ui::charts::view::tools::chart_tools;
use crate::ui::shell::hooks::use_width;
use yew::prelude::*;

/// See [`Framed`].
#[derive(Properties)]
pub struct FramedProps {
    /// The section's id.
    pub id: &'static str,
    /// What the chart is called, in its head and aloud.
    pub title: AttrValue,
    /// What was run, for the names of saved files; nothing while there is no chart.
    pub saved_as: Option<&'static str>,
    /// Tells drawings apart: where it is the same, nothing is drawn again.
    pub version: [usize; 4],
    /// Draws the chart for a width in px.
    pub draw: Callback<f64, Html>,
}

impl PartialEq for FramedProps {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.saved_as == other.saved_as && self.version == other.version
    }
}

/// A chart in its card.
#[component]
pub fn Framed(props: &FramedProps) -> Html {
    let (node, width) = use_width(320.0);
    html! {
        <section class="card chart" id={props.id} aria-label={props.title.clone()}>
            <div class="chart-head">
                <h2 class="label">{ &props.title }</h2>
                { chart_tools(props.id, props.title.clone(), props.saved_as) }
            </div>
            <div ref={node}>{ props.draw.emit(width) }</div>
        </section>
    }
}

/// The place of a chart before there is anything to show, at the height that it will
/// have, in px, and what to look for in it.
pub fn empty(height: f64, look_for: &'static str) -> Html {
    html! {
        <div class="empty">
            <svg width="1" height={height.to_string()} aria-hidden="true" />
            <p>{ look_for }</p>
        </div>
    }
}

/// The place of what folds out below a chart.
pub fn place_of_foot() -> Html {
    html! { <p class="data-place"></p> }
}
