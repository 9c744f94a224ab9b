//! Splits the page's module in two: what a first visit loads, and what is loaded after.
//!
//! `split <input> <first> <deferred> <path>...` moves all functions of the Rust modules that the
//! paths name out of `input`, with all functions that only these call.
//!
//! | file | subject |
//! | --- | --- |
//! | `partition` | which functions go where |
//! | `slots` | where in the table of functions the deferred ones are called |
//! | `first` | making the first module |
//! | `deferred` | making the deferred one |

mod deferred;
mod first;
mod partition;
mod slots;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail};
use partition::Partition;
use slots::Slots;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;
use walrus::{Module, ModuleConfig};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let [Some(input), Some(first), Some(deferred)] = [args.next(), args.next(), args.next()] else {
        bail!("give the paths of the module, the first part and the deferred part");
    };
    let [input, first, deferred] = [input, first, deferred].map(PathBuf::from);
    let paths: Vec<_> = args.collect();
    let bytes = fs::read(&input).with_context(|| format!("read {}", input.display()))?;
    let (first_bytes, deferred_bytes) = split(&bytes, &paths)?;
    fs::write(&first, first_bytes).with_context(|| format!("write {}", first.display()))?;
    fs::write(&deferred, deferred_bytes).with_context(|| format!("write {}", deferred.display()))
}

/// Splits `bytes`, a module with names, into the first part and the deferred part.
fn split(bytes: &[u8], paths: &[String]) -> Result<(Vec<u8>, Vec<u8>)> {
    let parse = || ModuleConfig::new().generate_producers_section(false).parse(bytes);
    // Ids count from zero in the order of the file, so those of one copy are those of the other.
    let (mut first, mut deferred): (Module, Module) = (parse()?, parse()?);
    let partition = Partition::new(&first, paths)?;
    let slots = Slots::new(&first, &partition)?;
    let exports = deferred::make(&mut deferred, &partition, &slots, &version(bytes))?;
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
