//! The advice at the end of the questions.

use crate::decision::{LabLink, Leaf};
use crate::experiment::link;
use crate::programs::Flavour;
use crate::ui::code::card::CodeCard;
use crate::ui::code::choice::Choice;
use crate::ui::decide::words::words;
use yew::prelude::*;

/// A leaf as a card; `heading` is set to its heading. Pools of programs are `workers` wide, unless
/// the leaf's experiment says. `race` puts the leaf to the test.
pub fn advice(leaf: &'static Leaf, heading: &NodeRef, workers: u32, race: Html) -> Html {
    html! {
        <section key={leaf.id} class={classes!("card", "decide-advice", model_class(leaf))}>
            <p class="decide-over">{ "For this work" }</p>
            <h2 ref={heading} tabindex="-1">{ leaf.title }</h2>
            { model(leaf) }
            <p>{ words(leaf.why) }</p>
            { details(leaf) }
            { lab_links(leaf, true) }
            { race }
            { programs(leaf, workers) }
        </section>
    }
}

/// The programs of a leaf, for its first experiment.
fn programs(leaf: &'static Leaf, workers: u32) -> Html {
    let query = leaf.links.first().map(LabLink::query).unwrap_or_default();
    let linked = link::pairs(&query).and_then(|pairs| link::read(&pairs, workers));
    let Ok(experiment) = linked.map(|linked| linked.experiment) else {
        unreachable!("every link of the tree is tested natively");
    };
    let choice = |&flavour: &Flavour| {
        let executor = leaf.model_of(flavour, &experiment.executors, workers);
        Choice { flavour, executor }
    };
    let choices: Vec<_> = leaf.programs.iter().map(choice).collect();
    html! {
        <section class="decide-code" aria-labelledby="decide-code-title">
            <h3 id="decide-code-title">{ "As a program" }</h3>
            <p class="decide-soft">
                { "It computes what the link above opens in the lab, and prints the same digest." }
            </p>
            <CodeCard id="advice-code" workload={experiment.workload} {choices} />
        </section>
    }
}

/// The style that gives a leaf its model's colour.
pub fn model_class(leaf: &Leaf) -> String {
    format!("model-{}", leaf.model.id())
}

/// The model's colour and its name.
pub fn model(leaf: &Leaf) -> Html {
    html! {
        <p class={classes!("decide-model", model_class(leaf))}>
            <span class="decide-chip" aria-hidden="true"></span>
            <span class="decide-soft">{ "Model: " }</span>
            { leaf.model.title() }
        </p>
    }
}

/// What it is called, and what the lab shows of it.
pub fn details(leaf: &'static Leaf) -> Html {
    html! {
        <dl class="decide-details">
            <dt>{ "In Python" }</dt>
            <dd>{ words(leaf.python) }</dd>
            <dt>{ "In Rust" }</dt>
            <dd>{ words(leaf.rust) }</dd>
            <dt>{ "In the lab" }</dt>
            <dd>{ words(leaf.in_the_lab) }</dd>
        </dl>
    }
}

/// The links to the experiments; the first one stands out where `prominent`.
pub fn lab_links(leaf: &'static Leaf, prominent: bool) -> Html {
    let links = leaf.links.iter().enumerate().map(|(i, link)| {
        let class = match (prominent, i) {
            (true, 0) => "button primary",
            (true, _) => "button",
            (false, _) => "",
        };
        html! { <a {class} href={link.href()}>{ link.label }</a> }
    });
    html! { <p class="decide-links">{ for links }</p> }
}
