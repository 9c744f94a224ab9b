//! Data that the reader brings along: a picture or a text.

use super::params::{IgnoredParams, ParamSpec, ParamType, Place, Reader};
use crate::failure::{Failure, InputProblem, Result};
use serde_json::Value;
use std::rc::Rc;

/// The parameter that says whose data it is.
pub const SOURCE: ParamSpec = ParamSpec {
    name: "source",
    label: "Data",
    accepts: ParamType::Choice(&[GENERATED, OWN]),
    unit: "",
    help: "Generated from random numbers, or your own file.",
    place: Place::Front,
    unless: None,
};
const GENERATED: &str = "generated";
const OWN: &str = "own";

/// What a reader can bring along for a workload that has [`SOURCE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnDataSpec {
    /// What kind of file.
    pub media: Media,
    /// Parameters that the file decides: nobody has to type them.
    pub measures: &'static [&'static str],
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A picture, of which the task reads RGBA bytes.
    Picture {
        /// Most pixels in a row, and most rows.
        max_edge: u32,
    },
    /// A text in UTF-8.
    Text {
        /// Most bytes.
        max_bytes: u64,
    },
}

/// The parameters `names`, which mean nothing beside data of the reader's own.
pub const fn idle(names: &'static [&'static str]) -> IgnoredParams {
    IgnoredParams { names, beside: SOURCE.name, words: &[OWN] }
}

/// The parameters `names`, which mean nothing but beside data of the reader's own.
pub const fn idle_without(names: &'static [&'static str]) -> IgnoredParams {
    IgnoredParams { names, beside: SOURCE.name, words: &[GENERATED] }
}

/// Whether the parameters in a form or a script ask for the reader's own data.
pub fn is_own(source: Option<&str>) -> bool {
    source == Some(OWN)
}

/// Whether `reader`'s parameters ask for the reader's own data.
///
/// # Errors
/// `InvalidInput` where `source` is no such word.
pub fn is_wanted(reader: &Reader) -> Result<bool> {
    reader.choice(SOURCE.name).map(|source| source == OWN)
}

/// The parameter that says so.
pub fn source(own: bool) -> (String, Value) {
    (SOURCE.name.to_owned(), if own { OWN } else { GENERATED }.into())
}

/// The reader's own data. It never leaves the machine: no link, report or history
/// holds it, so that a workload only says how much of it there must be.
#[derive(Clone, Debug)]
pub struct OwnData {
    /// The file's name, for the page.
    pub name: String,
    /// The bytes that tasks read: a picture's RGBA, a text's UTF-8.
    pub bytes: Rc<Vec<u8>>,
}

/// The same data, not merely equal: comparing it byte by byte could take long.
impl PartialEq for OwnData {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Rc::ptr_eq(&self.bytes, &other.bytes)
    }
}

/// Whether `own` is what a workload wants that needs `wanted` bytes of the reader's
/// own.
///
/// # Errors
/// `InvalidInput` that says to bring it again.
pub fn check(wanted: Option<usize>, own: Option<&OwnData>) -> Result<()> {
    match (wanted, own) {
        (None, _) => Ok(()),
        (Some(bytes), Some(own)) if own.bytes.len() == bytes => Ok(()),
        (Some(_), _) => Err(Failure::invalid("source", InputProblem::OwnDataMissing)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_data_must_be_what_was_described() {
        let own = OwnData { name: "a.txt".into(), bytes: Rc::new(vec![0; 4]) };
        assert_eq!(check(None, None), Ok(()));
        assert_eq!(check(Some(4), Some(&own)), Ok(()));
        for (wanted, own) in [(Some(5), Some(&own)), (Some(4), None)] {
            let failure = check(wanted, own).unwrap_err();
            assert!(failure.message().starts_with("source: your own data"), "{failure}");
        }
    }
}
