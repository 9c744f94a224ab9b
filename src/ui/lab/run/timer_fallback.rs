//! The button “Use timed waits instead”, where the experiment cannot run in this browser.

use crate::failure::{Failure, FailureKind};
use crate::ui::lab::state::{Action, State};
use crate::workloads::request::RequestKind;
use yew::prelude::*;

/// Offers timed waits, which work in every browser, if the requests in the form cannot be made here
/// or the last run could not store what they read.
pub fn timer_fallback(state: &State, dispatch: &Callback<Action>) -> Html {
    let Ok(experiment) = state.experiment() else { return Html::default() };
    let could_not = |failure: &Failure| failure.kind() == FailureKind::Unavailable;
    let cannot =
        state.obstacle(&experiment).is_some() || state.failure.as_ref().is_some_and(could_not);
    let waits = experiment.workload.requests().map(|requests| requests.kind());
    let has_fallback =
        matches!(waits, Some(RequestKind::Network | RequestKind::Disk | RequestKind::Database));
    if !(cannot && has_fallback && state.is_idle() && state.is_probed) {
        return Html::default();
    }
    let onclick = dispatch.reform(|_: MouseEvent| Action::SetParam("kind", "timer".to_owned()));
    html! {
        <button type="button" id="timer-instead" class="button quiet" {onclick}>
            { "Use timed waits instead" }
        </button>
    }
}
