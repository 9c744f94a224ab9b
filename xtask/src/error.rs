//! Everything that can end a command. Each message names what failed and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub enum Error {
    /// The command line makes no sense.
    Usage(String),
    /// A program could not be started at all.
    NotStarted { program: String, reason: std::io::Error },
    /// A program ran and failed; its own output, printed above, says why.
    Failed { program: String, status: String },
    /// A file or folder could not be read or written.
    File { doing: &'static str, path: PathBuf, reason: std::io::Error },
    /// A pinned version is not where it is expected.
    NotPinned { what: &'static str, path: PathBuf },
    /// `Cargo.toml` and `Cargo.lock` name different versions of wasm-bindgen.
    PinsDiffer { manifest: String, lock: String },
    /// A file that others are made of has another form than they count on.
    OtherForm { what: &'static str, see: &'static str },
    /// There is no folder to keep tools in.
    NoCache,
    /// Something is missing that only the user can install.
    Missing { what: String, mend: String },
    /// A tool could not be installed.
    Install { tool: String, reason: String, mend: String },
    /// `doctor` found this many things to mend.
    Unwell(usize),
}

impl Error {
    /// Turns an I/O error into one that says what was being done to which path.
    pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |reason| Self::File { doing, path, reason }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(problem) => write!(f, "{problem}\n\n{}", crate::USAGE),
            Self::NotStarted { program, reason } => write!(
                f,
                "could not start `{program}`: {reason}\n  `cargo xtask doctor` lists what is missing"
            ),
            Self::Failed { program, status } => {
                write!(f, "`{program}` failed ({status}), see above")
            }
            Self::File { doing, path, reason } => {
                write!(f, "could not {doing} {}: {reason}", path.display())
            }
            Self::NotPinned { what, path } => {
                write!(f, "{} does not pin {what}: restore the file with git", path.display())
            }
            Self::PinsDiffer { manifest, lock } => write!(
                f,
                "Cargo.toml pins wasm-bindgen {manifest}, Cargo.lock holds {lock}\n  \
                 run `cargo update -p wasm-bindgen --precise {manifest}`"
            ),
            Self::OtherForm { what, see } => {
                write!(f, "{what} has another form than expected\n  adapt {see}")
            }
            Self::NoCache => write!(
                f,
                "there is no home folder to keep tools in\n  \
                 set CONCURRENCY_PLAYGROUND_CACHE to a folder that may be written to"
            ),
            Self::Missing { what, mend } => write!(f, "{what} is missing\n  {mend}"),
            Self::Install { tool, reason, mend } => {
                write!(f, "{tool} could not be installed: {reason}\n  {mend}")
            }
            Self::Unwell(1) => write!(f, "one thing to mend, see above"),
            Self::Unwell(count) => write!(f, "{count} things to mend, see above"),
        }
    }
}

impl std::error::Error for Error {}
