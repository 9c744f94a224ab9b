//! `#/decide/profile`: advice on a workload, which is run here for a moment.

use crate::advice::{Advice, EvidencePath, Lens, advise};
use crate::executors::profile::Profile;
use crate::executors::session::Session;
use crate::experiment::Experiment;
use crate::experiment::link;
use crate::failure::{Failure, FailureKind, ProfileProblem};
use crate::measure::report::Capabilities;
use crate::ui::advice::page::race::{Explanation, RaceCard};
use crate::ui::advice::sentences::announcement;
use crate::ui::advice::view::card::{advice_cards, evidence_tree};
use crate::ui::advice::view::lens_choice::lens_choice;
use crate::ui::advice::view::refused::refused;
use crate::ui::decide::ways::{Way, ways};
use crate::ui::experiment::page::runner::focus_soon;
use crate::ui::shell::cancelling::CancelSwitch;
use crate::ui::shell::route::Route;
use crate::workloads::{Kind, Workload, WorkloadId};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const TITLE: &str = "Which model suits a workload?";

/// See [`ProfilePage`].
#[derive(Clone, Properties)]
pub struct ProfilePageProps {
    /// What the link says: a workload and its parameters.
    pub query: AttrValue,
    /// Whether the address says so, too: without a link, what stands in the lab is profiled.
    pub is_linked: bool,
    /// Has the address say this query.
    pub on_unlinked: Callback<String>,
    /// What the browser can do.
    pub capabilities: Capabilities,
    /// Whether it is known what the browser can do.
    pub is_probed: bool,
    /// Whether nothing runs.
    pub is_idle: bool,
    /// Where workloads are run.
    pub session: Rc<Session>,
    /// Asks to go to another query.
    pub on_query: Callback<String>,
    /// Told which evidence the reader follows into the decision tree.
    pub on_evidence: Callback<Rc<EvidencePath>>,
}

impl PartialEq for ProfilePageProps {
    fn eq(&self, other: &Self) -> bool {
        (self.is_probed, self.is_idle) == (other.is_probed, other.is_idle)
            && (&self.query, &self.capabilities) == (&other.query, &other.capabilities)
    }
}

/// What has come of profiling.
#[derive(Clone)]
enum Profiled {
    /// Nothing yet.
    Not,
    /// It runs.
    Running,
    /// It did.
    Done(Rc<Profile>),
    /// It failed.
    Failed(Failure),
}

/// The page.
#[component]
pub fn ProfilePage(props: &ProfilePageProps) -> Html {
    let workers = props.capabilities.machine.default_workers();
    let linked = use_memo((props.query.clone(), workers), |(query, workers)| {
        link::pairs(query).and_then(|pairs| link::read(&pairs, *workers))
    });
    let lens = use_state_eq(|| Lens::ALL[0]);
    let profiled = use_state(|| Profiled::Not);
    let cancel = use_memo((), |()| CancelSwitch::default());
    {
        let (profiled, cancel) = (profiled.clone(), cancel.clone());
        let unlinked = (!props.is_linked).then(|| props.on_unlinked.clone());
        use_effect_with(props.query.clone(), move |query| {
            cancel.stop();
            profiled.set(Profiled::Not);
            if let Some(on_unlinked) = unlinked {
                on_unlinked.emit(query.to_string());
            }
        });
    }
    let linked = match &*linked {
        Ok(linked) => linked,
        Err(failure) => return unreadable(failure),
    };
    let workload = linked.experiment.workload.clone();
    let start = {
        let (session, profiled, workload) =
            (props.session.clone(), profiled.clone(), workload.clone());
        Callback::from(move |_: MouseEvent| {
            let cancelled = cancel.begin();
            profiled.set(Profiled::Running);
            let (session, profiled, workload) =
                (session.clone(), profiled.clone(), workload.clone());
            yew::platform::spawn_local(async move {
                match session.profile(&workload, None, cancelled).await {
                    Ok(profile) => profiled.set(Profiled::Done(Rc::new(profile))),
                    // The reader asked for another one.
                    Err(failure) if failure.kind() == FailureKind::Cancelled => {}
                    Err(failure) => profiled.set(Profiled::Failed(failure)),
                }
                focus_soon("profile".to_owned());
            });
        })
    };
    let on_lens = {
        let lens = lens.clone();
        Callback::from(move |chosen| lens.set(chosen))
    };
    let advice = match &*profiled {
        Profiled::Done(profile) => {
            advise(*lens, profile.evidence.clone(), Some(profile.costs.clone()))
        }
        _ => None,
    };
    let from = format!("#{}", Route::Profile(props.query.to_string()).hash());
    let evidence = advice.as_ref().map(|advice| Rc::new(EvidencePath::of(advice, from)));
    let on_evidence = &props.on_evidence;
    let is_running = matches!(&*profiled, Profiled::Running);
    let step_us = props.capabilities.machine.clock_resolution_us;
    let disabled = is_running || !props.is_idle || !props.is_probed;
    html! {
        <div class="decide-page">
            <header class="decide-intro">
                <h1>{ TITLE }</h1>
                <p>
                    { "The page runs its tasks for about a second, and answers the questions of the tree from what it \
                       measures." }
                </p>
            </header>
            { ways(Way::Profile, &props.query) }
            <p class="decide-hidden" role="status">
                { advice.as_ref().map(announcement).unwrap_or_default() }
            </p>
            { refused(&linked.refused) }
            <div class="decide-own">
                <div class="card experiment" role="form" aria-label="Workload">
                    { workload_choice(workload.id(), is_running, &props.on_query) }
                    { params(&workload) }
                    { lens_choice(*lens, &on_lens) }
                    <button type="button" class="button primary" id="profile" onclick={start} {disabled}>
                        { if is_running { "Profiling…" } else { "Profile it" } }
                    </button>
                </div>
                <div class="decide-asked" aria-busy={is_running.to_string()}>
                    { match &*profiled {
                        Profiled::Not => html! {
                            <p class="card">{ "Nothing has been profiled yet." }</p>
                        },
                        Profiled::Running => html! {
                            <p class="card" role="status">{ "The workload runs for up to 1.5 seconds." }</p>
                        },
                        Profiled::Failed(failure) => not_profiled(failure),
                        Profiled::Done(_) => match advice.as_ref().zip(evidence.as_ref()) {
                            Some((advice, evidence)) => {
                                let race = race(advice, &workload, props);
                                advice_cards(advice, workload.id().id(), race, evidence, on_evidence)
                            }
                            None => not_profiled(&ProfileProblem::TooShort { step_us }.into()),
                        },
                    } }
                </div>
                if let Some(evidence) = &evidence {
                    { evidence_tree(evidence, on_evidence) }
                }
            </div>
        </div>
    }
}

/// The page of a link that cannot be read.
fn unreadable(failure: &Failure) -> Html {
    html! {
        <div class="decide-page">
            <header class="decide-intro"><h1>{ TITLE }</h1></header>
            { ways(Way::Profile, "") }
            <p class="card decide-refused" role="alert">{ failure.message() }</p>
        </div>
    }
}

fn not_profiled(failure: &Failure) -> Html {
    html! {
        <div class="card decide-refused" role="alert" id="not-profiled">
            <p>{ failure.message() }</p>
            <p><a href="#/decide">{ "Answer the questions instead" }</a></p>
        </div>
    }
}

fn race(advice: &Advice, workload: &Workload, props: &ProfilePageProps) -> Html {
    // What was tested of one advice says nothing of another.
    let key = format!("{} {}", advice.lens.id(), advice.recommended.label());
    let workers = props.capabilities.machine.default_workers();
    let experiment = rivals(advice, workload, workers);
    let explanation = Explanation::Predicted(advice.predicted.clone().into());
    html! {
        <RaceCard {key} advised={advice.recommended.kind()} {explanation} {experiment} {workers}
            session={props.session.clone()} is_idle={props.is_idle}
            intro="The same workload runs under the models of this language, several times each." />
    }
}

/// What is advised and its rivals, as far as they can run here.
fn rivals(advice: &Advice, workload: &Workload, workers: u32) -> Experiment {
    let of_lens = advice.lens.models();
    let here = advice.predicted.iter().map(|one| one.executor.clone());
    let executors = here.filter(|one| of_lens.contains(&one.kind())).collect();
    Experiment { executors, ..Experiment::of(workload.clone(), workers) }
}

/// A menu of the workloads, each with its defaults.
fn workload_choice(chosen: WorkloadId, disabled: bool, on_query: &Callback<String>) -> Html {
    let onchange = on_query.reform(|event: Event| {
        format!("workload={}", event.target_unchecked_into::<HtmlSelectElement>().value())
    });
    let group = |kind: Kind| {
        let of_kind = WorkloadId::ALL.iter().filter(move |one| one.kind() == kind);
        html! {
            <optgroup label={kind.verb()}>
                { for of_kind.map(|one| html! {
                    <option value={one.id()} selected={*one == chosen}>{ one.title() }</option>
                }) }
            </optgroup>
        }
    };
    html! {
        <div class="field">
            <label for="workload" class="label">{ "Workload" }</label>
            <div class="menu">
                <select id="workload" ~value={chosen.id()} {onchange} {disabled}>
                    { for Kind::ALL.into_iter().map(group) }
                </select>
            </div>
        </div>
    }
}

/// The parameters, as they will be profiled.
fn params(workload: &Workload) -> Html {
    let given = workload.params();
    let one = |spec: &crate::workloads::params::ParamSpec| {
        let value = given.get(spec.name)?;
        let text = link::plain(value);
        let unit = spec.unit_of(&text);
        Some(html! { <><dt>{ spec.label }</dt><dd>{ format!("{text} {unit}") }</dd></> })
    };
    html! {
        <>
            <dl class="decide-details" aria-label="Parameters">
                { for workload.id().params().iter().filter_map(one) }
            </dl>
            <p class="help">
                { "To profile other parameters, set them in the " }<a href="#/lab">{ "lab" }</a>
                { " and choose “Profile it” there." }
            </p>
        </>
    }
}
