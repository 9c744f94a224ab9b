//! The pages, one per route.

pub mod decide;
pub mod lab;
