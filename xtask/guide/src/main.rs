//! Builds the guide: reads the chapters in a folder, checks them, and writes for each a JSON file,
//! which the page loads, and a static page, which reads without JavaScript.
//!
//! `cargo xtask guide` calls it before every build of the site.
//!
//! | file | subject |
//! | --- | --- |
//! | `source` | the files of the guide: chapters, claims, terms, recorded runs |
//! | `markdown` | a chapter's Markdown, cut into parts |
//! | `links` | where links lead, on the page and on static pages |
//! | `static_page` | static pages |
//! | `static_block` | experiments, predictions and claims on them |
//! | `coverage` | which section of the article is where |

mod coverage;
mod error;
mod links;
mod markdown;
mod source;
mod static_block;
mod static_page;
#[cfg(test)]
mod tests;

use error::Error;
use source::Guide;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let (Some(source), Some(out), None) = (args.next(), args.next(), args.next()) else {
        eprintln!("Usage: guide <folder of Markdown> <folder to write>");
        return ExitCode::FAILURE;
    };
    match build(&source, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the guide in `source` and writes it into the folder `out`, which is there.
fn build(source: &Path, out: &Path) -> Result<(), Error> {
    let guide = Guide::read(source)?;
    for chapter in guide.chapters()? {
        write(out, &format!("{}.json", chapter.live.id), &json(&chapter.live))?;
        write(out, &format!("{}.html", chapter.live.id), &static_page::chapter(&chapter))?;
    }
    write(out, "index.html", &static_page::contents(&guide))?;
    write(out, "glossary.json", &json(&guide.glossary))?;
    write(out, "glossary.html", &static_page::glossary(&guide))
}

fn json(value: &impl serde::Serialize) -> String {
    // What was read from TOML and JSON can be written as JSON.
    serde_json::to_string(value).unwrap_or_default()
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Error> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(|error| Error::File(path, error))
}
