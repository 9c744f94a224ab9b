//! What all pages of pitfalls are given.

use crate::measure::report::Capabilities;
use crate::ui::pitfalls::page::AttemptRunner;
use yew::prelude::*;

/// What the pages of pitfalls are given.
#[derive(Clone, PartialEq, Properties)]
pub struct PitfallsPageProps {
    /// The name of a pitfall, as it stands in the address; empty for the list.
    pub name: String,
    /// Runs its attempts.
    pub runner: AttemptRunner,
    /// What this browser can do.
    pub capabilities: Capabilities,
    /// Whether that is all known.
    pub is_probed: bool,
    /// Whether nothing runs on the page, whoever started it.
    pub is_idle: bool,
}
