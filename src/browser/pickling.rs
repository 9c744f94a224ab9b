//! Values of JavaScript that are sent to a worker, or that the browser refuses to send.

use super::script_worker::{ScriptWorker, thrown};
use super::{error, imports, page};
use crate::failure::{Result, Unavailable, WorkerProblem};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Values;

    #[wasm_bindgen(method)]
    fn post(
        this: &Values,
        worker: &web_sys::Worker,
        kind: &str,
        members: Array,
        instead: bool,
    ) -> Promise;
}

/// Makes values of every kind and sends them (`www/pitfalls/values.js`).
pub struct ValueMaker(Values);

/// What became of a value that was posted.
pub enum Posted {
    /// The browser took it.
    Taken,
    /// The browser refused it, in these words.
    Refused(String),
    /// This page has no value of this kind.
    NotHere,
}

impl ValueMaker {
    /// Loads the script.
    ///
    /// # Errors
    /// `Unavailable` where it is not there.
    pub async fn load() -> Result<Self> {
        let url = format!("{}pitfalls/values.js", page::base());
        let module = imports::module(&url).await.map_err(|thrown| {
            Unavailable::ProgramNotLoaded { said: error::message(&thrown).into() }
        })?;
        Ok(Self(module.unchecked_into()))
    }

    /// Posts a value of this kind to `worker`, which looks for `members` in it; or, `instead`, the
    /// form in which it can be sent.
    ///
    /// # Errors
    /// `WorkerLost` where the script fails otherwise than by the browser's refusal.
    pub async fn post(
        &self,
        kind: &str,
        members: &[&str],
        instead: bool,
        worker: &ScriptWorker,
    ) -> Result<Posted> {
        let members = members.iter().map(|member| JsValue::from(*member)).collect();
        let posted = JsFuture::from(self.0.post(worker.as_js(), kind, members, instead)).await;
        let came =
            posted.map_err(|why| WorkerProblem::Lost { said: thrown(&why).as_str().into() })?;
        Ok(match came.as_string().as_deref() {
            Some("posted") => Posted::Taken,
            Some("none") => Posted::NotHere,
            _ => Posted::Refused(thrown(&came)),
        })
    }
}
