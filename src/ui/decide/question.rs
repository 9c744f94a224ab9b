//! The question that is being asked, and those already answered.

use crate::advice::EvidencePath;
use crate::decision::path::joined;
use crate::decision::{Question, Walk};
use crate::ui::decide::words::words;
use yew::prelude::*;

/// A question with its answers as buttons, and how one would find out. It is the
/// `number`-th of its walk, counted from 1, and `path` leads to it; `heading` is set
/// to its heading.
pub fn question_card(
    question: &Question,
    number: usize,
    path: &str,
    on_path: &Callback<String>,
    heading: &NodeRef,
) -> Html {
    let answers = question.answers.iter().map(|answer| {
        let there = joined(path, answer.id);
        let onclick = on_path.reform(move |_: MouseEvent| there.clone());
        html! {
            // Keyed by the whole path: a button of the last question must not
            // live on, with the focus, as a button of this one.
            <li key={joined(path, answer.id)}>
                <button type="button" class="button decide-answer" {onclick}>
                    <span class="decide-answer-label">{ answer.label }</span>
                    <span class="decide-answer-detail">{ words(answer.detail) }</span>
                </button>
            </li>
        }
    });
    html! {
        <section key={format!("question {path}")} class="card decide-question">
            <fieldset>
                <legend>
                    <span class="decide-over">{ format!("Question {}", number) }</span>
                    <h2 ref={heading} tabindex="-1">{ question.text }</h2>
                </legend>
                <ul class="decide-answers">{ for answers }</ul>
            </fieldset>
            <h3>{ "How you would find out" }</h3>
            <p class="decide-soft">{ words(question.how_to_find_out) }</p>
        </section>
    }
}

/// The questions already answered, each with a button to answer it anew, and with its figure where
/// `evidence` has answered it.
pub fn steps(walk: &Walk, evidence: Option<&EvidencePath>, on_path: &Callback<String>) -> Html {
    let steps = walk.steps().iter().enumerate().map(|(i, step)| {
        let before = walk.clone().back_to(i).text();
        let onclick = on_path.reform(move |_: MouseEvent| before.clone());
        let answered = evidence.and_then(|evidence| evidence.steps.get(i));
        html! {
            <li>
                <span class="decide-check" aria-hidden="true">{ "✓" }</span>
                <span class="decide-step">
                    <span class="decide-soft">{ step.question.short }</span>
                    { " " }
                    <strong>{ step.answer.label }</strong>
                    if let Some(answered) = answered {
                        <span class="decide-figure">{ &answered.figure }</span>
                        <span class="decide-because">{ &answered.because }</span>
                    }
                </span>
                <button
                    type="button"
                    class="button"
                    aria-label={format!("Change the answer to: {}", step.question.text)}
                    {onclick}
                >
                    { "Change" }
                </button>
            </li>
        }
    });
    let restart = on_path.reform(|_: MouseEvent| String::new());
    html! {
        <section class="card decide-steps" aria-label="Your answers so far">
            <ol>{ for steps }</ol>
            if walk.steps().len() > 1 {
                <button type="button" class="button" onclick={restart}>{ "Start again" }</button>
            }
        </section>
    }
}
