//! What keeps the experiment in the form from running in this browser, and the way out in
//! one press.

use crate::executors::fleet;
use crate::experiment::Experiment;
use crate::failure::{Failure, FailureKind};
use crate::ui::lab::state::{Action, State};
use crate::workloads::request::RequestKind;
use yew::prelude::*;

/// Why `experiment` cannot run here, if that is known before it is tried.
pub fn obstacle(state: &State, experiment: &Experiment) -> Option<Failure> {
    fleet::check_workload(&state.capabilities, &experiment.workload).err()
}

/// The press that leads around it: timed waits, which need nothing of the browser. Also
/// where the run that was tried could not store what it would have read.
pub fn way_out(state: &State, dispatch: &Callback<Action>) -> Html {
    let Ok(experiment) = state.experiment() else { return Html::default() };
    let could_not = |failure: &Failure| failure.kind == FailureKind::Unavailable;
    let cannot =
        obstacle(state, &experiment).is_some() || state.failure.as_ref().is_some_and(could_not);
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
