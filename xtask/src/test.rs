//! Tests and benchmarks: the native ones, then those that drive the built site in a browser.

use std::path::PathBuf;
use std::process::Command;

use crate::browser::{self, Browser};
use crate::command::{cargo, run};
use crate::error::Error;
use crate::say::step;
use crate::{peers, project, site, slowest, toolchain};

#[derive(Debug, PartialEq, Eq)]
pub struct TestArgs {
    native_only: bool,
    in_firefox: bool,
    for_end_to_end: Vec<String>,
}

impl TestArgs {
    pub fn parse(args: &[String]) -> Result<Self, Error> {
        let mut parsed = Self { native_only: false, in_firefox: false, for_end_to_end: vec![] };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--native" => parsed.native_only = true,
                "--firefox" => parsed.in_firefox = true,
                "--" => parsed.for_end_to_end.extend(args.by_ref().cloned()),
                other => {
                    let problem = format!("`test` has no argument `{other}`");
                    return Err(Error::Usage(problem));
                }
            }
        }
        Ok(parsed)
    }
}

/// Runs every test. Everything is set up first, so that a missing browser is reported before
/// minutes of building rather than after.
pub fn test(args: &TestArgs) -> Result<(), Error> {
    if args.native_only {
        toolchain::ensure()?;
        return native();
    }
    if args.in_firefox {
        return in_firefox(&args.for_end_to_end);
    }
    let tools = site::ensure()?;
    let browser = browser::ensure()?;
    // The page's compiler uses one core for most of its time.
    std::thread::scope(|scope| {
        let built = scope.spawn(|| site::build_with(&tools, &[]));
        let native = native().and_then(|()| {
            step("Compiling the end-to-end tests", || {
                run(cargo()?.args(["test", "--test", "e2e", "--no-run"]))
            })
        });
        native.and(built.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    step("End-to-end tests", || {
        slowest::run(
            in_browser(&mut cargo()?, &browser)
                // As many as there are browsers at a time (`SHARES` in `tests/support/browser.rs`), so
                // that the times in the list are those of tests and not of waiting for a browser.
                .args(["test", "--test", "e2e", "--", "--test-threads=4"])
                .args(slowest::REPORT_TIME)
                .args(&args.for_end_to_end),
        )
    })
}

fn native() -> Result<(), Error> {
    step("Native tests", || run(cargo()?.args(["test", "--workspace"])))
}

/// Builds the site and runs the tests that need Firefox, and no others.
fn in_firefox(args: &[String]) -> Result<(), Error> {
    let firefox = browser::firefox()?;
    let tools = site::ensure()?;
    let driver = browser::geckodriver()?;
    site::build_with(&tools, &[])?;
    let all = ["firefox::".to_owned()];
    step("End-to-end tests in Firefox", || {
        run(cargo()?
            .env("SITE_DIR", site::dist())
            .env("FIREFOX", &firefox)
            .env("GECKODRIVER", &driver)
            .args(["test", "--test", "e2e", "--", "--ignored"])
            .args(if args.is_empty() { &all[..] } else { args }))
    })
}

/// Builds the site, runs every experiment of the guide in it, and keeps what they come to.
pub fn record() -> Result<(), Error> {
    let tools = site::ensure()?;
    let browser = browser::ensure()?;
    site::build_with(&tools, &[])?;
    step("Recording", || {
        run(in_browser(&mut cargo()?, &browser)
            .args(["test", "--test", "e2e", "--", "--ignored", "--exact", "guide::record"])
            .arg("--nocapture"))
    })?;
    // Static pages show it.
    site::build_with(&tools, &[])
}

/// Builds the site and runs the benchmarks over it.
pub fn bench(args: &[String]) -> Result<(), Error> {
    let tools = site::ensure()?;
    let browser = browser::ensure()?;
    site::build_with(&tools, &[])?;
    let kernels = native_kernels()?;
    let args = args.strip_prefix(&["--".to_owned()]).unwrap_or(args);
    let peers = peers::built_for(args);
    step("Benchmarks", || {
        run(in_browser(&mut cargo()?, &browser)
            .envs(peers.map(|folder| ("PEERS_DIR", folder)))
            .env("NATIVE_KERNELS", &kernels)
            .args(["bench", "--bench", "lab", "--"])
            .args(args))
    })
}

/// Builds the kernels as a native program, for speed as `compute` is, and says where it is.
///
/// For any x86-64, as WebAssembly is for any machine: without instructions that only some
/// have, so that SHA-256 is computed in software, too.
fn native_kernels() -> Result<PathBuf, Error> {
    step("Building the native kernels", || {
        run(cargo()?
            .args(["build", "--profile", "compute", "--bin", "kernels", "--features", "native"])
            .arg("--target-dir")
            .arg(project::target_dir())
            .env("CARGO_ENCODED_RUSTFLAGS", "--cfg\u{1f}sha2_256_backend=\"soft\""))
    })?;
    let name = format!("kernels{}", std::env::consts::EXE_SUFFIX);
    Ok(project::target_dir().join("compute").join(name))
}

/// Tells the child where the site and the browser are.
fn in_browser<'a>(command: &'a mut Command, browser: &Browser) -> &'a mut Command {
    command
        .env("SITE_DIR", site::dist())
        .env("CHROME", &browser.chrome.path)
        .env("CHROMEDRIVER", &browser.driver.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<TestArgs, Error> {
        TestArgs::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_follows_the_dashes_is_for_the_end_to_end_tests() {
        let args = parse("-- --nocapture --native").unwrap();
        assert!(!args.native_only);
        assert_eq!(args.for_end_to_end, ["--nocapture", "--native"]);
        assert!(parse("--native").unwrap().native_only);
        assert!(parse("--firefox").unwrap().in_firefox);
    }

    #[test]
    fn an_unknown_argument_is_refused_by_name() {
        assert!(parse("--nativ").unwrap_err().to_string().contains("`--nativ`"));
    }
}
