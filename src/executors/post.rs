//! Messages on their way to a worker, and what sending one costs.

use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::worker::Worker;
use crate::failure::Result;
use crate::measure::recorder::Recorder;
use crate::measure::{Clock, Phase};
use crate::models::DataMode;
use crate::protocol::{self, ToWorker};

/// A message that was sent, and when.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// When encoding it began, in ms.
    pub begun_ms: f64,
    /// When it had been encoded and went on its way, in ms.
    pub sent_ms: f64,
    /// When the browser had taken it, in ms.
    pub posted_ms: f64,
    /// How many bytes it has, those beside it included.
    pub bytes: u64,
}

/// Sends `message` to `worker`, with `buffers` beside it.
///
/// # Errors
/// `TaskFailed` where it cannot be encoded or the browser refuses it.
pub fn post(
    worker: &Worker,
    message: &ToWorker,
    buffers: &[Buffer],
    data_mode: DataMode,
) -> Result<Sent> {
    let begun_ms = BrowserClock.now_ms();
    let (bytes, sent_ms) = protocol::encode(message, &BrowserClock)?;
    let all = bytes.len() + buffers.iter().map(Buffer::len).sum::<usize>();
    worker.post(&bytes, buffers, data_mode)?;
    let posted_ms = BrowserClock.now_ms();
    Ok(Sent { begun_ms, sent_ms, posted_ms, bytes: all as u64 })
}

impl Sent {
    /// Notes in the page's lane what the page did.
    pub fn note(&self, page: &mut Recorder<BrowserClock>, task: Option<u32>) {
        page.span(Phase::Serialize, task, self.begun_ms, self.sent_ms);
        page.span(Phase::Transfer, task, self.sent_ms, self.posted_ms);
    }
}
