//! Source files as tokens, without comments and strings, and the paths in them: every one
//! that begins with `crate`, `super` or `self` is resolved to the module that it names,
//! wherever in the file it stands.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the library and the text of its file.
pub struct Module {
    /// `ui::charts::axis`.
    pub path: String,
    /// Its text.
    pub source: String,
}

/// Every module of the library, but its root.
pub fn modules() -> Vec<Module> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in rust_files(&src) {
        let relative = file.strip_prefix(&src).expect("it was found there").with_extension("");
        let mut names: Vec<_> = relative.iter().map(|name| name.to_string_lossy()).collect();
        if names[0] == "bin" || names == ["lib"] {
            continue;
        }
        if names.last().is_some_and(|name| name == "mod") {
            names.pop();
        }
        let source = fs::read_to_string(&file).expect("a source file is text");
        found.push(Module { path: names.join("::"), source });
    }
    found
}

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Whether `path` is `module` or inside of it.
pub fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// A piece of Rust: a word, `::`, or any other character that is not white.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    PathSep,
    Other(char),
}

/// The tokens of `source`, without comments, strings, characters and lifetimes.
pub fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < text.len() {
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < text.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= text.len() {
                        break;
                    }
                }
            }
            '"' => i = after_string(&text, i),
            // A character, or else a lifetime, whose word is no path.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < text.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            '\'' => {
                i += 1;
                while is_word(at(i)) {
                    i += 1;
                }
            }
            ':' if at(i + 1) == ':' => {
                tokens.push(Token::PathSep);
                i += 2;
            }
            c if is_word(c) => {
                let start = i;
                while is_word(at(i)) {
                    i += 1;
                }
                let word: String = text[start..i].iter().collect();
                let hashes = (i..).take_while(|i| at(*i) == '#').count();
                if ["r", "br", "cr"].contains(&word.as_str()) && at(i + hashes) == '"' {
                    i = after_raw_string(&text, i + hashes, hashes);
                } else {
                    tokens.push(Token::Word(word));
                }
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push(Token::Other(c));
                }
                i += 1;
            }
        }
    }
    tokens
}

/// Where it goes on after the string whose quote is at `open`.
fn after_string(text: &[char], open: usize) -> usize {
    let mut i = open + 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn after_raw_string(text: &[char], open: usize, hashes: usize) -> usize {
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = text.get(open + 1..).unwrap_or_default();
    let found = body.windows(end.len()).position(|window| window == end);
    found.map_or(text.len(), |at| open + 1 + at + end.len())
}

/// Every path of this crate that `source`, the text of `module`, names, from the
/// crate's root on: `use super::{a, b::c}` in `x::y` is `x::a` and `x::b::c`.
pub fn paths(module: &str, source: &str) -> BTreeSet<String> {
    let tokens = tokens(source);
    let word = |i: usize| match tokens.get(i) {
        Some(Token::Word(word)) => Some(word.as_str()),
        _ => None,
    };
    let mut found = BTreeSet::new();
    // The names of the modules, inside of the file, that the text is in; `None` for
    // any other pair of braces.
    let mut braces: Vec<Option<String>> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let begins_here = i == 0 || tokens[i - 1] != Token::PathSep;
        match &tokens[i] {
            Token::Other('{') => {
                let name =
                    word(i.wrapping_sub(1)).filter(|_| word(i.wrapping_sub(2)) == Some("mod"));
                braces.push(name.map(str::to_owned));
            }
            Token::Other('}') => drop(braces.pop()),
            Token::Word(first)
                if begins_here
                    && ["crate", "super", "self"].contains(&first.as_str())
                    && tokens.get(i + 1) == Some(&Token::PathSep) =>
            {
                let mut here: Vec<String> = module.split("::").map(str::to_owned).collect();
                here.extend(braces.iter().flatten().cloned());
                i = read_path(&tokens, i, here, &mut found);
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// Reads the path, or the group of paths, at `i`, below `base`; where it goes on.
fn read_path(
    tokens: &[Token],
    mut i: usize,
    mut base: Vec<String>,
    found: &mut BTreeSet<String>,
) -> usize {
    loop {
        match tokens.get(i) {
            Some(Token::Word(word)) => {
                match word.as_str() {
                    "crate" => base.clear(),
                    "super" => drop(base.pop()),
                    "self" => {}
                    name => base.push(name.to_owned()),
                }
                i += 1;
            }
            Some(Token::Other('{')) => {
                i += 1;
                while i < tokens.len() && tokens[i] != Token::Other('}') {
                    let begun = i;
                    i = read_path(tokens, i, base.clone(), found);
                    // `as name`, commas, and whatever is not understood.
                    while i < tokens.len()
                        && ![Token::Other(','), Token::Other('}')].contains(&tokens[i])
                    {
                        i += 1;
                    }
                    if tokens.get(i) == Some(&Token::Other(',')) {
                        i += 1;
                    }
                    assert!(i > begun, "a group of paths that cannot be read");
                }
                return i + 1;
            }
            // `*`, or the end of what there is.
            _ => i += 1,
        }
        if tokens.get(i) == Some(&Token::PathSep) {
            i += 1;
        } else {
            found.insert(base.join("::"));
            return i;
        }
    }
}

pub fn words(source: &str) -> BTreeSet<String> {
    let words = tokens(source).into_iter().filter_map(|token| match token {
        Token::Word(word) => Some(word),
        _ => None,
    });
    words.collect()
}

fn found(module: &str, source: &str) -> Vec<String> {
    paths(module, source).into_iter().collect()
}

#[test]
fn paths_are_found_wherever_they_stand() {
    assert_eq!(
        found("a::b", "use crate::ui::{self, charts::{axis, bars as b}, lab::form::*};"),
        ["ui", "ui::charts::axis", "ui::charts::bars", "ui::lab::form"]
    );
    assert_eq!(found("a::b", "use super::{c, d::E}; use self::f;"), ["a::b::f", "a::c", "a::d::E"]);
    assert_eq!(
        found("a", "fn f() { let x = crate::ui::lab::form::new::<u8>(1); }"),
        ["ui::lab::form::new"]
    );
    assert_eq!(
        found("a::b", "mod tests { fn f() { g() } use super::*; use super::super::c; }"),
        ["a::b", "a::c"]
    );
    assert_eq!(found("a::b", "mod tests { } use super::c;"), ["a::c"]);
    assert_eq!(
        found("a", "pub(crate) fn f<'a>(s: &'a str, q: char) { m!('{', '\\'', s) }"),
        [""; 0]
    );
}

#[test]
fn what_is_said_in_words_is_no_import() {
    for harmless in [
        "// use crate::ui;",
        "/* use crate::ui; /* and */ use crate::ui; */",
        "const S: &str = \"use crate::ui; \\\" crate::ui\";",
        "const S: &str = r#\"say \"crate::ui::lab::form\" \"#;",
        "const C: char = '\"'; // crate::ui \"",
    ] {
        assert_eq!(found("a", harmless), [""; 0], "{harmless}");
    }
    assert_eq!(found("a", "const S: &str = r#\"\"#; use crate::ui;"), ["ui"]);
    assert_eq!(found("a", "const C: char = '\"'; use crate::ui;"), ["ui"]);
}
