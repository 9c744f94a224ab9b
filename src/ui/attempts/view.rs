//! The button of an attempt, what came of it, and what pages with attempts have in common.

use super::board::{self, Attempted, Board, Event};
use super::page::{AttemptRunner, button_ids};
use crate::measure::report::Capabilities;
use crate::pitfalls::outcome::Outcome;
use std::rc::Rc;
use yew::prelude::*;

/// What pages with attempts are given.
#[derive(Clone, PartialEq, Properties)]
pub struct AttemptPageProps {
    /// The name of what the page is about, as it stands in the address; empty for the list.
    pub name: String,
    /// Runs attempts.
    pub runner: AttemptRunner,
    /// What this browser can do.
    pub capabilities: Capabilities,
    /// Whether that is all known.
    pub is_probed: bool,
    /// Whether nothing runs on the page, whoever started it.
    pub is_idle: bool,
}

/// What the attempts of a page are shown with.
#[derive(Clone, Copy)]
pub struct Attempts<'a> {
    /// What came of them.
    pub board: &'a Board,
    /// Told what happens.
    pub tell: &'a Callback<Event>,
    /// What the page is given.
    pub page: &'a AttemptPageProps,
}

struct Store(Board);

impl Reducible for Store {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(Self(self.0.after(event)))
    }
}

/// What the page knows of its attempts, and whom it tells what happens. Escape cancels what runs, and so
/// does leaving the page.
#[hook]
pub fn use_attempts(runner: &AttemptRunner) -> (Board, Callback<Event>) {
    let board = use_reducer(|| Store(Board::default()));
    let tell = use_memo((), |()| {
        let dispatcher = board.dispatcher();
        Callback::from(move |event| dispatcher.dispatch(event))
    });
    let (cancelling, told) = (runner.clone(), Callback::clone(&tell));
    use_effect_with(board.0.under_way().is_some(), move |is_running| {
        let listener = is_running.then(|| cancelling.on_escape(told));
        move || drop(listener)
    });
    let leaving = runner.clone();
    use_effect_with((), move |()| move || leaving.stop());
    (board.0.clone(), Callback::clone(&tell))
}

/// Moves the focus to `heading` whenever `name` is another than before: what had it is gone.
#[hook]
pub fn use_focus_on_changes(name: &str, heading: &NodeRef, runner: &AttemptRunner) {
    let is_first = use_mut_ref(|| true);
    let (heading, runner) = (heading.clone(), runner.clone());
    use_effect_with(name.to_owned(), move |_| {
        // A page that has just opened leaves the focus where it is.
        if !is_first.replace(false) {
            runner.focus(&heading);
        }
    });
}

/// What a screen reader is told of attempts.
pub fn status(board: &Board) -> Html {
    html! {
        <p class="visually-hidden" role="status" aria-live="polite" id="pitfall-status">
            { board.said().to_owned() }
        </p>
    }
}

/// The button that runs the attempt `id`, or cancels it while it runs.
// Two buttons by their keys: one that turned from Cancel into Run under the pointer would be
// pressed as both.
pub fn button(
    (id, label): (&'static str, &'static str),
    is_primary: bool,
    run: Callback<MouseEvent>,
    attempts: Attempts,
) -> Html {
    let Attempts { board, tell, page } = attempts;
    let (run_id, cancel_id) = button_ids(id);
    if board.under_way() == Some(id) {
        let (runner, tell) = (page.runner.clone(), tell.clone());
        let onclick = Callback::from(move |_: MouseEvent| runner.press_cancel(&tell));
        return html! {
            <p class="attempt-button" key="cancel">
                <button id={cancel_id} type="button" class="button" {onclick}
                    disabled={board.is_cancelled()}>{ "Cancel" }</button>
                <span class="help">{ "Running…" }</span>
            </p>
        };
    }
    let class = classes!("button", is_primary.then_some("primary"));
    let can_run = page.is_idle && page.is_probed;
    html! {
        <p class="attempt-button" key="run">
            <button id={run_id} type="button" {class} onclick={run} disabled={!can_run}>
                { label }
            </button>
        </p>
    }
}

/// What came of an attempt last, with what `draw` shows beside its sentence.
pub fn result(known: Option<&Attempted>, draw: impl Fn(&Outcome) -> Html) -> Html {
    let Some(known) = known else { return html! {} };
    let sign = match &known.came {
        Ok(outcome) if outcome.is_right() => "good",
        Ok(_) => "bad",
        Err(_) => "none",
    };
    html! {
        <div class={classes!("outcome", sign)}>
            <p>{ board::sentence(&known.came) }</p>
            if let Ok(outcome) = &known.came {
                { draw(outcome) }
            }
        </div>
    }
}
