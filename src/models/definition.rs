//! The definition of a model: ids, names, options, and where its data is.

use super::option::OptionSpec;

/// What a model is. Its colours and its pattern are in `www/models.css`.
#[derive(Debug)]
pub struct Definition {
    /// The id in links, scripts and reports.
    pub id: &'static str,
    /// The name on the page.
    pub title: &'static str,
    /// The name in running text.
    pub in_text: &'static str,
    /// The same at the beginning of a sentence.
    pub at_start: &'static str,
    /// Whether that is in the plural.
    pub is_plural: bool,
    /// What Python calls it.
    pub python: &'static str,
    /// What stands in for it in the browser, in a sentence.
    pub here: &'static str,
    /// Where its tasks find their data.
    pub memory: Memory,
    /// Whether it is only for workloads whose tasks wait for something and then compute with it.
    pub needs_stages: bool,
    /// Its options, the size of the pool first.
    pub options: &'static [OptionSpec],
}

/// Where the tasks of a model find their data. What the model needs of the browser, how much
/// memory it takes and which lanes its timeline has follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// In the page's memory: they run on the page's own thread.
    Page,
    /// In one memory that all workers share, and one of them coordinates.
    Shared,
    /// In a memory of each worker's own.
    Own,
}

impl Memory {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Page, Self::Shared, Self::Own];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Shared => "shared",
            Self::Own => "own",
        }
    }
}
