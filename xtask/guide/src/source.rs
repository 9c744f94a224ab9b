//! The files of the guide.

use crate::coverage;
use crate::error::{Error, Flaw};
use crate::links::For;
use crate::markdown::{self, Context};
use concurrency_playground::guide::chapter::{Chapter, Glossary, Part};
use concurrency_playground::guide::claim::Claim;
use concurrency_playground::guide::contents::{CHAPTERS, Entry, chapter};
use concurrency_playground::guide::recorded::Recorded;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The chapter that lists the claims, and asks nothing else.
const CLAIMS: &str = "is-it-so";
const QUESTIONS: usize = 3;

/// What stands before a chapter's text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    /// Its title.
    pub title: String,
    /// What the reader can do after it.
    pub goal: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The sections of the article that it covers.
    pub article: Vec<String>,
}

/// A chapter as it is written.
pub struct Written {
    /// Its id.
    pub id: &'static str,
    /// What stands before its text.
    pub front: FrontMatter,
    /// Its Markdown.
    pub text: String,
}

/// A chapter, for both kinds of pages.
pub struct Built {
    /// As the page loads it.
    pub live: Chapter,
    /// Its parts on its static page.
    pub static_parts: Vec<Part>,
    /// Its runs as they were recorded on another device.
    pub recorded: Recorded,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    #[serde(rename = "claim")]
    claims: Vec<Claim>,
}

/// All that the guide is made of.
pub struct Guide {
    /// Its chapters, in order.
    pub written: Vec<Written>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// The terms, in the order of the alphabet.
    pub glossary: Glossary,
    /// What every experiment came to on another device.
    pub recorded: Recorded,
}

impl Guide {
    /// The guide in `folder`.
    ///
    /// # Errors
    /// What is wrong, and in which file.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let written =
            CHAPTERS.iter().map(|entry| Written::read(folder, entry)).collect::<Result<_, _>>()?;
        let mut glossary: Glossary = toml(folder, "glossary.toml")?;
        glossary.terms.sort_by_key(|term| term.term.to_lowercase());
        let Claims { claims } = toml(folder, "claims.toml")?;
        let text = text(folder, "recorded.json")?;
        let recorded = serde_json::from_str(&text)
            .map_err(|error| Error::at("recorded.json", Flaw::Json(error.to_string())))?;
        let guide = Self { written, claims, glossary, recorded };
        guide.check()?;
        Ok(guide)
    }

    fn check(&self) -> Result<(), Error> {
        let terms = self.terms();
        unique(terms.iter().copied()).map_err(|flaw| Error::at("glossary.toml", flaw))?;
        let mut see = self.glossary.terms.iter().flat_map(|term| &term.see);
        if let Some(other) = see.find(|other| !terms.contains(&other.as_str())) {
            return Err(Error::at("glossary.toml", Flaw::Link(other.clone())));
        }
        let ids = self.claims.iter().map(|claim| claim.id.as_str());
        unique(ids).map_err(|flaw| Error::at("claims.toml", flaw))?;
        for claim in &self.claims {
            let flaw = |problem| Flaw::Block(claim.id.clone(), problem);
            claim.check().map_err(|problem| Error::at("claims.toml", flaw(problem)))?;
            coverage::check_section(&claim.section)
                .map_err(|flaw| Error::at("claims.toml", flaw))?;
        }
        coverage::check(&self.written)
    }

    /// The ids of all terms.
    pub fn terms(&self) -> Vec<&str> {
        self.glossary.terms.iter().map(|term| term.id.as_str()).collect()
    }

    /// All chapters, checked.
    ///
    /// # Errors
    /// What is wrong, and in which file.
    pub fn chapters(&self) -> Result<Vec<Built>, Error> {
        self.written
            .iter()
            .map(|written| {
                self.chapter(written).map_err(|flaw| Error::at(format!("{}.md", written.id), flaw))
            })
            .collect()
    }

    fn chapter(&self, written: &Written) -> Result<Built, Flaw> {
        let context = Context { terms: &self.terms(), claims: &self.claims };
        let parts = markdown::parts(&written.text, For::Page, &context)?;
        let static_parts = markdown::parts(&written.text, For::StaticPages, &context)?;
        check_parts(written.id, &parts)?;
        let FrontMatter { title, goal, minutes, .. } = &written.front;
        let live = Chapter {
            id: written.id.to_owned(),
            title: title.clone(),
            goal: goal.clone(),
            minutes: *minutes,
            parts,
        };
        let recorded = self.recorded.only(live.parts.iter().flat_map(runs));
        Ok(Built { live, static_parts, recorded })
    }
}

impl Written {
    fn read(folder: &Path, entry: &'static Entry) -> Result<Self, Error> {
        let name = format!("{}.md", entry.id);
        let whole = text(folder, &name)?;
        let parts = whole.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let (front, text) = parts.ok_or_else(|| Error::at(name.clone(), Flaw::NoFrontMatter))?;
        let front: FrontMatter = toml::from_str(front)
            .map_err(|error| Error::at(name.clone(), Flaw::Toml(error.to_string())))?;
        if front.title != entry.title {
            return Err(Error::at(name, Flaw::Contents("title", entry.title.to_owned())));
        }
        Ok(Self { id: entry.id, front, text: text.to_owned() })
    }
}

/// All queries that a part of a chapter runs.
pub fn runs(part: &Part) -> Vec<&str> {
    match part {
        Part::Claims(claims) => claims.iter().filter_map(|it| it.run.as_deref()).collect(),
        other => other.run().map(|(_, run)| run).into_iter().collect(),
    }
}

fn check_parts(id: &str, parts: &[Part]) -> Result<(), Flaw> {
    unique(parts.iter().filter_map(|part| part.run()).map(|(id, _)| id))?;
    for (at, part) in parts.iter().enumerate() {
        let Part::Lesson(lesson) = part else { continue };
        let above = parts[..at].iter().filter_map(|part| part.run());
        let run = above.clone().find(|(id, _)| *id == lesson.of).map(|(_, run)| run);
        let run = run.ok_or_else(|| Flaw::NothingAbove(lesson.of.clone()))?;
        let flaw = |problem| Flaw::Block(lesson.of.clone(), problem);
        let experiment = concurrency_playground::guide::block::checked(run).map_err(flaw)?;
        lesson.text.check(experiment.executors.len()).map_err(flaw)?;
    }
    let asked =
        parts.iter().filter(|it| matches!(it, Part::Predict(_) | Part::Question(_))).count();
    let expected = chapter(id).map_or(0, |entry| entry.questions);
    if asked != expected {
        return Err(Flaw::Contents("number of questions", expected.to_string()));
    }
    if id == CLAIMS {
        return Ok(());
    }
    let questions = parts.iter().filter(|part| matches!(part, Part::Question(_))).count();
    if questions != QUESTIONS {
        return Err(Flaw::Questions(questions));
    }
    match parts.iter().any(|part| matches!(part, Part::Predict(_))) {
        true => Ok(()),
        false => Err(Flaw::NoPrediction),
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), Flaw> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Flaw::Twice(id.to_owned()));
        }
    }
    Ok(())
}

fn toml<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, Error> {
    toml::from_str(&text(folder, name)?)
        .map_err(|error| Error::at(name, Flaw::Toml(error.to_string())))
}

fn text(folder: &Path, name: &str) -> Result<String, Error> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(|error| Error::File(path, error))
}
