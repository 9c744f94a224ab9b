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
