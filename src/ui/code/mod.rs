//! Programs that do the same work outside of the page: a card with one, and the cheatsheet, which
//! has all of them.

#[cfg(feature = "app")]
pub mod card;
#[cfg(feature = "app")]
pub mod cheatsheet;
pub mod choice;
#[cfg(feature = "app")]
pub mod highlighted;
#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod quoted;
#[cfg(feature = "app")]
pub mod request;
