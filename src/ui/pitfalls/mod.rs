//! `#/pitfalls`: mistakes to be seen failing, and their cures. [`board`], which is pure, is what a
//! pitfall's page knows, [`advice`] its way to the decision tree, and [`figures`] what its experiments
//! showed; the `view` prints it; `page` does what it asks for.

pub mod advice;
pub mod board;
pub mod figures;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod view;
