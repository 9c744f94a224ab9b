//! The table of values that were sent, or refused.

use crate::pitfalls::programs::processes::sending::{Fate, Kind, PYTHON, Sending, SentValue};
use crate::ui::decide::words::words;
use yew::prelude::*;

/// A row for each value. On a narrow screen a row's cells stand below one another, each with the
/// heading of its column.
pub fn table(sending: &Sending) -> Html {
    let pickle = format!("pickle says ({PYTHON}; later versions word some of it differently)");
    let headings = match sending.instead {
        true => ["Value", "What arrives", "How"],
        false => ["Value", "The browser says", pickle.as_str()],
    };
    let row = |value: &SentValue| {
        let Kind { python, pickle, instead, .. } = value.kind;
        let last = match sending.instead {
            true => words(instead),
            false => html! { <>{ words(python) }{ ": " }<code>{ pickle }</code></> },
        };
        let what = value.fate.arrival().filter(|_| sending.instead);
        row(value, &headings, what.unwrap_or_else(|| value.fate.words()), last)
    };
    html! {
        <table class="sent" role="table">
            <thead role="rowgroup"><tr role="row">
                { for headings.iter().map(|heading| html! {
                    <th scope="col" role="columnheader">{ *heading }</th>
                }) }
            </tr></thead>
            <tbody role="rowgroup">{ for sending.values.iter().map(row) }</tbody>
        </table>
    }
}

fn row(value: &SentValue, headings: &[&str; 3], what: String, last: Html) -> Html {
    let Kind { id, title, .. } = value.kind;
    let fate = match &value.fate {
        Fate::Refused { .. } => "refused",
        Fate::Arrived { .. } if value.is_whole() => "whole",
        Fate::Arrived { .. } => "part",
        Fate::NotHere => "none",
    };
    html! {
        <tr role="row" data-kind={*id} data-fate={fate}>
            <th scope="row" role="rowheader">{ words(title) }</th>
            <td role="cell" data-heading={headings[1].to_owned()}>
                <code>{ what }</code>
            </td>
            <td role="cell" data-heading={headings[2].to_owned()}>{ last }</td>
        </tr>
    }
}
