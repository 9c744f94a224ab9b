//! Splits the page's module in two: what a first visit loads, and what is loaded after.
//!
//! `split <input> <first> <deferred> <sources> <path>...` moves all functions of the Rust modules that
//! the paths name out of `input`, with all functions that only these call, and the texts that only
//! their sources have.
//!
//! | file | subject |
//! | --- | --- |
//! | `partition` | which functions go where |
//! | `slots` | where in the table of functions the deferred ones are called |
//! | `texts` | which texts are the deferred modules' own |
//! | `data` | where these are in the data, and moving them |
//! | `first` | making the first module |
//! | `deferred` | making the deferred one |

mod data;
mod deferred;
mod first;
mod partition;
mod slots;
#[cfg(test)]
mod tests;
mod texts;

use anyhow::{Context, Result, bail};
use partition::Partition;
use slots::Slots;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;
use walrus::{Module, ModuleConfig};

/// The crate whose modules are deferred.
const CRATE: &str = "concurrency_playground";

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let [Some(input), Some(first), Some(deferred), Some(sources)] =
        [args.next(), args.next(), args.next(), args.next()]
    else {
        bail!("give the paths of the module, the first part, the deferred part and the sources");
    };
    let [input, first, deferred, sources] = [input, first, deferred, sources].map(PathBuf::from);
    let paths: Vec<_> = args.collect();
    let bytes = fs::read(&input).with_context(|| format!("read {}", input.display()))?;
    let texts = texts::texts(&sources, CRATE, &paths)?;
    let (first_bytes, deferred_bytes) = split(&bytes, &paths, texts)?;
    fs::write(&first, first_bytes).with_context(|| format!("write {}", first.display()))?;
    fs::write(&deferred, deferred_bytes).with_context(|| format!("write {}", deferred.display()))
}

/// Splits `bytes`, a module with names, into the first part and the deferred part.
fn split(bytes: &[u8], paths: &[String], texts: Vec<Vec<u8>>) -> Result<(Vec<u8>, Vec<u8>)> {
    let parse = || ModuleConfig::new().generate_producers_section(false).parse(bytes);
    // Ids count from zero in the order of the file, so those of one copy are those of the other.
    let (mut first, mut deferred): (Module, Module) = (parse()?, parse()?);
    let partition = Partition::new(&first, paths)?;
    let slots = Slots::new(&first, &partition)?;
    let moved = data::find(&first, &partition, texts);
    data::take(&mut first, &moved);
    let exports = deferred::make(&mut deferred, &partition, &slots, &moved, &version(bytes))?;
    first::make(&mut first, &partition, &slots, &exports)?;
    Ok((first.emit_wasm(), deferred.emit_wasm()))
}

/// A name for this very input, so that parts of two builds, which a stale cache may bring together,
/// refuse one another.
fn version(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:x}", hasher.finish())
}
