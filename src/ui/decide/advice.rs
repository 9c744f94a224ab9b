//! The advice at the end of the questions.

use crate::decision::Leaf;
use crate::ui::decide::words::words;
use yew::prelude::*;

/// A leaf as a card; `heading` is set to its heading.
pub fn advice(leaf: &'static Leaf, heading: &NodeRef) -> Html {
    html! {
        <section key={leaf.id} class={classes!("card", "decide-advice", model_class(leaf))}>
            <p class="decide-over">{ "For this work" }</p>
            <h2 ref={heading} tabindex="-1">{ leaf.title }</h2>
            { model(leaf) }
            <p>{ words(leaf.why) }</p>
            { details(leaf) }
            { lab_links(leaf, true) }
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
