//! The glossary's terms.

use serde::{Deserialize, Serialize};

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its id, as in `#/glossary/<id>`.
    pub id: String,
    /// The term.
    pub term: String,
    /// What it means, in a sentence or two.
    pub means: String,
    /// The ids of others to look up.
    #[serde(default)]
    pub see: Vec<String>,
}
