//! The table of cases, `conformance.md`, held to the tests that it names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("conformance.md");
/// At least so many cases have a test.
const LEAST_TESTED: usize = 120;

/// A line of the table.
struct Case<'a> {
    /// The file and the name of the case in it.
    from: &'a str,
    /// Tests as `file::name`.
    tests: Vec<&'a str>,
    /// What is special about it, or why it has no test.
    remark: &'a str,
}

fn cases() -> Vec<Case<'static>> {
    let rows = TABLE.lines().filter(|line| line.starts_with('|'));
    let rows = rows.filter(|line| !line.starts_with("| from |") && !line.starts_with("| ---"));
    let case = |row: &'static str| {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [from, what, tests, remark] = cells[..] else { panic!("not four cells: {row}") };
        assert!(!from.is_empty() && !what.is_empty(), "{row}");
        let tests = tests.split(", ").filter(|test| !test.is_empty());
        Case { from, tests: tests.map(|test| test.trim_matches('`')).collect(), remark }
    };
    rows.map(case).collect()
}

/// Where a file that the table names is.
fn path_of(file: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    match file {
        "pool.rs" => tests.join("e2e/pool.rs"),
        file if file.ends_with(".js") => tests.join("e2e/pool_cases").join(file),
        file => tests.join("process_pool").join(file),
    }
}

/// The names of the tests, or of the cases, in a file.
fn tests_in(file: &str) -> BTreeSet<String> {
    let path = path_of(file);
    let source =
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    let lines: Vec<_> = source.lines().collect();
    let name = |line: &str, before: &str| {
        let rest = line.strip_prefix(before)?;
        Some(rest.split_once('(')?.0.to_owned())
    };
    if file.ends_with(".js") {
        return lines.iter().filter_map(|line| name(line, "  async ")).collect();
    }
    let is_test = |line: &str| line == "#[test]" || line == "#[tokio::test]";
    let pairs = lines.windows(2).filter(|pair| is_test(pair[0]));
    pairs.filter_map(|pair| name(pair[1], "fn ").or_else(|| name(pair[1], "async fn "))).collect()
}

#[test]
fn every_test_that_the_table_names_exists() {
    let all = cases();
    let mut missing = BTreeSet::new();
    for test in all.iter().flat_map(|case| &case.tests) {
        let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("{test} has no file"));
        if !tests_in(file).contains(name) {
            missing.insert(*test);
        }
    }
    assert!(missing.is_empty(), "these are named and missing: {missing:#?}");
}

#[test]
fn every_case_has_a_test_or_a_reason() {
    let bare: Vec<_> = cases()
        .iter()
        .filter(|case| case.tests.is_empty() && case.remark.len() < 15)
        .map(|case| case.from)
        .collect();
    assert!(bare.is_empty(), "neither a test nor a reason: {bare:?}");
}

#[test]
fn most_cases_have_a_test() {
    let all = cases();
    let tested = all.iter().filter(|case| !case.tests.is_empty()).count();
    println!("{tested} of {} cases have a test.", all.len());
    assert!(tested >= LEAST_TESTED, "only {tested} cases have a test");
}

#[test]
fn no_case_is_listed_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> =
        cases().iter().map(|case| case.from).filter(|from| !seen.insert(*from)).collect();
    assert!(twice.is_empty(), "listed twice: {twice:?}");
}

/// A case of the browser that no page runs would test nothing.
#[test]
fn every_file_of_cases_is_run() {
    let pool = fs::read_to_string(path_of("pool.rs")).expect("tests/e2e/pool.rs");
    let folder = path_of("helpers.js").parent().map(Path::to_owned).expect("a folder");
    for file in fs::read_dir(folder).expect("the cases") {
        let name = file.expect("a file").file_name().into_string().expect("its name is text");
        assert!(pool.contains(&format!("pool_cases/{name}")), "{name} is never run");
    }
}
