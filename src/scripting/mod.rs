//! The scripting interface: the one object that the page offers to the console, to
//! course pages and to automated runs. Documented in `README.md`.

pub mod asked_advice;
pub mod catalogue;

#[cfg(feature = "app")]
mod playground;
#[cfg(feature = "app")]
mod pool;
#[cfg(feature = "app")]
mod pools;
#[cfg(feature = "app")]
mod recommending;
#[cfg(feature = "app")]
pub use playground::Playground;
