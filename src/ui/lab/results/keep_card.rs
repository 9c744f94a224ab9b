//! Keeping: take a run along, open an earlier one or a report that came as a file.

use crate::exchange::Format;
use crate::exchange::history::{self, Entry};
use crate::ui::lab::page::LabPage;
use crate::ui::lab::page::run_history::RunHistory;
use crate::ui::lab::state::{Results, State, minute};
use std::rc::Rc;
use yew::prelude::*;

/// The card.
pub fn keep_card(state: &State, page: &LabPage) -> Html {
    let run_history = &page.run_history;
    let on_save = page.on_save();
    html! {
        <section class="card keep" id="keep" aria-label="Keep and compare">
            <h2 class="label">{ "Keep and compare" }</h2>
            <div class="tools">
                if let Some(results) = &state.results {
                    { for Format::ALL.map(|format| save(results, format, &on_save)) }
                }
                if let Some(pinned) = &state.pinned {
                    <span class="pinned">{ format!("Pinned: {}", pinned.finished.report.verdict.headline()) }</span>
                }
                <label class="button quiet file">
                    { "Open a report…" }
                    <input type="file" id="open-report" accept=".json,application/json"
                        disabled={!state.is_idle()} onchange={page.on_report()} />
                </label>
            </div>
            if state.history.is_empty() {
                <p class="help">{ "Your runs are listed here, so that you can open and compare \
                                   them. You can drop a report anywhere on this page." }</p>
            } else {
                <div class="runs-scroll" tabindex="0" role="region" aria-label="Earlier runs">
                    <ol class="runs" id="history">{ for (0..state.history.len()).map(|at| run(at, state, run_history)) }</ol>
                </div>
                <p class="help">{ state.history.first().map_or("", |newest| newest.kept().sentence()) }</p>
            }
            if let Some(said) = history::unreadable_sentence(state.unreadable) {
                <p class="help" id="unreadable">
                    { said }{ " " }
                    <button type="button" class="link" id="forget-unreadable"
                        onclick={let run_history = run_history.clone(); move |_: MouseEvent| run_history.remove_unreadable()}>
                        { "Delete them" }
                    </button>
                </p>
            }
        </section>
    }
}

fn save(results: &Rc<Results>, format: Format, on_save: &Callback<(Rc<Results>, Format)>) -> Html {
    let results = results.clone();
    let onclick = on_save.reform(move |_: MouseEvent| (results.clone(), format));
    html! {
        <button type="button" class="button quiet" id={format!("save-{}", format.id())} {onclick}
            title={format.help()}>{ format.title() }</button>
    }
}

/// The `at`-th of the runs that are kept.
fn run(at: usize, state: &State, run_history: &RunHistory) -> Html {
    let Entry { key, title, when, workload, .. } = &state.history[at];
    // Once it is forgotten, one can go on from the run below it, or above it.
    let next = state.history.get(at + 1).or_else(|| state.history.get(at.checked_sub(1)?));
    let next = next.map_or_else(|| "open-report".to_owned(), |next| forget(&next.key));
    let (opening, removing) = (run_history.clone(), run_history.clone());
    let (to_open, to_remove) = (key.clone(), key.clone());
    let open = Callback::from(move |_: MouseEvent| opening.open(&to_open));
    let remove = Callback::from(move |_: MouseEvent| removing.remove(&to_remove, next.clone()));
    let what = format!("{}, {}", workload.title(), minute(when));
    html! {
        <li key={key.clone()}>
            <button type="button" class="link" onclick={open} disabled={!state.is_idle()}>
                { title }
            </button>
            <small>{ what.clone() }</small>
            <button type="button" class="button quiet" id={forget(key)} onclick={remove}
                aria-label={format!("Forget the run: {what}")}>{ "×" }</button>
        </li>
    }
}

/// The id of the button that forgets a run.
fn forget(key: &str) -> String {
    format!("forget-{key}")
}
