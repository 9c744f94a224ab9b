//! Locks that all tabs of this origin share. web-sys has them only behind a flag.

use super::{error, turn};
use crate::failure::StorageFlaw;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use js_sys::{Object, Promise, Reflect};
use std::pin::pin;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &Object,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// A lock that is held until dropped. The browser releases it when the tab is closed.
pub struct Lock {
    _release: oneshot::Sender<()>,
}

/// Calls back once a worker is gone that holds a lock for as long as it lives. Dropping it ends the watch.
pub struct LifeWatch {
    abort: AbortController,
    _on_grant: Closure<dyn FnMut(JsValue)>,
}

impl LifeWatch {
    /// Watches who holds the lock `name`; `gone` is called once that is over. `None` where this page has no
    /// locks.
    pub fn start(name: &str, gone: impl FnOnce() + 'static) -> Option<Self> {
        let abort = AbortController::new().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"signal".into(), &abort.signal()).ok()?;
        let on_grant = Closure::once(move |_: JsValue| gone());
        let asked = LOCKS.with(|locks| {
            locks.as_ref().map(|locks| locks.request(name, &options, on_grant.as_ref()))
        });
        let asked = asked?.ok()?;
        turn::do_by_itself(async move {
            // It is refused where the watch ends first.
            let _ = JsFuture::from(asked).await;
        });
        Some(Self { abort, _on_grant: on_grant })
    }
}

impl Drop for LifeWatch {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Waits for the lock `name`, for `within_ms` at most.
///
/// # Errors
/// What went wrong, where the lock is not granted in time.
pub async fn hold(name: &str, within_ms: u32) -> Result<Lock, StorageFlaw> {
    let (release, released) = oneshot::channel::<()>();
    let (grant, granted) = oneshot::channel::<()>();
    let on_grant = Closure::once_into_js(move |_: JsValue| -> Promise {
        // Whoever waited may be gone, and then the lock is released at once.
        let _ = grant.send(());
        future_to_promise(async move {
            // It is never sent anything: it ends when dropped.
            let _ = released.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let options = Object::new();
    let in_time = AbortSignal::timeout_with_u32(within_ms);
    Reflect::set(&options, &"signal".into(), &in_time).map_err(thrown)?;
    let asked = LOCKS.with(|locks| {
        let locks = locks.as_ref().ok_or(StorageFlaw::NoLocks)?;
        locks.request(name, &options, &on_grant).map_err(thrown)
    });
    match select(granted, pin!(JsFuture::from(asked?))).await {
        Either::Left((Ok(()), _)) => Ok(Lock { _release: release }),
        Either::Right((Err(refused), _)) => Err(thrown(refused)),
        Either::Left((Err(_), _)) | Either::Right((Ok(_), _)) => Err(StorageFlaw::LockLost),
    }
}

fn thrown(error: JsValue) -> StorageFlaw {
    StorageFlaw::Thrown { said: error::message(&error).into() }
}
