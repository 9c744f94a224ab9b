//! What this browser, serving this page, can do. Asked once, when the page starts.

use super::{clock, error};
use crate::measure::report::{Availability, Capabilities};
use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Asks the browser. `service_worker` settles with nothing once the page's service
/// worker answers, or with the reason why it never will (see `www/isolation.js`).
pub async fn probe(service_worker: Promise) -> Capabilities {
    let service_worker = match JsFuture::from(service_worker).await {
        Ok(reason) => match reason.as_string() {
            None => Availability::YES,
            Some(reason) => Availability::no(reason),
        },
        Err(thrown) => Availability::no(error::message(&thrown)),
    };
    Capabilities { service_worker, ..probe_now() }
}

/// What can be told at once, with the service worker still to come.
pub fn probe_now() -> Capabilities {
    let isolated = global("crossOriginIsolated").is_truthy();
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    let shared_memory = if isolated {
        Availability::YES
    } else if !is_secure() {
        Availability::no(
            "Memory can be shared only on a page that came by https, or from this very machine. \
             Open it there.",
        )
    } else {
        Availability::no(
            "Memory can be shared only on an isolated page, and this one was served without the \
             headers that isolate it. Open it in a tab of its own, in a window that is not private.",
        )
    };
    let workers = if global("Worker").is_function() {
        Availability::YES
    } else {
        Availability::no("This browser has no workers.")
    };
    Capabilities {
        cross_origin_isolated: isolated,
        hardware_concurrency: (cores as u32).max(1),
        effective_cores: None,
        clock_resolution_us: clock::resolution_us(),
        service_worker: Availability::no(
            "The page's service worker is still starting. Wait a moment.",
        ),
        shared_memory,
        workers,
    }
}

/// Whether the page came by https, or from this very machine, without which browsers deny it
/// much.
pub fn is_secure() -> bool {
    global("isSecureContext").is_truthy()
}

/// How much memory the machine has, in GiB and roughly, where the browser says (Chromium does).
pub fn machine_gib() -> Option<f64> {
    Reflect::get(&global("navigator"), &"deviceMemory".into()).ok()?.as_f64()
}

fn global(name: &str) -> JsValue {
    Reflect::get(&js_sys::global(), &name.into()).unwrap_or(JsValue::UNDEFINED)
}
