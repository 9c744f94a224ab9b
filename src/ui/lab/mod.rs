//! The lab: its form, its runs and their results, and the state behind them.

pub mod form;
pub mod own;
pub mod slider;
pub mod state;
pub mod study_card;
pub mod tabs;

#[cfg(feature = "app")]
pub(crate) mod page;
#[cfg(feature = "app")]
pub(crate) mod results;
#[cfg(feature = "app")]
pub(crate) mod run;
#[cfg(feature = "app")]
pub(crate) mod view;
