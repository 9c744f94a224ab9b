//! Hooks that several components use.

use crate::browser::resize::WidthObserver;
use yew::prelude::*;

/// The width of the element that the returned reference is put on, in px, as it
/// changes; `before` until it is known.
#[hook]
pub fn use_width(before: f64) -> (NodeRef, f64) {
    let node = use_node_ref();
    let width = use_state_eq(|| before);
    let (watched, set) = (node.clone(), width.setter());
    use_effect_with((), move |()| {
        let element = watched.cast::<web_sys::Element>();
        let observer =
            element.and_then(|element| WidthObserver::new(&element, move |width| set.set(width)));
        move || drop(observer)
    });
    (node, *width)
}
