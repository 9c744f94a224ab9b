//! The site: Trunk builds the page, and has `cargo xtask compute` build what the page runs.

mod compute;
mod glue;
mod stage;

pub use compute::{cargo as compute_cargo, compute};

use std::path::PathBuf;
use std::process::Command;

use crate::command::{become_it, run};
use crate::error::Error;
use crate::project;
use crate::say::{say, step};
use crate::toolchain;
use crate::tools::{self, Tool, Tools};

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
    step("Building the site in release mode (a few minutes the first time)", || {
        run(trunk(tools, "build")?.args(args))
    })?;
    say(format!(
        "The site is in {}: any static host can serve it, under any path",
        dist().display()
    ));
    Ok(())
}

/// Builds, serves, and rebuilds on change, until interrupted.
pub fn serve(args: &[String]) -> Result<(), Error> {
    let tools = ensure()?;
    say("Building the site in release mode (a few minutes the first time); \
         it is served as soon as Trunk says `server listening` ...");
    become_it(trunk(&tools, "serve")?.args(args))
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
