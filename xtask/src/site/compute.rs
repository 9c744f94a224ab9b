//! Building `compute`, the module every model runs: with threads and shared memory, which Trunk
//! cannot be told to use for one of two binaries.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::optimize::optimize;
use super::{glue, stage};
use crate::command::run;
use crate::error::Error;
use crate::say::{say, step};
use crate::tools::{Tool, Tools};
use crate::{cache, project};

/// Nightlies since October 2025 no longer imply the link arguments. Without them the module builds,
/// and posting its memory to a worker fails in the browser with `DataCloneError`.
const RUSTFLAGS: [&str; 10] = [
    // A panic still says what; where in the source is of no use to a reader.
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Ctarget-feature=+atomics,+bulk-memory,+simd128",
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    "-Clink-arg=--max-memory=1073741824",
    "-Clink-arg=--export=__wasm_init_tls",
    "-Clink-arg=--export=__tls_size",
    "-Clink-arg=--export=__tls_align",
    "-Clink-arg=--export=__tls_base",
];

/// What Cargo puts between flags, none of which may be taken apart.
const FLAG_SEPARATOR: &str = "\u{1f}";

/// The features are those that `RUSTFLAGS` turn on. Named here, because a module whose section of
/// used features was removed would fail to validate.
const WASM_OPT: [&str; 3] = ["-O3", "--enable-threads", "--enable-simd"];

/// `cargo <subcommand>` for the `compute` binary, with the library it needs rebuilt for threads.
pub fn cargo(mut cargo: Command, subcommand: &str) -> Command {
    cargo
        .args([subcommand, "--bin", "compute", "--no-default-features", "--features", "compute"])
        // The standard library for speed, unlike the page's (.cargo/config.toml).
        .args(["--target", "wasm32-unknown-unknown", "-Zbuild-std-features=default"])
        .arg("--target-dir")
        .arg(project::target_dir())
        // These stand in for the page's flags, of whichever source.
        .env("CARGO_ENCODED_RUSTFLAGS", RUSTFLAGS.join(FLAG_SEPARATOR));
    cargo
}

/// Builds `compute` and stages it in `target/compute-site`, where `index.html` copies it from.
pub fn compute() -> Result<(), Error> {
    compute_with(&super::ensure()?)
}

fn compute_with(tools: &Tools) -> Result<(), Error> {
    step("Building the compute module (with threads and shared memory)", || {
        run(cargo(tools.cargo()?, "build").args(["--profile", "compute"]))
    })?;
    let built = project::target_dir().join("wasm32-unknown-unknown/compute/compute.wasm");

    // Always below the root, wherever Cargo builds: `index.html` names this path.
    let target = project::root().join("target");
    let work = target.join("compute-work");
    fs::create_dir_all(&work).map_err(Error::file("create", &work))?;
    let _lock = cache::lock(&work.join("lock"), "the compute module")?;

    let site = target.join("compute-site");
    let begin = read(&project::root().join("www/worker.js"))?;
    let memory = read(&project::root().join("www/memory.js"))?;
    let made_with = tools.versions() + &WASM_OPT.join(" ") + &begin + &memory;
    let stamp = stage::Stamp::new(&work, &built, made_with)?;
    if site.exists() && stamp.is_current() {
        say("The compute module has not changed");
        return Ok(());
    }
    step("Optimizing the compute module (some seconds)", || {
        let next = work.join("next");
        cache::remove(&next)?;
        bind(tools, &built, &next)?;
        write_scripts(&next, &begin, &memory)?;
        optimize(tools, &next.join("compute_bg.wasm"), &WASM_OPT)?;
        stage::swap(&next, &site, &work.join("old"))?;
        stamp.write()
    })
}

/// Writes `compute.js`, `compute_bg.wasm` and `snippets/` into `folder`.
fn bind(tools: &Tools, wasm: &Path, folder: &Path) -> Result<(), Error> {
    run(tools
        .command(Tool::WasmBindgen)?
        .args(["--target", "web", "--no-typescript", "--out-name", "compute", "--out-dir"])
        .arg(folder)
        .arg(wasm))
}

/// Makes the page's `compute.js` and the workers' `worker.js` of the glue in `folder`.
fn write_scripts(folder: &Path, begin: &str, memory: &str) -> Result<(), Error> {
    let page = folder.join("compute.js");
    let glue = read(&page)?;
    let worker = folder.join("worker.js");
    let for_workers = glue::for_workers(&glue, memory, begin)?;
    fs::write(&worker, for_workers).map_err(Error::file("write", &worker))?;
    fs::write(&page, glue::for_page(&glue, memory)?).map_err(Error::file("write", &page))?;
    // Both have what they need.
    cache::remove(&folder.join("snippets"))
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file("read", path))
}

#[cfg(test)]
mod tests {
    use super::RUSTFLAGS;

    /// A forked process gets a memory that `worker.js` makes, and the module refuses one of another size.
    #[test]
    fn forked_memories_are_as_large_as_the_module_says() {
        let bytes = RUSTFLAGS.iter().find_map(|flag| flag.strip_prefix("-Clink-arg=--max-memory="));
        let bytes: Option<u64> = bytes.and_then(|bytes| bytes.parse().ok());
        let pages = bytes.map(|bytes| bytes / 65_536).unwrap_or_default();
        let begin = include_str!("../../../www/worker.js");
        let made = format!("largestMemory({{ initial, maximum: {pages}, shared: true }})");
        assert!(begin.contains(&made), "{made}");
    }
}
