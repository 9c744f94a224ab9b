//! The page of a pitfall: see it fail, understand why, fix it, and what that costs.

use super::attempt::attempt;
use super::costs::costs;
use super::props::Shown;
use super::steps::steps;
use crate::pitfalls::content;
use crate::pitfalls::definition::{Attempt, Case, Pitfall};
use crate::pitfalls::id::PitfallId;
use crate::ui::attempts::view::{AttemptPageProps, status, use_attempts};
use crate::ui::code::quoted::quoted;
use crate::ui::decide::words::{paragraphs, words};
use crate::ui::pitfalls::advice::advice;
use yew::prelude::*;

/// What [`PitfallPage`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PitfallPageProps {
    /// The pitfall.
    pub id: PitfallId,
    /// Set to the heading.
    pub heading: NodeRef,
    /// What the pages of all pitfalls are given.
    pub page: AttemptPageProps,
}

/// The page.
#[component]
pub fn PitfallPage(props: &PitfallPageProps) -> Html {
    let PitfallPageProps { id, heading, page } = props;
    let (board, tell) = use_attempts(&page.runner);
    let Some(pitfall) = content::pitfall(*id) else { return html! {} };
    let missing = pitfall.needs.missing(&page.capabilities);
    let missing_here = missing.as_deref();
    let shown = Shown { pitfall, board: &board, tell: &tell, page, missing: missing_here };
    html! {
        <div class="pitfalls">
            <header>
                <p class="label"><a href="#/pitfalls">{ "Break things" }</a></p>
                <h1 ref={heading} tabindex="-1">{ pitfall.title }</h1>
                <p>{ words(pitfall.line) }</p>
            </header>
            { status(&board) }
            if let Some(missing) = &missing {
                <p class="card pitfall-notice" id="missing">
                    <strong>{ "This cannot run here. " }</strong>{ missing.clone() }
                    { " The results below were recorded elsewhere." }
                </p>
            }
            { for pitfall.cases.iter().map(|of| case(of, &shown)) }
            { costs(&shown) }
            { quoted(pitfall.python) }
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
