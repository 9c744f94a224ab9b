//! Claims, each with a button that tests it.

use super::blocks::{recorded_on_device, results, run_row, sentence};
use super::context::{Context, QuotedRun};
use super::state::tally;
use crate::guide::claim::{Claim, ClaimVerdict};
use yew::prelude::*;

/// The claims, and how many were confirmed so far.
pub fn claims_view(claims: &[Claim], context: &Context) -> Html {
    let [confirmed, refuted, not_clear] = tally(claims, &context.state.runs);
    let run = |claim: &Claim| Some((claim.id.clone(), claim.run.clone()?));
    let all: Vec<_> = claims.iter().filter_map(run).collect();
    let testable = all.len();
    let on_all = context.actions.on_run_all.reform(move |_: MouseEvent| all.clone());
    let left = context.state.queue.len();
    html! {
        <div class="claims">
            <p role="status">
                { format!("{testable} claims can be tested here. So far {confirmed} are confirmed, \
                    {refuted} refuted, {not_clear} not clear.") }
            </p>
            <p>
                <button id="test-all" class="button" type="button" onclick={on_all}
                    disabled={!context.is_idle || !context.is_probed || left > 0}>
                    { "Test them all" }
                </button>
                <span class="help">
                    { if left > 0 { format!(" {left} left. Cancel or Escape ends it.") } else { " This takes some minutes.".to_owned() } }
                </span>
            </p>
            { for claims.iter().map(|claim| claim_view(claim, context)) }
        </div>
    }
}

fn claim_view(claim: &Claim, context: &Context) -> Html {
    let run = context.state.runs.of(&claim.id);
    let query = claim.run.as_ref();
    let quoted = query.and_then(|query| context.quoted(&claim.id, query));
    let because = claim.because.as_ref().zip(quoted);
    let is_shown = run.measured.is_some() || run.under_way.is_some();
    html! {
        <section key={claim.id.clone()} class="card block claim" data-claim={claim.id.clone()}
            aria-label={claim.says.clone()}>
            <p class="block-kind">{ &claim.section }</p>
            <h3>{ &claim.says }</h3>
            if let Some(query) = query {
                { run_row(&claim.id, query, "Is it so?", true, &run, context) }
                if is_shown || context.lack(query).is_some() {
                    { results(query, &run, context) }
                }
            }
            <div class="block-outcome" aria-live="polite">
                if let Some((text, quoted)) = because {
                    { match quoted {
                        QuotedRun::Here(measured) => verdict(claim.verdict(measured)),
                        QuotedRun::Recorded(_) => html! { <p>{ recorded_on_device(context) }</p> },
                    } }
                    { sentence(text, quoted.figures()) }
                }
            </div>
            if let Some(why) = &claim.untestable {
                <p><strong>{ "Not testable in a browser. " }</strong>{ why }</p>
            }
            if let Some(figure) = &claim.measured {
                <p>{ "Measured elsewhere: " }{ figure }</p>
            }
            if let Some(today) = &claim.today {
                <p class="today">
                    <strong>{ match &claim.since {
                        Some(since) => format!("Today (since {since}): "),
                        None => "Today: ".to_owned(),
                    } }</strong>
                    { today }
                </p>
            }
            if let Some(source) = &claim.source {
                <p class="help"><a href={source.clone()}>{ source }</a></p>
            }
        </section>
    }
}

fn verdict(verdict: ClaimVerdict) -> Html {
    html! { <p class="verdict-word" data-verdict={verdict.id()}><strong>{ verdict.title() }</strong></p> }
}
