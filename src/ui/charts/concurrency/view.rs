//! How much went on at once, and whether the page could answer.

use crate::measure::format;
use crate::measure::report::{Machine, Outcome};
use crate::ui::charts::concurrency::{
    AXIS, Concurrency, ConcurrencyLayout, HEIGHT, STRIP, STRIP_LABEL, STRIP_TOP, TOP,
};
use crate::ui::charts::view::framed::{Framed, empty, place_of_foot};
use crate::ui::charts::view::parts::{counts, data_table, path, rect, text, ticks};
use crate::ui::charts::{concurrency, px, view_box};
use crate::ui::lab::state::Results;
use crate::wording::counted;
use std::rc::Rc;
use yew::prelude::*;

/// The chart of the model that is shown, or its place before there is one.
pub fn concurrency_chart(results: Option<&Rc<Results>>, shown: usize) -> Html {
    let version = [results.map_or(0, |results| results.number as usize), shown, 0, 0];
    let saved_as = results.map(|results| results.experiment.workload.id().id());
    let results = results.cloned();
    let draw = Callback::from(move |width| {
        let report = results.as_ref().map(|results| &results.finished.report);
        let outcome = report.and_then(|report| report.results.get(shown));
        match report.zip(outcome) {
            Some((report, outcome)) if !outcome.lanes.is_empty() => {
                chart(outcome, &report.environment.machine, width)
            }
            Some((_, outcome)) if outcome.summary.is_some() => {
                before("The report has no timeline of this model.")
            }
            Some(_) => before("This model gave no result."),
            None => before("How many workers compute at a time, and when this page freezes."),
        }
    });
    html! { <Framed id="concurrency" title="Concurrency over time" {version} {saved_as} {draw} /> }
}

fn before(words: &'static str) -> Html {
    html! { <>{ empty(HEIGHT, words) }<ul class="legend"></ul>{ place_of_foot() }</> }
}

fn chart(outcome: &Outcome, machine: &Machine, width: f64) -> Html {
    let found = Concurrency::of(&outcome.lanes);
    let laid_out = concurrency::layout(&found, machine.cores(), width);
    let frozen = found.frozen();
    let mean = found.mean.computing + found.mean.waiting;
    let mean = format!("mean {}", format::digits(mean));
    let label = format!("{}: {mean} at once. {frozen}.", outcome.executor.label());
    html! {
        <>
            <svg class={classes!("concurrency", outcome.executor.kind().class())}
                width={px(width)} height={px(HEIGHT)}
                viewBox={view_box(width, HEIGHT)} role="img" aria-label={label}>
                <defs>
                    <pattern id="waiting" width="5" height="5" patternUnits="userSpaceOnUse">
                        <rect class="ground" width="5" height="5" /><circle class="figure" cx="2.5" cy="2.5" r="1.2" />
                    </pattern>
                    <pattern id="frozen" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="frozen-ground" width="5" height="5" /><rect class="frozen-figure" width="2" height="5" />
                    </pattern>
                </defs>
                { ticks(&laid_out.ticks, TOP, AXIS) }
                { counts(&laid_out.counts, laid_out.axis.left, laid_out.axis.left + laid_out.axis.width) }
                { path("computing", laid_out.computing.clone()) }
                { path("waiting", laid_out.waiting.clone()) }
                { level("cores", laid_out.cores, &laid_out) }
                { level("mean", laid_out.mean, &laid_out) }
                // What the two lines are, above the plot, where they never meet.
                { path("mean", "M0 11h18".to_owned()) }
                { text("words", 24.0, 15.0, mean) }
                { path("cores", "M112 11h18".to_owned()) }
                { text("words", 136.0, 15.0, cores(machine)) }
                { text("over", 0.0, STRIP_LABEL, format!("{frozen}.")) }
                { strip(&laid_out) }
            </svg>
            { legend(outcome, !found.freezes.is_empty(), !laid_out.waiting.is_empty()) }
            { data_table(&["From", "To", "Computing", "Waiting"], found.table().map(|([from, to], level)| vec![
                format::duration(from), format::duration(to),
                format::digits(level.computing), format::digits(level.waiting),
            ])) }
        </>
    }
}

/// "2 cores, measured 1.93".
fn cores(machine: &Machine) -> String {
    let reported = counted(machine.hardware_concurrency.into(), "core");
    match machine.effective_cores {
        Some(found) => format!("{reported}, measured {}", format::plain(found)),
        None => format!("{reported} reported"),
    }
}

fn level(class: &'static str, y: f64, of: &ConcurrencyLayout) -> Html {
    path(class, format!("M{} {}h{}", px(of.axis.left), px(y), px(of.axis.width)))
}

fn strip(of: &ConcurrencyLayout) -> Html {
    let block = |(x, width): &(f64, f64)| rect("freeze", [*x, STRIP_TOP, width.max(1.0), STRIP]);
    html! {
        <>
            { rect("strip", [of.axis.left, STRIP_TOP, of.axis.width, STRIP]) }
            { for of.freezes.iter().map(block) }
            { path("beats", of.beats.to_string()) }
        </>
    }
}

fn legend(outcome: &Outcome, freezes: bool, waits: bool) -> Html {
    let entry = |class: &'static str, words: &'static str| {
        html! {
            <li>
                <svg width="18" height="12" aria-hidden="true">{ rect(class, [0.0, 0.0, 18.0, 12.0]) }</svg>
                { words }
            </li>
        }
    };
    html! {
        <ul class={classes!("legend", outcome.executor.kind().class())}>
            { entry("computing", "computing") }
            if waits { { entry("waiting", "waiting for requests") } }
            if freezes { { entry("freeze", "the page was frozen") } }
        </ul>
    }
}
