//! The page of a pitfall: see it fail, understand why, fix it, and what that costs.

use super::attempt::attempt;
use super::costs::costs;
use super::props::{PitfallsPageProps, Shown};
use super::python::python;
use super::steps::steps;
use super::text::paragraphs;
use crate::pitfalls::content;
use crate::pitfalls::definition::{Attempt, Case, Pitfall};
use crate::pitfalls::id::PitfallId;
use crate::ui::decide::words::words;
use crate::ui::pitfalls::advice::advice;
use crate::ui::pitfalls::board::{Board, Event};
use std::rc::Rc;
use yew::prelude::*;

struct Store(Board);

impl Reducible for Store {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        Rc::new(Self(self.0.after(event)))
    }
}

/// What [`PitfallPage`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PitfallPageProps {
    /// The pitfall.
    pub id: PitfallId,
    /// Set to the heading.
    pub heading: NodeRef,
    /// What the pages of all pitfalls are given.
    pub page: PitfallsPageProps,
}

/// The page.
#[component]
pub fn PitfallPage(props: &PitfallPageProps) -> Html {
    let PitfallPageProps { id, heading, page } = props;
    let board = use_reducer(|| Store(Board::default()));
    let tell = use_memo((), |()| {
        let dispatcher = board.dispatcher();
        Callback::from(move |event| dispatcher.dispatch(event))
    });
    let board = &board.0;
    let (runner, told) = (page.runner.clone(), Callback::clone(&tell));
    use_effect_with(board.under_way().is_some(), move |is_running| {
        let listener = is_running.then(|| runner.on_escape(told));
        move || drop(listener)
    });
    let runner = page.runner.clone();
    use_effect_with((), move |()| move || runner.stop());
    let Some(pitfall) = content::pitfall(*id) else { return html! {} };
    let missing = pitfall.needs.missing(&page.capabilities);
    let shown = Shown { pitfall, board, tell: &tell, page, missing: missing.as_deref() };
    html! {
        <div class="pitfalls">
            <header>
                <p class="label"><a href="#/pitfalls">{ "Break things" }</a></p>
                <h1 ref={heading} tabindex="-1">{ pitfall.title }</h1>
                <p>{ words(pitfall.line) }</p>
            </header>
            <p class="visually-hidden" role="status" aria-live="polite" id="pitfall-status">
                { board.said().to_owned() }
            </p>
            if let Some(missing) = &missing {
                <p class="card pitfall-notice" id="missing">
                    <strong>{ "This cannot run here. " }</strong>{ missing.clone() }
                    { " The results below were recorded elsewhere." }
                </p>
            }
            { for pitfall.cases.iter().map(|of| case(of, &shown)) }
            { costs(&shown) }
            { python(pitfall) }
            { onwards(pitfall) }
        </div>
    }
}

fn case(case: &'static Case, shown: &Shown) -> Html {
    let attempts = |all: &'static [Attempt]| all.iter().map(|one| attempt(one, shown));
    // Headings below a case's own are one level deeper.
    let part = |title: &'static str| match case.title {
        Some(_) => html! { <h3>{ title }</h3> },
        None => html! { <h2>{ title }</h2> },
    };
    html! {
        <section class="card pitfall-case">
            if let Some(title) = case.title {
                <h2>{ title }</h2>
            }
            { part("See it fail") }
            { paragraphs(case.see) }
            { for attempts(case.fails) }
            { part("Understand why") }
            { paragraphs(case.why) }
            { steps(shown.pitfall.id) }
            { part("Fix it") }
            { for attempts(case.cures) }
        </section>
    }
}

/// The way to the decision tree, and the next pitfall of the list.
fn onwards(pitfall: &Pitfall) -> Html {
    let after = content::ALL.iter().skip_while(|one| one.id != pitfall.id).nth(1);
    html! {
        <>
            if let Some((leaf, href)) = advice(pitfall) {
                <p class="pitfall-onwards">
                    { "In the decision tree: " }<a {href}>{ leaf.title }</a>
                </p>
            }
            <p class="pitfall-onwards">
                if let Some(next) = after {
                    { "Next: " }
                    <a href={format!("#/pitfalls/{}", next.id.id())}>{ next.title }</a>
                } else {
                    <a href="#/pitfalls">{ "All pitfalls" }</a>
                }
            </p>
        </>
    }
}
