//! The page. What it decides ([`state`], [`form`], [`own`], [`sharing`], [`route`], [`slider`]
//! and the geometry in [`charts`]) is pure and natively tested; the rest prints it, behind
//! the feature `app`.

pub mod charts;
pub mod form;
pub mod own;
pub mod route;
pub mod sharing;
pub mod slider;
pub mod state;
pub mod tabs;
pub mod theme;

#[cfg(feature = "app")]
mod app;
#[cfg(feature = "app")]
mod components;
#[cfg(feature = "app")]
mod file_loader;
#[cfg(feature = "app")]
mod hooks;
#[cfg(feature = "app")]
mod pages;
#[cfg(feature = "app")]
mod run_history;
#[cfg(feature = "app")]
mod runner;

#[cfg(feature = "app")]
pub use app::mount;
