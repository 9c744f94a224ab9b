//! Requests in workers: they block their thread, as they would in a thread or a
//! process of an operating system.

use crate::browser::blocking;
use crate::failure::Result;
use crate::workloads::request::{Request, RequestKind};
use std::sync::OnceLock;
use std::time::Duration;

/// The page's address. The pool's threads live at another one.
static BASE: OnceLock<String> = OnceLock::new();

/// Sets the address that requests are relative to.
pub fn set_base(base: String) {
    // A worker is set up once; a second time would bring the same.
    let _ = BASE.set(base);
}

/// Makes `request` and returns with its answer.
///
/// # Errors
/// `TaskFailed` where there is none, or a wrong one; `TimedOut` where it comes too late.
pub fn wait(request: &Request) -> Result<Vec<u8>> {
    if request.kind == RequestKind::Timer {
        std::thread::sleep(Duration::from_millis(request.delay_ms));
        return Ok(request.body());
    }
    let base = BASE.get().map_or("", String::as_str);
    let body = blocking::fetch(&request.url(base), request.bytes, request.by_service_worker());
    request.check(body.map_err(|why| request.failed(&why))?)
}
