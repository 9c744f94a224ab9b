//! Pictures that the browser decodes.

use super::error;
use super::files::Handed;
use crate::failure::{Failure, FailureKind, Result};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// A decoded picture. Its memory is given back when dropped.
pub struct Picture(ImageBitmap);

impl Drop for Picture {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Picture {
    /// The picture in `file`, if the browser can read it as one.
    pub async fn decode(file: &Handed) -> Option<Self> {
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
    pub fn rgba(&self, [width, height]: [u32; 2]) -> Result<Vec<u8>> {
        let context = canvas(width, height).ok_or_else(|| no_room("it has no canvas"))?;
        let (width, height) = (f64::from(width), f64::from(height));
        let failed = |thrown| no_room(&error::message(&thrown));
        context
            .draw_image_with_image_bitmap_and_dw_and_dh(&self.0, 0.0, 0.0, width, height)
            .map_err(failed)?;
        Ok(context.get_image_data(0.0, 0.0, width, height).map_err(failed)?.data().0)
    }
}

fn canvas(width: u32, height: u32) -> Option<CanvasRenderingContext2d> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

fn no_room(reason: &str) -> Failure {
    let message = format!("There is no room for the picture ({reason}). Close other tabs.");
    Failure::new(FailureKind::OutOfMemory, message)
}
