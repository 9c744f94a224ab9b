//! A file of the guide that is loaded when it is opened.

use crate::failure::NoAnswer;
use std::rc::Rc;

/// Loading a file of the guide.
#[derive(Debug, PartialEq)]
pub enum Loading<T> {
    /// It is loaded.
    UnderWay,
    /// It could not be loaded.
    Failed(LoadFailure),
    /// It is there.
    Done(Rc<T>),
}

/// Why a file of the guide could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadFailure {
    /// The host gives no answer, or another one than the file.
    NoAnswer(NoAnswer),
    /// It is not what this version of the page can read: another version's, most likely.
    NotReadable,
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        match self {
            Self::UnderWay => Self::UnderWay,
            Self::Failed(failure) => Self::Failed(failure.clone()),
            Self::Done(file) => Self::Done(file.clone()),
        }
    }
}

impl LoadFailure {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::NoAnswer(why) => format!(
                "This page could not be loaded ({}). Check the connection and try again.",
                why.phrase()
            ),
            Self::NotReadable => {
                "This page was loaded, but belongs to another version. Reload the page.".to_owned()
            }
        }
    }
}
