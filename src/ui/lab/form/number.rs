//! Numbers as the reader types them.

use crate::experiment::typed_number::{self, NumberFormat, Typed};
use crate::failure::{Failure, InputProblem, Result};
use std::borrow::Cow;

/// What a person typed as a number, as links write it. What is no number stays as it is.
///
/// # Errors
/// `InvalidInput` about `key` where it may mean two numbers.
pub(crate) fn plain_number<'a>(
    key: &str,
    text: &'a str,
    numbers: &NumberFormat,
) -> Result<Cow<'a, str>> {
    match typed_number::read(text, numbers) {
        Typed::AsItStands => Ok(text.into()),
        Typed::Meant(number) => Ok(number.into()),
        Typed::Unclear([one, other]) => {
            let (one, other) = (one.to_string().into(), other.to_string().into());
            let typed = text.trim().into();
            Err(Failure::invalid(key, InputProblem::Ambiguous { typed, one, other }))
        }
    }
}
