//! Attempts: programs that a reader starts by a button on a page about them. [`board`], which is pure, is
//! what such a page knows; the `view` prints the button and what came of it; `page` starts and cancels.

pub mod board;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod view;
