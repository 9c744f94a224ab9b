//! Prints the bars of an experiment, and how far its run is.

use crate::ui::experiment::rows::Row;
use crate::ui::experiment::runs::RunState;
use yew::prelude::*;

/// The bars of an experiment.
pub fn bars(rows: &[Row]) -> Html {
    html! { <ul class="run-bars">{ for rows.iter().map(bar) }</ul> }
}

fn bar(row: &Row) -> Html {
    let class = row.kind.map(|kind| kind.class());
    let width = format!("{:.2}%", row.length * 100.0);
    html! {
        <li class={classes!("run-bar", class, row.has_failed.then_some("failed"))}>
            <span class="run-name"><span class="chip" aria-hidden="true"></span>{ &row.name }</span>
            <svg class="run-line" height="16" aria-hidden="true">
                <rect class="run-fill" x="0" y="0" {width} height="16" rx="3" />
            </svg>
            <span class="run-time">{ &row.time }</span>
            <span class="run-ratio">{ &row.ratio }</span>
        </li>
    }
}

/// How far a run is, or how it ended, also for screen readers.
pub fn status(run: &RunState) -> Html {
    let has_failed = run.failure.is_some();
    html! {
        <p class={classes!("run-status", has_failed.then_some("error"))} role="status">
            { run.status() }
        </p>
    }
}

/// What the button that runs an experiment needs to know.
pub struct RunButton<'a> {
    /// What becomes of the experiment.
    pub run: &'a RunState,
    /// Its id, of its own on the page.
    pub id: &'a str,
    /// Whether it can be pressed now.
    pub is_enabled: bool,
    /// What it says before the first run.
    pub label: &'a str,
    /// Runs it.
    pub on_run: Callback<()>,
    /// Cancels it.
    pub on_cancel: Callback<()>,
}

impl RunButton<'_> {
    /// The button; in its place, while the experiment runs, the one that cancels it.
    pub fn view(&self) -> Html {
        let Self { run, id, is_enabled, label, on_run, on_cancel } = self;
        let again = if run.measured.is_some() { "Run again" } else { label };
        let (on_run, on_cancel) = (on_run.reform(|_| ()), on_cancel.reform(|_| ()));
        // Two buttons by their keys: one that turned from Cancel into Run under the pointer would
        // be pressed as both.
        html! {
            if let Some(under_way) = &run.under_way {
                <button key="cancel" id={format!("cancel-{id}")} class="button" type="button"
                    onclick={on_cancel} disabled={under_way.is_cancelled}>
                    { "Cancel" }
                </button>
            } else {
                <button key="run" id={format!("run-{id}")} class="button primary" type="button"
                    onclick={on_run} disabled={!is_enabled}>
                    { again }
                </button>
            }
        }
    }
}
