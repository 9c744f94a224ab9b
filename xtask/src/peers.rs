//! The libraries that the benchmark's section `peers` measures beside the playground. They come
//! from npm, pinned by `tests/bench/peers/package-lock.json`, are bundled into `target/peers`, and
//! are never part of the site.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::{command, on_path, run};
use crate::error::Error;
use crate::say::{say, step};
use crate::{cache, project};

const SECTION: &str = "peers";

/// Where the bundles are, made anew, if these arguments of `bench` choose the section. Whatever
/// stands in the way is said, and costs no more than that section.
pub fn built_for(args: &[String]) -> Option<PathBuf> {
    if !is_chosen(args) {
        return None;
    }
    match build() {
        Ok(folder) => Some(folder),
        Err(error) => {
            say(format!("the section `{SECTION}` will be left out: {error}"));
            None
        }
    }
}

/// As `tests/bench/lab.rs` chooses: all sections, unless words do.
fn is_chosen(args: &[String]) -> bool {
    let mut words = args.iter().filter(|word| !word.starts_with('-')).peekable();
    words.peek().is_none() || words.any(|word| SECTION.contains(word.as_str()))
}

fn build() -> Result<PathBuf, Error> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        return Err(Error::Missing {
            what: "Node.js with npm".into(),
            mend: "install Node.js 18 or newer (https://nodejs.org), with npm".into(),
        });
    }
    let sources = project::root().join("tests/bench/peers");
    if !is_installed(&sources) {
        step(
            "Installing what the playground is measured beside (13 packages, some seconds)",
            || {
                // None of them needs its scripts, so none gets to run any.
                run(command("npm").args(["ci", "--ignore-scripts"]).current_dir(&sources))
            },
        )?;
    }
    let folder = project::target_dir().join("peers");
    cache::remove(&folder)?;
    run(command("node").arg(sources.join("build.js")).arg(&folder))?;
    Ok(folder)
}

/// Whether npm finished installing after the lock file was last changed.
fn is_installed(sources: &Path) -> bool {
    let changed = |file: &str| -> Option<SystemTime> {
        fs::metadata(sources.join(file)).ok()?.modified().ok()
    };
    // The copy that npm leaves behind when all is in place.
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Some(installed), Some(locked)) => installed >= locked,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_libraries_are_built_only_for_their_section() {
        let chosen =
            |line: &str| is_chosen(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert!(chosen(""));
        assert!(chosen("--bench"));
        assert!(chosen("charts peers"));
        assert!(!chosen("charts"));
    }

    #[test]
    fn every_library_is_pinned_to_one_version_and_to_no_mirror() {
        let sources = project::root().join("tests/bench/peers");
        let manifest = fs::read_to_string(sources.join("package.json")).unwrap();
        let (_, pins) = manifest.split_once("\"devDependencies\"").unwrap();
        for pin in pins.lines().filter(|line| line.contains("\": \"")) {
            let (_, version) = pin.split_once("\": \"").unwrap();
            assert!(version.starts_with(|first: char| first.is_ascii_digit()), "{pin}");
        }
        let lock = fs::read_to_string(sources.join("package-lock.json")).unwrap();
        let resolved = lock.lines().filter(|line| line.contains("\"resolved\""));
        for line in resolved {
            assert!(line.contains("\"https://registry.npmjs.org/"), "{line}");
        }
    }
}
