//! The page: see [`concurrency_playground::ui`].

// Links the library, whose exports `www/boot.js` calls.
use concurrency_playground as _;

/// The page is started by `www/boot.js`, which has the service worker to wait for.
fn main() {}
