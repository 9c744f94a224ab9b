//! `#/decide`: the decision tree, asked question by question, drawn, and
//! written out.
//!
//! The answers so far are the path in the address, so that any place in the
//! tree can be linked, and the browser's Back takes an answer back. Boxes and
//! outline are plain links for the same reason.

mod advice;
pub(crate) mod diagram;
mod evidence;
mod outline;
mod question;
pub(crate) mod ways;
pub(crate) mod words;

use crate::advice::EvidencePath;
use crate::decision::{Leaf, Node, TREE, Walk};
use advice::advice;
use diagram::diagrams;
use evidence::evidence_note;
use outline::outline;
use question::{question_card, steps};
use std::rc::Rc;
use ways::{Way, ways};
use yew::prelude::*;

/// What [`DecidePage`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct DecidePageProps {
    /// The value of the address's `path`, such as `io.thousands`; may be empty.
    pub path: AttrValue,
    /// How wide the pools of programs are, unless the experiment says.
    pub workers: u32,
    /// Asks to go to `#/decide?path=` and this path; empty means `#/decide`.
    pub on_path: Callback<String>,
    /// The evidence that has led to the path, where one has.
    pub evidence: Option<Rc<EvidencePath>>,
    /// Asks to drop the evidence.
    pub on_by_hand: Callback<()>,
    /// Gives what puts a leaf to the test.
    pub race: Callback<&'static Leaf, Html>,
    /// Called with the heading of the question or advice after another one came
    /// to be shown, so that the keyboard's focus can be moved there.
    #[prop_or_default]
    pub on_shown: Callback<NodeRef>,
}

/// The page of the decision tree.
#[component]
pub fn DecidePage(props: &DecidePageProps) -> Html {
    let heading = use_node_ref();
    use_told_of_changes(&props.path, &heading, &props.on_shown);

    let (walk, refused) = match Walk::parse(&TREE, &props.path) {
        Ok(walk) => (walk, None),
        Err(error) => (Walk::start(&TREE), Some(error.to_string())),
    };
    let card = match walk.here() {
        Node::Question(question) => {
            let number = walk.steps().len() + 1;
            question_card(question, number, &walk.text(), &props.on_path, &heading)
        }
        Node::Leaf(leaf) => advice(leaf, &heading, props.workers, props.race.emit(leaf)),
    };
    let evidence = props.evidence.as_deref();
    let figures = evidence.map(EvidencePath::figures).unwrap_or_default();
    let on_by_hand = {
        let (on_by_hand, on_shown) = (props.on_by_hand.clone(), props.on_shown.clone());
        Callback::from(move |_: MouseEvent| {
            on_by_hand.emit(());
            // The button is gone.
            on_shown.emit(heading.clone());
        })
    };
    html! {
        <div class="decide-page">
            <header class="decide-intro">
                <h1>{ "Which model suits your work?" }</h1>
                <p>
                    { "Answer up to four questions. Then test the advice in the lab: what you \
                       measure decides." }
                </p>
            </header>
            { ways(Way::Questions, "") }
            <p class="decide-hidden" role="status" aria-live="polite">{ walk.announcement() }</p>
            if let Some(message) = refused {
                <p class="card decide-refused" role="alert">
                    <strong>{ "This link is not in the tree." }</strong>
                    { format!(" {message} The first question is below.") }
                </p>
            }
            <div class="decide-columns">
                <div class="decide-asked">
                    if let Some(evidence) = evidence {
                        { evidence_note(evidence, on_by_hand) }
                    }
                    if !walk.steps().is_empty() {
                        { steps(&walk, evidence, &props.on_path) }
                    }
                    { card }
                </div>
                { diagrams(&walk, &figures) }
            </div>
            { outline(&walk) }
        </div>
    }
}

/// Calls `on_shown` with `heading` whenever `path` is another than before.
#[hook]
fn use_told_of_changes(path: &AttrValue, heading: &NodeRef, on_shown: &Callback<NodeRef>) {
    let is_first = use_mut_ref(|| true);
    let (heading, on_shown) = (heading.clone(), on_shown.clone());
    use_effect_with(path.clone(), move |_| {
        // A page that has just opened leaves the focus where it is.
        if !is_first.replace(false) {
            on_shown.emit(heading);
        }
    });
}
