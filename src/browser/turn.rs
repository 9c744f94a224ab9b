//! Turns of the page's event loop.

use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::MessageChannel;

/// The longest that a browser's timer waits, in ms.
const MOST_SLEEP_MS: u32 = i32::MAX as u32;

/// Lets everything else have its turn and comes back at once.
///
/// A message to oneself, because a timer comes back after 4 ms at the earliest
/// once it is nested (HTML, "timer initialization steps").
#[derive(Clone)]
pub struct Turns {
    channel: MessageChannel,
    waiting: Rc<RefCell<VecDeque<oneshot::Sender<()>>>>,
    _on_message: Rc<Closure<dyn FnMut()>>,
}

impl Turns {
    /// Turns for one run. `None` where there are no message channels, which no
    /// browser that runs WebAssembly is without.
    pub fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting = Rc::new(RefCell::new(VecDeque::<oneshot::Sender<()>>::new()));
        let woken = waiting.clone();
        let on_message = Closure::<dyn FnMut()>::new(move || {
            let next = woken.borrow_mut().pop_front();
            if let Some(next) = next {
                // Whoever waited may have been cancelled since.
                let _ = next.send(());
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { channel, waiting, _on_message: Rc::new(on_message) })
    }

    /// Comes back once whatever was due has had its turn. Two hops: a browser queues
    /// a timer that became due during a task behind the first message of that task,
    /// and before the second.
    pub async fn next(&self) {
        self.hop().await;
        self.hop().await;
    }

    async fn hop(&self) {
        let (wake, woken) = oneshot::channel();
        self.waiting.borrow_mut().push_back(wake);
        match self.channel.port2().post_message(&JsValue::NULL) {
            // A dropped sender comes back at once, which is what is wanted.
            Ok(()) => drop(woken.await),
            Err(_) => sleep(0).await,
        }
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        // The ports are shared by all clones; the last one closes them.
        if Rc::strong_count(&self._on_message) == 1 {
            self.channel.port1().set_onmessage(None);
            self.channel.port1().close();
        }
    }
}

/// Has `work` done although nobody waits for it.
pub fn do_by_itself(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Comes back once the page shows what it was told.
pub async fn rendered() {
    sleep(50).await;
}

/// Calls back once, after a time; dropping it keeps it from that.
pub struct Timer {
    _timeout: Timeout,
}

impl Timer {
    /// Calls `due` after `ms` milliseconds or a little later.
    pub fn after(ms: u32, due: impl FnOnce() + 'static) -> Self {
        Self { _timeout: Timeout::new(ms, due) }
    }
}

/// Comes `ms` milliseconds after this is called, or a little later.
pub fn sleep(ms: u32) -> impl Future<Output = ()> {
    TimeoutFuture::new(ms.min(MOST_SLEEP_MS))
}

#[wasm_bindgen]
extern "C" {
    type Scheduling;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = scheduling)]
    static SCHEDULING: Option<Scheduling>;

    #[wasm_bindgen(method, js_name = isInputPending)]
    fn is_input_pending(this: &Scheduling) -> bool;
}

/// Whether someone has clicked or typed and the page has not yet noticed, where
/// the browser tells (Chromium does); else false.
pub fn input_is_pending() -> bool {
    SCHEDULING.with(|scheduling| scheduling.as_ref().is_some_and(Scheduling::is_input_pending))
}

/// Whether the browser says so.
pub fn tells_input() -> bool {
    SCHEDULING.with(Option::is_some)
}
