//! What the end-to-end tests and the benchmark share.
//!
//! | file | holds |
//! | --- | --- |
//! | [`server`] | a static host with the faults that hosts have |
//! | [`slow_host`] | a host that takes its time, and counts what is under way |
//! | [`driver`] | how Chromium and Firefox are started, and their drivers |
//! | [`browser`] | a browser with a fresh profile, and what drives it |
//! | [`threads`] | the workers that the operating system sees |
//! | [`memory`] | the memory that it sees in use |
//! | [`gil`] | what a report tells of a GIL |
//! | [`fault_matrix`] | tasks that fail on purpose, under every model |
//! | [`page`] | the playground in that browser: its elements and its scripting interface |
//! | [`download`] | what a reader downloads, and how large it is |
//! | [`reports`] | reports that the page is given, and files that are none |
//! | [`many_spans`] | a timeline of ten thousand spans, shown and moved |
//! | [`reference`] | the answers that the library computes here, without a browser |
//!
//! `SITE_DIR`, `CHROME` and `CHROMEDRIVER`, `FIREFOX` and `GECKODRIVER` say where things are; `cargo xtask test`
//! and `cargo xtask bench` set them.

pub mod browser;
pub mod download;
pub mod driver;
pub mod fault_matrix;
pub mod gil;
pub mod many_spans;
pub mod memory;
pub mod page;
pub mod reference;
pub mod reports;
pub mod server;
pub mod slow_host;
pub mod threads;

pub use page::Page;
pub use server::Site;
