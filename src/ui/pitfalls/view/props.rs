//! What all attempts of a pitfall's page are shown with.

use crate::pitfalls::definition::Pitfall;
use crate::pitfalls::programs::Program;
use crate::ui::attempts::board::{Board, Event};
use crate::ui::attempts::view::{AttemptPageProps, Attempts};
use yew::prelude::*;

/// What all attempts of a page are shown with.
pub struct Shown<'a> {
    /// The pitfall.
    pub pitfall: &'static Pitfall,
    /// What came of its attempts.
    pub board: &'a Board,
    /// Told what happens.
    pub tell: &'a Callback<Event>,
    /// What the page is given.
    pub page: &'a AttemptPageProps,
    /// What keeps attempts from running here.
    pub missing: Option<&'a str>,
}

impl Shown<'_> {
    /// The same for what shows the attempts of any page.
    pub fn attempts(&self) -> Attempts<'_> {
        Attempts { board: self.board, tell: self.tell, page: self.page }
    }

    /// What keeps the attempt that runs `program`, and no other, from running here.
    pub fn missing_for(&self, program: Program) -> Option<String> {
        program.missing(&self.page.capabilities)
    }
}
