//! The compute binary: see [`concurrency_playground::compute`].

// Links the library, whose exports are what this binary is made for.
use concurrency_playground as _;

/// Runs in every worker and thread that instantiates the module, so it must do
/// nothing.
fn main() {}
