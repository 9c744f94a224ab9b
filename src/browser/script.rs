//! What scripts hand in and get back. The one part of this folder whose values
//! are JavaScript's own, because that is what it is for.

use crate::failure::{Failure, InputProblem, NameProblem, Result, WorkProblem, names};
use futures_channel::oneshot;
use gloo_events::EventListener;
use js_sys::{Error, Function, JSON, Object, Promise, Reflect};
use serde::Serialize;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// What a script handed in, as JSON text.
///
/// # Errors
/// `InvalidInput` about `key` where it has no JSON form.
pub fn to_json(value: &JsValue, key: &str) -> Result<String> {
    if !value.is_object() {
        return Err(Failure::invalid(key, InputProblem::NotObject));
    }
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| Failure::invalid(key, InputProblem::NotPlainData))
}

/// A value as the plain objects that JavaScript knows.
///
/// # Errors
/// `TaskFailed` where it has no JSON form.
pub fn from_json(value: &impl Serialize) -> Result<JsValue> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string());
    let parsed =
        text.and_then(|text| JSON::parse(&text).map_err(|thrown| super::error::message(&thrown)));
    parsed.map_err(|what| Failure::from(WorkProblem::ReportNotWritten { said: what.into() }))
}

/// A failure as an `Error` with its name.
pub fn error(failure: &Failure) -> JsValue {
    let error = Error::new(&failure.message());
    error.set_name(failure.kind().name());
    error.into()
}

fn is_signal(value: &JsValue) -> bool {
    let get = |key: &str| Reflect::get(value, &key.into()).unwrap_or_default();
    get("aborted").as_bool().is_some() && get("addEventListener").is_function()
}

/// Waits until `promise` has settled, either way.
pub async fn settled(promise: &Promise) {
    let _ = JsFuture::from(promise.clone()).await;
}

/// A script's callback; it may be missing, and what it throws is its own affair.
#[derive(Clone, Default)]
pub struct Callback(Option<Function>);

impl Callback {
    /// Calls it with `value`.
    pub fn call(&self, value: &impl Serialize) {
        if let (Some(function), Ok(value)) = (&self.0, from_json(value)) {
            let _ = function.call1(&JsValue::UNDEFINED, &value);
        }
    }
}

/// The second argument of `run`.
#[derive(Default)]
pub struct RunOptions {
    /// Told how far the run is.
    pub on_progress: Callback,
    signal: Option<AbortSignal>,
}

impl RunOptions {
    /// Reads the options, which may be missing.
    ///
    /// # Errors
    /// `InvalidInput` that names the key.
    pub fn read(options: &JsValue) -> Result<Self> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self::default());
        }
        if !options.is_object() {
            return Err(Failure::invalid("options", InputProblem::NotObject));
        }
        // What comes from a frame is an instance of that frame's classes.
        let object: &Object = options.unchecked_ref();
        let mut read = Self::default();
        for key in Object::keys(object).iter().filter_map(|key| key.as_string()) {
            let value = Reflect::get(object, &key.as_str().into()).unwrap_or(JsValue::UNDEFINED);
            match key.as_str() {
                _ if value.is_undefined() => {}
                "onProgress" => {
                    if !value.is_function() {
                        return Err(Failure::invalid("onProgress", InputProblem::NotFunction));
                    }
                    read.on_progress = Callback(Some(value.unchecked_into()));
                }
                "signal" => {
                    if !is_signal(&value) {
                        return Err(Failure::invalid("signal", InputProblem::NotSignal));
                    }
                    read.signal = Some(value.unchecked_into());
                }
                _ => {
                    let known = names(["onProgress", "signal"]);
                    return Err(Failure::invalid(&key, NameProblem::NoSuchRunOption { known }));
                }
            }
        }
        Ok(read)
    }

    /// Comes when the signal says so; without one, never.
    pub fn cancelled(&self) -> impl Future<Output = ()> + use<> {
        let signal = self.signal.clone();
        async move {
            let Some(signal) = signal else { return std::future::pending().await };
            if signal.aborted() {
                return;
            }
            let (abort, aborted) = oneshot::channel();
            let _listener = EventListener::once(&signal, "abort", move |_| {
                // Whoever waited may have finished since.
                let _ = abort.send(());
            });
            let _ = aborted.await;
        }
    }
}
