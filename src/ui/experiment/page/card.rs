//! An experiment that stands by itself on a page, with what runs it.

use super::runner::ExperimentRunner;
use crate::browser::page;
use crate::executors::session::Session;
use crate::guide::block;
use crate::guide::measured::Measurements;
use crate::ui::experiment::rows::rows;
use crate::ui::experiment::runs::{RunEvent, Runs};
use crate::ui::experiment::view::{RunButton, bars, status};
use std::rc::Rc;
use yew::prelude::*;

/// What [`ExperimentCard`] is given.
#[derive(Properties)]
pub struct ExperimentCardProps {
    /// Where it runs.
    pub session: Rc<Session>,
    /// Its id, of its own on the page.
    pub id: &'static str,
    /// What is run, as the lab's links have it.
    pub query: &'static str,
    /// What its button says.
    pub label: &'static str,
    /// Whether nothing is measured, by whomever.
    pub is_idle: bool,
    /// How wide pools are where the query leaves it open.
    pub workers: u32,
    /// Told what each run came to.
    pub on_measured: Callback<Rc<Measurements>>,
}

impl PartialEq for ExperimentCardProps {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.query, self.label) == (other.id, other.query, other.label)
            && (self.is_idle, self.workers) == (other.is_idle, other.workers)
    }
}

struct Store(Runs);

impl Reducible for Store {
    type Action = (&'static str, RunEvent);

    fn reduce(self: Rc<Self>, (id, event): Self::Action) -> Rc<Self> {
        let mut runs = self.0.clone();
        runs.note(id, event);
        Rc::new(Self(runs))
    }
}

/// The experiment: its button, its bars, and the way to the lab.
#[component]
pub fn ExperimentCard(props: &ExperimentCardProps) -> Html {
    let ExperimentCardProps { id, query, label, is_idle, workers, .. } = *props;
    let store = use_reducer(|| Store(Runs::default()));
    let session = props.session.clone();
    // Dropped with the page, which cancels what runs.
    let runner = use_memo((), move |()| ExperimentRunner::new(session));
    let tell = {
        let (dispatcher, on_measured) = (store.dispatcher(), props.on_measured.clone());
        Callback::from(move |event| {
            if let RunEvent::Ended(Ok(measured)) = &event {
                on_measured.emit(Rc::clone(measured));
            }
            dispatcher.dispatch((id, event));
        })
    };
    let run = store.0.of(id);
    let (escaped, told) = (runner.clone(), tell.clone());
    use_effect_with(run.under_way.is_some(), move |is_running| {
        let listener = is_running.then(|| page::on_escape(move || escaped.cancel(&told)));
        move || drop(listener)
    });
    // Queries are checked natively.
    let Ok(experiment) = block::experiment(query, workers) else { return html! {} };
    let shown = bars(&rows(&experiment, &run));
    let (starting, told) = (runner.clone(), tell.clone());
    let button = RunButton {
        run: &run,
        id,
        is_enabled: is_idle,
        label,
        on_run: Callback::from(move |()| starting.start(id, experiment.clone(), told.clone())),
        on_cancel: Callback::from(move |()| runner.cancel(&tell)),
    };
    html! {
        <div class="experiment-card">
            <div class="run-row">
                { button.view() }
                { status(&run) }
                <a class="to-lab" href={format!("#/lab?{query}")} inert={!is_idle}>{ "Open in the lab" }</a>
            </div>
            { shown }
        </div>
    }
}
