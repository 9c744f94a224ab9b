//! The site: Trunk builds the page, and has `cargo xtask compute` build what the page runs,
//! `cargo xtask guide` the guide, and `cargo xtask split` put off what a first visit does not need.

mod compute;
mod glue;
mod guide;
mod optimize;
mod scripts;
mod split;
mod stage;
mod styles;

pub use compute::{cargo as compute_cargo, compute};
pub use guide::guide;
pub use split::split;

use std::path::PathBuf;
use std::process::Command;

use crate::command::{become_it, run};
use crate::error::Error;
use crate::say::{say, step};
use crate::tools::{self, Tool, Tools};
use crate::{project, toolchain};

/// Builds the page in the development profile.
const FAST: &str = "--fast";

/// Where the finished site is.
pub fn dist() -> PathBuf {
    project::root().join("dist")
}

/// Builds the complete static site into `dist`.
pub fn build(args: &[String]) -> Result<(), Error> {
    build_with(&ensure()?, args)
}

/// The same, with tools that were made sure of already.
pub fn build_with(tools: &Tools, args: &[String]) -> Result<(), Error> {
    let (how, args) = trunk_args(args);
    step(&format!("Building the site {how}"), || run(trunk(tools, "build")?.args(args)))?;
    say(format!(
        "The site is in {}: any static host can serve it, under any path",
        dist().display()
    ));
    Ok(())
}

/// Builds, serves, and rebuilds on change, until interrupted.
pub fn serve(args: &[String]) -> Result<(), Error> {
    let tools = ensure()?;
    let (how, args) = trunk_args(args);
    say(format!(
        "Building the site {how}; it is served as soon as Trunk says `server listening` ..."
    ));
    become_it(trunk(&tools, "serve")?.args(args))
}

/// The arguments for Trunk, where `--fast` stands for a page in the development profile: it is
/// not optimised for size, and measures as well, since what it measures is in another module.
fn trunk_args(args: &[String]) -> (&'static str, Vec<String>) {
    let is_fast = args.iter().any(|arg| arg == FAST);
    let how = match is_fast {
        true => "in the development profile",
        false => "in release mode (a few minutes the first time)",
    };
    let others = args.iter().filter(|arg| *arg != FAST).cloned();
    (how, others.chain(is_fast.then(|| "--release=false".to_owned())).collect())
}

/// Makes sure of everything a build needs.
pub fn ensure() -> Result<Tools, Error> {
    toolchain::ensure()?;
    tools::ensure()
}

/// What is built, and how it is served, is all in `Trunk.toml`, so that a bare `trunk serve` does
/// the same.
fn trunk(tools: &Tools, subcommand: &str) -> Result<Command, Error> {
    let mut trunk = tools.command(Tool::Trunk)?;
    trunk.arg(subcommand);
    Ok(trunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_is_for_trunk_to_leave_out_the_optimiser() {
        let args = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(trunk_args(&args("--fast --open")).1, args("--open --release=false"));
        assert_eq!(trunk_args(&args("--port 8081")).1, args("--port 8081"));
    }
}
