//! Hooks that several components use.

use crate::browser::page;
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

/// Pixels of a picture.
pub struct Pixels {
    /// Its width and height, in px.
    pub size: [usize; 2],
    /// Red, green, blue and opacity of each, row by row.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// Nothing to be seen.
    pub fn none() -> Self {
        Self { size: [1, 1], rgba: vec![0; 4] }
    }
}

/// A canvas, to be put where the returned reference goes, which shows the pixels that `draw`
/// makes of `of`, drawn anew when that changes. Where there are none it stays as it is.
#[hook]
pub fn use_canvas<D: PartialEq + 'static>(
    of: D,
    draw: impl Fn(&D) -> Option<Pixels> + 'static,
) -> NodeRef {
    let node = use_node_ref();
    let canvas = node.clone();
    use_effect_with(of, move |of| {
        let canvas = canvas.cast::<web_sys::HtmlCanvasElement>();
        if let Some((canvas, Pixels { size, rgba })) = canvas.zip(draw(of)) {
            let [width, height] = size.map(|edge| edge as u32);
            page::draw(&canvas, width, height, &rgba);
        }
    });
    node
}
