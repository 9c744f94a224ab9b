//! The experiment: this work, these parameters, these models, run.

pub mod field;
pub mod help_fold;
pub mod model_list;
pub mod model_options;
pub mod models;
pub mod number;
pub mod own_file;
pub mod workload_choice;

use crate::measure::format;
use crate::measure::prediction::Prediction;
use crate::measure::study::Study;
use crate::ui::lab::form::Errors;
use crate::ui::lab::form::view::field::{Field, field};
use crate::ui::lab::form::view::help_fold::help_fold;
use crate::ui::lab::form::view::model_list::Models;
use crate::ui::lab::form::view::models::models;
use crate::ui::lab::form::view::number::{Number, number};
use crate::ui::lab::form::view::own_file::OwnFile;
use crate::ui::lab::form::view::workload_choice::workload_choice;
use crate::ui::lab::page::file_loader::FileLoader;
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::results::prediction::guess;
use crate::ui::lab::run::button::{can_run, run_button};
use crate::ui::lab::state::{Action, State};
use crate::workloads::own;
use crate::workloads::params::{ParamSpec, Place};
use yew::prelude::*;

/// The form that says what to run, and the button that runs it.
pub fn experiment_form(
    state: &State,
    dispatch: &Callback<Action>,
    runner: &Runner,
    file_loader: &FileLoader,
) -> Html {
    let form = &state.form;
    let said = state.experiment();
    let none = Errors::new();
    let errors = said.as_ref().err().unwrap_or(&none);
    let idle = state.is_idle();
    let run = run(state, dispatch, runner);
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
    let fields = |place: Place| shown(place, state, errors, dispatch, file_loader);
    let more = form.fields(Place::More).count();
    html! {
        <div class="card experiment" role="form" aria-label="Experiment" {onkeydown}
            aria-busy={(!idle).then_some("true")}>
            { workload_choice(state, dispatch) }
            <section aria-label="Parameters">
                <div class="parameters-head">
                    <h2 class="label">{ "Parameters" }</h2>
                    if said.is_ok() && form.brings().is_none() {
                        <a id="profile-it" href="#/decide/profile" inert={!idle}
                            title="Which model suits this workload, and why">{ "Profile it" }</a>
                    }
                </div>
                { fields(Place::Scripts) }
                { fields(Place::Front) }
                if more > 0 {
                    <details id="more" open={state.more_open}>
                        <summary>
                            { format!("{more} more") }
                            <span class="visually-hidden">{ " parameters" }</span>
                        </summary>
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
                <label for="repeats">{ "Rounds" }</label>
                { number(Number {
                    id: "repeats".to_owned(),
                    text: &form.repeats,
                    understood: form.understood(&form.repeats),
                    placeholder: "automatic",
                    error: errors.get("repeats"),
                    help_id: Some("help-repeats".to_owned()),
                    disabled: !idle,
                    on_text: dispatch.reform(Action::TypedRepeats),
                    ..Number::default()
                }) }
                { help_fold("Rounds", html! { <p class="help" id="help-repeats">{ ROUNDS }</p> }) }
            </div>
            if let Some(limit_ms) = form.timeout_ms {
                <p class="help" id="time-limit">
                    { format!("Each model may take up to {}, as the link says.", format::duration(limit_ms.into())) }
                </p>
            }
            { run_button(state, dispatch, runner, &run) }
            { guess(state, dispatch) }
        </div>
    }
}

const ROUNDS: &str = "How often each model is measured, up to 100 times. Leave it empty to measure \
                      until the difference is clear or time is up. Models warm up first.";

/// Runs what is in the form, if it can be run.
fn run(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Callback<()> {
    let number = state.next_run();
    let said = state.experiment().ok().filter(|_| can_run(state));
    let guessed = state.guessed().map(Prediction::Winner);
    let own = state.own_data();
    let (runner, dispatch) = (runner.clone(), dispatch.clone());
    Callback::from(move |()| {
        if let Some(experiment) = said.clone() {
            let study = Study::comparison(experiment);
            runner.start(number, study, guessed.clone(), own.clone(), dispatch.clone());
        }
    })
}

/// The fields at a place.
fn shown(
    place: Place,
    state: &State,
    errors: &Errors,
    dispatch: &Callback<Action>,
    file_loader: &FileLoader,
) -> Html {
    let (form, idle) = (&state.form, state.is_idle());
    let one = |spec: &'static ParamSpec| {
        let field = field(Field {
            spec,
            text: &form.params[spec.name],
            understood: form.understood_param(spec),
            error: errors.get(&format!("param-{}", spec.name)),
            disabled: !idle,
            on_text: dispatch.reform(move |text| Action::TypedParam(spec.name, text)),
            on_set: dispatch.reform(move |text| Action::SetParam(spec.name, text)),
        });
        let brings = form.brings().filter(|_| spec.name == own::SOURCE.name);
        html! {
            <>
                { field }
                if let Some(brings) = brings {
                    <OwnFile key="own-file" media={brings.media} own={state.own.clone()}
                        file_loading={state.file_loading.clone()} disabled={!idle} file_loader={file_loader.clone()}
                        missing={errors.get(&format!("param-{}", own::SOURCE.name)).cloned()} />
                }
            </>
        }
    };
    form.fields(place).map(one).collect()
}
