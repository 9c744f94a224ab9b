//! A chapter: its text, what can be run in it, and the list of chapters beside it.

use super::blocks::{experiment_block, lesson, prediction_block};
use super::claims::claims_view;
use super::context::Context;
use super::loading::{LoadFailure, Loading};
use crate::guide::chapter::{Chapter, Part};
use crate::guide::contents::{CHAPTERS, Entry, next, position};
use crate::guide::progress::GuideProgress;
use web_sys::Element;
use yew::prelude::*;

/// The page of the chapter `id`.
pub fn chapter_view(id: &str, context: &Context) -> Html {
    let Context { state, is_idle, actions, .. } = *context;
    let content = match &state.chapter {
        Loading::UnderWay => html! { <p role="status">{ "Loading the chapter…" }</p> },
        Loading::Failed(failure) => failed(id, failure, &actions.on_retry),
        Loading::Done(chapter) => whole(chapter, context),
    };
    html! {
        <div class="guide" key={id.to_owned()} data-chapter={id.to_owned()}>
            { contents(id, &state.progress, &actions.on_reset, is_idle) }
            { content }
        </div>
    }
}

/// Why a chapter could not be loaded, and what can be done.
fn failed(id: &str, failure: &LoadFailure, on_retry: &Callback<()>) -> Html {
    html! {
        <section class="card" role="alert">
            <p>{ failure.message() }</p>
            <button class="button" type="button" onclick={on_retry.reform(|_: MouseEvent| ())}>
                { "Try again" }
            </button>
            <p>
                { "Its experiments can be run in the " }<a href="#/lab">{ "lab" }</a>
                { ", and are listed with it on a " }
                <a href={format!("guide/{id}.html")}>{ "static page" }</a>{ "." }
            </p>
        </section>
    }
}

/// The page of a chapter that is not there: the list of those that are.
// No part of a first visit, and so not of its caller.
#[inline(never)]
pub fn no_chapter(name: &str) -> Html {
    html! {
        <section class="card lost">
            <h1>{ "There is no such chapter" }</h1>
            <p>{ format!("No chapter is called “{name}”. Choose one of these:") }</p>
            <ol>{ for CHAPTERS.iter().map(|entry| html! {
                <li><a href={format!("#/guide/{}", entry.id)}>{ entry.title }</a></li>
            }) }</ol>
        </section>
    }
}

fn whole(chapter: &Chapter, context: &Context) -> Html {
    let is_idle = context.is_idle;
    let number = position(&chapter.id).unwrap_or_default() + 1;
    // A link that is followed would end what runs.
    let on_click = Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        if !is_idle && target.is_some_and(|it| it.closest("a").is_ok_and(|link| link.is_some())) {
            event.prevent_default();
        }
    });
    html! {
            <article class="chapter" onclick={on_click}>
                <p class="facts">
                    { format!("Chapter {number} · {} minutes · ", chapter.minutes) }
                    <em>{ format!("after this you can {}", chapter.goal) }</em>
                </p>
                <h1>{ &chapter.title }</h1>
                { for chapter.parts.iter().enumerate().map(|(at, part)| part_view(at, part, chapter, context)) }
                if let Some(next) = next(&chapter.id) {
                    <p class="next">
                        <a class="button primary" href={format!("#/guide/{}", next.id)}>
                            { format!("Next: {}", next.title) }
                        </a>
                    </p>
                }
                <p class="help">
                    <a href={format!("guide/{}.html", chapter.id)}>{ "This chapter as a static page" }</a>
                    { ", to print or to read without JavaScript." }
                </p>
            </article>
    }
}

fn part_view(at: usize, part: &Part, chapter: &Chapter, context: &Context) -> Html {
    let shown = match part {
        // It was made of the project's own Markdown when the site was built.
        Part::Html(text) => Html::from_html_unchecked(AttrValue::from(text.clone())),
        Part::Experiment(block) => experiment_block(block, context),
        Part::Predict(asked) => prediction_block("Predict", asked, context),
        Part::Question(asked) => prediction_block("Question", asked, context),
        Part::Lesson(block) => lesson(block, chapter, context),
        Part::Claims(claims) => claims_view(claims, context),
    };
    html! { <div key={at} class="part">{ shown }</div> }
}

/// The list of chapters, with those marked whose questions were all answered.
fn contents(id: &str, progress: &GuideProgress, on_reset: &Callback<()>, is_idle: bool) -> Html {
    let is_done =
        |entry: &Entry| entry.questions > 0 && progress.count(entry.id) >= entry.questions;
    let done = CHAPTERS.iter().filter(|entry| is_done(entry)).count();
    let asking = CHAPTERS.iter().filter(|entry| entry.questions > 0).count();
    let entry = |entry: &Entry| {
        let current = (entry.id == id).then_some("page");
        let mark = if is_done(entry) { "✓ " } else { "" };
        html! {
            <li key={entry.id}>
                <a href={format!("#/guide/{}", entry.id)} aria-current={current}>
                    <span aria-hidden="true">{ mark }</span>{ entry.title }
                    if is_done(entry) {
                        <span class="visually-hidden">{ " (done)" }</span>
                    }
                </a>
            </li>
        }
    };
    let on_reset = on_reset.reform(|_: MouseEvent| ());
    html! {
        <nav class="contents" aria-label="Chapters" inert={!is_idle}>
            <details>
                <summary>{ "Chapters" }</summary>
                <ol>{ for CHAPTERS.iter().map(entry) }</ol>
                <p><a href="#/glossary">{ "Glossary" }</a></p>
                <p class="help">{ format!("{done} of {asking} done. Kept in this browser.") }</p>
                if !progress.is_empty() {
                    <button id="reset-progress" class="button quiet" type="button" onclick={on_reset}>
                        { "Reset progress" }
                    </button>
                }
            </details>
        </nav>
    }
}
