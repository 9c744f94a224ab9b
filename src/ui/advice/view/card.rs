//! An advice: what is advised, how sure that is, why, and how long each model should take.

use crate::advice::answering::EvidenceStep;
use crate::advice::recommendation::Alternative;
use crate::advice::{Advice, EvidencePath, Prediction};
use crate::decision::{Model, TREE, Walk};
use crate::ui::advice::sentences::{certainty, heading, lens_title, takes};
use crate::ui::charts::predicted::view::predicted_chart;
use crate::ui::decide::diagram::diagrams;
use crate::ui::decide::words::words;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use yew::prelude::*;

/// All of an advice but its tree. `saved_as` begins the names of saved charts; `more` stands between what is advised
/// and the reasons; `on_evidence` is told when the reader follows the `evidence` into the decision tree.
pub fn advice_cards(
    advice: &Advice,
    saved_as: &'static str,
    more: Html,
    evidence: &Rc<EvidencePath>,
    on_evidence: &Callback<Rc<EvidencePath>>,
) -> Html {
    let model = match advice.leaf.model {
        Model::Machines => "model-machines".to_owned(),
        Model::Lab(_) => advice.recommended.kind().class(),
    };
    html! {
        <>
            <section class={classes!("card", "decide-advice", model)} id="advised">
                <p class="decide-over">{ format!("Advice for {}", lens_title(advice.lens)) }</p>
                <h2>{ heading(advice) }</h2>
                <p id="certainty">{ certainty(advice.certainty) }</p>
                if advice.leaf.model == Model::Machines {
                    <p>{ words(advice.leaf.why) }</p>
                }
                { alternatives(&advice.alternatives) }
            </section>
            { more }
            { times(advice, saved_as) }
            { reasons(evidence, on_evidence) }
            { caveats(advice) }
        </>
    }
}

fn alternatives(others: &[Alternative]) -> Html {
    let other = |one: &Alternative| {
        html! { <li>{ format!("{}: {}", one.executor.label(), takes(one.times)) }</li> }
    };
    html! {
        <details class="decide-others">
            <summary>{ "Other models" }</summary>
            <ul>{ for others.iter().map(other) }</ul>
        </details>
    }
}

/// How long each model should take: where the advice goes by CPython's costs, there; else here.
fn times(advice: &Advice, saved_as: &'static str) -> Html {
    let chart = |predicted: &[Prediction], title: &'static str| {
        let mut version = DefaultHasher::new();
        title.hash(&mut version);
        for one in predicted {
            one.executor.label().hash(&mut version);
            let [low, high] = one.interval90_ms;
            [one.median_ms, low, high].map(f64::to_bits).hash(&mut version);
        }
        predicted_chart(predicted.to_vec(), title, version.finish() as usize, saved_as)
    };
    match (&advice.costs, &advice.at_home) {
        (Some(_), Some(at_home)) if advice.lens.is_python() => {
            chart(at_home, "Predicted, in CPython")
        }
        (Some(_), _) => {
            let models = advice.lens.models();
            let predicted = advice.predicted.iter().filter(|one| models.contains(&one.kind()));
            chart(&predicted.cloned().collect::<Vec<_>>(), "Predicted, on this page")
        }
        (None, _) if advice.lens.is_python() => chart(&advice.predicted, "Predicted, in CPython"),
        (None, _) => chart(&advice.predicted, "Predicted, in Rust"),
    }
}

/// The decision tree, with the way of the evidence lit up. `on_evidence` is told when the reader goes there.
pub fn evidence_tree(
    evidence: &Rc<EvidencePath>,
    on_evidence: &Callback<Rc<EvidencePath>>,
) -> Html {
    let Ok(walk) = Walk::parse(&TREE, &evidence.text()) else {
        unreachable!("evidence walks the same tree");
    };
    html! {
        <div class="decide-evidence-tree" id="evidence-tree" onclick={on_click(evidence, on_evidence)}>
            { diagrams(&walk, &evidence.figures()) }
        </div>
    }
}

fn on_click(
    evidence: &Rc<EvidencePath>,
    on_evidence: &Callback<Rc<EvidencePath>>,
) -> Callback<MouseEvent> {
    let evidence = evidence.clone();
    on_evidence.reform(move |_: MouseEvent| evidence.clone())
}

/// The way through the tree, with the figures that it goes by.
fn reasons(evidence: &Rc<EvidencePath>, on_evidence: &Callback<Rc<EvidencePath>>) -> Html {
    let step = |step: &EvidenceStep| {
        html! {
            <li>
                <p>
                    <span class="decide-soft">{ step.question.short }</span>
                    { " " }
                    <strong>{ step.answer.label }</strong>
                    if step.is_close() {
                        <span class="decide-close">{ " close call" }</span>
                    }
                </p>
                <p>{ &step.because }</p>
            </li>
        }
    };
    html! {
        <section class="card decide-reasons" id="reasons" aria-labelledby="reasons-title">
            <h2 id="reasons-title">{ "Why" }</h2>
            <ol>{ for evidence.steps.iter().map(step) }</ol>
            <p>
                <a href={evidence.href()} onclick={on_click(evidence, on_evidence)}>
                    { "Show this path in the decision tree" }
                </a>
            </p>
        </section>
    }
}

fn caveats(advice: &Advice) -> Html {
    if advice.caveats.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card decide-caveats" id="caveats" aria-labelledby="caveats-title">
            <h2 id="caveats-title">{ "Limits of this advice" }</h2>
            <ul>{ for advice.caveats.iter().map(|caveat| html! { <li>{ caveat.message() }</li> }) }</ul>
        </section>
    }
}
