//! What this browser, serving this page, can do. Asked once, when the page starts.

use super::{clock, error};
use crate::failure::Lack;
use crate::measure::report::{Availability, Browser, Capabilities, Machine};
use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Asks the browser. `service_worker` settles with nothing once the page's service
/// worker answers, or with what is in its way (see `www/isolation.js`).
pub async fn probe(service_worker: Promise) -> Capabilities {
    let service_worker = match JsFuture::from(service_worker).await {
        Ok(obstacle) if obstacle.is_undefined() => Availability::Available,
        Ok(obstacle) => Availability::Lacking(lack(&obstacle)),
        Err(thrown) => Availability::Lacking(failed(&thrown)),
    };
    let Capabilities { machine, browser } = probe_now();
    Capabilities { machine, browser: Browser { service_worker, ..browser } }
}

/// What can be told at once, with the service worker still to come.
pub fn probe_now() -> Capabilities {
    let isolated = global("crossOriginIsolated").is_truthy();
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    let shared_memory = if isolated {
        Availability::Available
    } else if !is_secure() {
        Availability::Lacking(Lack::SharedMemoryNeedsHttps)
    } else {
        Availability::Lacking(Lack::NotIsolated)
    };
    let workers = if global("Worker").is_function() {
        Availability::Available
    } else {
        Availability::Lacking(Lack::NoWorkers)
    };
    let machine = Machine {
        hardware_concurrency: (cores as u32).max(1),
        effective_cores: None,
        clock_resolution_us: clock::resolution_us(),
    };
    let browser = Browser {
        cross_origin_isolated: isolated,
        service_worker: Availability::Lacking(Lack::ServiceWorkerStarting),
        shared_memory,
        workers,
    };
    Capabilities { machine, browser }
}

/// What `www/isolation.js` says is in the service worker's way: a word, or what was thrown.
fn lack(obstacle: &JsValue) -> Lack {
    match obstacle.as_string().as_deref() {
        Some("plain-http") => Lack::ServiceWorkerNeedsHttps,
        Some("frame") => Lack::ServiceWorkerInFrame,
        Some("not-allowed") => Lack::ServiceWorkerNotAllowed,
        Some("late") => Lack::ServiceWorkerLate,
        _ => failed(obstacle),
    }
}

fn failed(thrown: &JsValue) -> Lack {
    Lack::ServiceWorkerFailed { said: error::message(thrown).into() }
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
