//! `#/pitfalls`: mistakes to be seen failing, and their cures. [`advice`], which is pure, is
//! the way to the decision tree, and so is [`figures`], what experiments showed; the `view` prints it.

pub mod advice;
pub mod figures;

#[cfg(feature = "app")]
pub(crate) mod view;
