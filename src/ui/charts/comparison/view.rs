//! This run beside the one that was pinned.

use crate::measure::format;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::comparison::{BAR, BARS_TOP, Bar, Comparison, Pair, ROW};
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{data_table, path, rect, text, ticks, whisker};
use crate::ui::charts::{comparison, fitted, px, view_box};
use std::rc::Rc;
use yew::prelude::*;

/// Two runs compared. `runs` tells comparisons apart: the number of the pinned run, and
/// of the current one; `workload` is the current one's id, for the names of saved files.
pub fn comparison_chart(
    comparison: Rc<Comparison>,
    runs: [u32; 2],
    workload: &'static str,
) -> Html {
    let version = [runs[0] as usize, runs[1] as usize, 0, 0];
    let saved_as = (!comparison.pairs.is_empty()).then_some(workload);
    let draw = Callback::from(move |width| chart(&comparison, width));
    html! { <Framed id="comparison" title="Compared with the pinned run" {version} {saved_as} {draw} /> }
}

fn chart(of: &Comparison, width: f64) -> Html {
    let differences = of.differences.iter().map(|said| html! { <p class="notice">{ said }</p> });
    let differences: Html = differences.collect();
    if of.pairs.is_empty() {
        let none = "No model gave a result in both runs: there is nothing to compare.";
        return html! { <>{ differences }<p class="help">{ none }</p></> };
    }
    let laid_out = comparison::layout(of, width);
    let described = of.pairs.iter().map(|pair| format!("{}: {}", pair.label, pair.sentence()));
    let described = described.collect::<Vec<_>>().join("; ");
    html! {
        <>
            { differences }
            <svg width={px(width)} height={px(laid_out.height)}
                viewBox={view_box(width, laid_out.height)} role="img"
                aria-label={format!("This run against the pinned one. {described}.")}>
                { ticks(&laid_out.ticks, 18.0, laid_out.height - FOOT) }
                { for of.pairs.iter().zip(&laid_out.rows).enumerate().map(|(at, (pair, bars))| row(at, pair, bars, width)) }
            </svg>
            <p class="help">{ "Above, dashed and pale: the pinned run. Below it: this one." }</p>
            { data_table(&["Model", "Pinned", "This run", "This run took"], of.pairs.iter().map(cells)) }
        </>
    }
}

fn row(at: usize, pair: &Pair, bars: &[Bar; 2], width: f64) -> Html {
    let bar = |run: usize, class: &'static str| {
        let (y, bar) = (BARS_TOP[run], bars[run]);
        html! {
            <>
                { rect(class, [0.0, y, bar.width.max(1.0), BAR]) }
                { path("whisker", whisker(bar.interval, y + BAR / 2.0)) }
            </>
        }
    };
    html! {
        <g class={classes!("compared", pair.kind.class())}
            transform={format!("translate(0 {})", px(at as f64 * ROW))}>
            { text("name", 0.0, 15.0, fitted(&pair.label, &pair.sentence(), width)) }
            { text("value", width, 15.0, pair.sentence()) }
            { bar(0, "pinned") }
            { bar(1, "current") }
        </g>
    }
}

fn cells(pair: &Pair) -> Vec<String> {
    let time = |run: usize| {
        let [low, high] = pair.summaries[run].ci95_ms;
        let median = format::duration(pair.summaries[run].median_ms);
        format!("{median} ({})", format::range(low, high))
    };
    let others = if pair.other_options { ", other options" } else { "" };
    vec![format!("{}{others}", pair.label), time(0), time(1), pair.sentence()]
}
