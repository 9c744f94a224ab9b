//! The glossary's terms.

use crate::guide::chapter::Glossary;
use crate::guide::glossary::Term;
use yew::prelude::*;

/// All terms; the one that is `wanted` is marked.
pub fn terms(glossary: &Glossary, wanted: &str) -> Html {
    let is_there = wanted.is_empty() || glossary.terms.iter().any(|term| term.id == wanted);
    html! {
        <>
            if !is_there {
                <p class="card" role="alert">{ format!("There is no term “{wanted}”. These are all terms.") }</p>
            }
            <dl class="glossary">{ for glossary.terms.iter().map(|term| entry(term, wanted, glossary)) }</dl>
        </>
    }
}

fn entry(term: &Term, wanted: &str, glossary: &Glossary) -> Html {
    let named = |id: &str| glossary.terms.iter().find(|other| other.id == id);
    let see = term.see.iter().filter_map(|id| named(id));
    let current = (term.id == wanted).then_some("true");
    html! {
        <div key={term.id.clone()} class="term" aria-current={current}>
            <dt id={anchor(&term.id)} tabindex="-1">{ &term.term }</dt>
            <dd>
                { &term.means }
                { seen_at_work(&term.id) }
                if !term.see.is_empty() {
                    <span class="see">
                        { " See " }
                        { for see.enumerate().map(|(at, other)| html! {
                            <>
                                { if at > 0 { ", " } else { "" } }
                                <a href={format!("#/glossary/{}", other.id)}>{ &other.term }</a>
                            </>
                        }) }
                        { "." }
                    </span>
                }
            </dd>
        </div>
    }
}

/// The way to the page on which threads use what a term is about.
fn seen_at_work(term: &str) -> Html {
    let name = match term {
        "lock" => "/lock",
        "queue" => "/queue",
        "synchronization" => "",
        _ => return html! {},
    };
    html! { <>{ " " }<a href={format!("#/primitives{name}")}>{ "See it at work" }</a>{ "." }</> }
}

/// The id of a term's element.
pub fn anchor(term: &str) -> String {
    format!("term-{term}")
}
