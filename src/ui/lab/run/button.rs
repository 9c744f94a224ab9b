//! The button that runs what is in the form, and says how long that will take; in its
//! place, while something runs, the one that cancels it.

use crate::experiment::Experiment;
use crate::measure::estimate::about;

use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::run::timer_fallback::timer_fallback;
use crate::ui::lab::state::{Action, Activity, State};
use yew::prelude::*;

/// The button, and below it what there is to say.
pub fn run_button(
    state: &State,
    dispatch: &Callback<Action>,
    runner: &Runner,
    run: &Callback<()>,
) -> Html {
    let said = state.experiment().ok();
    let cannot = said.as_ref().and_then(|experiment| state.obstacle(experiment));
    let on_run = run.reform(|_: MouseEvent| ());
    let on_cancel = |cancelled: fn() -> Action| {
        let (runner, dispatch) = (runner.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| runner.press_cancel(cancelled(), &dispatch))
    };
    let is_cancelled =
        matches!(state.activity, Activity::Cancelling { .. }) || state.card_is_cancelled();
    let note = match &cannot {
        Some(_) if !state.is_probed => "Getting ready…".to_owned(),
        Some(failure) => failure.message(),
        None => note(state, said.as_ref()),
    };
    // Two buttons by their keys: one that turned from Cancel into Run under the
    // pointer would be pressed as both.
    html! {
        <div class="go">
            if let Some(cancelled) = state.cancelled() {
                <button key="cancel" id="cancel" class="button" type="button"
                    onclick={on_cancel(cancelled)} disabled={is_cancelled}>
                    { "Cancel" }
                </button>
            } else {
                <button key="run" id="run" class="button primary" type="button" onclick={on_run}
                    disabled={!can_run(state)}>
                    { label(state, said.as_ref()) }
                </button>
            }
            { timer_fallback(state, dispatch) }
            <p class="help">{ note }</p>
        </div>
    }
}

/// Whether what is in the form can be run now.
pub fn can_run(state: &State) -> bool {
    let can = |experiment: &Experiment| state.obstacle(experiment).is_none();
    state.is_idle() && state.experiment().is_ok_and(|experiment| can(&experiment))
}

fn label(state: &State, said: Option<&Experiment>) -> String {
    let is_again = state.results.as_ref().is_some_and(|results| {
        !results.is_opened && said.is_some_and(|experiment| *experiment == *results.experiment)
    });
    let what = if is_again { "Run again" } else { "Run" };
    match said.and_then(|experiment| state.estimate_ms(experiment)) {
        Some(ms) => format!("{what} · {}", about(ms)),
        None => what.to_owned(),
    }
}

/// What to expect, or what is missing.
fn note(state: &State, experiment: Option<&Experiment>) -> String {
    match (&state.activity, experiment) {
        (Activity::Running { .. } | Activity::Cancelling { .. }, _) => state.status(),
        (Activity::Idle, _) if state.measures_for_a_card() => {
            state.card_status().unwrap_or_default()
        }
        (Activity::Idle, _) if !state.is_idle() => {
            "A script is measuring on this page. Wait for it to end.".to_owned()
        }
        (Activity::Idle, None) if state.form.experiment().is_ok() => {
            "A file is missing above.".to_owned()
        }
        (Activity::Idle, None) => "A field above needs another value.".to_owned(),
        (Activity::Idle, Some(experiment)) if experiment.asks_others() => {
            "Each model requests each address above once per round.".to_owned()
        }
        (Activity::Idle, Some(_)) => "Everything stays on this machine.".to_owned(),
    }
}
