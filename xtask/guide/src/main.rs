//! Builds the guide: reads the chapters in a folder, checks them, and writes for each a file that the
//! page loads, and a static page, which reads without JavaScript.
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

use concurrency_playground::guide::contents::{ATTEMPTS, GLOSSARY, file_of, recorded_file_of};
use concurrency_playground::pitfalls::content::ALL;
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
        write(out, &file_of(&chapter.live.id), &encoded(&chapter.live)?)?;
        write(out, &recorded_file_of(&chapter.live.id), &encoded(&chapter.recorded)?)?;
        write(out, &format!("{}.html", chapter.live.id), static_page::chapter(&chapter))?;
    }
    let attempts = guide.recorded.only(ALL.iter().flat_map(|pitfall| pitfall.queries()));
    write(out, &recorded_file_of(ATTEMPTS), &encoded(&attempts)?)?;
    write(out, "index.html", static_page::contents(&guide))?;
    write(out, &file_of(GLOSSARY), &encoded(&guide.glossary)?)?;
    write(out, "glossary.html", static_page::glossary(&guide))
}

fn encoded(value: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    postcard::to_allocvec(value).map_err(Error::Encoding)
}

fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<(), Error> {
    let path = folder.join(name);
    fs::write(&path, content).map_err(|error| Error::File(path, error))
}
