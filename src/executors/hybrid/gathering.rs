//! What a sample of a pipeline gathers, stage by stage.

use crate::browser::clock::BrowserClock;
use crate::failure::Failure;
use crate::measure::queue_depth::QueueDepth;
use crate::measure::recorder::Recorder;
use std::cell::{Cell, RefCell};

/// What a sample gathers, computation by computation.
pub struct Gathering {
    /// What the page did.
    pub page: RefCell<Recorder<BrowserClock>>,
    /// Bytes that came to the page.
    pub received: Cell<u64>,
    /// Bytes that left it.
    pub sent: Cell<u64>,
    /// How deep the queue on the page was.
    pub queue: RefCell<Option<QueueDepth>>,
    /// What the last computation came to, where the page put it together.
    pub merged: RefCell<Option<Vec<u8>>>,
    /// What the first task that failed failed with: it fails alone.
    pub failed: RefCell<Option<Failure>>,
}

impl Gathering {
    /// Nothing yet; `page` notes what the page does.
    pub fn new(page: Recorder<BrowserClock>) -> Self {
        Self {
            page: RefCell::new(page),
            received: Cell::default(),
            sent: Cell::default(),
            queue: RefCell::default(),
            merged: RefCell::default(),
            failed: RefCell::default(),
        }
    }
}
