//! What a rule is about.

use super::case::Case;
use super::check::Check;

/// A rule: what it is about in general, and how it checks a case.
#[derive(Debug)]
pub struct Definition {
    /// The word in reports.
    pub id: &'static str,
    /// The words on the page.
    pub title: &'static str,
    /// What this is about in general, in a sentence for someone who learns it.
    pub summary: &'static str,
    /// Whether it is about the measured time, rather than what happened beside it.
    pub is_about_the_time: bool,
    /// Checks a case.
    pub check: fn(&Case) -> Check,
}
