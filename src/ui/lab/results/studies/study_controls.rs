//! How far the study of a card is, and the buttons that start and cancel it.

use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::state::Action;
use crate::ui::lab::study_card::{Event, StudyCard, StudyResults};
use yew::prelude::*;

/// What the controls of a card are about.
pub struct StudyControls<R> {
    /// What tells its elements from all others.
    pub name: &'static str,
    /// What is measured: "what sharing costs" without the first word.
    pub what: &'static str,
    /// What happens to the card, as the page is told of it.
    pub cancelled: fn(Event<R>) -> Action,
    /// Starts it.
    pub run: Callback<MouseEvent>,
    /// Whether nothing else is measured.
    pub is_idle: bool,
}

/// The controls of `card`.
pub fn study_controls<R: StudyResults>(
    card: &StudyCard<R>,
    controls: StudyControls<R>,
    runner: &Runner,
    dispatch: &Callback<Action>,
) -> Html {
    let StudyControls { name, what, .. } = controls;
    let on_go_on = {
        let runner = runner.clone();
        Callback::from(move |_: MouseEvent| runner.go_on())
    };
    html! {
        <>
            if card.is_running() {
                <progress value={card.done().to_string()} max={card.total().to_string()}
                    aria-label={format!("Progress of measuring what {what}")} />
                if let Some(disturbance) = card.paused() {
                    <p>{ format!("Paused. {} ", disturbance.what()) }
                        <button type="button" id={format!("go-on-{name}")} class="button"
                            onclick={on_go_on}>{ "Continue" }</button>
                    </p>
                }
            }
            <p id={format!("{name}-status")} role="status">{ card.status() }</p>
            <p class="tools">{ button(card, controls, runner, dispatch) }</p>
        </>
    }
}

// Two buttons by their keys: one that turned from Cancel into Run under the pointer would
// be pressed as both.
fn button<R: StudyResults>(
    card: &StudyCard<R>,
    controls: StudyControls<R>,
    runner: &Runner,
    dispatch: &Callback<Action>,
) -> Html {
    let StudyControls { name, what, cancelled, run, is_idle } = controls;
    if card.is_running() {
        let (runner, dispatch) = (runner.clone(), dispatch.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            runner.press_cancel(cancelled(Event::Cancelled), &dispatch);
        });
        return html! {
            <button key="cancel" type="button" id={format!("cancel-{name}")} class="button" {onclick}
                disabled={card.is_cancelled()}>{ "Cancel" }</button>
        };
    }
    html! {
        <button key="run" type="button" id={format!("run-{name}")} class="button" onclick={run}
            disabled={!is_idle}>{ format!("Measure what {what}") }</button>
    }
}
