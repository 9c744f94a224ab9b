//! A chapter: its text, what can be run in it, and the list of chapters beside it.

use super::blocks::{experiment_block, lesson, prediction_block};
use super::claims::claims_view;
use super::context::{Context, GuideActions};
use super::loading::Loading;
use super::state::GuideState;
use crate::guide::chapter::{Entry, Part};
use crate::measure::report::Capabilities;
use yew::prelude::*;

/// The page of the chapter `id`.
pub fn chapter_view(
    id: &str,
    state: &GuideState,
    capabilities: &Capabilities,
    is_idle: bool,
    actions: &GuideActions,
) -> Html {
    let shown = match &state.chapter {
        Loading::UnderWay => html! { <p role="status">{ "Loading the chapter…" }</p> },
        Loading::Failed(failure) => {
            let on_retry = actions.on_retry.reform(|_: MouseEvent| ());
            html! {
                <section class="card" role="alert">
                    <p>{ failure.message() }</p>
                    <button class="button" type="button" onclick={on_retry}>{ "Try again" }</button>
                </section>
            }
        }
        Loading::Done(chapter) => {
            whole(&Context { chapter, state, capabilities, is_idle, actions })
        }
    };
    html! { <div class="guide" key={id.to_owned()} data-chapter={id.to_owned()}>{ shown }</div> }
}

fn whole(context: &Context) -> Html {
    let Context { chapter, is_idle, .. } = context;
    let number = chapter.contents.iter().position(|entry| entry.id == chapter.id);
    let number = number.unwrap_or_default() + 1;
    html! {
        <>
            { contents(context) }
            <article class="chapter">
                <p class="facts">
                    { format!("Chapter {number} · {} minutes · ", chapter.minutes) }
                    <em>{ format!("after this you can {}", chapter.goal) }</em>
                </p>
                <h1>{ &chapter.title }</h1>
                { for chapter.parts.iter().enumerate().map(|(at, part)| part_view(at, part, context)) }
                if let Some(next) = chapter.next() {
                    <p class="next" inert={!is_idle}>
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
        </>
    }
}

fn part_view(at: usize, part: &Part, context: &Context) -> Html {
    let shown = match part {
        // It was made of the project's own Markdown when the site was built.
        Part::Html(text) => Html::from_html_unchecked(AttrValue::from(text.clone())),
        Part::Experiment(block) => experiment_block(block, context),
        Part::Predict(asked) => prediction_block("Predict", asked, context),
        Part::Question(asked) => prediction_block("Question", asked, context),
        Part::Lesson(block) => lesson(block, context),
        Part::Claims(claims) => claims_view(claims, context),
    };
    // A link that is followed would end what runs.
    let inert = !context.is_idle && matches!(part, Part::Html(_));
    html! { <div key={at} class="part" {inert}>{ shown }</div> }
}

/// The list of chapters, with those marked whose questions were all answered.
fn contents(context: &Context) -> Html {
    let Context { chapter, state, is_idle, actions, .. } = context;
    let is_done =
        |entry: &Entry| entry.questions > 0 && state.progress.count(&entry.id) >= entry.questions;
    let done = chapter.contents.iter().filter(|entry| is_done(entry)).count();
    let asking = chapter.contents.iter().filter(|entry| entry.questions > 0).count();
    let entry = |entry: &Entry| {
        let current = (entry.id == chapter.id).then_some("page");
        let mark = if is_done(entry) { "✓ " } else { "" };
        html! {
            <li key={entry.id.clone()}>
                <a href={format!("#/guide/{}", entry.id)} aria-current={current}>
                    <span aria-hidden="true">{ mark }</span>{ &entry.title }
                    if is_done(entry) {
                        <span class="visually-hidden">{ " (done)" }</span>
                    }
                </a>
            </li>
        }
    };
    let on_reset = actions.on_reset.reform(|_: MouseEvent| ());
    html! {
        <nav class="contents" aria-label="Chapters" inert={!is_idle}>
            <details>
                <summary>{ "Chapters" }</summary>
                <ol>{ for chapter.contents.iter().map(entry) }</ol>
                <p><a href="#/glossary">{ "Glossary" }</a></p>
                <p class="help">{ format!("{done} of {asking} done. Kept in this browser.") }</p>
                if !state.progress.is_empty() {
                    <button id="reset-progress" class="button quiet" type="button" onclick={on_reset}>
                        { "Reset progress" }
                    </button>
                }
            </details>
        </nav>
    }
}
