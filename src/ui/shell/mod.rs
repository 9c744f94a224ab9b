//! What is around the pages: head, routes, theme, and the app that holds them.

pub mod route;
pub mod theme;

#[cfg(feature = "app")]
pub(crate) mod app;
#[cfg(feature = "app")]
pub(crate) mod cancelling;
#[cfg(feature = "app")]
pub(crate) mod header;
#[cfg(feature = "app")]
pub(crate) mod hooks;
