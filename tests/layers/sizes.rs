//! Files and folders that a reader can take in.

use super::source::{modules, rust_files};
use std::collections::BTreeMap;
use std::path::Path;

/// Longest file, in lines.
const MOST_LINES: usize = 350;
/// Most files of a folder of `src/ui`, those in its folders not included.
const MOST_FILES: usize = 15;

#[test]
fn no_file_is_longer_than_a_reader_keeps_in_mind() {
    let lines = |source: &str| source.lines().count();
    let modules = modules();
    let long = modules.iter().filter(|one| lines(&one.source) > MOST_LINES);
    let long: Vec<_> = long.map(|one| (&one.path, lines(&one.source))).collect();
    assert!(long.is_empty(), "longer than {MOST_LINES} lines: {long:?}");
}

/// Half of the files are no longer than this, in lines.
const MEDIAN_LINES: usize = 100;

#[test]
fn half_of_the_files_are_short() {
    let files = rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let length = |file| std::fs::read_to_string(file).map(|text| text.lines().count());
    let mut lines: Vec<_> = files.iter().map(|file| length(file).expect("is text")).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= MEDIAN_LINES, "the median file has {median} lines");
}

#[test]
fn no_folder_of_the_page_holds_too_many_files() {
    let mut files: BTreeMap<_, usize> = BTreeMap::new();
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")) {
        *files.entry(file.parent().map(Path::to_owned)).or_default() += 1;
    }
    let full: Vec<_> = files.iter().filter(|(_, files)| **files > MOST_FILES).collect();
    assert!(full.is_empty(), "more than {MOST_FILES} files: {full:?}");
    assert!(files.len() > 5, "{files:?}");
}
