//! The tabs below the rows of a result: one view at a time.

use crate::failure::{Failure, NameProblem, Result, names};

/// The key of a link that names the open tab.
pub const KEY: &str = "show";

/// A view of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    /// Who did what when.
    #[default]
    Timeline,
    /// From the ideal to what was measured.
    TimeBreakdown,
    /// How much went on at once, and when the page froze.
    Concurrency,
    /// Every sample.
    Samples,
    /// What came out of the work: a picture, words, points.
    Result,
    /// Speedup over the number of workers.
    Scaling,
    /// What sharing data costs.
    Sharing,
    /// What starting workers costs.
    StartUp,
    /// The same work as a program outside of the page.
    Code,
    /// All figures.
    Table,
    /// Saving, comparing, earlier runs.
    Keep,
}

impl Tab {
    /// All tabs, in the order in which they stand.
    pub const ALL: [Self; 11] = [
        Self::Timeline,
        Self::TimeBreakdown,
        Self::Concurrency,
        Self::Samples,
        Self::Result,
        Self::Scaling,
        Self::Sharing,
        Self::StartUp,
        Self::Code,
        Self::Table,
        Self::Keep,
    ];

    /// The word in links, and in the ids of elements.
    pub fn id(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::TimeBreakdown => "time",
            Self::Concurrency => "concurrency",
            Self::Samples => "samples",
            Self::Result => "result",
            Self::Scaling => "scaling",
            Self::Sharing => "sharing",
            Self::StartUp => "start-up",
            Self::Code => "code",
            Self::Table => "table",
            Self::Keep => "keep",
        }
    }

    /// The words on the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::TimeBreakdown => "Where the time went",
            Self::Concurrency => "Concurrency",
            Self::Samples => "Samples",
            Self::Result => "Result",
            Self::Scaling => "Scaling",
            Self::Sharing => "Sharing",
            Self::StartUp => "Start-up",
            Self::Code => "Code",
            Self::Table => "Table",
            Self::Keep => "Keep and compare",
        }
    }

    /// The tab that a link names.
    ///
    /// # Errors
    /// `InvalidInput` that lists the names there are.
    pub fn named(id: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|tab| tab.id() == id).ok_or_else(|| {
            Failure::invalid(KEY, NameProblem::NoSuchTab { known: names(Self::ALL.map(Self::id)) })
        })
    }

    /// Whether it is about one model, which the reader chooses.
    pub fn is_of_one_model(self) -> bool {
        matches!(
            self,
            Self::Timeline | Self::TimeBreakdown | Self::Concurrency | Self::Result | Self::Code
        )
    }

    /// The tab that `key` leads to from this one, as the ARIA authoring practices have it.
    pub fn after_key(self, key: &str) -> Option<Self> {
        let at = Self::ALL.iter().position(|tab| *tab == self)?;
        let count = Self::ALL.len();
        let next = match key {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        Self::ALL.get(next).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_tabs() {
        for tab in Tab::ALL {
            assert_eq!(Tab::named(tab.id()), Ok(tab));
        }
        let refused = Tab::named("bars").expect_err("no such tab");
        assert!(refused.message().starts_with("show: "), "{refused:?}");
    }

    #[test]
    fn keys_lead_around_and_to_the_ends() {
        assert_eq!(Tab::Timeline.after_key("ArrowRight"), Some(Tab::TimeBreakdown));
        assert_eq!(Tab::Timeline.after_key("ArrowLeft"), Some(Tab::Keep));
        assert_eq!(Tab::Keep.after_key("ArrowRight"), Some(Tab::Timeline));
        assert_eq!(Tab::Samples.after_key("Home"), Some(Tab::Timeline));
        assert_eq!(Tab::Samples.after_key("End"), Some(Tab::Keep));
        assert_eq!(Tab::Samples.after_key("ArrowDown"), None);
    }
}
