//! Values from outside, each checked against its bounds, and as messages quote them.

use crate::failure::{Failure, InputProblem, Result, names};
use serde_json::Value;

/// The greatest whole number that JavaScript represents exactly.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Longest item of a list of texts, in bytes.
const MAX_ITEM_BYTES: usize = 2048;

/// `value` as a whole number from `min` to `max`.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn integer(key: &str, value: &Value, min: u64, max: u64) -> Result<u64> {
    // Scripts hand numbers over as JavaScript writes them: 5 may come as 5.0.
    let whole = value.as_u64().or_else(|| {
        let number = value.as_f64()?;
        let exact = number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER as f64).contains(&number);
        exact.then_some(number as u64)
    });
    whole.filter(|number| (min..=max).contains(number)).ok_or_else(|| {
        Failure::invalid(key, InputProblem::NotWhole { min, max, got: shown(value).into() })
    })
}

/// `value` as a finite number from `min` to `max`.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn number(key: &str, value: &Value, min: f64, max: f64) -> Result<f64> {
    value.as_f64().filter(|number| (min..=max).contains(number)).ok_or_else(|| {
        Failure::invalid(key, InputProblem::NotNumber { min, max, got: shown(value).into() })
    })
}

/// `value` as yes or no.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn flag(key: &str, value: &Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| Failure::invalid(key, InputProblem::NotFlag))
}

/// `value` as one of `words`.
///
/// # Errors
/// `InvalidInput` about `key`.
pub fn choice(key: &str, value: &Value, words: &[&'static str]) -> Result<&'static str> {
    let word = value.as_str().and_then(|text| words.iter().find(|word| **word == text));
    word.copied().ok_or_else(|| {
        Failure::invalid(
            key,
            InputProblem::NotOneOf { choices: names(words), got: shown(value).into() },
        )
    })
}

/// `value` as a list of whole numbers from `min` to `max`.
pub(super) fn list(
    key: &str,
    value: &Value,
    min: u64,
    max: u64,
    max_len: usize,
) -> Result<Vec<u64>> {
    let items = value.as_array().filter(|items| (1..=max_len).contains(&items.len()));
    let Some(items) = items else {
        let (most, got) = (max_len as u64, shown(value).into());
        return Err(Failure::invalid(key, InputProblem::NotWholes { most, got }));
    };
    items.iter().map(|item| integer(key, item, min, max)).collect()
}

/// `value` as a text of up to so many bytes.
pub(super) fn text<'a>(key: &str, value: &'a Value, max_len: usize) -> Result<&'a str> {
    value.as_str().filter(|text| text.len() <= max_len).ok_or_else(|| {
        Failure::invalid(
            key,
            InputProblem::NotText { most: max_len as u64, got: shown(value).into() },
        )
    })
}

/// `value` as a list of texts.
pub(super) fn texts(key: &str, value: &Value, max_len: usize) -> Result<Vec<String>> {
    let items = value.as_array().filter(|items| (1..=max_len).contains(&items.len()));
    let Some(items) = items else {
        let (most, got) = (max_len as u64, shown(value).into());
        return Err(Failure::invalid(key, InputProblem::NotTexts { most, got }));
    };
    items.iter().map(|item| text(key, item, MAX_ITEM_BYTES).map(str::to_owned)).collect()
}

/// `value` as a message quotes it, cut where it is long.
pub fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = match value {
        // A script's NaN and infinities arrive as null.
        Value::Null => "no number".to_owned(),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_are_read_as_javascript_writes_them() {
        assert_eq!(integer("n", &json!(5), 1, 9), Ok(5));
        assert_eq!(integer("n", &json!(5.0), 1, 9), Ok(5));
        for bad in [json!(0), json!(10), json!(5.5), json!(-1), json!("5"), json!(null), json!([5])]
        {
            let failure = integer("n", &bad, 1, 9).unwrap_err();
            assert!(
                failure.message().starts_with("n: give a whole number from 1 to 9"),
                "{failure}"
            );
        }
    }

    #[test]
    fn what_is_quoted_is_short() {
        assert!(shown(&json!("x".repeat(10_000))).chars().count() <= 41);
        assert_eq!(shown(&json!(f64::NAN)), "no number");
    }
}
