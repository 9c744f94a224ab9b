//! Memory outside of WebAssembly: what can be copied to, handed to or shared with
//! another worker.

use crate::failure::{Failure, Result};
use crate::workloads::answer;
use js_sys::{Array, Atomics, Int32Array, Reflect, SharedArrayBuffer, Uint8Array};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};

/// A stretch of such memory. Whoever gets it by transfer owns it.
#[derive(Clone, Debug)]
pub struct Buffer(Uint8Array);

impl Buffer {
    /// `len` bytes, all zero, that can be copied and transferred.
    ///
    /// # Errors
    /// `OutOfMemory` if there is not enough memory.
    pub fn new(len: usize) -> Result<Self> {
        Self::made(ARRAY_BUFFER, len)
    }

    /// `len` bytes, all zero, that workers can share.
    ///
    /// # Errors
    /// `OutOfMemory` if there is not enough memory.
    pub fn shared(len: usize) -> Result<Self> {
        Self::made("SharedArrayBuffer", len)
    }

    fn made(class: &str, len: usize) -> Result<Self> {
        let made = try_make(class, len).map(|buffer| Self(Uint8Array::new(&buffer)));
        made.map_err(|_| too_large(class, len))
    }

    /// As many as there are `lens`, each as [`Self::new`].
    ///
    /// # Errors
    /// `OutOfMemory` where they do not fit together.
    pub fn each(lens: impl Iterator<Item = usize> + Clone) -> Result<Vec<Self>> {
        let all = lens.clone().sum();
        let made: Result<Vec<_>, _> = lens
            .map(|len| try_make(ARRAY_BUFFER, len).map(|made| Self(Uint8Array::new(&made))))
            .collect();
        // What had been made by then is given back before it is seen what would fit.
        made.map_err(|_| too_large(ARRAY_BUFFER, all))
    }

    /// A copy of `parts`, one after the other.
    ///
    /// # Errors
    /// `OutOfMemory` where they do not fit.
    pub fn of(parts: &[Vec<u8>]) -> Result<Self> {
        let buffer = Self::new(parts.iter().map(Vec::len).sum())?;
        let mut at = 0;
        for part in parts {
            buffer.write(at, part);
            at += part.len();
        }
        Ok(buffer)
    }

    /// A copy of `bytes`.
    ///
    /// # Errors
    /// `OutOfMemory` where it does not fit.
    pub fn holding(bytes: &[u8]) -> Result<Self> {
        let buffer = Self::new(bytes.len())?;
        buffer.write(0, bytes);
        Ok(buffer)
    }

    /// The buffer that a message brought.
    pub(super) fn from_js(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }

    /// What a message takes along.
    pub(super) fn as_js(&self) -> &JsValue {
        &self.0
    }

    /// What changes hands with it.
    pub(super) fn transferable(&self) -> JsValue {
        self.0.buffer().into()
    }

    /// How many bytes it has; none once it has changed hands.
    pub fn len(&self) -> usize {
        self.0.length() as usize
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether workers share it.
    pub fn is_shared(&self) -> bool {
        self.0.buffer().is_instance_of::<SharedArrayBuffer>()
    }

    /// Copies the bytes of `other`, which is as long, into it.
    #[cfg(feature = "compute")]
    pub(super) fn copy_from(&self, other: &Uint8Array) {
        self.0.set(other, 0);
    }

    /// A copy of it, which no other worker sees.
    ///
    /// # Errors
    /// `OutOfMemory` where there is no room for it.
    #[cfg(feature = "app")]
    pub fn copy(&self) -> Result<Self> {
        let copy = Self::new(self.len())?;
        copy.0.set(&self.0, 0);
        Ok(copy)
    }

    /// Adds `value` to the 32-bit number at its beginning, in one step that no other worker can get in
    /// between; gives the sum.
    #[cfg(feature = "compute")]
    pub fn add(&self, value: i32) -> u32 {
        let words = Int32Array::new(&self.0.buffer());
        // Throws only for an index outside of it.
        Atomics::add(&words, 0, value).unwrap_or_default().wrapping_add(value) as u32
    }

    /// The 32-bit number at its beginning.
    #[cfg(feature = "app")]
    pub fn number(&self) -> u32 {
        Atomics::load(&Int32Array::new(&self.0.buffer()), 0).unwrap_or_default() as u32
    }

    /// Writes `bytes` from `at` on.
    pub fn write(&self, at: usize, bytes: &[u8]) {
        self.0.subarray(at as u32, (at + bytes.len()) as u32).copy_from(bytes);
    }

    /// Reads the bytes at `range` to the beginning of `into`, which grows where it is too
    /// short and is never cut, so that it need not be cleared each time. Gives what was
    /// read.
    ///
    /// # Errors
    /// `OutOfMemory` where `into` cannot grow so far.
    pub fn read<'a>(&self, range: Range<usize>, into: &'a mut Vec<u8>) -> Result<&'a [u8]> {
        let len = range.len();
        answer::grow(into, len)?;
        let read = &mut into[..len];
        self.0.subarray(range.start as u32, range.end as u32).copy_to(read);
        Ok(read)
    }

    /// The bytes at `range`.
    ///
    /// # Errors
    /// `OutOfMemory` where they do not fit.
    pub fn part(&self, range: Range<usize>) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read(range, &mut bytes)?;
        Ok(bytes)
    }

    /// All its bytes.
    ///
    /// # Errors
    /// `OutOfMemory` where they do not fit.
    pub fn to_vec(&self) -> Result<Vec<u8>> {
        self.part(0..self.len())
    }
}

const ARRAY_BUFFER: &str = "ArrayBuffer";

/// The failure to make a buffer of `len` bytes.
fn too_large(class: &str, len: usize) -> Failure {
    answer::out_of_memory(len, answer::most_that_fits(len, |len| try_make(class, *len).is_ok()))
}

/// A buffer of `class`, unless the browser refuses.
fn try_make(class: &str, len: usize) -> Result<JsValue, JsValue> {
    let class = Reflect::get(&js_sys::global(), &class.into())?;
    let class = class.dyn_into::<js_sys::Function>()?;
    Reflect::construct(&class, &Array::of1(&(len as f64).into()))
}
