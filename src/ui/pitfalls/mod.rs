//! `#/pitfalls`: mistakes to be seen failing, and their cures. [`board`], which is pure, is what a
//! pitfall's page knows, and [`advice`] its way to the decision tree; the `view` prints it; `page` does what
//! it asks for.

pub mod advice;
pub mod board;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod view;
