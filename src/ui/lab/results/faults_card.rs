//! What each model made of a fault on purpose.

use crate::measure::fault_outcome::{self, FaultOutcome};
use crate::measure::format;
use crate::measure::report::Report;
use yew::prelude::*;

/// The card; nothing where the workload has no fault.
// Not part of a first visit, and so not of its caller.
#[inline(never)]
pub fn faults_card(report: &Report) -> Html {
    let outcomes = fault_outcome::outcomes(report);
    if outcomes.is_empty() {
        return html! {};
    }
    html! {
        <section class="card faults" id="faults" aria-labelledby="faults-title">
            <h2 class="label" id="faults-title">{ "What one failing task costs" }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of what each model kept">
                <table id="faults-table">
                    <thead><tr>
                        <th scope="col">{ "Model" }</th>
                        <th scope="col">{ "Results kept" }</th>
                        <th scope="col">{ "After" }</th>
                        <th scope="col" class="words">{ "In CPython 3.14" }</th>
                    </tr></thead>
                    <tbody>{ for outcomes.iter().map(row) }</tbody>
                </table>
            </div>
            <p class="help">
                { "Processes run here on a pool that ends and replaces a worker that fails, so one task \
                   is lost and not the pool. A panic or a crash in a thread takes all threads with it: they \
                   share one WebAssembly program, which cannot go on." }
            </p>
        </section>
    }
}

fn row(outcome: &FaultOutcome) -> Html {
    let FaultOutcome { executor, kept, took_ms, cpython } = outcome;
    html! {
        <tr data-model={executor.kind().id()}>
            <th scope="row">
                <span class={classes!("chip", executor.kind().class())} aria-hidden="true"></span>
                { executor.label() }
            </th>
            <td>{ kept.map_or_else(|| "—".to_owned(), |(kept, all)| format!("{kept} of {all}")) }</td>
            <td>{ took_ms.map_or_else(|| "—".to_owned(), format::duration) }</td>
            <td class="words">{ *cpython }</td>
        </tr>
    }
}
