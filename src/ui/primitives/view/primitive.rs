//! The page of a primitive: what it is for, and what threads do with it.

use super::figures::{figures, list_of};
use super::timeline::Timeline;
use crate::measure::format;
use crate::pitfalls::definition::{Attempt, Start};
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::primitive::demonstration::{DEFAULT, FEWEST, MOST};
use crate::pitfalls::programs::processes::ProcessOutcome;
use crate::pitfalls::programs::threads::ThreadResult;
use crate::primitives::content;
use crate::primitives::definition::{Part, Primitive, with_threads};
use crate::ui::attempts::view::{AttemptPageProps, Attempts, button, result, status, use_attempts};
use crate::ui::code::quoted::quoted;
use crate::ui::decide::words::{paragraphs, words};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What [`PrimitivePage`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PrimitivePageProps {
    /// Set to the heading.
    pub heading: NodeRef,
    /// What all pages with attempts are given; the name is that of a primitive.
    pub page: AttemptPageProps,
}

/// How many threads take part, and what hears that the reader wants another number.
struct Threads {
    number: u32,
    on_change: Callback<Event>,
}

/// The page.
#[component]
pub fn PrimitivePage(props: &PrimitivePageProps) -> Html {
    let PrimitivePageProps { heading, page } = props;
    let (board, tell) = use_attempts(&page.runner);
    let threads = use_state_eq(|| DEFAULT);
    let chosen = threads.setter();
    let on_change = Callback::from(move |event: Event| {
        let said = event.target_unchecked_into::<HtmlSelectElement>().value();
        chosen.set(said.parse().unwrap_or(DEFAULT));
    });
    let threads = Threads { number: *threads, on_change };
    let Some(primitive) = content::named(&page.name) else { return html! {} };
    let missing = primitive.needs.missing(&page.capabilities);
    let attempts = Attempts { board: &board, tell: &tell, page };
    html! {
        <div class="pitfalls">
            <header>
                <p class="label"><a href="#/primitives">{ "Primitives" }</a></p>
                <h1 ref={heading} tabindex="-1">{ primitive.title }</h1>
                <p>{ words(primitive.line) }</p>
            </header>
            { status(&board) }
            <section class="card pitfall-case">
                <h2>{ "What it is for" }</h2>
                { paragraphs(primitive.about) }
            </section>
            if let Some(missing) = &missing {
                <p class="card pitfall-notice" id="missing">
                    <strong>{ "This cannot run here. " }</strong>{ missing.clone() }
                </p>
            } else {
                { for primitive.parts.iter().map(|of| part(of, primitive, &threads, attempts)) }
            }
            { quoted(primitive.python) }
            { onwards(primitive) }
        </div>
    }
}

fn part(
    of: &'static Part,
    primitive: &'static Primitive,
    threads: &Threads,
    attempts: Attempts,
) -> Html {
    html! {
        <section class="card pitfall-case">
            <h2>{ of.title }</h2>
            { paragraphs(of.see) }
            if of.is_for_any_number() { { choice(of, threads, attempts) } }
            { for of.attempts.iter().map(|one| attempt(one, primitive, threads.number, attempts)) }
        </section>
    }
}

/// How many threads take part.
fn choice(of: &Part, threads: &Threads, attempts: Attempts) -> Html {
    let id = of.attempts.first().map(|attempt| format!("threads-{}", attempt.id));
    let is_idle = attempts.page.is_idle;
    html! {
        <p class="thread-choice">
            <label for={id.clone()}>{ "Threads" }</label>
            <select {id} onchange={threads.on_change.clone()} disabled={!is_idle}>
                { for (FEWEST..=MOST).map(|number| html! {
                    <option value={number.to_string()} selected={number == threads.number}>
                        { number }
                    </option>
                }) }
            </select>
        </p>
    }
}

fn attempt(
    attempt: &'static Attempt,
    primitive: &'static Primitive,
    threads: u32,
    attempts: Attempts,
) -> Html {
    let Start::Program(program) = attempt.start else { return html! {} };
    let program: Program = with_threads(program, threads);
    let run = {
        let (runner, tell) = (attempts.page.runner.clone(), attempts.tell.clone());
        Callback::from(move |_: MouseEvent| runner.run(attempt.id, program, tell.clone()))
    };
    let known = attempts.board.attempted(attempt.id);
    let verdict = known.map(|known| known.came.as_ref().map_or("failed", Outcome::verdict));
    let runs = known.map_or(0, |known| known.runs);
    let is_first = primitive.parts.first().is_some_and(|part| part.attempts[0].id == attempt.id);
    let draw = |outcome: &Outcome| match outcome {
        Outcome::Threads(ThreadResult::Demonstrated(came)) => {
            let came = Rc::new(came.clone());
            html! { <>{ figures(&came, primitive) }<Timeline {came} /></> }
        }
        Outcome::Processes(ProcessOutcome::Demonstrated(came)) => list_of(came.figures()),
        other => html! {
            <p class="help">
                { other.took_ms().map(|took_ms| format!("It took {}.", format::duration(took_ms))) }
            </p>
        },
    };
    html! {
        <div class="attempt" data-attempt={attempt.id} data-verdict={verdict}
            data-runs={runs.to_string()}>
            { button((attempt.id, attempt.label), is_first, run, attempts) }
            { result(known, draw) }
            <p>{ words(attempt.about) }</p>
        </div>
    }
}

/// The next primitive of the list, and where mistakes with it are shown.
fn onwards(primitive: &Primitive) -> Html {
    let after = content::all().skip_while(|one| one.address != primitive.address).nth(1);
    html! {
        <>
            <p class="pitfall-onwards">
                { "What goes wrong with it: " }<a href="#/pitfalls">{ "Break things" }</a>
            </p>
            <p class="pitfall-onwards">
                if let Some(next) = after {
                    { "Next: " }
                    <a href={format!("#/primitives/{}", next.address)}>{ next.title }</a>
                } else {
                    <a href="#/primitives">{ "All primitives" }</a>
                }
            </p>
        </>
    }
}
