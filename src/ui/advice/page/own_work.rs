//! `#/decide/own-work`: advice on work that cannot be run here.

use crate::advice::own_work::FIELDS;
use crate::advice::{EvidencePath, advise};
use crate::browser::turn::Timer;
use crate::experiment::typed_number::NumberFormat;
use crate::ui::advice::address::FollowedLinks;
use crate::ui::advice::page::profile_file::ProfileFile;
use crate::ui::advice::sentences::announcement;
use crate::ui::advice::typed::{Change, TypedWork};
use crate::ui::advice::view::card::{advice_cards, evidence_tree};
use crate::ui::advice::view::fields::field;
use crate::ui::advice::view::lens_choice::lens_choice;
use crate::ui::advice::view::refused::refused;
use crate::ui::decide::ways::{Way, ways};
use crate::ui::shell::route::Route;
use crate::workloads::params::Place;
use std::rc::Rc;
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
    /// Told what the link to the work as it stands says, which becomes the address.
    pub on_query: Callback<String>,
    /// Told which evidence the reader follows into the decision tree.
    pub on_evidence: Callback<Rc<EvidencePath>>,
}

struct Store(TypedWork);

impl Reducible for Store {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        Rc::new(Self(self.0.after(change)))
    }
}

/// The page.
#[component]
pub fn OwnWorkPage(props: &OwnWorkPageProps) -> Html {
    let links = use_mut_ref(|| FollowedLinks::opened(&props.query));
    let followed = links.borrow_mut().see(&props.query);
    let link = (followed, props.cores, props.numbers);
    let query = props.query.clone();
    let linked =
        use_memo(link, move |(_, cores, numbers)| TypedWork::of_link(&query, *cores, *numbers));
    let store = use_reducer(|| Store(linked.0.clone()));
    let work = &store.0;
    let is_changed = use_mut_ref(|| false);
    {
        let (dispatcher, is_changed) = (store.dispatcher(), is_changed.clone());
        // Another link may say what the last one said, and not what was typed since.
        use_effect_with((followed, linked.clone()), move |(_, linked)| {
            *is_changed.borrow_mut() = false;
            dispatcher.dispatch(Change::Linked(Box::new(linked.0.clone())));
        });
    }
    {
        let on_query = props.on_query.clone();
        let is_changed = is_changed.clone();
        use_effect_with(work.clone(), move |work| {
            let query = work.query();
            let write = move || {
                links.borrow_mut().write(&query);
                on_query.emit(query);
            };
            let settled = is_changed.borrow().then(|| Timer::after(SETTLED_MS, write));
            move || drop(settled)
        });
    }
    let change = {
        let dispatcher = store.dispatcher();
        Callback::from(move |change| {
            *is_changed.borrow_mut() = true;
            dispatcher.dispatch(change);
        })
    };
    let on_text = change.reform(|(field, text)| Change::Typed(field, text));
    let on_lens = change.reform(Change::ForLens);
    let on_spent = change.reform(Change::Profiled);
    let evidence = work.evidence();
    let errors = evidence.as_ref().err().cloned().unwrap_or_default();
    let advice = evidence.ok().and_then(|evidence| advise(work.lens, evidence, None));
    let from = format!("#{}", Route::OwnWork(work.query()).hash());
    let evidence = advice.as_ref().map(|advice| Rc::new(EvidencePath::of(advice, from)));
    let on_evidence = &props.on_evidence;
    let fields = |place: Place| {
        let fields = FIELDS.iter().filter(move |field| field.place == place);
        fields.map(|spec| field(spec, work, &errors, &on_text)).collect::<Html>()
    };
    let is_limited =
        FIELDS.iter().any(|one| one.place == Place::More && !linked.0.text(one).is_empty());
    html! {
        <div class="decide-page">
            <header class="decide-intro">
                <h1>{ "Which model suits your own work?" }</h1>
                <p>
                    { "Describe work that you cannot run here. The same tree answers from your figures, and \
                       the bars show what each model should take." }
                </p>
            </header>
            { ways(Way::OwnWork, &props.query) }
            <p class="decide-hidden" role="status">
                { advice.as_ref().map(announcement).unwrap_or_default() }
            </p>
            { refused(&linked.1) }
            <div class="decide-own">
                <div class="card experiment" role="form" aria-label="Your work">
                    { lens_choice(work.lens, &on_lens) }
                    { fields(Place::Front) }
                    if work.lens.has_gil() {
                        { gil_choice(work.holds_gil, &change) }
                    }
                    <ProfileFile tasks={work.tasks()} on_spent={on_spent} />
                    <details open={is_limited}>
                        <summary>{ "Limits" }</summary>
                        { fields(Place::More) }
                    </details>
                </div>
                <div class="decide-asked">
                    { match advice.as_ref().zip(evidence.as_ref()) {
                        Some((advice, evidence)) => {
                            advice_cards(advice, "own-work", Html::default(), evidence, on_evidence)
                        }
                        None => html! {
                            <p class="card">{ "Correct the marked fields to get advice." }</p>
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

/// Whether the busy code holds the GIL.
fn gil_choice(holds_gil: bool, change: &Callback<Change>) -> Html {
    let choice = |holds: bool, title: &'static str| {
        let onclick = change.reform(move |_: MouseEvent| Change::HoldsGil(holds));
        let pressed = (holds == holds_gil).to_string();
        html! {
            <button type="button" class="segment" aria-pressed={pressed} {onclick}>{ title }</button>
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
