use super::*;
use crate::exchange::example;
use proptest::prelude::*;

/// RFC 4180, and nothing besides: lines end with CRLF, a quote stands only in
/// quotes, and twice.
fn parse(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if field.is_empty() => loop {
                match chars.next().expect("a closing quote") {
                    '"' if chars.next_if_eq(&'"').is_some() => field.push('"'),
                    '"' => {
                        assert!(matches!(chars.peek(), Some(',' | '\r')), "after a quote");
                        break;
                    }
                    c => field.push(c),
                }
            },
            ',' => row.push(std::mem::take(&mut field)),
            '\r' => {
                assert_eq!(chars.next(), Some('\n'), "a line ends with CRLF");
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '"' | '\n' => panic!("{c:?} stands alone"),
            c => field.push(c),
        }
    }
    assert!(row.is_empty() && field.is_empty(), "the last line ends, too");
    rows
}

#[test]
fn every_sample_has_its_row() {
    let report = example::report();
    let rows = parse(&write(&report));
    assert_eq!(rows.len(), 1 + 5 + 5);
    let column = |name: &str| rows[0].iter().position(|one| one == name).expect("a column");
    let of = |row: usize, name: &str| rows[row][column(name)].as_str();
    for (row, total_ms) in [(1, "25"), (2, "25.5"), (6, "10"), (9, "9.875")] {
        assert_eq!(of(row, "total_ms"), total_ms);
    }
    assert_eq!((of(6, "result"), of(6, "sample"), of(6, "executor")), ("1", "0", "processes"));
    assert_eq!((of(6, "workers"), of(6, "chunkSize")), ("3", "8"));
    assert_eq!((of(6, "startMethod"), of(6, "dataMode")), ("spawn", "transfer"));
    assert_eq!((of(1, "workers"), of(1, "chunkSize"), of(1, "dataMode")), ("1", "", ""));
    assert_eq!((of(1, "lock_wait_ms"), of(1, "merge_ms")), ("0", "0.25"));
    assert_eq!(of(1, "answer_digest").len(), 64);
}

#[test]
fn what_would_break_a_row_is_quoted() {
    let fields = ["a,b", "say \"hi\"", "two\r\nlines", ""].map(str::to_owned);
    let mut table = String::new();
    row(&mut table, &fields);
    assert_eq!(parse(&table), [fields]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_row_has_every_column(report in example::reports()) {
        let rows = parse(&write(&report));
        let samples: usize = report.results.iter().map(|one| one.samples.len()).sum();
        prop_assert_eq!(rows.len(), 1 + samples);
        prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    }
}
