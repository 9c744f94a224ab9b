//! The page of the glossary.

use super::loading::Loading;
use super::page::load;
use crate::browser::page;
use crate::guide::chapter::Glossary;
use crate::guide::glossary::Term;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What [`GlossaryPage`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct GlossaryPageProps {
    /// The id of the term to show; may be empty.
    pub term: AttrValue,
}

/// The page of the glossary.
#[component]
pub fn GlossaryPage(props: &GlossaryPageProps) -> Html {
    let glossary = use_state(|| Loading::<Glossary>::UnderWay);
    let fetch = {
        let glossary = glossary.setter();
        Callback::from(move |()| {
            let glossary = glossary.clone();
            spawn_local(async move {
                glossary.set(match load("glossary").await {
                    Ok(loaded) => Loading::Done(Rc::new(loaded)),
                    Err(failure) => Loading::Failed(failure),
                });
            });
        })
    };
    let fetching = fetch.clone();
    use_effect_with((), move |()| fetching.emit(()));
    let is_loaded = matches!(&*glossary, Loading::Done(_));
    use_effect_with((props.term.clone(), is_loaded), |(term, is_loaded)| {
        if *is_loaded && !term.is_empty() {
            page::focus(&anchor(term));
        }
    });
    let shown = match &*glossary {
        Loading::UnderWay => html! { <p role="status">{ "Loading the glossary…" }</p> },
        Loading::Failed(failure) => html! {
            <section class="card" role="alert">
                <p>{ failure.message() }</p>
                <button class="button" type="button" onclick={fetch.reform(|_| ())}>{ "Try again" }</button>
            </section>
        },
        Loading::Done(glossary) => terms(glossary, &props.term),
    };
    html! {
        <div class="guide">
            <article class="chapter">
                <h1>{ "Glossary" }</h1>
                { shown }
            </article>
        </div>
    }
}

fn terms(glossary: &Glossary, wanted: &str) -> Html {
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

fn anchor(term: &str) -> String {
    format!("term-{term}")
}
