//! Why a file is not taken.

use crate::failure::{Failure, FileProblem, Problem};

/// The failure of reading the file `name`, which says which file it was.
pub fn about(name: &str, failure: Failure) -> Failure {
    // What is wrong with a file's contents says its name itself.
    match (&failure.problem, &failure.key) {
        (Problem::Files(_), None) => failure,
        _ => Failure { key: Some(format!("“{name}”")), ..failure },
    }
}

pub(super) fn empty(name: &str) -> Failure {
    FileProblem::Empty { name: name.into() }.into()
}

pub(super) fn too_long(name: &str, max_bytes: u64) -> Failure {
    FileProblem::TextTooLong { name: name.into(), most: max_bytes }.into()
}

/// That a file is no picture, as far as this browser can tell.
pub fn no_picture(name: &str) -> Failure {
    FileProblem::NotPicture { name: name.into() }.into()
}
