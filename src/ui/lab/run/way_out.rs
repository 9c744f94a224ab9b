//! The way out, in one press, where the experiment in the form cannot run in this browser.

use crate::failure::{Failure, FailureKind};
use crate::ui::lab::state::{Action, State};
use crate::workloads::request::RequestKind;
use yew::prelude::*;

/// The press that leads around it: timed waits, which need nothing of the browser. Also
/// where the run that was tried could not store what it would have read.
pub fn way_out(state: &State, dispatch: &Callback<Action>) -> Html {
    let Ok(experiment) = state.experiment() else { return Html::default() };
    let could_not = |failure: &Failure| failure.kind() == FailureKind::Unavailable;
    let cannot =
        state.obstacle(&experiment).is_some() || state.failure.as_ref().is_some_and(could_not);
    let waits = experiment.workload.requests().map(|requests| requests.kind());
    let has_way_out =
        matches!(waits, Some(RequestKind::Network | RequestKind::Disk | RequestKind::Database));
    if !(cannot && has_way_out && state.is_idle() && state.is_probed) {
        return Html::default();
    }
    let onclick = dispatch.reform(|_: MouseEvent| Action::SetParam("kind", "timer".to_owned()));
    html! {
        <button type="button" id="timer-instead" class="button quiet" {onclick}>
            { "Use timed waits instead" }
        </button>
    }
}
