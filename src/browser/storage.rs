//! What the browser keeps for the page. Storage throws in sandboxed frames and
//! where the reader has forbidden it; then nothing is kept, and nothing breaks.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// What was kept under `key`.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`, or forgets it.
pub fn set(key: &str, value: Option<&str>) {
    if let Some(storage) = storage() {
        // Full or forbidden: the page works on without.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}
