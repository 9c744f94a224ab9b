//! wasm-opt, which both modules go through.

use std::fs;
use std::path::Path;

use crate::command::run;
use crate::error::Error;
use crate::tools::{Tool, Tools};

/// What the compiler uses by default for the target.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Optimises the module in the file `wasm`, as `args` say.
pub fn optimize(tools: &Tools, wasm: &Path, args: &[&str]) -> Result<(), Error> {
    let optimized = wasm.with_extension("opt");
    run(tools
        .command(Tool::WasmOpt)?
        .args(FEATURES)
        .args(args)
        .arg(wasm)
        .arg("-o")
        .arg(&optimized))?;
    fs::rename(&optimized, wasm).map_err(Error::file("replace", wasm))
}
