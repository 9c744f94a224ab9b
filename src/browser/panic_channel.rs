//! The page's end of the channel on which a pool's thread says why it stopped: its coordinator
//! waits for it, and hears nothing.

use gloo_events::EventListener;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A channel of one pool; dropping it closes it.
pub struct PanicChannel {
    name: String,
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl PanicChannel {
    /// Opens a channel of its own and calls `heard` with what a thread says.
    pub fn open(mut heard: impl FnMut(String) + 'static) -> Self {
        // Other tabs of this page hear the same channels: the time tells them
        // apart, the number the channels of this page.
        let number = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
        let name = format!("panic-{}-{number}", js_sys::Date::now());
        let channel = BroadcastChannel::new(&name).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let data =
                    event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                heard(data.unwrap_or_default());
            })
        });
        Self { name, channel, _listener: listener }
    }

    /// Its name, for the worker.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for PanicChannel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
