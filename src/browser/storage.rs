//! What the browser keeps for the page. Storage throws in sandboxed frames and
//! where the reader has forbidden it; then nothing is kept, and nothing breaks.

use crate::exchange::store::Store;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What was kept under `key`.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`; whether that could be done. Storage may be full or
/// forbidden.
pub fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets what was kept under `key`.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Refused only where nothing is kept anyhow.
        let _ = storage.remove_item(key);
    }
}

/// The browser's storage, as the history of runs uses it.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserStore;

impl Store for BrowserStore {
    fn keys(&self) -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        let count = storage.length().unwrap_or_default();
        (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        get(key)
    }

    fn set(&self, key: &str, value: &str) -> bool {
        set(key, value)
    }

    fn remove(&self, key: &str) {
        remove(key);
    }
}
