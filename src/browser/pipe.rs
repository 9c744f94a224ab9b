//! Pipes between workers: what one end sends, the other receives.

use super::error;
use crate::failure::{Result, WorkerProblem};
use wasm_bindgen::JsValue;
use web_sys::MessagePort;

/// An end of a pipe, to be given to a worker.
pub struct PipeEnd(MessagePort);

impl PipeEnd {
    /// A pipe, by its ends.
    ///
    /// # Errors
    /// `WorkerLost` where the browser makes none.
    pub fn pair() -> Result<[Self; 2]> {
        let channel = web_sys::MessageChannel::new()
            .map_err(|why| WorkerProblem::Lost { said: error::message(&why).as_str().into() })?;
        Ok([Self(channel.port1()), Self(channel.port2())])
    }

    /// The port itself, which changes hands with a message.
    pub(super) fn as_js(&self) -> &JsValue {
        &self.0
    }
}
