//! What all pages of pitfalls are given, and all attempts of a page.

use crate::measure::report::Capabilities;
use crate::pitfalls::definition::Pitfall;
use crate::pitfalls::programs::Program;
use crate::ui::pitfalls::board::{Board, Event};
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

/// What all attempts of a page are shown with.
pub struct Shown<'a> {
    /// The pitfall.
    pub pitfall: &'static Pitfall,
    /// What came of its attempts.
    pub board: &'a Board,
    /// Told what happens.
    pub tell: &'a Callback<Event>,
    /// What the page is given.
    pub page: &'a PitfallsPageProps,
    /// What keeps attempts from running here.
    pub missing: Option<&'a str>,
}

impl Shown<'_> {
    /// What keeps the attempt that runs `program`, and no other, from running here.
    pub fn missing_for(&self, program: Program) -> Option<String> {
        program.missing(&self.page.capabilities)
    }
}
