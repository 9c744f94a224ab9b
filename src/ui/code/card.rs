//! A card with the program of an experiment, to read, copy and download.

use super::choice::Choice;
use super::highlighted::listing;
use super::request::{CodeRequest, OnCode, Outcome};
use crate::highlight::Language;
use crate::programs::{NoProgram, Program};
use crate::ui::decide::words::words;
use crate::workloads::Workload;
use yew::prelude::*;

/// See [`CodeCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct CodeCardProps {
    /// Begins the ids of its elements.
    pub id: &'static str,
    /// What the program computes.
    pub workload: Workload,
    /// The programs to choose from.
    pub choices: Vec<Choice>,
}

/// A program, with a choice of its flavour, or why there is none.
#[component]
pub fn CodeCard(props: &CodeCardProps) -> Html {
    let chosen = use_state_eq(|| 0);
    let outcome = use_state_eq(|| None::<Outcome>);
    let on_code = use_context::<OnCode>();
    // Another model may have fewer flavours.
    let at = if *chosen < props.choices.len() { *chosen } else { 0 };
    let choice = props.choices.get(at).cloned();
    let program = use_memo((props.workload.clone(), choice.clone()), |(workload, choice)| {
        let Choice { flavour, executor } = choice.as_ref().ok_or(NoProgram::ForeignModel)?;
        Program::new(workload, executor, *flavour)
    });
    {
        let outcome = outcome.clone();
        use_effect_with(program.clone(), move |_| outcome.set(None));
    }
    let choose = |(this, choice): (usize, &Choice)| {
        let chosen = chosen.clone();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(this));
        html! {
            <button type="button" class="segment" aria-pressed={(this == at).to_string()} {onclick}>
                { choice.flavour.title() }
            </button>
        }
    };
    html! {
        <div class="code-card" id={props.id}>
            if let Some(Choice { flavour, .. }) = choice {
                <div class="segments" role="group" aria-label="Program shown">
                    { for props.choices.iter().enumerate().map(choose) }
                </div>
                <p class="help">{ "When: " }{ words(flavour.when()) }</p>
            }
            { match &*program {
                Ok(program) => shown(props.id, program, on_code, &outcome),
                Err(none) => html! {
                    <p class="code-none" id={format!("{}-none", props.id)}>{ none.to_string() }</p>
                },
            } }
        </div>
    }
}

fn shown(
    id: &'static str,
    program: &Program,
    on_code: Option<OnCode>,
    outcome: &UseStateHandle<Option<Outcome>>,
) -> Html {
    let element: AttrValue = format!("{id}-text").into();
    let request = |file_name: Option<AttrValue>| {
        let (text, outcome) = (AttrValue::from(program.text.clone()), outcome.clone());
        let (element, on_code) = (element.clone(), on_code.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(on_code) = &on_code else { return };
            let outcome = outcome.clone();
            let on_done = Callback::from(move |done| outcome.set(Some(done)));
            let (text, element) = (text.clone(), element.clone());
            on_code.emit(CodeRequest { text, file_name: file_name.clone(), element, on_done });
        })
    };
    let language = match program.language {
        Language::Rust => "Rust",
        _ => "Python",
    };
    let label = format!("Program in {language}: {}", program.file_name);
    html! {
        <>
            <div class="code-tools">
                <span class="code-file">{ program.file_name.clone() }</span>
                <button type="button" class="button quiet" id={format!("{id}-copy")}
                    onclick={request(None)}>{ "Copy" }</button>
                <button type="button" class="button quiet" id={format!("{id}-download")}
                    onclick={request(Some(program.file_name.clone().into()))}>{ "Download" }</button>
                <span class="help" role="status" id={format!("{id}-status")}>
                    { outcome.as_ref().map(Outcome::message) }
                </span>
            </div>
            { listing(program.language, &program.text, element.clone(), label) }
        </>
    }
}
