//! What the list of models knows, which each of its rows is given.

use crate::measure::report::Capabilities;
use crate::ui::lab::form::{Errors, Form};
use crate::ui::lab::state::Action;
use yew::Callback;

/// What the list of models shows.
pub struct Models<'a> {
    /// The form they stand in.
    pub form: &'a Form,
    /// What is wrong with the form.
    pub errors: &'a Errors,
    /// What the browser can do.
    pub capabilities: &'a Capabilities,
    /// Whether they may be changed.
    pub disabled: bool,
    /// Told what is chosen and typed.
    pub dispatch: &'a Callback<Action>,
}
