//! Why a run came out as it did: a line for each finding, which opens to say what it is
//! about in general.

use crate::measure::explain::Finding;
use yew::prelude::*;

/// More findings than this are behind a fold.
const MOST: usize = 1;

/// The findings of a run.
pub fn findings(findings: &[Finding]) -> Html {
    let (first, more) = findings.split_at(findings.len().min(MOST));
    html! {
        if !findings.is_empty() {
            <div class="findings">
                <ul>{ for first.iter().map(line) }</ul>
                if !more.is_empty() {
                    <details class="more-findings">
                        <summary>{ match more.len() {
                            1 => "1 more finding".to_owned(),
                            more => format!("{more} more findings"),
                        } }</summary>
                        <ul>{ for more.iter().map(line) }</ul>
                    </details>
                }
            </div>
        }
    }
}

fn line(finding: &Finding) -> Html {
    let rule = finding.rule();
    html! {
        <li data-rule={rule.id()} data-status={finding.status().id()}>
            <details>
                <summary>{ finding.text() }</summary>
                <p class="help"><strong>{ rule.title() }</strong>{ ": " }{ rule.summary() }</p>
            </details>
        </li>
    }
}
