//! What a card with a program asks the page for.

use crate::failure::Failure;
use yew::prelude::*;

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The program is on the clipboard.
    Copied,
    /// The browser does not let the page copy: the program is selected.
    Selected,
    /// The program was offered as a file.
    Downloaded,
    /// It could not be.
    Failed(Failure),
}

impl Outcome {
    /// What to tell the reader.
    pub fn message(&self) -> String {
        match self {
            Self::Copied => "Copied.".to_owned(),
            Self::Selected => "This browser does not let the page copy here. The program is \
                               selected: press Ctrl+C or ⌘C to copy it."
                .to_owned(),
            Self::Downloaded => "Downloaded.".to_owned(),
            Self::Failed(failure) => failure.message(),
        }
    }
}

/// Asks to copy a program, or to download it.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeRequest {
    /// The program.
    pub text: AttrValue,
    /// The name of its file, where it is to be downloaded; else it is copied.
    pub file_name: Option<AttrValue>,
    /// The id of the element that shows it.
    pub element: AttrValue,
    /// Told what became of it.
    pub on_done: Callback<Outcome>,
}

/// Copies and downloads programs; the app provides it.
pub type OnCode = Callback<CodeRequest>;
