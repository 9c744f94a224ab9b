//! The bars of a result as one drawing, to be saved as a picture: on the page the rows
//! show them.

use crate::measure::format;
use crate::measure::report::Outcome;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::bars::{BAR, BAR_TOP, Bar};
use crate::ui::charts::view::parts::{path, rect, text, ticks, whisker};
use crate::ui::charts::{NO_RESULT, bars, fitted, px};
use crate::ui::lab::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// The picture's width, in px.
const WIDTH: f64 = 720.0;

/// The drawing, which is not shown.
pub fn bars_chart(results: &Rc<Results>) -> Html {
    html! { <Drawing results={results.clone()} /> }
}

/// See [`Drawing`].
#[derive(PartialEq, Properties)]
struct DrawingProps {
    results: Rc<Results>,
}

/// Drawn once for each run.
#[component]
fn Drawing(props: &DrawingProps) -> Html {
    let results = &props.results.finished.report.results;
    let layout = bars::layout(results, WIDTH);
    let described = results.iter().filter_map(|outcome| {
        let median = format::duration(outcome.summary.as_ref()?.median_ms);
        Some(format!("{} {median}", outcome.executor.label()))
    });
    let described = described.collect::<Vec<_>>().join(", ");
    html! {
        <div hidden={true}>
            <svg width={px(WIDTH)} height={px(layout.height)} role="img"
                aria-label={format!("Median time per run: {described}.")}>
                { ticks(&layout.ticks, 18.0, layout.height - FOOT) }
                { for results.iter().enumerate().filter(|(_, outcome)| outcome.summary.is_none()).map(|(at, outcome)| text("name", 0.0, at as f64 * bars::ROW + 15.0, fitted(&outcome.executor.label(), NO_RESULT, WIDTH) + NO_RESULT)) }
                { for layout.bars.iter().map(|bar| row(bar, &results[bar.result])) }
            </svg>
        </div>
    }
}

fn row(bar: &Bar, outcome: &Outcome) -> Html {
    let Some(summary) = &outcome.summary else { return Html::default() };
    let of_interval = format::range(summary.ci95_ms[0], summary.ci95_ms[1]);
    let (label, median) = (outcome.executor.label(), format::duration(summary.median_ms));
    // Where there is no room for both, the name comes before the interval: that is in the
    // table, too.
    let of_interval = format!("  {of_interval}");
    let has_room = fitted(&label, &format!("{median}{of_interval}"), WIDTH) == label;
    let name = fitted(&label, &median, WIDTH);
    let bar_of = |class| rect(class, [0.0, BAR_TOP, bar.width.max(1.0), BAR]);
    html! {
        <g class={classes!("bar", outcome.executor.kind().class())}
            transform={format!("translate(0 {})", px(bar.y))}>
            { text("name", 0.0, 15.0, name) }
            <text class="value" x={px(WIDTH)} y="15">
                { median }
                if has_room {
                    <tspan class="soft">{ of_interval }</tspan>
                }
            </text>
            { bar_of("solid") }
            { bar_of("pattern") }
            { for bar.dots.iter().map(|(x, y)| html! {
                <circle class="dot" cx={px(*x)} cy={px(*y)} r="2" />
            }) }
            { path("whisker", whisker(bar.interval, BAR_TOP + BAR / 2.0)) }
        </g>
    }
}
