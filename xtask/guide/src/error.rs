//! What may be wrong with the guide's files.

use concurrency_playground::guide::problem::Problem;
use std::path::PathBuf;
use std::{fmt, io};

/// What is wrong, and where.
#[derive(Debug)]
pub enum Error {
    /// A file cannot be read or written.
    File(PathBuf, io::Error),
    /// What was read cannot be written.
    Encoding(postcard::Error),
    /// Something in a file is wrong.
    In(String, Box<Flaw>),
}

/// What is wrong in a file.
#[derive(Debug)]
pub enum Flaw {
    /// It is not TOML, or has keys that nobody knows.
    Toml(String),
    /// It is not JSON, or has keys that nobody knows.
    Json(String),
    /// There is no front matter between lines of `+++`.
    NoFrontMatter,
    /// A block of this name is wrong.
    Block(String, Problem),
    /// Two have this id.
    Twice(String),
    /// A link leads nowhere.
    Link(String),
    /// Something that chapters may not have.
    NotAllowed(&'static str),
    /// A lesson quotes what is not further up.
    NothingAbove(String),
    /// There are not exactly three questions at the end.
    Questions(usize),
    /// There is no prediction.
    NoPrediction,
    /// The table of contents in `src/guide/contents.rs` has another title, or number of questions.
    Contents(&'static str, String),
    /// No such word may stand behind a fence.
    Fence(String),
    /// A section of the article is in no chapter.
    NotCovered(String),
    /// There is no such section in the article.
    NoSuchSection(String),
}

impl Error {
    /// `flaw`, which is in `place`.
    pub fn at(place: impl Into<String>, flaw: Flaw) -> Self {
        Self::In(place.into(), Box::new(flaw))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Encoding(error) => write!(f, "the guide cannot be written: {error}"),
            Self::In(place, flaw) => write!(f, "{place}: {flaw}"),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Toml(why) | Self::Json(why) => f.write_str(why),
            Self::NoFrontMatter => f.write_str("begin it with front matter between lines of `+++`"),
            Self::Block(id, problem) => write!(f, "in `{id}` {problem}"),
            Self::Twice(id) => write!(f, "there are two `{id}`"),
            Self::Link(to) => write!(f, "the link to `{to}` leads nowhere"),
            Self::NotAllowed(what) => write!(f, "{what} is not allowed here"),
            Self::NothingAbove(id) => write!(f, "a lesson quotes `{id}`, which is not above it"),
            Self::Questions(count) => write!(f, "there are {count} questions instead of three"),
            Self::NoPrediction => f.write_str("there is no prediction"),
            Self::Contents(what, expected) => {
                write!(f, "the {what} in src/guide/contents.rs is another one: {expected}")
            }
            Self::Fence(word) => write!(f, "a block cannot be `{word}`"),
            Self::NotCovered(section) => write!(f, "no chapter covers “{section}”"),
            Self::NoSuchSection(section) => write!(f, "the article has no section “{section}”"),
        }
    }
}
