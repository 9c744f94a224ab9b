//! How each tool is installed, into a folder of its own.

use std::path::Path;

use super::Tool;
use crate::command::{command, on_path, output, run};
use crate::error::Error;
use crate::say::{say, step};
use crate::{apt, cache, project, toolchain};

/// Installs `tool` into `folder` and tries it there.
pub fn install(tool: Tool, folder: &Path) -> Result<(), Error> {
    let version = tool.pinned()?;
    let name = format!("{} {version}", tool.package());
    let failed = |error: Error| match error {
        // Already says what to do.
        Error::Missing { .. } | Error::Install { .. } => error,
        error => Error::Install { tool: name.clone(), reason: error.to_string(), mend: mend(tool) },
    };
    if tool == Tool::WasmOpt {
        ensure_npm()?;
    } else {
        toolchain::ensure_c_compiler()?;
    }
    step(&format!("Installing {name} (once per user, {})", takes(tool)), || {
        match tool {
            Tool::Trunk | Tool::WasmBindgen | Tool::CargoDeny | Tool::Geckodriver => {
                with_cargo(tool.package(), &version, folder)
            }
            Tool::WasmOpt => with_npm(tool.package(), &version, folder),
        }
        .map_err(failed)?;
        if output(command(tool.program_in(folder)).arg("--version")).is_some() {
            return Ok(());
        }
        Err(does_not_run(tool, &name))
    })
}

fn takes(tool: Tool) -> &'static str {
    match tool {
        Tool::Trunk => "about 7 minutes on two cores",
        Tool::WasmBindgen => "about 3 minutes on two cores",
        Tool::WasmOpt => "a few seconds",
        Tool::CargoDeny => "up to 7 minutes on two cores",
        Tool::Geckodriver => "some minutes on two cores",
    }
}

fn mend(tool: Tool) -> String {
    format!(
        "check the network and run the same command again, or put `{}` {} on PATH",
        tool.program(),
        tool.wanted().unwrap_or_default()
    )
}

/// As it was published, where `cargo-binstall` is installed and finds it so, which takes seconds;
/// else compiled.
fn with_cargo(package: &str, version: &str, folder: &Path) -> Result<(), Error> {
    if on_path("cargo-binstall").is_some() {
        let published = run(command("cargo-binstall")
            .args(["--no-confirm", "--disable-strategies", "compile", "--root"])
            .arg(folder)
            .arg(format!("{package}@{version}"))
            .current_dir(folder));
        if published.is_ok() {
            return Ok(());
        }
        say(format!("cargo-binstall did not install {package}, so it is compiled"));
    }
    let build = folder.join("build");
    // Named on the command line, as Cargo warns where only the environment names the toolchain.
    run(command("cargo")
        .arg(format!("+{}", project::toolchain()?.channel))
        .args(["install", package, "--version", version, "--locked"])
        .arg("--root")
        .arg(folder)
        .arg("--target-dir")
        .arg(&build)
        // The repository's Cargo settings are not meant for other people's programs.
        .current_dir(folder)
        .env_remove("CARGO_BUILD_TARGET")
        // As published, Trunk takes 16 minutes on two cores. A tool that runs for a second at a
        // time needs no whole-program optimisation.
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))?;
    cache::remove(&build)
}

fn with_npm(package: &str, version: &str, folder: &Path) -> Result<(), Error> {
    run(command("npm")
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(format!("{package}@{version}"))
        .current_dir(folder))
}

fn ensure_npm() -> Result<(), Error> {
    if on_path("npm").is_some() && on_path("node").is_some() {
        return Ok(());
    }
    apt::install(&apt::Packages {
        what: "npm (for wasm-opt)",
        names: &["nodejs", "npm"],
        takes: "a minute or two",
        mend: "install Node.js 18 or newer with npm (https://nodejs.org), or put wasm-opt 120 or \
               newer on PATH (https://github.com/WebAssembly/binaryen/releases)"
            .into(),
    })
}

fn does_not_run(tool: Tool, name: &str) -> Error {
    let (reason, mend) = match tool {
        Tool::WasmOpt => {
            let node = output(command("node").arg("--version")).unwrap_or_default();
            (
                format!("it does not run with Node.js {}", node.trim()),
                "install Node.js 18 or newer (https://nodejs.org), or put wasm-opt 120 or newer on \
                 PATH (https://github.com/WebAssembly/binaryen/releases)"
                    .into(),
            )
        }
        _ => ("it was built but does not run".into(), mend(tool)),
    };
    Error::Install { tool: name.into(), reason, mend }
}
