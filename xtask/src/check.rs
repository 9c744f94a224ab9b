//! Formatting, what is depended on, lints, for the host and for both wasm binaries, and
//! documentation, with warnings as errors.

use std::process::Command;

use crate::command::{cargo, run};
use crate::error::Error;
use crate::say::step;
use crate::{site, toolchain, tools};

/// What `cargo-deny` allows.
const DENY: &str = "xtask/deny.toml";

pub fn check() -> Result<(), Error> {
    toolchain::ensure()?;
    step("Formatting", || run(cargo()?.args(["fmt", "--all", "--check"])))?;
    let mut deny = tools::cargo_deny()?;
    step("Licences, sources and versions of dependencies", || {
        run(deny.args(["--config", DENY, "check", "bans", "licenses", "sources"]))
    })?;
    step("Clippy for the host", || {
        clippy(cargo()?.args(["clippy", "--workspace", "--all-targets", "--features", "native"]))
    })?;
    step("Clippy for the page", || {
        clippy(
            cargo()?
                .args(["clippy", "--lib", "--bin", "app", "--features", "app"])
                .args(["--target", "wasm32-unknown-unknown"]),
        )
    })?;
    step("Clippy for the compute module", || {
        clippy(site::compute_cargo(cargo()?, "clippy").arg("--lib"))
    })?;
    step("Documentation", || {
        run(cargo()?
            .args(["doc", "--no-deps", "--workspace", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings"))
    })
}

fn clippy(cargo: &mut Command) -> Result<(), Error> {
    run(cargo.args(["--", "-D", "warnings"]))
}
