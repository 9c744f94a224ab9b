//! A card per model: what came of it, or why nothing did.

use crate::executors::run::Stage;
use crate::experiment::{Executor, Experiment};
use crate::failure::Failure;
use crate::measure::format;
use crate::measure::heartbeat::FREEZE_MS;
use crate::measure::report::{Availability, Outcome};
use crate::ui::state::{Activity, State};
use yew::prelude::*;

/// The cards of all models: of the run under way, else of the last, else of the
/// experiment as it stands in the form.
pub fn outcomes(state: &State) -> Html {
    let cards = match (&state.activity, &state.results) {
        (Activity::Running { experiment, progress }, _) => {
            let at = progress.as_ref().map(|progress| progress.executor);
            let stage = progress.as_ref().map(|progress| progress.stage);
            let card = |(number, executor): (usize, &Executor)| match stage {
                Some(stage) if at == Some(number) => card(executor, "running", doing(stage)),
                _ => card(executor, "pending", html! { <p class="figure">{ "…" }</p> }),
            };
            experiment.executors.iter().enumerate().map(card).collect::<Html>()
        }
        (Activity::Cancelling { experiment }, _) => waiting(experiment, state),
        (Activity::Idle, Some(results)) => {
            results.finished.report.results.iter().map(of_outcome).collect()
        }
        (Activity::Idle, None) => match state.form.experiment() {
            Ok(experiment) => waiting(&experiment, state),
            Err(_) => {
                let models = state.form.models.iter().filter(|model| model.chosen);
                models.map(|model| card_before(&model.executor, state)).collect()
            }
        },
    };
    html! { <section class="outcomes" aria-label="Models">{ cards }</section> }
}

fn doing(stage: Stage) -> Html {
    let word = match stage {
        Stage::Starting => "starting",
        Stage::WarmingUp => "warming up",
        Stage::Measuring => "measuring",
        Stage::Paused(_) => "paused",
    };
    html! { <p class="figure busy">{ word }</p> }
}

fn waiting(experiment: &Experiment, state: &State) -> Html {
    experiment.executors.iter().map(|executor| card_before(executor, state)).collect()
}

/// The card of a model that has not run yet, or cannot.
fn card_before(executor: &Executor, state: &State) -> Html {
    match state.capabilities.executor(executor.kind()) {
        Availability { reason: Some(reason), .. } => card(
            executor,
            "unavailable",
            html! { <p class="failure">{ format!("Cannot run here. {reason}") }</p> },
        ),
        _ => card(
            executor,
            "pending",
            html! {
                <>
                    <p class="figure">{ "—" }</p>
                    <dl>
                        <dt>{ "Speedup" }</dt><dd>{ "—" }</dd>
                        <dt>{ "Page frozen" }</dt><dd>{ "—" }</dd>
                        <dt>{ "Start-up" }</dt><dd>{ "—" }</dd>
                    </dl>
                </>
            },
        ),
    }
}

fn of_outcome(outcome: &Outcome) -> Html {
    match (&outcome.summary, &outcome.error) {
        (Some(summary), None) => {
            let speedup = outcome.speedup.as_ref().map_or_else(
                || "—".to_owned(),
                |speedup| format!("{}×", format::times(speedup.ratio.ratio)),
            );
            card(
                &outcome.executor,
                "done",
                html! {
                    <>
                        <p class="figure">{ format::duration(summary.median_ms) }</p>
                        <dl>
                            <dt>{ "Speedup" }</dt><dd>{ speedup }</dd>
                            <dt>{ "Page frozen" }</dt>
                            <dd class="frozen">{ frozen(outcome.longest_freeze_ms()) }</dd>
                            <dt>{ "Start-up" }</dt>
                            <dd>{ if outcome.executor.kind().has_workers() {
                                format::duration(outcome.startup_ms)
                            } else { "none".to_owned() } }</dd>
                        </dl>
                    </>
                },
            )
        }
        (_, error) => {
            let message =
                error.as_ref().map_or_else(String::new, |failure| failure.message.clone());
            let state = match error {
                Some(Failure { kind: crate::failure::FailureKind::Unavailable, .. }) => {
                    "unavailable"
                }
                _ => "failed",
            };
            card(&outcome.executor, state, html! { <p class="failure">{ message }</p> })
        }
    }
}

/// For how long at a time the page was frozen.
pub fn frozen(longest_ms: f64) -> String {
    if longest_ms < FREEZE_MS { "never".to_owned() } else { format::duration(longest_ms) }
}

fn card(executor: &Executor, state: &'static str, body: Html) -> Html {
    let id = executor.kind().id();
    html! {
        <article class={classes!("card", "outcome", format!("model-{id}"))} data-result={id}
            data-state={state}>
            <h2><span class="chip" aria-hidden="true"></span>{ executor.label() }</h2>
            { body }
        </article>
    }
}
