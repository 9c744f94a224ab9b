//! The question that is being asked, and those already answered.

use super::words::words;
use crate::decision::{Question, Walk, path::joined};
use yew::prelude::*;

/// What [`QuestionCard`] is given.
#[derive(Clone, Properties)]
pub struct QuestionCardProps {
    /// What is asked.
    pub question: &'static Question,
    /// Which question of the walk it is, from 1.
    pub number: usize,
    /// The path that leads to it.
    pub path: String,
    /// Asks for a path.
    pub on_path: Callback<String>,
    /// Set to the question's heading.
    pub heading: NodeRef,
}

impl PartialEq for QuestionCardProps {
    fn eq(&self, other: &Self) -> bool {
        // The path says which question it is.
        self.path == other.path && self.on_path == other.on_path && self.heading == other.heading
    }
}

/// A question with its answers as buttons, and how one would find out.
#[component]
pub fn QuestionCard(props: &QuestionCardProps) -> Html {
    let question = props.question;
    let answers = question.answers.iter().map(|answer| {
        let path = joined(&props.path, answer.id);
        let onclick = props.on_path.reform(move |_: MouseEvent| path.clone());
        html! {
            // Keyed by the whole path: a button of the last question must not
            // live on, with the focus, as a button of this one.
            <li key={joined(&props.path, answer.id)}>
                <button type="button" class="button decide-answer" {onclick}>
                    <span class="decide-answer-label">{ answer.label }</span>
                    <span class="decide-answer-detail">{ words(answer.detail) }</span>
                </button>
            </li>
        }
    });
    html! {
        <section class="card decide-question">
            <fieldset>
                <legend>
                    <span class="decide-over">{ format!("Question {}", props.number) }</span>
                    <h2 ref={&props.heading} tabindex="-1">{ question.text }</h2>
                </legend>
                <ul class="decide-answers">{ for answers }</ul>
            </fieldset>
            <h3>{ "How you would find out" }</h3>
            <p class="decide-soft">{ words(question.how_to_find_out) }</p>
        </section>
    }
}

/// What [`Steps`] is given.
#[derive(Clone, PartialEq, Properties)]
pub struct StepsProps {
    /// The answers so far.
    pub walk: Walk,
    /// Asks for a path.
    pub on_path: Callback<String>,
}

/// The questions already answered, each with a button to answer it anew.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    let steps = props.walk.steps().iter().enumerate().map(|(i, step)| {
        let before = props.walk.clone().back_to(i).text();
        let onclick = props.on_path.reform(move |_: MouseEvent| before.clone());
        html! {
            <li>
                <span class="decide-check" aria-hidden="true">{ "✓" }</span>
                <span class="decide-step">
                    <span class="decide-soft">{ step.question.short }</span>
                    { " " }
                    <strong>{ step.answer.label }</strong>
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
    let restart = props.on_path.reform(|_: MouseEvent| String::new());
    html! {
        <section class="card decide-steps" aria-label="Your answers so far">
            <ol>{ for steps }</ol>
            if props.walk.steps().len() > 1 {
                <button type="button" class="button" onclick={restart}>{ "Start again" }</button>
            }
        </section>
    }
}
