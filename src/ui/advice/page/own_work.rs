//! `#/decide/own-work`: advice on work that cannot be run here.

use crate::advice::advise;
use crate::advice::own_work::FIELDS;
use crate::browser::turn::Timer;
use crate::exchange::profiles::TimeSpent;
use crate::experiment::typed_number::NumberFormat;
use crate::ui::advice::page::profile_file::ProfileFile;
use crate::ui::advice::typed::TypedWork;
use crate::ui::advice::view::card::advice_cards;
use crate::ui::advice::view::fields::field;
use crate::ui::advice::view::lens_choice::lens_choice;
use crate::ui::decide::ways::{Way, ways};
use crate::workloads::params::{ParamSpec, Place};
use yew::prelude::*;

/// How long the address waits for the next change, in ms: browsers allow no more than some hundred changes in half
/// a minute.
const SETTLED_MS: u32 = 300;

/// See [`OwnWorkPage`].
#[derive(Clone, PartialEq, Properties)]
pub struct OwnWorkPageProps {
    /// What the link says.
    pub query: AttrValue,
    /// Cores of this machine.
    pub cores: u32,
    /// How the reader's language writes numbers.
    pub numbers: NumberFormat,
    /// Told what the link to the work as it stands says.
    pub on_query: Callback<String>,
}

/// The page.
#[component]
pub fn OwnWorkPage(props: &OwnWorkPageProps) -> Html {
    let link = (props.query.clone(), props.cores, props.numbers);
    let linked =
        use_memo(link, |(query, cores, numbers)| TypedWork::of_link(query, *cores, *numbers));
    let typed = use_state_eq(|| None::<TypedWork>);
    {
        let typed = typed.clone();
        use_effect_with(props.query.clone(), move |_| typed.set(None));
    }
    let work = (*typed).clone().unwrap_or_else(|| linked.0.clone());
    let settling = use_mut_ref(|| None::<Timer>);
    let change = {
        let (typed, on_query) = (typed.clone(), props.on_query.clone());
        Callback::from(move |work: TypedWork| {
            let (query, on_query) = (work.query(), on_query.clone());
            let settled = Timer::after(SETTLED_MS, move || on_query.emit(query));
            *settling.borrow_mut() = Some(settled);
            typed.set(Some(work));
        })
    };
    let on_text = {
        let (work, change) = (work.clone(), change.clone());
        Callback::from(move |(field, text): (&'static ParamSpec, String)| {
            let mut work = work.clone();
            work.type_text(field, text);
            change.emit(work);
        })
    };
    let on_lens = {
        let work = work.clone();
        change.reform(move |lens| work.clone().for_lens(lens))
    };
    let on_spent = {
        let work = work.clone();
        change.reform(move |spent: TimeSpent| {
            let mut work = work.clone();
            work.fill_in(&spent);
            work
        })
    };
    let evidence = work.evidence();
    let errors = evidence.as_ref().err().cloned().unwrap_or_default();
    let advice = evidence.ok().and_then(|evidence| advise(work.lens, evidence, None));
    let fields = |place: Place| {
        let fields = FIELDS.iter().filter(move |field| field.place == place);
        fields.map(|spec| field(spec, &work, &errors, &on_text)).collect::<Html>()
    };
    let is_limited =
        FIELDS.iter().any(|one| one.place == Place::More && !work.text(one).is_empty());
    html! {
        <div class="decide-page">
            <header class="decide-intro">
                <h1>{ "Which model suits your own work?" }</h1>
                <p>
                    { "Describe work that you cannot run here. The same tree answers from your figures, and \
                       the bars show what each model should take." }
                </p>
            </header>
            { ways(Way::OwnWork) }
            if !linked.1.is_empty() {
                <div class="card decide-refused" role="alert">
                    <strong>{ "Parts of this link were not understood." }</strong>
                    { for linked.1.iter().map(|failure| html! { <p>{ failure.message() }</p> }) }
                </div>
            }
            <div class="decide-own">
                <div class="card experiment" role="form" aria-label="Your work">
                    { lens_choice(work.lens, &on_lens) }
                    { fields(Place::Front) }
                    if work.lens.has_gil() {
                        { gil_choice(&work, &change) }
                    }
                    <ProfileFile tasks={work.tasks()} on_spent={on_spent} />
                    <details open={is_limited}>
                        <summary>{ "Limits" }</summary>
                        { fields(Place::More) }
                    </details>
                </div>
                <div class="decide-asked">
                    { match &advice {
                        Some(advice) => advice_cards(advice, "own-work", Html::default()),
                        None => html! {
                            <p class="card" role="status">{ "There is no advice until every figure is right." }</p>
                        },
                    } }
                </div>
            </div>
        </div>
    }
}

/// Whether the busy code holds the GIL.
fn gil_choice(work: &TypedWork, change: &Callback<TypedWork>) -> Html {
    let choice = |holds_gil: bool, title: &'static str| {
        let work = work.clone();
        let is_chosen = work.holds_gil == holds_gil;
        let onclick = change.reform(move |_: MouseEvent| work.clone().holding_gil(holds_gil));
        html! {
            <button type="button" class="segment" aria-pressed={is_chosen.to_string()} {onclick}>{ title }</button>
        }
    };
    html! {
        <div class="field choice">
            <p class="label" id="gil-label">{ "The busy code" }</p>
            <div class="segments" role="group" aria-labelledby="gil-label" aria-describedby="help-gil">
                { choice(true, "holds the GIL") }
                { choice(false, "releases it") }
            </div>
            <p class="help" id="help-gil">
                { "Python code holds the GIL. NumPy, hashing of large data and compression release it." }
            </p>
        </div>
    }
}
