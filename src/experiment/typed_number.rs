//! Numbers as people type them, with the separators of their language or of this page.
//!
//! Nothing is guessed: where two ways of writing numbers make two numbers of one text,
//! it is for the reader to say which.

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
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EN: NumberFormat = PAGE;
    const DE: NumberFormat = NumberFormat { group: '.', decimal: ',', group_len: 3 };
    const FR: NumberFormat = NumberFormat { group: '\u{202f}', decimal: ',', group_len: 3 };
    const DE_CH: NumberFormat = NumberFormat { group: '’', decimal: '.', group_len: 3 };
    const HI: NumberFormat = NumberFormat { group: ',', decimal: '.', group_len: 2 };
    const ALL: [NumberFormat; 5] = [EN, DE, FR, DE_CH, HI];

    fn meant(text: &str) -> Typed {
        Typed::Meant(text.to_owned())
    }

    fn unclear(page: &str, reader: &str) -> Typed {
        Typed::Unclear([page.to_owned(), reader.to_owned()])
    }

    #[test]
    fn separators_of_every_language_are_taken_in_every_language() {
        for format in ALL {
            for text in [
                "2,000,000",
                "2 000 000",
                "2_000_000",
                "2'000'000",
                "2’000’000",
                "2\u{a0}000\u{a0}000",
                "2\u{202f}000\u{202f}000",
                "2\u{2009}000\u{2009}000",
                "2.000.000",
                " +2,000,000 ",
            ] {
                assert_eq!(read(text, &format), meant("2000000"), "{text} in {format:?}");
            }
            assert_eq!(read("1,234.5", &format), meant("1234.5"));
            assert_eq!(read("1.234,5", &format), meant("1234.5"));
            assert_eq!(read("−1 234.5", &format), meant("-1234.5"));
        }
    }

    #[test]
    fn what_computers_write_stands_as_it_is() {
        for format in ALL {
            for text in ["5", "-0.65", "0.125", "1e-7", "", "many", "1.5", "0x10", "1000000"] {
                assert_eq!(read(text, &format), Typed::AsItStands, "{text} in {format:?}");
            }
        }
    }

    #[test]
    fn a_thousand_or_one_is_for_the_reader_to_say() {
        assert_eq!(read("1,000", &DE), unclear("1000", "1"));
        assert_eq!(read("1.000", &DE), unclear("1", "1000"));
        assert_eq!(read("1,000", &FR), unclear("1000", "1"));
        assert_eq!(read("-1.234", &DE), unclear("-1.2340", "-1234"));
        assert_eq!(read("1,000", &EN), meant("1000"));
        assert_eq!(read("1.000", &EN), Typed::AsItStands);
        assert_eq!(read("1,000", &DE_CH), meant("1000"));
        assert_eq!(read("1.000", &DE_CH), Typed::AsItStands);
        assert_eq!(read("1,000", &HI), meant("1000"));
    }

    #[test]
    fn decimals_of_the_reader_s_language_are_taken() {
        assert_eq!(read("1,5", &DE), meant("1.5"));
        assert_eq!(read("0,125", &DE), meant("0.125"));
        assert_eq!(read(",5", &FR), meant("0.5"));
        assert_eq!(read("1,2345", &FR), meant("1.2345"));
        assert_eq!(read("1 234,5", &FR), meant("1234.5"));
        // In English it may be a thousand with a digit missing.
        assert_eq!(read("1,00", &EN), Typed::AsItStands);
    }

    #[test]
    fn groups_of_two_are_taken_where_the_language_has_them() {
        assert_eq!(read("12,34,567", &HI), meant("1234567"));
        assert_eq!(read("1,00,000.25", &HI), meant("100000.25"));
        assert_eq!(read("1,234,567", &HI), meant("1234567"));
        assert_eq!(read("12,34,567", &EN), Typed::AsItStands);
    }

    #[test]
    fn groups_that_are_none_are_no_number() {
        for text in ["1,0000", "1000,000", "0,001,000", "1,,000", "1, 000", "1 00", "1.2.3", "5."] {
            assert_eq!(read(text, &EN), Typed::AsItStands, "{text}");
        }
    }

    #[test]
    fn a_format_is_read_of_how_the_browser_writes_a_number() {
        let of = |groups: &[&str], group, decimal| {
            let groups: Vec<_> = groups.iter().map(|one| (*one).to_owned()).collect();
            NumberFormat::of(&groups, group, decimal)
        };
        assert_eq!(of(&["12", "345", "678"], ".", ","), DE);
        assert_eq!(of(&["1", "23", "45", "678"], ",", "."), HI);
        assert_eq!(of(&["12", "345", "678"], "\u{202f}", ","), FR);
        assert_eq!(of(&["12345678"], "", ",").decimal, ',');
        assert_eq!(of(&[], "", ""), PAGE);
    }

    #[test]
    fn what_was_understood_is_shown_in_groups() {
        assert_eq!(grouped("2000000"), "2,000,000");
        assert_eq!(grouped("-1234.5"), "-1,234.5");
        assert_eq!(grouped("100"), "100");
    }

    proptest! {
        /// Whatever is taken for a number is one to whoever reads it strictly.
        #[test]
        fn what_is_meant_is_a_plain_number(text in "[-+0-9., '_\u{202f}]{0,12}", at in 0usize..5) {
            match read(&text, &ALL[at]) {
                Typed::AsItStands => {}
                Typed::Meant(number) => prop_assert!(number.parse::<f64>().is_ok(), "{number}"),
                Typed::Unclear(both) => {
                    for number in both {
                        prop_assert!(number.parse::<f64>().is_ok(), "{number}");
                        prop_assert!(!matches!(read(&number, &ALL[at]), Typed::Unclear(_)));
                    }
                }
            }
        }
    }
}
