//! Which program made a report.

use serde::Serialize;

/// This program's name.
pub const NAME: &str = env!("CARGO_PKG_NAME");
/// This program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Which program made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Producer {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Producer {
    /// This program.
    pub fn this() -> Self {
        Self { name: NAME.to_owned(), version: VERSION.to_owned() }
    }

    /// Whether it is this program, of whatever version.
    pub fn is_this_program(&self) -> bool {
        self.name == NAME
    }

    /// Its name and version.
    pub fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}
