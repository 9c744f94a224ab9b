//! How long each model should take, drawn.

use crate::advice::Prediction;
use crate::measure::format;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::bars::{BAR, BAR_TOP, ROW};
use crate::ui::charts::predicted::{Bar, layout, sentence};
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{data_table, path, rect, text, ticks, whisker};
use crate::ui::charts::{fitted, px, view_box};
use yew::prelude::*;

/// Predicted times. `version` tells drawings apart; `saved_as` begins the names of saved files.
pub fn predicted_chart(
    predicted: Vec<Prediction>,
    title: &'static str,
    version: usize,
    saved_as: &'static str,
) -> Html {
    let draw = Callback::from(move |width| chart(&predicted, width));
    let version = [version, 0, 0, 0];
    html! { <Framed id="predicted" {title} {version} saved_as={Some(saved_as)} {draw} /> }
}

fn chart(predicted: &[Prediction], width: f64) -> Html {
    let laid_out = layout(predicted, width);
    let described = |one: &Prediction| format!("{}: {}", one.executor.label(), sentence(one));
    let described: Vec<_> = predicted.iter().map(described).collect();
    html! {
        <>
            <svg width={px(width)} height={px(laid_out.height)}
                viewBox={view_box(width, laid_out.height)} role="img"
                aria-label={format!("Predicted times. {}.", described.join("; "))}>
                { ticks(&laid_out.ticks, 18.0, laid_out.height - FOOT) }
                { for predicted.iter().zip(&laid_out.bars).enumerate().map(|(at, (one, bar))| row(at, one, bar, width)) }
            </svg>
            <p class="help">{ "Thin lines: 90% intervals." }</p>
            { data_table(&["Model", "Predicted", "From", "To"], predicted.iter().map(cells)) }
        </>
    }
}

fn row(at: usize, one: &Prediction, bar: &Bar, width: f64) -> Html {
    let label = one.executor.label();
    let bar_of = |class| rect(class, [0.0, BAR_TOP, bar.width.max(1.0), BAR]);
    html! {
        <g class={classes!("bar", one.executor.kind().class())}
            transform={format!("translate(0 {})", px(at as f64 * ROW))}>
            { text("name", 0.0, 15.0, fitted(&label, &sentence(one), width)) }
            { text("value", width, 15.0, sentence(one)) }
            { bar_of("solid") }
            { bar_of("pattern") }
            { path("whisker", whisker(bar.interval, BAR_TOP + BAR / 2.0)) }
        </g>
    }
}

fn cells(one: &Prediction) -> Vec<String> {
    let [low, high] = one.interval90_ms.map(format::duration);
    vec![one.executor.label(), format::duration(one.median_ms), low, high]
}
