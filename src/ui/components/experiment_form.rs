//! The experiment: this work, these parameters, these models, run.

use super::field::{Field, Number, field, number};
use super::models::{Models, models};
use super::own_file::OwnFile;
use super::prediction::guess;
use super::workload_choice::workload_choice;
use crate::executors::fleet;
use crate::experiment::{Experiment, Repeats};
use crate::measure::prediction::Prediction;
use crate::ui::bringer::Bringer;
use crate::ui::form::Errors;
use crate::ui::runner::Runner;
use crate::ui::state::{Action, Activity, State};
use crate::workloads::own;
use crate::workloads::params::{ParamSpec, Place};
use yew::prelude::*;

/// The form that says what to run, and the button that runs it.
pub fn experiment_form(
    state: &State,
    dispatch: &Callback<Action>,
    runner: &Runner,
    bringer: &Bringer,
) -> Html {
    let form = &state.form;
    let said = state.experiment();
    let cannot = said.as_ref().ok().and_then(|experiment| {
        fleet::check_workload(&state.capabilities, &experiment.workload).err()
    });
    let none = Errors::new();
    let errors = said.as_ref().err().unwrap_or(&none);
    let idle = state.is_idle();
    let number_of_run = state.next_run();
    let run = {
        let (runner, dispatch, said) = (runner.clone(), dispatch.clone(), said.clone());
        let cannot = cannot.is_some();
        let guessed = state.guessed().map(Prediction::Winner);
        let own = state.own_data();
        Callback::from(move |()| {
            if let (true, false, Ok(experiment)) = (idle, cannot, &said) {
                let (experiment, guessed) = (experiment.clone(), guessed.clone());
                let (own, dispatch) = (own.clone(), dispatch.clone());
                runner.start(number_of_run, experiment, guessed, own, false, dispatch);
            }
        })
    };
    // Not by submitting the form, which a sandboxed frame forbids.
    let onkeydown = {
        let run = run.clone();
        Callback::from(move |event: KeyboardEvent| {
            let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
            // In a file's field it opens the chooser.
            let typing = input.is_some_and(|input| input.type_() != "file");
            if typing && event.key() == "Enter" {
                event.prevent_default();
                run.emit(());
            }
        })
    };
    let on_run = run.reform(|_: MouseEvent| ());
    let on_cancel = {
        let (runner, dispatch) = (runner.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::Cancelled);
            runner.cancel();
        })
    };
    let fields = |place: Place| {
        let specs = form.workload.params().iter();
        let specs = specs.filter(move |spec| spec.place == place && form.is_typed(spec));
        let shown = |spec: &'static ParamSpec| {
            let field = field(Field {
                spec,
                text: &form.params[spec.name],
                error: errors.get(&format!("param-{}", spec.name)),
                disabled: !idle,
                on_text: dispatch.reform(move |text| Action::TypedParam(spec.name, text)),
            });
            let brings = form.brings().filter(|_| spec.name == own::SOURCE.name);
            html! {
                <>
                    { field }
                    if let Some(brings) = brings {
                        <OwnFile key="own-file" media={brings.media} own={state.own.clone()}
                            bringing={state.bringing.clone()} disabled={!idle} bringer={bringer.clone()}
                            missing={errors.get(&format!("param-{}", own::SOURCE.name)).cloned()} />
                    }
                </>
            }
        };
        specs.map(shown).collect::<Html>()
    };
    html! {
        <div class="card experiment" role="form" aria-label="Experiment" {onkeydown}>
            { workload_choice(state, dispatch) }
            <section aria-label="Parameters">
                <h2 class="label">{ "Parameters" }</h2>
                { fields(Place::Scripts) }
                { fields(Place::Front) }
                if form.has_fields(Place::More) {
                    <details id="more" open={state.more_open}>
                        <summary>{ "More" }</summary>
                        { fields(Place::More) }
                    </details>
                }
            </section>
            { models(&Models {
                form,
                errors,
                capabilities: &state.capabilities,
                disabled: !idle,
                dispatch,
            }) }
            <div class="field repeats">
                <label for="repeats">{ "Measured rounds" }</label>
                { number(Number {
                    id: "repeats".to_owned(),
                    error_id: "error-repeats".to_owned(),
                    text: &form.repeats,
                    error: errors.get("repeats"),
                    disabled: !idle,
                    on_text: dispatch.reform(Action::TypedRepeats),
                    ..Number::default()
                }) }
            </div>
            { guess(state, dispatch) }
            // Two buttons by their keys: one that turned from Cancel into Run under the
            // pointer would be pressed as both.
            <div class="go">
                if idle {
                    <button key="run" id="run" class="button primary" type="button" onclick={on_run} disabled={said.is_err() || cannot.is_some()}>
                        { said.as_ref().map_or_else(|_| "Run".to_owned(), run_label) }
                    </button>
                } else {
                    <button key="cancel" id="cancel" class="button" type="button" onclick={on_cancel}
                        disabled={matches!(state.activity, Activity::Cancelling { .. })}>
                        { "Cancel" }
                    </button>
                }
                <p class="help">{ match &cannot {
                    Some(failure) => failure.message.clone(),
                    None => note(state, said.as_ref().ok()),
                } }</p>
            </div>
        </div>
    }
}

fn run_label(experiment: &Experiment) -> String {
    let models = match experiment.executors.len() {
        1 => "1 model".to_owned(),
        models => format!("{models} models"),
    };
    match experiment.repeats {
        Repeats::Automatic => format!("Run {models}"),
        Repeats::Fixed(1) => format!("Run {models}, once each"),
        Repeats::Fixed(times) => format!("Run {models}, {times} times each"),
    }
}

/// What to expect: how long it takes, where that is known from the last time.
fn note(state: &State, experiment: Option<&Experiment>) -> String {
    match (&state.activity, experiment, &state.results) {
        _ if state.sharing.is_running() => {
            format!("Measuring what sharing costs: {}", state.sharing.status())
        }
        (Activity::Idle, None, _) if state.form.experiment().is_ok() => {
            "A file is missing above.".to_owned()
        }
        (Activity::Idle, None, _) => "A field above needs another value.".to_owned(),
        (Activity::Idle, Some(experiment), Some(results))
            if !results.is_opened && *experiment == *results.experiment =>
        {
            format!("About {:.0} s, as last time.", results.seconds().ceil())
        }
        (Activity::Idle, Some(experiment), _) if experiment.asks_others() => {
            "It asks the addresses above, once in each round and for each model.".to_owned()
        }
        (Activity::Idle, Some(experiment), _) => match experiment.warmup {
            0 => "Everything stays on this machine.".to_owned(),
            _ => "It warms up first, until times settle. Everything stays on this machine."
                .to_owned(),
        },
        _ => state.status(),
    }
}
