//! Tests that measure, and so have the machine to themselves: they open their pages with
//! `Page::open_alone`. They are in one module so that the test harness, which goes by name, runs them
//! one after another: no core is left idle for the sake of one between two others.

mod cancelling;
mod charting;
mod freezing;
mod limits;
mod measuring;
mod memory;
mod predicting;
mod waiting;
