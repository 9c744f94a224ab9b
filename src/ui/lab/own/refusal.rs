//! Why a file is not taken.

use crate::failure::{Failure, Problem};
use crate::measure::format;

pub(super) fn refused(said: String) -> Failure {
    Problem::Invalid(said).into()
}

/// The failure of reading the file `name`, which says which file it was.
pub fn about(name: &str, failure: Failure) -> Failure {
    // What is invalid about a file's contents says its name itself.
    match (&failure.problem, &failure.key) {
        (Problem::Invalid(_), None) => failure,
        _ => Failure { key: Some(format!("“{name}”")), ..failure },
    }
}

pub(super) fn empty(name: &str) -> Failure {
    refused(format!("“{name}” is empty. Choose another file."))
}

pub(super) fn too_long(name: &str, max_bytes: u64) -> Failure {
    refused(format!(
        "“{name}” is longer than {}, which is the most. Choose a shorter text.",
        format::bytes(max_bytes as f64)
    ))
}

/// That a file is no picture, as far as this browser can tell.
pub fn no_picture(name: &str) -> Failure {
    refused(format!(
        "“{name}” is no picture that this browser can read. Choose a JPEG, PNG, WebP or SVG file."
    ))
}
