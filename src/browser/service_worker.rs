//! What the page tells its service worker about the requests that it answers
//! (`www/answering.js`).

use js_sys::{Math, Object, Reflect};
use std::cell::Cell;

thread_local! {
    /// Counts the requests of this page.
    static REQUESTS: Cell<u64> = const { Cell::new(0) };
}

/// A part of a run, by a name of its own. When it is dropped, the service worker ends all its
/// requests that are still under way.
pub struct PartOfRun {
    name: String,
    is_over: bool,
}

impl PartOfRun {
    /// A whole run. Its name, like that of each pool's part, ends in a full stop: after its end
    /// nothing more is answered under it.
    pub fn whole() -> Self {
        let number = (Math::random() * 1e12) as u64;
        Self { name: format!("{number}."), is_over: false }
    }

    /// The part of the run `name` that its pool number `pool` has.
    pub fn of_pool(name: &str, pool: u32) -> Self {
        Self { name: format!("{name}{pool}."), is_over: false }
    }

    /// One request of the run `name`.
    pub fn new(name: &str) -> Self {
        let number = REQUESTS.with(|count| count.replace(count.get() + 1));
        Self { name: format!("{name}~{number}"), is_over: false }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Notes that nothing of it is under way any more.
    pub fn is_over(&mut self) {
        self.is_over = true;
    }
}

impl Drop for PartOfRun {
    fn drop(&mut self) {
        if !self.is_over {
            let message = Object::new();
            // Setting a property of a plain object cannot fail.
            let _ = Reflect::set(&message, &"over".into(), &self.name.as_str().into());
            post(&message);
        }
    }
}

fn post(message: &Object) {
    // Whoever has a part of a run was told before that there is a service worker.
    let container = web_sys::window().map(|window| window.navigator().service_worker());
    if let Some(controller) = container.and_then(|container| container.controller()) {
        // A plain object can be cloned.
        let _ = controller.post_message(message);
    }
}
