//! The pinned Rust toolchain, by rustup, and a C compiler for what is built from C.

use crate::apt;
use crate::command::{command, on_path, output, run};
use crate::error::Error;
use crate::project::{Toolchain, toolchain};
use crate::say::step;

/// Makes sure of the toolchain with every component and target in `rust-toolchain.toml`.
pub fn ensure() -> Result<(), Error> {
    let wanted = toolchain()?;
    if on_path("rustup").is_none() {
        return Err(Error::Missing {
            what: "rustup".into(),
            mend: "install it from https://rustup.rs, or with `apt-get install rustup`".into(),
        });
    }
    if missing(&wanted).is_empty() {
        return Ok(());
    }
    let message = format!("Installing Rust {} (about a minute)", wanted.channel);
    step(&message, || run(&mut install(&wanted)).map_err(|error| failed(&wanted, &error)))
}

/// Makes sure of `cc`: crates that hold C code, some of Trunk's among them, are built with it.
pub fn ensure_c_compiler() -> Result<(), Error> {
    if on_path("cc").is_some() {
        return Ok(());
    }
    apt::install(&apt::Packages {
        what: "a C compiler",
        names: &["gcc", "libc6-dev"],
        takes: "about a minute",
        mend: "install one, for instance with `sudo apt-get install build-essential`".into(),
    })
}

/// What the installed toolchain lacks, in rustup's words; everything if it is not there at all.
pub fn missing(wanted: &Toolchain) -> Vec<String> {
    let installed = output(command("rustup").args([
        "component",
        "list",
        "--installed",
        "--toolchain",
        &wanted.channel,
    ]));
    lacking(wanted, &installed.unwrap_or_default())
}

/// The command that mends what is missing, as a line to type.
pub fn mend() -> &'static str {
    "rustup toolchain install"
}

/// Spelled out rather than left to `rustup toolchain install` alone, because the rustup that
/// Debian and Ubuntu package is too old to read the file for that command.
fn install(wanted: &Toolchain) -> std::process::Command {
    let mut rustup = command("rustup");
    rustup
        .args(["toolchain", "install", &wanted.channel, "--no-self-update"])
        .args(["--profile", "minimal"])
        .args(wanted.components.iter().flat_map(|name| ["--component", name]))
        .args(wanted.targets.iter().flat_map(|name| ["--target", name]));
    rustup
}

fn failed(wanted: &Toolchain, error: &Error) -> Error {
    Error::Install {
        tool: format!("Rust {}", wanted.channel),
        reason: error.to_string(),
        mend: format!("check the network, then run `{}` in the repository's root", mend()),
    }
}

fn lacking(wanted: &Toolchain, installed: &str) -> Vec<String> {
    let has = |name: &str| {
        installed.lines().any(|line| line == name || line.starts_with(&format!("{name}-")))
    };
    let targets = wanted.targets.iter().map(|target| format!("rust-std-{target}"));
    wanted.components.iter().cloned().chain(targets).filter(|name| !has(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_named() {
        let wanted = Toolchain {
            channel: "nightly-2026-05-20".into(),
            components: vec!["rust-src".into(), "clippy".into()],
            targets: vec!["wasm32-unknown-unknown".into()],
        };
        let full = "clippy-x86_64-unknown-linux-gnu\nrust-src\nrust-std-wasm32-unknown-unknown\n\
                    rust-std-x86_64-unknown-linux-gnu\n";
        assert_eq!(lacking(&wanted, full), [""; 0]);
        assert_eq!(
            lacking(&wanted, "clippy-x86_64-unknown-linux-gnu\n"),
            ["rust-src", "rust-std-wasm32-unknown-unknown"]
        );
        assert_eq!(lacking(&wanted, "").len(), 3);
    }
}
