//! Parameters and options as constants at the top of a program.

use super::shape;
use crate::models::Executor;
use crate::models::option::{OptionSpec, OptionValue};
use crate::workloads::Workload;
use serde_json::{Value, json};

/// Longest line of a program that a value is broken into.
const LINE: usize = 76;

/// A constant of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// `MAX_ITER`.
    pub name: String,
    /// What it is.
    pub value: Value,
    /// What there is to say about it, or nothing.
    pub about: &'static str,
}

impl Constant {
    /// The constant of the parameter or option `key`.
    pub fn new(key: &str, value: Value, about: &'static str) -> Self {
        Self { name: name(key), value, about }
    }
}

/// The parameters of a workload, but for those that decide which parts a program has.
pub fn of_workload(workload: &Workload) -> Vec<Constant> {
    let params = workload.params().into_iter();
    let told = params.filter(|(key, _)| !["kind", "source"].contains(&key.as_str()));
    let mut constants: Vec<_> =
        told.map(|(key, value)| Constant::new(&key, value, about_param(&key))).collect();
    if let Some(tasks) = shape::tasks(workload) {
        constants.push(Constant::new("tasks", json!(tasks), "pieces that the work is cut into"));
    }
    constants
}

fn about_param(key: &str) -> &'static str {
    match key {
        "computeUnits" => "1,000 steps each",
        "variance" => "per cent",
        _ => "",
    }
}

/// The option `spec` of a model, where it applies.
pub fn of_option(executor: &Executor, spec: &OptionSpec, about: &'static str) -> Option<Constant> {
    let value = match executor.value_of(spec)? {
        OptionValue::Number(number) => json!(number),
        OptionValue::Thousandths(_) => {
            json!(executor.value_of(spec)?.to_string().parse::<f64>().ok()?)
        }
        OptionValue::Word(word) => json!(word),
        OptionValue::Flag(flag) => json!(flag),
    };
    Some(Constant::new(spec.name, value, about))
}

/// `maxIter` as `MAX_ITER`.
fn name(key: &str) -> String {
    let mut name = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

/// A number as both languages write it: `1_000_000`, `0.5`, `1e-13`.
pub fn number(value: &Value) -> String {
    match value.as_u64() {
        Some(whole) if !value.is_f64() => grouped(whole),
        _ => value.to_string(),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The numbers of a list in lines, each with a comma behind it.
pub fn list_lines(items: &[Value]) -> Vec<String> {
    filled(items.iter().map(|item| format!("{},", number(item))))
}

/// Words in lines of about [`LINE`] characters, with a space between two words.
pub fn filled(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// A text in pieces that fit a line each.
pub fn text_pieces(text: &str) -> Vec<String> {
    let all: Vec<char> = text.chars().collect();
    all.chunks(LINE - 10).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_as_languages_write_them() {
        assert_eq!(name("maxIter"), "MAX_ITER");
        assert_eq!(name("n"), "N");
        let numbers = [json!(832), json!(25_000_000), json!(-0.65), json!(0.0), json!(1e-13)];
        let written = ["832", "25_000_000", "-0.65", "0.0", "1e-13"];
        assert_eq!(numbers.each_ref().map(number), written);
    }

    #[test]
    fn long_lists_and_texts_are_broken_into_lines() {
        let lines = list_lines(&vec![json!(999_999_999_989_u64); 20]);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
        assert_eq!(lines.join(" ").split(' ').count(), 20);
        assert_eq!(text_pieces(&"é".repeat(200)).concat(), "é".repeat(200));
    }
}
