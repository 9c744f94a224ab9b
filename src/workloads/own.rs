//! Data that the reader brings along: a picture or a text.

use crate::failure::{Failure, Result};
use std::rc::Rc;

/// The reader's own data. It never leaves the machine: no link, report or history
/// holds it, so that a workload only says how much of it there must be.
#[derive(Clone, Debug)]
pub struct OwnData {
    /// The file's name, for the page.
    pub name: String,
    /// The bytes that tasks read: a picture's RGBA, a text's UTF-8.
    pub bytes: Rc<Vec<u8>>,
}

/// The same data, not merely equal: comparing it byte by byte could take long.
impl PartialEq for OwnData {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Rc::ptr_eq(&self.bytes, &other.bytes)
    }
}

/// Whether `own` is what a workload wants that needs `wanted` bytes of the reader's
/// own.
///
/// # Errors
/// `InvalidInput` that says to bring it again.
pub fn check(wanted: Option<usize>, own: Option<&OwnData>) -> Result<()> {
    match (wanted, own) {
        (None, _) => Ok(()),
        (Some(bytes), Some(own)) if own.bytes.len() == bytes => Ok(()),
        (Some(_), _) => Err(Failure::invalid(
            "source",
            "your own data is not here: links and reports do not hold it. Bring it again, or \
             choose generated data.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_data_must_be_what_was_described() {
        let own = OwnData { name: "a.txt".into(), bytes: Rc::new(vec![0; 4]) };
        assert_eq!(check(None, None), Ok(()));
        assert_eq!(check(Some(4), Some(&own)), Ok(()));
        for (wanted, own) in [(Some(5), Some(&own)), (Some(4), None)] {
            let failure = check(wanted, own).unwrap_err();
            assert!(failure.message.starts_with("source: your own data"), "{failure}");
        }
    }
}
