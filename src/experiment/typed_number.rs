//! Numbers as people type them, with the separators of their language or of this page.
//!
//! Nothing is guessed: where two ways of writing numbers make two numbers of one text,
//! it is for the reader to say which.

use crate::failure::{Failure, InputProblem, Result};
use std::borrow::Cow;

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// What stands between groups of digits.
    pub group: char,
    /// What stands before the decimals.
    pub decimal: char,
    /// How many digits a group before the last has: 3, or 2 in Hindi. The last has 3.
    pub group_len: usize,
}

/// How this page writes numbers itself.
pub const PAGE: NumberFormat = NumberFormat { group: ',', decimal: '.', group_len: 3 };

impl Default for NumberFormat {
    fn default() -> Self {
        PAGE
    }
}

impl NumberFormat {
    /// The format of a language that writes 12345678.9 in these parts: the groups of the
    /// whole number, what stands between them, and what stands before the decimals. The
    /// page's own where they are not what was expected.
    pub fn of(groups: &[String], group: &str, decimal: &str) -> Self {
        let only = |text: &str| {
            let mut letters = text.chars();
            letters.next().filter(|_| letters.next().is_none())
        };
        let group_len = match groups {
            [.., before, last] if last.len() == 3 && [2, 3].contains(&before.len()) => before.len(),
            _ => PAGE.group_len,
        };
        match only(decimal) {
            // Some languages have no groups, or only in longer numbers.
            Some(decimal) => Self { group: only(group).unwrap_or(' '), decimal, group_len },
            None => PAGE,
        }
    }

    /// What `text`, without its sign, means in this format: the digits of the whole number
    /// and the decimals.
    fn read(&self, text: &str) -> Option<(String, String)> {
        let (whole, decimals) = match text.split_once(self.decimal) {
            Some((whole, decimals)) => (whole, decimals),
            None => (text, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_well_formed = is_digits(decimals) && !(whole.is_empty() && decimals.is_empty());
        if !is_well_formed || text.ends_with(self.decimal) {
            return None;
        }
        if is_digits(whole) {
            return Some((whole.to_owned(), decimals.to_owned()));
        }
        let group = whole.chars().find(|c| !c.is_ascii_digit())?;
        let is_between = is_neutral(group) || is_neutral(self.group) && group.is_whitespace();
        if group != self.group && !is_between {
            return None;
        }
        let groups: Vec<_> = whole.split(group).collect();
        let (first, rest) = groups.split_first()?;
        let (last, middle) = rest.split_last()?;
        let fits = |len: usize| {
            (1..=len).contains(&first.len())
                && last.len() == 3
                && middle.iter().all(|one| one.len() == len)
        };
        let is_grouped = groups.iter().all(|one| is_digits(one))
            && !first.starts_with('0')
            && (fits(3) || fits(self.group_len));
        is_grouped.then(|| (groups.concat(), decimals.to_owned()))
    }
}

/// Whether `c` separates groups in every language, and decimals in none.
fn is_neutral(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '\'' | '’')
}

/// What a text that a person typed means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// What it says to a computer, which may be no number at all.
    AsItStands,
    /// This number, written plainly.
    Meant(String),
    /// One of these two numbers, each written so that it is only the one.
    Unclear([String; 2]),
}

/// Formats in which a text must have separators twice, or of both kinds, to mean
/// anything: then it means nothing else.
const OTHERS: [NumberFormat; 1] = [NumberFormat { group: '.', decimal: ',', group_len: 3 }];

/// What `text` means to somebody whose language writes numbers in `format`.
pub fn read(text: &str, format: &NumberFormat) -> Typed {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let as_page = PAGE.read(digits);
    let as_reader = format.read(digits);
    let meant = match (as_page, as_reader) {
        (Some(page), Some(reader)) if page != reader => {
            return Typed::Unclear([page, reader].map(|number| unmistakable(sign, number)));
        }
        (Some(number), _) | (None, Some(number)) => Some(number),
        (None, None) => {
            let marks = digits.chars().filter(|c| matches!(c, '.' | ',')).count();
            OTHERS.iter().filter(|_| marks > 1).find_map(|other| other.read(digits))
        }
    };
    match meant {
        Some(number) => match plain(sign, &number) {
            number if number == text => Typed::AsItStands,
            number => Typed::Meant(number),
        },
        None => Typed::AsItStands,
    }
}

/// What a person typed as a number, as links write it. What is no number stays as it is.
///
/// # Errors
/// `InvalidInput` about `key` where it may mean two numbers.
pub fn plain_number<'a>(key: &str, text: &'a str, numbers: &NumberFormat) -> Result<Cow<'a, str>> {
    match read(text, numbers) {
        Typed::AsItStands => Ok(text.into()),
        Typed::Meant(number) => Ok(number.into()),
        Typed::Unclear([one, other]) => {
            let (one, other) = (one.as_str().into(), other.as_str().into());
            let typed = text.trim().into();
            Err(Failure::invalid(key, InputProblem::Ambiguous { typed, one, other }))
        }
    }
}

/// A number as links write it, so that every reader takes it for the same. What is no number stays as it
/// is.
pub fn for_every_reader(number: &str) -> String {
    match PAGE.read(number) {
        Some(parts) => unmistakable("", parts),
        None => number.to_owned(),
    }
}

fn plain(sign: &str, (whole, decimals): &(String, String)) -> String {
    let whole = if whole.is_empty() { "0" } else { whole };
    match decimals.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{decimals}"),
    }
}

/// The number, written so that its decimals cannot be taken for a group of digits.
fn unmistakable(sign: &str, (whole, decimals): (String, String)) -> String {
    let mut decimals = decimals.trim_end_matches('0').to_owned();
    if decimals.len() == 3 {
        decimals.push('0');
    }
    plain(sign, &(whole, decimals))
}

/// A plain number as the page writes it: "2,000,000.5".
pub fn grouped(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    let dot = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{decimals}", groups.join(","))
}

#[cfg(test)]
mod tests;
