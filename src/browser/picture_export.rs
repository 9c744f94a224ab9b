//! A chart as a picture that stands alone: without the page's styles, in any viewer.

use super::download::File;
use super::error;
use crate::failure::{Failure, MemoryProblem, Result, Unavailable};
use futures_channel::oneshot;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, CssStyleDeclaration, Document, Element, HtmlCanvasElement,
    HtmlImageElement, Window, XmlSerializer,
};

const SVG: &str = "http://www.w3.org/2000/svg";
/// Room around the chart, in px: its outermost strokes and labels reach beyond it.
const MARGIN: f64 = 16.0;
/// What of the page's styles a picture needs.
const STYLES: [&str; 13] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "paint-order",
    "rx",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];

/// That there is no picture, because nothing was drawn yet.
pub fn nothing_drawn() -> Failure {
    Unavailable::NothingDrawn.into()
}

/// The chart in the section `section_id` as the text of an SVG file; `None` while there
/// is none.
pub fn svg_text(section_id: &str) -> Option<String> {
    text_and_size(section_id).map(|(text, _)| text)
}

/// The chart in the section `section_id` as a PNG file, with `scale` pixels for each of
/// the chart's.
///
/// # Errors
/// `Unavailable` while there is no chart, or where the browser does not draw it, and
/// `OutOfMemory` where it has no room for the picture.
pub async fn png(section_id: &str, scale: f64) -> Result<File> {
    let (text, (width, height)) = text_and_size(section_id).ok_or_else(nothing_drawn)?;
    let drawing = File::new("image/svg+xml", text.as_bytes())?;
    let url = drawing.url()?;
    let image = HtmlImageElement::new().map_err(|thrown| not_drawn(&thrown))?;
    image.set_src(url.as_str());
    JsFuture::from(image.decode()).await.map_err(|thrown| not_drawn(&thrown))?;
    let element = document().and_then(|document| document.create_element("canvas").ok());
    let canvas = element.and_then(|element| element.dyn_into::<HtmlCanvasElement>().ok());
    let canvas = canvas.ok_or_else(nothing_drawn)?;
    canvas.set_width((width * scale).ceil() as u32);
    canvas.set_height((height * scale).ceil() as u32);
    let context = canvas.get_context("2d").map_err(|thrown| not_drawn(&thrown))?;
    let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let context = context.ok_or_else(no_room)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            &image,
            0.0,
            0.0,
            width * scale,
            height * scale,
        )
        .map_err(|thrown| not_drawn(&thrown))?;
    drop(url);
    let (give, given) = oneshot::channel();
    let give = Closure::once(move |blob: Option<web_sys::Blob>| {
        // Whoever waited may have gone.
        let _ = give.send(blob);
    });
    canvas.to_blob(give.as_ref().unchecked_ref()).map_err(|thrown| not_drawn(&thrown))?;
    let blob = given.await.ok().flatten();
    blob.map(File).ok_or_else(no_room)
}

fn not_drawn(thrown: &JsValue) -> Failure {
    Unavailable::ChartNotDrawn { said: error::message(thrown).into() }.into()
}

fn no_room() -> Failure {
    MemoryProblem::NoRoomForPicture.into()
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn style(element: &Element) -> Option<CssStyleDeclaration> {
    window()?.get_computed_style(element).ok().flatten()
}

/// The text of the file, and how wide and high the picture is, in px.
fn text_and_size(section_id: &str) -> Option<(String, (f64, f64))> {
    let section = document()?.get_element_by_id(section_id)?;
    let drawn = section.query_selector("svg[aria-label]").ok().flatten()?;
    let copy = drawn.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
    take_styles(&drawn, &copy);
    let size = |name| drawn.get_attribute(name)?.parse::<f64>().ok();
    let (width, height) = (size("width")? + 2.0 * MARGIN, size("height")? + 2.0 * MARGIN);
    let ground = style(&section)?.get_property_value("background-color").ok()?;
    let background = child(&copy, "rect")?;
    for (element, name, value) in [
        (&copy, "xmlns", SVG.to_owned()),
        (&copy, "width", width.to_string()),
        (&copy, "height", height.to_string()),
        (&copy, "viewBox", format!("{} {} {width} {height}", -MARGIN, -MARGIN)),
        (&background, "x", (-MARGIN).to_string()),
        (&background, "y", (-MARGIN).to_string()),
        (&background, "width", width.to_string()),
        (&background, "height", height.to_string()),
        (&background, "fill", plain_colour(&ground)),
    ] {
        // The names are this project's own and valid.
        let _ = element.set_attribute(name, &value);
    }
    let title = child(&copy, "title")?;
    title.set_text_content(drawn.get_attribute("aria-label").as_deref());
    let text = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    Some((text, (width, height)))
}

/// A new first child of `parent`.
fn child(parent: &Element, name: &str) -> Option<Element> {
    let element = document()?.create_element_ns(Some(SVG), name).ok()?;
    parent.insert_before(&element, parent.first_child().as_ref()).ok()?;
    Some(element)
}

/// Writes what the styles of `drawn` and all in it come to on `copy`.
fn take_styles(drawn: &Element, copy: &Element) {
    if let Some(style) = style(drawn) {
        for name in STYLES {
            // What is "auto" is left to the viewer; SVG 1.1 has no such word.
            let value = style.get_property_value(name).ok().filter(|value| value != "auto");
            if let Some(value) = value {
                let _ = copy.set_attribute(name, &plain_colour(&value));
            }
        }
    }
    for name in ["class", "tabindex", "style"] {
        let _ = copy.remove_attribute(name);
    }
    let (inside, copies) = (drawn.children(), copy.children());
    for at in 0..inside.length() {
        if let (Some(drawn), Some(copy)) = (inside.item(at), copies.item(at)) {
            take_styles(&drawn, &copy);
        }
    }
}

/// A colour as every viewer knows it. What CSS has mixed, browsers write as
/// `color(srgb 0.5 0.25 1)`, which SVG 1.1 does not have; anything else stays.
fn plain_colour(value: &str) -> String {
    let mixed = value.strip_prefix("color(srgb ").and_then(|rest| rest.strip_suffix(')'));
    let Some(mixed) = mixed else { return value.to_owned() };
    let parts = mixed.split_whitespace().map(|part| part.parse::<f64>().unwrap_or_default());
    let bytes: Vec<_> = parts.take(3).map(|part| (part * 255.0).round().to_string()).collect();
    format!("rgb({})", bytes.join(", "))
}
