//! The first page: twenty calls, one after another and at once; then work that computes, under every
//! model.
//!
//! | file | subject |
//! | --- | --- |
//! | `state` | what has happened so far, and what it shows |
//! | `calls_row` | where each call stands in its row |
//! | `page` | the page and its side effects |
//! | `view` | prints it |

pub mod calls_row;
pub mod state;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
mod view;
