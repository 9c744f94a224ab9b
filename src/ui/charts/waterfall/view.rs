//! Where the time went: from the ideal to what was measured. Each step lights up its
//! spans in the timeline.

use crate::measure::report::Outcome;
use crate::measure::waterfall::{Step, StepTime, Waterfall};
use crate::measure::{Lane, format};
use crate::ui::charts::view::framed::{Framed, empty, place_of_foot};
use crate::ui::charts::view::parts::{data_table, path, rect, text, ticks};
use crate::ui::charts::waterfall::{BAR, BAR_TOP, ROW, Row, Subject, signed};
use crate::ui::charts::{px, view_box, waterfall};
use crate::ui::lab::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// A rest above this part of the time is worth a word.
const WORTH_A_WORD: f64 = 0.05;

/// The waterfall of the model that is shown, or its place before there is one. `on_lit`
/// is told which step to light up.
pub fn waterfall_chart(
    results: Option<&Rc<Results>>,
    shown: usize,
    lit: Option<Step>,
    on_lit: Callback<Option<Step>>,
) -> Html {
    let run = results.map_or(0, |results| results.number as usize);
    let version = [run, shown, lit.map_or(0, |step| 1 + step as usize), 0];
    let saved_as = results.map(|results| results.experiment.workload.id().id());
    let results = results.cloned();
    let draw = Callback::from(move |width| {
        let results = results.as_ref().map(|results| &results.finished.report.results);
        let outcome = results.and_then(|results| results.get(shown));
        match outcome.map(|outcome| (outcome, &outcome.waterfall)) {
            Some((outcome, Some(waterfall))) => chart(outcome, waterfall, lit, &on_lit, width),
            Some((outcome, None)) if outcome.summary.is_some() => {
                before("The report has no timeline of this model, so this is unknown.")
            }
            Some(_) => before("This model gave no result."),
            None => {
                before("From the ideal (the work divided by the workers) to the measured time.")
            }
        }
    });
    html! { <Framed id="waterfall" title="Where the time went" {version} {saved_as} {draw} /> }
}

fn before(words: &'static str) -> Html {
    html! {
        <>
            { empty(waterfall::least_height(), words) }
            <div class="notes"></div>
            { place_of_foot() }
        </>
    }
}

fn chart(
    outcome: &Outcome,
    of: &Waterfall,
    lit: Option<Step>,
    on_lit: &Callback<Option<Step>>,
    width: f64,
) -> Html {
    let laid_out = waterfall::layout(of, width);
    let largest = of.largest().map_or_else(String::new, |largest| {
        format!(" The largest step is {}, {}.", largest.step.title(), signed(largest.ms))
    });
    let label = format!(
        "{}: ideal {}, measured {}.{largest}",
        outcome.executor.label(),
        format::duration(of.ideal_ms),
        format::duration(of.measured_ms)
    );
    html! {
        <>
            // A group, as an image would hide the buttons in it.
            <svg class={classes!("waterfall", outcome.executor.kind().class())}
                width={px(width)} height={px(laid_out.height)}
                viewBox={view_box(width, laid_out.height)} role="group" aria-label={label}>
                <defs>
                    <pattern id="won" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                        <rect class="ground" width="6" height="6" /><rect class="figure" width="2.5" height="6" />
                    </pattern>
                </defs>
                { ticks(&laid_out.ticks, BAR_TOP, laid_out.foot) }
                { for laid_out.rows.iter().map(|row| row_of(row, lit, on_lit, width)) }
            </svg>
            <div class="notes">
                <p class="help">{ ideal(outcome, of) }</p>
                <p class="help" aria-live="polite">{ choosing(outcome, lit) }</p>
                if laid_out.hidden > 0 {
                    <p class="help">
                        { format!("Steps below 0.5% are in the table only: {}.", laid_out.hidden) }
                    </p>
                }
            </div>
            { table(of) }
        </>
    }
}

fn ideal(outcome: &Outcome, of: &Waterfall) -> String {
    let workers = outcome.executor.workers();
    let mut text = match (of.over_main_thread, workers) {
        (false, _) => "Ideal: the workers’ computing time. Run the main thread as well to see \
                       oversubscription."
            .to_owned(),
        (true, 1) => "Ideal: one thread’s work.".to_owned(),
        (true, _) => format!("Ideal: one thread’s work, divided by {workers} workers."),
    };
    if of.ms(Step::Rest) > WORTH_A_WORD * of.measured_ms {
        text.push_str(
            " Rest: work that ran slower than on one thread (shared caches, power, other \
             programs), and gaps that no span covers.",
        );
    }
    if outcome.startup_ms > 0.0 {
        let startup = format::duration(outcome.startup_ms);
        text.push_str(&format!(" Starting the pool took {startup}, once, before the run."));
    }
    text
}

/// What choosing a step does, or has done.
fn choosing(outcome: &Outcome, lit: Option<Step>) -> &'static str {
    let is_seen = |step: Step| {
        let in_lane = |lane: &Lane| lane.spans.iter().any(|span| step.is_seen_in(lane.kind, span));
        outcome.lanes.iter().any(in_lane)
    };
    match lit.map(is_seen) {
        None => "Choose a step to highlight its spans in the timeline.",
        Some(true) => "Its spans are highlighted in the timeline. Choose it again to show all.",
        Some(false) => "No span in the timeline belongs to it. Choose it again to show all.",
    }
}

fn row_of(row: &Row, lit: Option<Step>, on_lit: &Callback<Option<Step>>, width: f64) -> Html {
    let shape = match row.subject {
        Subject::Ideal => "whole",
        Subject::Measured => "whole measured",
        Subject::Step(_) if row.ms < 0.0 => "step won",
        Subject::Step(_) => "step",
    };
    let drawn = html! {
        <>
            { rect("row-ground", [0.0, 0.0, width, ROW]) }
            { text("name", 0.0, 15.0, row.subject.title().to_owned()) }
            { text("value", width, 15.0, row.figure()) }
            { rect(shape, [row.x, BAR_TOP, row.width.max(1.0), BAR]) }
            if row.subject != Subject::Measured {
                { path("joint", format!("M{} {}v{}", px(row.next), px(BAR_TOP + BAR), px(ROW - BAR))) }
            }
        </>
    };
    let transform = format!("translate(0 {})", px(row.y));
    let Subject::Step(step) = row.subject else {
        return html! { <g {transform}>{ drawn }</g> };
    };
    let pressed = lit == Some(step);
    let next = (!pressed).then_some(step);
    let onclick = on_lit.reform(move |_: MouseEvent| next);
    let on_lit = on_lit.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            on_lit.emit(next);
        }
    });
    html! {
        <g {transform} class="choice" role="button" tabindex="0" aria-pressed={pressed.to_string()}
            aria-label={format!("{}: {}", step.title(), row.figure())} {onclick} {onkeydown}>
            { drawn }
        </g>
    }
}

fn table(of: &Waterfall) -> Html {
    let whole = |name: &str, ms| vec![name.to_owned(), format::duration(ms), part(ms, of)];
    let step =
        |step: &StepTime| vec![step.step.title().to_owned(), signed(step.ms), part(step.ms, of)];
    let rows = [whole("Ideal", of.ideal_ms)].into_iter();
    let rows = rows.chain(of.steps.iter().map(step));
    let rows = rows.chain([whole("Measured", of.measured_ms)]);
    data_table(&["Step", "Time", "Share of the measured time"], rows)
}

fn part(ms: f64, of: &Waterfall) -> String {
    format::percent(ms / of.measured_ms.max(f64::MIN_POSITIVE))
}
