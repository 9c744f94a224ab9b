//! What the repository pins. The files contributors know are the only place a version is written:
//! `rust-toolchain.toml` for the compiler and `Cargo.lock` for wasm-bindgen.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The repository's root, the folder above this crate.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is one folder below the root")
}

/// Where Cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The compiler all code is built with.
#[derive(Debug, PartialEq, Eq)]
pub struct Toolchain {
    pub channel: String,
    pub components: Vec<String>,
    pub targets: Vec<String>,
}

/// Reads `rust-toolchain.toml`.
pub fn toolchain() -> Result<Toolchain, Error> {
    let (path, text) = read("rust-toolchain.toml")?;
    let channel = quoted_after(&text, "channel").into_iter().next();
    Ok(Toolchain {
        channel: channel.ok_or(Error::NotPinned { what: "a toolchain channel", path })?,
        components: quoted_after(&text, "components"),
        targets: quoted_after(&text, "targets"),
    })
}

/// The version of the `wasm-bindgen` crate, which its command-line tool must share to the digit.
pub fn wasm_bindgen() -> Result<String, Error> {
    let (path, lock) = read("Cargo.lock")?;
    locked(&lock, "wasm-bindgen").ok_or(Error::NotPinned { what: "wasm-bindgen", path })
}

/// Fails if the pin in `Cargo.toml` is not what `Cargo.lock` holds.
pub fn wasm_bindgen_pins_agree() -> Result<(), Error> {
    let lock = wasm_bindgen()?;
    let (path, manifest) = read("Cargo.toml")?;
    match exact_pin(&manifest, "wasm-bindgen") {
        None => Err(Error::NotPinned { what: "wasm-bindgen to one version (`=`)", path }),
        Some(manifest) if manifest != lock => Err(Error::PinsDiffer { manifest, lock }),
        Some(_) => Ok(()),
    }
}

fn read(name: &str) -> Result<(PathBuf, String), Error> {
    let path = root().join(name);
    let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
    Ok((path, text))
}

/// The strings on the line `key = "..."` or `key = ["...", "..."]`.
fn quoted_after(toml: &str, key: &str) -> Vec<String> {
    toml.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.split('"').skip(1).step_by(2).map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The version of `package` in the text of a lock file.
fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

/// The version `package` is pinned to with `=` in the text of a manifest.
fn exact_pin(manifest: &str, package: &str) -> Option<String> {
    let line = manifest.lines().find(|line| {
        line.strip_prefix(package).is_some_and(|rest| rest.trim_start().starts_with('='))
    })?;
    let (_, pin) = line.split_once("\"=")?;
    Some(pin.split('"').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toolchain_file_is_read() {
        let text = "# channel of all\n[toolchain]\nchannel = \"nightly-2026-05-20\"\n\
                    components = [\"rust-src\", \"clippy\"]\ntargets = [\"wasm32-unknown-unknown\"]\n";
        assert_eq!(quoted_after(text, "channel"), ["nightly-2026-05-20"]);
        assert_eq!(quoted_after(text, "components"), ["rust-src", "clippy"]);
        assert_eq!(quoted_after(text, "profile"), [""; 0]);
    }

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.79\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn a_pin_is_found_however_it_is_spelled() {
        let of = |manifest| exact_pin(manifest, "wasm-bindgen");
        let table = "wasm-bindgen-futures = \"=0.4.79\"\nwasm-bindgen = { version = \"=0.2.129\" }";
        assert_eq!(of(table).as_deref(), Some("0.2.129"));
        assert_eq!(of("wasm-bindgen = \"=0.2.129\"").as_deref(), Some("0.2.129"));
        assert_eq!(of("wasm-bindgen = \"0.2.129\""), None);
    }

    #[test]
    fn this_repository_pins_what_the_build_needs() {
        let toolchain = toolchain().unwrap();
        assert!(toolchain.components.contains(&"rust-src".to_owned()), "build-std needs rust-src");
        assert!(toolchain.targets.contains(&"wasm32-unknown-unknown".to_owned()));
        wasm_bindgen_pins_agree().unwrap();
    }
}
