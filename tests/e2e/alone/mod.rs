//! Tests that measure, and so have the machine to themselves (`Page::open_alone`), or half of it where
//! that will do (`Page::open_with_half`). They are in one module so that the test
//! harness, which goes by name, runs them one after another: no core is left idle for the sake of one
//! between two others.

mod breaking;
mod cancelling;
mod charting;
mod freezing;
mod gil;
mod limits;
mod measuring;
mod pipelining;
mod predicting;
mod recommending;
mod slowing;
mod waiting;
