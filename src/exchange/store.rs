//! Where texts are kept under keys: in a browser, its `localStorage`.

/// Keeps texts under keys. None of it may panic, whatever the browser does.
pub trait Store {
    /// All keys, in any order; none where the store is closed to the page.
    fn keys(&self) -> Vec<String>;

    /// What is kept under `key`.
    fn get(&self, key: &str) -> Option<String>;

    /// Keeps `value` under `key`. `false` where it is full or closed to the page.
    fn set(&self, key: &str, value: &str) -> bool;

    /// Forgets what is kept under `key`.
    fn remove(&self, key: &str);
}

impl<S: Store + ?Sized> Store for &S {
    fn keys(&self) -> Vec<String> {
        (**self).keys()
    }

    fn get(&self, key: &str) -> Option<String> {
        (**self).get(key)
    }

    fn set(&self, key: &str, value: &str) -> bool {
        (**self).set(key, value)
    }

    fn remove(&self, key: &str) {
        (**self).remove(key);
    }
}
