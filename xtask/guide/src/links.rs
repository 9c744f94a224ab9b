//! Where links of the guide lead: `term:gil`, `chapter:the-gil`, `pitfall:lost-update`,
//! `primitive:lock`, `lab:workload=primes`, `page:decide`, and addresses of other sites.

use crate::error::Flaw;
use concurrency_playground::guide::block;
use concurrency_playground::guide::contents;
use concurrency_playground::pitfalls::id::PitfallId;
use concurrency_playground::primitives;

const PAGES: [&str; 7] =
    ["decide", "cheatsheet", "lab", "glossary", "pitfalls", "primitives", "guide"];

/// For whom links are made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The page that runs experiments.
    Page,
    /// Static pages, which lie in a folder of their own beside it.
    StaticPages,
}

/// The address for a link of the guide's Markdown, where `terms` are in the glossary.
pub fn address(to: &str, reader: For, terms: &[&str]) -> Result<String, Flaw> {
    let nowhere = || Flaw::Link(to.to_owned());
    if to.starts_with("https://") {
        return Ok(to.to_owned());
    }
    let (kind, name) = to.split_once(':').ok_or_else(nowhere)?;
    let live = match reader {
        For::Page => "#",
        For::StaticPages => "../#",
    };
    let is_there = match kind {
        "term" => terms.contains(&name),
        "chapter" => contents::chapter(name).is_some(),
        "pitfall" => PitfallId::from_id(name).is_some(),
        "primitive" => primitives::content::named(name).is_some(),
        "page" => PAGES.contains(&name),
        "lab" => block::checked(name).is_ok(),
        _ => false,
    };
    if !is_there {
        return Err(nowhere());
    }
    Ok(match (kind, reader) {
        ("term", For::Page) => format!("#/glossary/{name}"),
        ("term", For::StaticPages) => format!("glossary.html#{name}"),
        ("chapter", For::Page) => format!("#/guide/{name}"),
        ("chapter", For::StaticPages) => format!("{name}.html"),
        ("pitfall", _) => format!("{live}/pitfalls/{name}"),
        ("primitive", _) => format!("{live}/primitives/{name}"),
        ("lab", _) => format!("{live}/lab?{name}"),
        ("page", _) => format!("{live}/{name}"),
        _ => return Err(nowhere()),
    })
}
