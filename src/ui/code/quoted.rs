//! Short programs in Python that pages quote, each with what it prints.

use crate::highlight::Language;
use crate::pitfalls::definition::Python;
use crate::ui::code::highlighted::listing;
use crate::ui::code::request::{CodeRequest, OnCode, Outcome};
use crate::ui::decide::words::words;
use yew::prelude::*;

/// The programs, each with what it prints.
pub fn quoted(programs: &'static [Python]) -> Html {
    let of = programs.len();
    html! {
        <section class="card pitfall-python">
            <h2>{ "In Python" }</h2>
            { for programs.iter().enumerate().map(|(at, python)| html! {
                <PythonProgram number={at + 1} {of} {python} />
            }) }
        </section>
    }
}

/// What [`PythonProgram`] is given.
#[derive(Clone, PartialEq, Properties)]
struct PythonProgramProps {
    /// Which one it is, counted from 1.
    number: usize,
    /// How many there are.
    of: usize,
    /// The program.
    python: &'static Python,
}

/// A program to read and copy, and what it prints.
#[component]
fn PythonProgram(props: &PythonProgramProps) -> Html {
    let PythonProgramProps { number, of, python } = *props;
    let outcome = use_state_eq(|| None::<Outcome>);
    let on_code = use_context::<OnCode>();
    let name = match of {
        1 => "the program".to_owned(),
        _ => format!("program {number} of {of}"),
    };
    let id = AttrValue::from(format!("python-{number}"));
    let copy = {
        let (element, outcome) = (id.clone(), outcome.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(on_code) = &on_code else { return };
            let outcome = outcome.clone();
            let on_done = Callback::from(move |done| outcome.set(Some(done)));
            let (text, element) = (AttrValue::from(python.code), element.clone());
            on_code.emit(CodeRequest { text, file_name: None, element, on_done });
        })
    };
    html! {
        <>
            <p>{ words(python.says) }</p>
            <div class="code-tools">
                <button type="button" class="button quiet" id={format!("{id}-copy")}
                    aria-label={format!("Copy {name}")} onclick={copy}>{ "Copy" }</button>
                <span class="help" role="status">{ outcome.as_ref().map(Outcome::message) }</span>
            </div>
            { listing(Language::Python, python.code, id, format!("In Python: {name}")) }
            if !python.output.is_empty() {
                <p class="help">{ format!("It prints ({}):", python.version) }</p>
                <pre class="output" tabindex="0" role="region" translate="no"
                    aria-label={format!("What {name} prints")}>
                    <code>{ python.output }</code>
                </pre>
            }
            if let Some(source) = python.source {
                <p class="help">
                    <a href={source} rel="noreferrer">
                        { format!("Python documentation: {}", document(source)) }
                    </a>
                </p>
            }
        </>
    }
}

/// The name of the document that an address leads to: "pickle".
fn document(source: &str) -> &str {
    let file = source.rsplit('/').next().unwrap_or(source);
    file.split_once(".html").map_or(file, |(name, _)| name)
}
