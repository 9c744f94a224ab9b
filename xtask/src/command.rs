//! Running other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, ExitStatus, Stdio};

use crate::error::Error;
use crate::project;

/// A command in the repository's root, with the environment a contributor's shell would give it.
///
/// `cargo xtask` hands down what Cargo sets for the program it runs. Passed on, it would tie a
/// nested Cargo to the outer one's binary, and name `xtask` as the package being built.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(set_by_cargo_run) {
            command.env_remove(name);
        }
    }
    command
}

/// Cargo by the pinned toolchain, even where the caller said `cargo +stable xtask`.
pub fn cargo() -> Result<Command, Error> {
    let mut cargo = command("cargo");
    cargo.env("RUSTUP_TOOLCHAIN", project::toolchain()?.channel);
    Ok(cargo)
}

/// Runs to the end; its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(not_started(command))?;
    ended(command, status)
}

fn ended(command: &Command, status: ExitStatus) -> Result<(), Error> {
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed { program: line(command), status: status.to_string() })
}

/// Runs to the end while `read` reads what it prints.
pub fn run_and_read(command: &mut Command, read: impl FnOnce(ChildStdout)) -> Result<(), Error> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(not_started(command))?;
    if let Some(stdout) = child.stdout.take() {
        read(stdout);
    }
    ended(command, child.wait().map_err(not_started(command))?)
}

/// Runs to the end and returns what it printed; `None` if it did not start or failed.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Becomes the other program where the system can do that, so that a signal sent to this process
/// reaches the one that does the work.
pub fn become_it(command: &mut Command) -> Result<(), Error> {
    #[cfg(unix)]
    {
        let reason = std::os::unix::process::CommandExt::exec(command);
        Err(not_started(command)(reason))
    }
    #[cfg(not(unix))]
    run(command)
}

/// The first file called `name` in the folders of `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name).with_extension(std::env::consts::EXE_EXTENSION))
        .find(|file| is_program(file))
}

/// Whether this is a file that may be executed.
pub fn is_program(file: &Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    #[cfg(unix)]
    let executable = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let executable = true;
    metadata.is_file() && executable
}

fn not_started(command: &Command) -> impl FnOnce(std::io::Error) -> Error {
    let program = line(command);
    move |reason| Error::NotStarted { program, reason }
}

/// The command as one would type it, for messages.
fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether Cargo sets this variable for a program it runs, as opposed to a user's own setting
/// such as `CARGO_HOME`, `CARGO_TARGET_DIR` or `CARGO_NET_OFFLINE`.
fn set_by_cargo_run(name: &str) -> bool {
    matches!(name, "CARGO" | "CARGO_PRIMARY_PACKAGE" | "CARGO_CRATE_NAME" | "CARGO_BIN_NAME")
        || name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cargo_sets_for_a_run_is_kept_from_children() {
        assert!(set_by_cargo_run("CARGO"));
        assert!(set_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(set_by_cargo_run("CARGO_PKG_VERSION"));
        assert!(!set_by_cargo_run("CARGO_HOME"));
        assert!(!set_by_cargo_run("CARGO_TARGET_DIR"));
        assert!(!set_by_cargo_run("CARGO_NET_OFFLINE"));
    }

    #[test]
    fn a_failure_is_reported_with_the_line_to_repeat() {
        let error = run(command("sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(error.to_string(), "`sh -c exit 3` failed (exit status: 3), see above");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut command("no-such-program")).unwrap_err();
        assert!(error.to_string().starts_with("could not start `no-such-program`"), "{error}");
        assert_eq!(output(&mut command("no-such-program")), None);
        assert_eq!(on_path("no-such-program"), None);
    }
}
