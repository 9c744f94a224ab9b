//! An advice put to the test: what is advised is raced against its rivals, here and now.

use crate::advice::Prediction;
use crate::advice::score::Score;
use crate::advice::trial::{Basis, Verdict};
use crate::browser::{page, storage};
use crate::executors::profile::Profile;
use crate::executors::session::Session;
use crate::experiment::{Experiment, link};
use crate::failure::Failure;
use crate::measure::report::Report;
use crate::models::ExecutorKind;
use crate::ui::experiment::page::runner::ExperimentRunner;
use crate::ui::experiment::rows::rows;
use crate::ui::experiment::runs::{RunEvent, RunState};
use crate::ui::experiment::view::{RunButton, bars, status};
use std::rc::Rc;
use yew::prelude::*;

/// Begins the ids of its elements.
const ID: &str = "race";
/// Under which the score is kept.
const SCORE_KEY: &str = "advice-score";

/// See [`RaceCard`].
#[derive(Clone, Properties)]
pub struct RaceCardProps {
    /// The model that is put to the test.
    pub advised: ExecutorKind,
    /// What explains a disagreement.
    pub explanation: Explanation,
    /// The workload, with the models that take part.
    pub experiment: Experiment,
    /// How wide pools are in links that leave it open.
    pub workers: u32,
    /// Where it runs.
    pub session: Rc<Session>,
    /// Whether nothing runs.
    pub is_idle: bool,
    /// Says what runs.
    pub intro: &'static str,
    /// Whether it is a part of another card.
    #[prop_or_default]
    pub is_part: bool,
}

/// What explains a disagreement.
#[derive(Clone, PartialEq)]
pub enum Explanation {
    /// What was predicted when the advice was given.
    Predicted(Rc<[Prediction]>),
    /// What a profile of the workload predicts, which is taken before the race.
    Profiled,
}

impl PartialEq for RaceCardProps {
    fn eq(&self, other: &Self) -> bool {
        self.is_idle == other.is_idle
            && self.experiment == other.experiment
            && self.advised == other.advised
            && self.explanation == other.explanation
    }
}

#[derive(Clone, Default)]
struct Race {
    run: RunState,
    /// Why the workload could not be profiled, where that was to be.
    unprofiled: Option<Failure>,
    verdict: Option<Verdict>,
    score: Score,
}

enum Event {
    Run(RunEvent),
    NotProfiled(Failure),
    Judged(Verdict),
    Scored(Score),
}

impl Reducible for Race {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut race = (*self).clone();
        match event {
            Event::Run(event) => {
                if matches!(event, RunEvent::Began) {
                    (race.unprofiled, race.verdict) = (None, None);
                }
                race.run.note(event);
            }
            Event::NotProfiled(failure) => race.unprofiled = Some(failure),
            Event::Judged(judged) => race.verdict = Some(judged),
            Event::Scored(kept) => race.score = kept,
        }
        Rc::new(race)
    }
}

/// The score of all tests so far, in other tabs, too.
fn kept() -> Score {
    storage::get(SCORE_KEY).map(|kept| Score::of_text(&kept)).unwrap_or_default()
}

fn keep(score: Score) {
    if score.is_empty() {
        return storage::remove(SCORE_KEY);
    }
    // Where nothing can be kept, the score ends with the visit.
    let _ = storage::set(SCORE_KEY, &score.to_text());
}

/// The race: its button, its bars, what it says of the advice, and the score of all so far.
#[component]
pub fn RaceCard(props: &RaceCardProps) -> Html {
    let race = use_reducer(|| Race { score: kept(), ..Race::default() });
    // Dropped with the page, which cancels what runs.
    let session = props.session.clone();
    let runner = use_memo((), move |()| ExperimentRunner::new(session));
    let dispatcher = race.dispatcher();
    let tell = Callback::from(move |event| dispatcher.dispatch(Event::Run(event)));
    let on_cancel = {
        let (runner, tell) = (runner.clone(), tell.clone());
        Callback::from(move |()| runner.cancel(&tell))
    };
    let escaped = on_cancel.clone();
    use_effect_with(race.run.under_way.is_some(), move |is_running| {
        let listener = is_running.then(|| page::on_escape(move || escaped.emit(())));
        move || drop(listener)
    });
    let on_run = {
        let RaceCardProps { advised, explanation, experiment, .. } = props.clone();
        let (dispatcher, unprofiled) = (race.dispatcher(), race.dispatcher());
        Callback::from(move |()| {
            let dispatcher = dispatcher.clone();
            let judge = move |basis: Basis, predicted: &[Prediction], report: &Report| {
                if let Some(verdict) = Verdict::of(advised, basis, predicted, report) {
                    let score = kept().with(&verdict);
                    keep(score);
                    dispatcher.dispatch(Event::Judged(verdict));
                    dispatcher.dispatch(Event::Scored(score));
                }
            };
            let (experiment, tell) = (experiment.clone(), tell.clone());
            match explanation.clone() {
                Explanation::Predicted(predicted) => {
                    let judge = move |report: &Report| judge(Basis::Costs, &predicted, report);
                    runner.start_and(ID, experiment, tell, judge);
                }
                Explanation::Profiled => {
                    let unprofiled = unprofiled.clone();
                    let executors = experiment.executors.clone();
                    let judge = move |profile: Result<&Profile, &Failure>, report: &Report| {
                        let predicted = match profile {
                            Ok(Profile { evidence, costs }) => {
                                Prediction::of_each(&executors, evidence, costs)
                            }
                            Err(failure) => {
                                unprofiled.dispatch(Event::NotProfiled(failure.clone()));
                                Vec::new()
                            }
                        };
                        judge(Basis::Tree, &predicted, report);
                    };
                    runner.start_profiled(ID, experiment, tell, judge);
                }
            }
        })
    };
    let run = &race.run;
    let button = RunButton {
        run,
        id: ID,
        is_enabled: props.is_idle,
        label: "Put it to the test",
        on_run,
        on_cancel,
    };
    let dispatcher = race.dispatcher();
    let on_reset = Callback::from(move |_: MouseEvent| {
        keep(Score::default());
        dispatcher.dispatch(Event::Scored(Score::default()));
    });
    let advised = props.advised;
    if !props.experiment.executors.iter().any(|one| one.kind() == advised) {
        return html! {};
    }
    let verdict = match &race.verdict {
        Some(verdict) => verdict.sentence(advised),
        None if run.measured.is_some() && run.under_way.is_none() => {
            format!("{} did not finish, so the advice could not be tested.", advised.at_start())
        }
        None => String::new(),
    };
    let href = format!("#/lab?{}", link::write(&props.experiment, props.workers));
    let heading = if props.is_part { "h3" } else { "h2" };
    let class = classes!("decide-race", (!props.is_part).then_some("card"));
    html! {
        <section {class} id={ID} aria-labelledby="race-title">
            <@{heading} id="race-title">{ "Put it to the test" }</@>
            <p class="decide-soft">{ props.intro }</p>
            <div class="experiment-card">
                <div class="run-row">
                    { button.view() }
                    { status(run) }
                    <a class="to-lab" {href} inert={!props.is_idle}>{ "Open in the lab" }</a>
                </div>
                if run.under_way.is_some() || run.measured.is_some() {
                    { bars(&rows(&props.experiment, run)) }
                }
            </div>
            <p id="verdict" role="status">
                <strong>{ verdict }</strong>
            </p>
            if let Some(failure) = &race.unprofiled {
                <p class="decide-soft" id="unexplained">
                    { "Why one model is faster than another is not told here, as this work could not be profiled. " }
                    { failure.message() }
                </p>
            }
            if !race.score.is_empty() {
                <p id="score">
                    { race.score.sentence() }{ " " }
                    <button type="button" class="link" onclick={on_reset}>{ "Reset" }</button>
                </p>
            }
        </section>
    }
}
