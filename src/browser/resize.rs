//! The width that an element has, as it changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Watches an element's width; dropping it ends that.
pub struct WidthObserver {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl WidthObserver {
    /// Calls `changed` with the width of `element`, in px, now and whenever it
    /// changes.
    pub fn new(element: &Element, changed: impl Fn(f64) + 'static) -> Option<Self> {
        let watched = element.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            changed(f64::from(watched.client_width()));
        });
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_resize: on_resize })
    }
}

impl Drop for WidthObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
