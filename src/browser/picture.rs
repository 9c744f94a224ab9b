//! Pictures that the browser decodes.

use super::error;
use super::files::ReaderFile;
use crate::failure::{Failure, MemoryProblem, Result};
use js_sys::Array;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement,
    ImageBitmap, ImageData, Url,
};

/// A decoded picture. Its memory is given back when dropped.
pub struct Picture(ImageBitmap);

impl Drop for Picture {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Picture {
    /// The picture in `file`, if the browser can read it as one.
    pub async fn decode(file: &ReaderFile) -> Option<Self> {
        let decoding = web_sys::window()?.create_image_bitmap_with_blob(file.blob()).ok()?;
        let bitmap = JsFuture::from(decoding).await.ok()?;
        bitmap.dyn_into().ok().map(Self)
    }

    /// Its width and height, in px.
    pub fn size(&self) -> [u32; 2] {
        [self.0.width(), self.0.height()]
    }

    /// Its RGBA bytes, row by row, scaled to `width` by `height` px.
    ///
    /// # Errors
    /// `OutOfMemory` where the browser has no room for so many.
    pub fn rgba(&self, size: [u32; 2]) -> Result<Vec<u8>> {
        let [width, height] = size.map(f64::from);
        read(size, |context| {
            context.draw_image_with_image_bitmap_and_dw_and_dh(&self.0, 0.0, 0.0, width, height)
        })
    }
}

/// The RGBA bytes of a drawing in SVG that says of itself to be `size` px large; `None` where
/// the browser cannot read it.
///
/// # Errors
/// `OutOfMemory` where the browser has no room for so many.
pub async fn draw_svg(svg: &str, size: [u32; 2]) -> Result<Option<Vec<u8>>> {
    let Some(address) = Address::of(svg) else { return Ok(None) };
    let Ok(image) = HtmlImageElement::new() else { return Ok(None) };
    image.set_src(&address.0);
    if JsFuture::from(image.decode()).await.is_err() {
        return Ok(None);
    }
    let [width, height] = size.map(f64::from);
    let draw = |context: &CanvasRenderingContext2d| {
        context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
    };
    read(size, draw).map(Some)
}

/// The address of a text in this page's memory. It is given back when dropped.
struct Address(String);

impl Address {
    fn of(svg: &str) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type("image/svg+xml");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options);
        Url::create_object_url_with_blob(&blob.ok()?).ok().map(Self)
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        // What is not there any more needs no removing.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Whether the browser gives back what was drawn on a canvas. Some alter what a page reads of
/// one, so that nobody is known again by how their machine draws.
pub fn is_read_as_drawn() -> bool {
    const EDGE: u32 = 32;
    // Opaque, as colours behind transparency are rounded everywhere.
    let pattern: Vec<u8> = (0..EDGE * EDGE)
        .flat_map(|pixel| {
            let [a, b, c, _] = pixel.wrapping_mul(2_654_435_761).to_le_bytes();
            [a, b, c, 255]
        })
        .collect();
    let drawn = read([EDGE, EDGE], |context| {
        let image = ImageData::new_with_u8_clamped_array(Clamped(pattern.as_slice()), EDGE)?;
        context.put_image_data(&image, 0.0, 0.0)
    });
    // Where nothing can be drawn, the picture says so.
    drawn.is_ok_and(|drawn| drawn == pattern)
}

/// The RGBA bytes of what `draw` puts on a canvas of this size.
fn read(
    [width, height]: [u32; 2],
    draw: impl FnOnce(&CanvasRenderingContext2d) -> Result<(), JsValue>,
) -> Result<Vec<u8>> {
    let context = canvas(width, height).ok_or_else(|| no_room("it has no canvas"))?;
    let failed = |thrown| no_room(&error::message(&thrown));
    draw(&context).map_err(failed)?;
    let drawn = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height));
    let bytes = drawn.map_err(failed)?.data().0;
    // Otherwise its memory is kept until the browser tidies up.
    if let Some(canvas) = context.canvas() {
        canvas.set_width(0);
    }
    Ok(bytes)
}

fn canvas(width: u32, height: u32) -> Option<CanvasRenderingContext2d> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn no_room(said: &str) -> Failure {
    MemoryProblem::PictureNotDrawn { said: said.into() }.into()
}
