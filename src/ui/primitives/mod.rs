//! `#/primitives`: the primitives of `threading`, seen at work. [`lanes`], which is pure, is where everything
//! goes in the drawing of who had what and who waited; the `view` prints it.

pub mod lanes;

#[cfg(feature = "app")]
pub(crate) mod view;
