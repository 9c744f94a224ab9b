//! The command-line tools a build needs: looked up on `PATH`, then in the cache, then installed
//! in the cache.

mod install;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{cargo, command, is_program, on_path, output};
use crate::error::Error;
use crate::{cache, project, version};

const TRUNK: &str = "0.22.1";
const CARGO_DENY: &str = "0.20.2";
const GECKODRIVER: &str = "0.37.1";
/// The npm package; its first number is the version of the programs in it.
const BINARYEN: &str = "132.0.0";
/// The oldest wasm-opt known to do: Debian's 108 fails on what today's compiler emits.
const OLDEST_WASM_OPT: u32 = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Trunk,
    WasmBindgen,
    WasmOpt,
    CargoDeny,
    /// Drives Firefox.
    Geckodriver,
}

/// A tool that is there and answers to `--version`.
#[derive(Debug)]
pub struct Found {
    pub tool: Tool,
    pub program: PathBuf,
    pub version: String,
    /// Whether it is one of ours, rather than one the user has on `PATH`.
    pub cached: bool,
}

impl Tool {
    /// Those that every contributor needs.
    pub const ALL: [Self; 4] = [Self::Trunk, Self::WasmBindgen, Self::WasmOpt, Self::CargoDeny];
    /// Those that the site is built with.
    const FOR_THE_SITE: [Self; 3] = [Self::Trunk, Self::WasmBindgen, Self::WasmOpt];

    /// The program's name.
    pub fn program(self) -> &'static str {
        match self {
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::WasmOpt => "wasm-opt",
            Self::CargoDeny => "cargo-deny",
            Self::Geckodriver => "geckodriver",
        }
    }

    /// The package the program comes in.
    fn package(self) -> &'static str {
        match self {
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen-cli",
            Self::WasmOpt => "binaryen",
            Self::CargoDeny => "cargo-deny",
            Self::Geckodriver => "geckodriver",
        }
    }

    /// The version of the package that is installed where none is found.
    pub fn pinned(self) -> Result<String, Error> {
        match self {
            Self::Trunk => Ok(TRUNK.into()),
            Self::WasmBindgen => project::wasm_bindgen(),
            Self::WasmOpt => Ok(BINARYEN.into()),
            Self::CargoDeny => Ok(CARGO_DENY.into()),
            Self::Geckodriver => Ok(GECKODRIVER.into()),
        }
    }

    /// Which versions do, for a person.
    pub fn wanted(self) -> Result<String, Error> {
        match self {
            Self::WasmOpt => Ok(format!("{OLDEST_WASM_OPT} or newer")),
            Self::CargoDeny | Self::Geckodriver => Ok("any".into()),
            _ => self.pinned(),
        }
    }

    /// Whether a program of this version does.
    pub fn accepts(self, version: &str) -> Result<bool, Error> {
        match self {
            Self::WasmOpt => Ok(version::major(version).is_some_and(|it| it >= OLDEST_WASM_OPT)),
            Self::CargoDeny | Self::Geckodriver => Ok(true),
            _ => Ok(version == self.pinned()?),
        }
    }

    /// The name of its folder in the cache, and what it is called in messages.
    fn cache_name(self) -> Result<String, Error> {
        Ok(format!("{}-{}", self.package(), self.pinned()?))
    }

    /// Where its programs lie in its own folder.
    fn program_in(self, folder: &Path) -> PathBuf {
        let programs = match self {
            Self::Trunk | Self::WasmBindgen | Self::CargoDeny | Self::Geckodriver => "bin",
            Self::WasmOpt => "node_modules/.bin",
        };
        folder.join(programs).join(self.program()).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// The tool as it is installed now, if any; nothing is installed. `PATH` comes first.
    pub fn find(self) -> Result<Option<Found>, Error> {
        if let Some(found) = self.on_path()
            && self.accepts(&found.version)?
        {
            return Ok(Some(found));
        }
        self.in_cache()
    }

    /// What is on `PATH`, of whatever version.
    pub fn on_path(self) -> Option<Found> {
        self.at(on_path(self.program())?, false)
    }

    fn in_cache(self) -> Result<Option<Found>, Error> {
        let program = self.program_in(&cache::folder(&self.cache_name()?)?);
        match self.at(program, true) {
            Some(found) if self.accepts(&found.version)? => Ok(Some(found)),
            _ => Ok(None),
        }
    }

    /// The program at this path, if it runs. It is asked for its version even in the cache, where
    /// the folder's name tells it: wasm-opt does not run where Node.js has gone since.
    fn at(self, program: PathBuf, cached: bool) -> Option<Found> {
        if !is_program(&program) {
            return None;
        }
        let printed = output(command(&program).arg("--version"))?;
        let version = version::find(&printed)?.to_owned();
        Some(Found { tool: self, program, version, cached })
    }

    fn ensure(self) -> Result<Found, Error> {
        if let Some(found) = self.find()? {
            return Ok(found);
        }
        let name = self.cache_name()?;
        let is_ready = || matches!(self.in_cache(), Ok(Some(_)));
        cache::install(&name, is_ready, |folder| install::install(self, folder))?;
        self.in_cache()?.ok_or_else(|| Error::Install {
            tool: name,
            reason: "it was installed but does not run".into(),
            mend: "`cargo xtask doctor` lists what it needs".into(),
        })
    }
}

/// Tools that are there, ready to be used by a child process.
pub struct Tools(Vec<Found>);

/// Makes sure of `cargo-deny`, and gives a command that runs it.
pub fn cargo_deny() -> Result<Command, Error> {
    Tools(vec![Tool::CargoDeny.ensure()?]).command(Tool::CargoDeny)
}

/// Makes sure of `geckodriver`, and says where it is.
pub fn geckodriver() -> Result<PathBuf, Error> {
    Ok(Tool::Geckodriver.ensure()?.program)
}

/// Makes sure of all tools that the site is built with.
pub fn ensure() -> Result<Tools, Error> {
    project::wasm_bindgen_pins_agree()?;
    Ok(Tools(Tool::FOR_THE_SITE.into_iter().map(Tool::ensure).collect::<Result<_, _>>()?))
}

impl Tools {
    /// A command that runs `tool`; it finds the others on its `PATH`.
    pub fn command(&self, tool: Tool) -> Result<Command, Error> {
        let found = self.get(tool);
        let mut command = command(&found.program);
        command
            .env("PATH", self.path())
            .env("RUSTUP_TOOLCHAIN", project::toolchain()?.channel)
            .env("TRUNK_SKIP_VERSION_CHECK", "true");
        Ok(command)
    }

    /// Cargo, for what it builds itself to find the tools on its `PATH`.
    pub fn cargo(&self) -> Result<Command, Error> {
        let mut cargo = cargo()?;
        cargo.env("PATH", self.path());
        Ok(cargo)
    }

    /// What was used, for a build to know whether it is up to date.
    pub fn versions(&self) -> String {
        let one = |found: &Found| format!("{} {}\n", found.tool.program(), found.version);
        self.0.iter().map(one).collect()
    }

    fn get(&self, tool: Tool) -> &Found {
        self.0.iter().find(|found| found.tool == tool).expect("every tool was made sure of")
    }

    /// The folders of our own tools, then the `PATH` of this process. A tool of the user's is the
    /// first of its name there already, and its folder may hold others in a version that won't do.
    fn path(&self) -> OsString {
        let ours = self.0.iter().filter(|found| found.cached);
        let tools = ours.filter_map(|found| found.program.parent()).map(Path::to_owned);
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = tools.chain(std::env::split_paths(&inherited));
        std::env::join_paths(folders).unwrap_or(inherited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_and_wasm_bindgen_must_match_to_the_digit() {
        assert!(Tool::Trunk.accepts("0.22.1").unwrap());
        assert!(!Tool::Trunk.accepts("0.22.2").unwrap());
        assert!(Tool::WasmBindgen.accepts(&project::wasm_bindgen().unwrap()).unwrap());
        assert!(!Tool::WasmBindgen.accepts("0.2.1").unwrap());
    }

    #[test]
    fn any_recent_wasm_opt_does_but_not_debians() {
        assert!(Tool::WasmOpt.accepts("132").unwrap());
        assert!(Tool::WasmOpt.accepts("120").unwrap());
        assert!(!Tool::WasmOpt.accepts("108").unwrap());
        assert!(!Tool::WasmOpt.accepts("unknown").unwrap());
    }

    #[test]
    fn a_cache_folder_is_named_after_package_and_version() {
        assert_eq!(Tool::Trunk.cache_name().unwrap(), "trunk-0.22.1");
        assert_eq!(Tool::WasmOpt.cache_name().unwrap(), "binaryen-132.0.0");
    }

    #[test]
    fn trunk_toml_names_the_trunk_installed_here() {
        let config = std::fs::read_to_string(project::root().join("Trunk.toml")).unwrap();
        assert!(config.contains(&format!("trunk-version = \"{TRUNK}\"")));
    }
}
