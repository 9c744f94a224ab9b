//! What a rule is about.

/// What a rule is about in general.
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
}
