//! The page of the glossary, which loads it.

use super::load;
use crate::browser::page;
use crate::guide::chapter::Glossary;
use crate::guide::contents::GLOSSARY;
use crate::ui::guide::glossary::{anchor, terms};
use crate::ui::guide::loading::Loading;
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
            glossary.set(Loading::UnderWay);
            spawn_local(async move {
                glossary.set(match load(GLOSSARY).await {
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
