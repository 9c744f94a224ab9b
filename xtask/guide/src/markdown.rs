//! A chapter's Markdown, cut into parts: text as HTML, and fenced blocks that are more than text.

use crate::error::Flaw;
use crate::links::{self, For};
use concurrency_playground::guide::block::{ExperimentBlock, Prediction};
use concurrency_playground::guide::chapter::Part;
use concurrency_playground::guide::claim::Claim;
use concurrency_playground::highlight::{Language, tokens};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, html};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// What a chapter may refer to.
pub struct Context<'a> {
    /// The terms of the glossary.
    pub terms: &'a [&'a str],
    /// The claims, for the chapter that lists them.
    pub claims: &'a [Claim],
}

/// The parts of a chapter, for `reader`.
pub fn parts(text: &str, reader: For, context: &Context) -> Result<Vec<Part>, Flaw> {
    let mut parts = Vec::new();
    let mut pending = Vec::new();
    let mut events = Parser::new_ext(text, Options::ENABLE_TABLES);
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                let content = content_of_block(&mut events);
                match block(&kind, &content, context)? {
                    Some(part) => {
                        flush(&mut pending, &mut parts);
                        parts.push(part);
                    }
                    None => pending.push(Event::Html(code(&kind, &content).into())),
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = links::address(&dest_url, reader, context.terms)?.into();
                pending.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            // A table scrolls by itself where it is wider than the screen.
            Event::Start(Tag::Table(alignments)) => {
                pending.push(Event::Html(
                    "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">"
                        .into(),
                ));
                pending.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                pending.push(Event::End(TagEnd::Table));
                pending.push(Event::Html("</div>".into()));
            }
            Event::Start(Tag::Image { .. }) => return Err(Flaw::NotAllowed("an image")),
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                return Err(Flaw::NotAllowed("HTML"));
            }
            other => pending.push(other),
        }
    }
    flush(&mut pending, &mut parts);
    Ok(parts)
}

fn content_of_block<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut content = String::new();
    for event in events {
        match event {
            Event::Text(text) => content.push_str(&text),
            _ => break,
        }
    }
    content
}

/// Puts the text so far among the parts.
fn flush(pending: &mut Vec<Event>, parts: &mut Vec<Part>) {
    if !pending.is_empty() {
        let mut written = String::new();
        html::push_html(&mut written, pending.drain(..));
        parts.push(Part::Html(written));
    }
}

/// The part that a fenced block is; `None` where it is code.
fn block(kind: &str, content: &str, context: &Context) -> Result<Option<Part>, Flaw> {
    Ok(Some(match kind {
        "experiment" => {
            let block: ExperimentBlock = read(kind, content)?;
            block.check().map_err(|problem| Flaw::Block(block.id.clone(), problem))?;
            Part::Experiment(block)
        }
        "predict" => Part::Predict(prediction(kind, content)?),
        "question" => Part::Question(prediction(kind, content)?),
        "lesson" => Part::Lesson(read(kind, content)?),
        "claims" => Part::Claims(context.claims.to_vec()),
        "python" | "rust" | "sh" | "text" => return Ok(None),
        other => return Err(Flaw::Fence(other.to_owned())),
    }))
}

fn prediction(kind: &str, content: &str) -> Result<Prediction, Flaw> {
    let asked: Prediction = read(kind, content)?;
    asked.check().map_err(|problem| Flaw::Block(asked.id.clone(), problem))?;
    Ok(asked)
}

fn read<T: DeserializeOwned>(kind: &str, content: &str) -> Result<T, Flaw> {
    toml::from_str(content).map_err(|error| Flaw::Toml(format!("in a block `{kind}`: {error}")))
}

/// Highlighted code.
fn code(language: &str, source: &str) -> String {
    let mut html = format!(
        "<pre class=\"code\" tabindex=\"0\" role=\"region\" aria-label=\"Code\"><code data-language=\"{}\">",
        escaped(language)
    );
    for token in tokens(Language::named(language), source.trim_end()) {
        let text = escaped(token.text);
        let _ = match token.kind.class() {
            Some(class) => write!(html, "<span class=\"{class}\">{text}</span>"),
            None => write!(html, "{text}"),
        };
    }
    html + "</code></pre>\n"
}

/// `text` as HTML has it.
pub fn escaped(text: &str) -> String {
    let entities = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")];
    entities.iter().fold(text.to_owned(), |text, (plain, entity)| text.replace(plain, entity))
}
