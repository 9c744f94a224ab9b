//! Words in a memory that a pool of threads shares with the page.

use crate::sync::job_channel::{Word, Words};
use crate::sync::{progress, task_words};
use js_sys::{Atomics, Int32Array, WebAssembly};

/// The words of one pool. A memory that grows keeps them where they are.
#[derive(Clone, Debug)]
pub struct SharedWords {
    words: Int32Array,
    /// The index of the first.
    first: u32,
}

impl SharedWords {
    /// The words at `address`, in bytes, of `memory`.
    pub fn at(memory: &WebAssembly::Memory, address: u32) -> Self {
        Self { words: Int32Array::new(&memory.buffer()), first: address / 4 }
    }

    /// What threads wrote about who waits for what, which stands behind the words.
    pub fn progress(&self) -> [u32; progress::WORDS] {
        self.words_behind(Word::COUNT)
    }

    /// Which task each thread of a pool is at, as [`TaskWatch`](crate::sync::task_words::TaskWatch) reads it.
    pub fn tasks(&self) -> [u32; task_words::WORDS] {
        self.words_behind(Word::COUNT + progress::WORDS)
    }

    fn words_behind<const N: usize>(&self, before: usize) -> [u32; N] {
        let first = self.first + before as u32;
        std::array::from_fn(|word| {
            Atomics::load(&self.words, first + word as u32).unwrap_or_default() as u32
        })
    }

    fn index(&self, word: Word) -> u32 {
        self.first + word as u32
    }
}

// `Atomics` throws only for an index outside of the memory that it came with.
impl Words for SharedWords {
    fn load(&self, word: Word) -> u32 {
        Atomics::load(&self.words, self.index(word)).unwrap_or_default() as u32
    }

    fn store(&self, word: Word, value: u32) {
        let _ = Atomics::store(&self.words, self.index(word), value as i32);
    }

    fn wake(&self, word: Word) {
        let _ = Atomics::notify(&self.words, self.index(word));
    }
}

#[cfg(feature = "compute")]
impl crate::sync::job_channel::BlockingWords for SharedWords {
    fn wait(&self, word: Word, value: u32) {
        // Workers may wait.
        let _ = Atomics::wait(&self.words, self.index(word), value as i32);
    }
}

#[cfg(feature = "app")]
mod awaiting {
    use super::{SharedWords, Word};
    use js_sys::{Function, Int32Array, Promise};
    use std::future::pending;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_namespace = Atomics, js_name = waitAsync)]
        static WAIT_ASYNC: Option<Function>;

        #[wasm_bindgen(js_namespace = Atomics, js_name = waitAsync, catch)]
        fn wait_async(words: &Int32Array, index: u32, value: i32) -> Result<Waiting, JsValue>;

        type Waiting;
        #[wasm_bindgen(method, getter, js_name = async)]
        fn is_async(this: &Waiting) -> bool;
        #[wasm_bindgen(method, getter)]
        fn value(this: &Waiting) -> Promise;
    }

    impl SharedWords {
        /// Whether this browser has [`Self::changed`].
        pub fn can_be_awaited() -> bool {
            WAIT_ASYNC.with(Option::is_some)
        }

        /// Waits from this call on until `word` is woken, but not if it is no longer `value`. Waits
        /// for ever where the browser cannot do that.
        pub fn changed(&self, word: Word, value: u32) -> impl Future<Output = ()> + use<> {
            let waiting = match Self::can_be_awaited() {
                true => wait_async(&self.words, self.index(word), value as i32).ok(),
                false => None,
            };
            let promise = waiting.map(|waiting| waiting.is_async().then(|| waiting.value()));
            let woken = promise.map(|promise| promise.map(JsFuture::from));
            async move {
                match woken {
                    Some(Some(woken)) => drop(woken.await),
                    Some(None) => {}
                    None => pending().await,
                }
            }
        }
    }
}
