//! Values as links, and fields on the page, write them.

use crate::failure::Result;
use crate::models::OptionSpec;
use crate::models::option::{OptionType, OptionValue};
use crate::workloads::params::{ParamSpec, ParamType};
use serde_json::Value;

/// Reads `text`, typed by a person or written in a link, as an option wants it.
///
/// # Errors
/// `InvalidInput` that names the option and what it accepts.
pub fn option_value(spec: &OptionSpec, text: &str) -> Result<OptionValue> {
    spec.read(&match spec.accepts {
        OptionType::Integer { .. } | OptionType::Decimal { .. } => number_or_text(text),
        OptionType::Choice(_) => text.trim().into(),
        OptionType::Flag { .. } => flag_or_text(text),
    })
}

/// Reads `text`, typed by a person or written in a link, as `spec` wants it.
///
/// # Errors
/// `InvalidInput` that names the key and the bounds.
pub fn param(spec: &ParamSpec, text: &str) -> Result<Value> {
    let value = match spec.accepts {
        ParamType::Choice(_) => text.trim().into(),
        ParamType::Text { .. } => text.into(),
        ParamType::Integer { .. } | ParamType::Number { .. } => number_or_text(text),
        ParamType::List { .. } => text.split(',').map(number_or_text).collect(),
        ParamType::Texts { .. } => text.split_whitespace().map(Value::from).collect(),
    };
    spec.check(&value)?;
    Ok(value)
}

/// A flag where the text is one, else the text itself.
fn flag_or_text(text: &str) -> Value {
    text.trim().parse::<bool>().map_or_else(|_| text.trim().into(), Value::from)
}

/// A number where the text is one; the text itself otherwise, so that the
/// refusal can quote it.
pub fn number_or_text(text: &str) -> Value {
    let text = text.trim();
    // As people write numbers, too: 05, and .5.
    let digits = text.trim_start_matches('0');
    let number = match digits.bytes().next() {
        Some(b'0'..=b'9') => digits.to_owned(),
        Some(b'.') => format!("0{digits}"),
        _ => text.to_owned(),
    };
    match serde_json::from_str(&number) {
        Ok(Value::Number(number)) => number.into(),
        _ => text.into(),
    }
}

/// A parameter as a link, or a field on the page, writes it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // Texts may have commas in them, but no white space.
        Value::Array(items) if items.iter().any(Value::is_string) => {
            items.iter().map(plain).collect::<Vec<_>>().join("\n")
        }
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
