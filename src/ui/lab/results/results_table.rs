//! All figures of a run as a table.

use crate::failure::Failure;
use crate::measure::format;
use crate::measure::heartbeat::FREEZE_MS;
use crate::measure::report::{Moved, Outcome, Report};
use crate::ui::charts::view::framed::empty;
use yew::prelude::*;

/// What the bytes are.
const SENT_IS: &str = "Bytes that left the page’s memory in one computation, and bytes that came \
                       back: data and messages. Transferred buffers come back and count both ways";
/// What the rate is.
const RATE_IS: &str = "Bytes sent and received in one computation, divided by its median time, \
                       which includes the work itself";

/// The height of its place before there is anything, in px.
const PLACE: f64 = 220.0;

/// The table, or its place.
pub fn results_table(report: Option<&Report>) -> Html {
    let Some(report) = report else {
        return empty(PLACE, "All figures: medians, intervals, speedups, bytes, answers.");
    };
    let has_page = report.environment.browser.is_some();
    html! {
        <section class="card" aria-label="Figures">
            <h2 class="label">{ "Figures" }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of figures">
                <table id="results-table">
                    <thead><tr>
                        <th scope="col">{ "Model" }</th>
                        <th scope="col">{ "Median" }</th>
                        <th scope="col">{ "95% interval" }</th>
                        <th scope="col">{ "Range" }</th>
                        <th scope="col">{ "Speedup" }</th>
                        <th scope="col">{ "Concurrency" }</th>
                        <th scope="col">{ "Page frozen" }</th>
                        <th scope="col" title={SENT_IS}>{ "Sent, received" }</th>
                        <th scope="col" title={RATE_IS}>{ "Transfer rate" }</th>
                        <th scope="col">{ "Answer" }</th>
                    </tr></thead>
                    <tbody>{ for report.results.iter().map(|outcome| row(outcome, has_page)) }</tbody>
                </table>
            </div>
            <p class="help">
                { "Bytes sent and received are those of one computation. The transfer rate divides \
                   them by its median time, which includes the work itself." }
            </p>
        </section>
    }
}

/// A model's row. Another program has no page that could freeze, and may have measured neither
/// phases nor bytes.
fn row(outcome: &Outcome, has_page: bool) -> Html {
    let label = html! { <th scope="row">{ outcome.executor.label() }</th> };
    let (Some(summary), Some(last)) = (&outcome.summary, outcome.samples.last()) else {
        let message = outcome.error.as_ref().map(Failure::message).unwrap_or_default();
        return html! { <tr>{ label }<td colspan="9" class="text">{ message }</td></tr> };
    };
    let speedup = outcome.speedup.as_ref().map_or_else(
        || "—".to_owned(),
        |speedup| {
            let [low, high] = speedup.ratio.ci95;
            let ratio = format::times(speedup.ratio.ratio);
            format!("{ratio} ({} to {})", format::times(low), format::times(high))
        },
    );
    let unless = |is_unknown: bool, text: String| if is_unknown { "—".to_owned() } else { text };
    let moved = last.bytes_sent + last.bytes_received > 0;
    let bytes = [last.bytes_sent, last.bytes_received].map(|bytes| format::bytes(bytes as f64));
    let digest = outcome.answer.as_ref().map_or("", |answer| answer.digest.as_str());
    html! {
        <tr>
            { label }
            <td>{ format::duration(summary.median_ms) }</td>
            <td>{ format::range(summary.ci95_ms[0], summary.ci95_ms[1]) }</td>
            <td>{ format::range(summary.min_ms, summary.max_ms) }</td>
            <td>{ speedup }</td>
            <td>{ unless(last.phases_ms.is_empty(), format::digits(last.concurrency)) }</td>
            <td>{ unless(!has_page, frozen(outcome.longest_freeze_ms())) }</td>
            <td>{ unless(!has_page && !moved, bytes.join(", ")) }</td>
            <td>{ Moved::of(outcome).map_or_else(|| "—".to_owned(), |moved| format::rate(moved.per_s)) }</td>
            <td><code title={digest.to_owned()}>{ digest.get(..8).unwrap_or("—") }</code></td>
        </tr>
    }
}

/// For how long at a time the page was frozen.
fn frozen(longest_ms: f64) -> String {
    if longest_ms < FREEZE_MS { "never".to_owned() } else { format::duration(longest_ms) }
}
