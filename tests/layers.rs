//! The map in `src/lib.rs`, held to: who may import whom, and who may name a
//! browser. The compiler cannot check it, because all layers are modules of one
//! crate.
//!
//! A source file is read as tokens, without comments and strings, and every path in
//! it that begins with `crate`, `super` or `self` is resolved to the module that it
//! names, wherever in the file it stands. The checkers are tested on small planted
//! violations at the end of this file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every layer with all that it imports, in an order in which each imports only
/// from those before it. An edge that is not here is a violation; one that is no
/// longer used is one, too, so that the list stays the truth.
const LAYERS: &[(&str, &[&str])] = &[
    ("failure", &[]),
    ("workloads", &["failure"]),
    ("models", &["failure", "workloads"]),
    ("experiment", &["failure", "workloads", "models"]),
    ("measure", &["failure", "workloads", "models", "experiment"]),
    ("protocol", &["failure", "workloads", "models", "measure"]),
    ("decision", &["failure", "workloads", "models", "experiment"]),
    ("exchange", &["failure", "workloads", "models", "experiment", "measure"]),
    (
        "browser",
        &["failure", "workloads", "models", "experiment", "measure", "protocol", "exchange"],
    ),
    (
        "executors",
        &["failure", "workloads", "models", "experiment", "measure", "protocol", "browser"],
    ),
    // Of the executors only the queue that a pool's threads share: see `PARTS`.
    ("compute", &["failure", "workloads", "models", "measure", "protocol", "browser", "executors"]),
    (
        "scripting",
        &[
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "exchange",
            "browser",
            "executors",
        ],
    ),
    (
        "ui",
        &[
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "decision",
            "exchange",
            "browser",
            "executors",
            "scripting",
        ],
    ),
];

/// Layers of which another may import only one module.
const PARTS: &[(&str, &str)] = &[("compute", "executors::task_queue")];

/// What is pure: it names no browser crate and nothing that does, so it runs and is
/// tested natively.
const PURE: &[&str] = &[
    "failure",
    "workloads",
    "models",
    "experiment",
    "measure",
    "protocol",
    "decision",
    "exchange",
    "executors::dispatch",
    "executors::mock",
    "executors::order",
    "executors::run",
    "executors::start_watch",
    "executors::task_queue",
    "scripting::catalogue",
    "ui::lab::form",
    "ui::lab::own",
    "ui::lab::sharing",
    "ui::lab::slider",
    "ui::lab::state",
    "ui::lab::tabs",
    "ui::shell::route",
    "ui::shell::theme",
    "ui::charts",
];

/// Modules of this name print what the pure place around them decides: they are not pure.
const VIEW: &str = "view";

/// The crates that know a browser. Those that begin like these belong to them.
const BROWSER_CRATES: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"];

/// Where values of JavaScript may be named.
const SPEAKS_JAVASCRIPT: &[&str] = &["browser", "compute", "scripting"];

/// A module of the library and the text of its file.
struct Module {
    /// `ui::charts::axis`.
    path: String,
    source: String,
}

/// Every module of the library, but its root.
fn modules() -> Vec<Module> {
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

fn rust_files(folder: &Path) -> Vec<PathBuf> {
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
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_pure(path: &str) -> bool {
    PURE.iter().any(|pure| is_in(path, pure)) && !path.split("::").any(|name| name == VIEW)
}

fn layer_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// A piece of Rust: a word, `::`, or any other character that is not white.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    PathSep,
    Other(char),
}

/// The tokens of `source`, without comments, strings, characters and lifetimes.
fn tokens(source: &str) -> Vec<Token> {
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
fn paths(module: &str, source: &str) -> BTreeSet<String> {
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

/// Which layers `module` imports from, and every import that it may not have.
fn imports(module: &str, source: &str) -> (BTreeSet<String>, Vec<String>) {
    let own = layer_of(module);
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == own) else {
        return (BTreeSet::new(), vec![format!("{module} is in no layer of the map")]);
    };
    let part = PARTS.iter().find(|(layer, _)| *layer == own).map(|(_, part)| *part);
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for path in paths(module, source) {
        let layer = layer_of(&path);
        if layer == own || layer.is_empty() {
            continue;
        }
        let too_much = part.is_some_and(|part| layer == layer_of(part) && !is_in(&path, part));
        if !allowed.contains(&layer) || too_much {
            wrong.push(format!("{module} may not import {path}"));
        }
        used.insert(layer.to_owned());
    }
    (used, wrong)
}

/// What keeps `module` from being pure: browser crates, and modules of this crate
/// that are not pure themselves. `known` are the modules there are.
fn impurities(module: &str, source: &str, known: &[&str]) -> Vec<String> {
    let crates = words(source).into_iter().filter(|word| is_of_browser(word));
    let mut wrong: Vec<_> = crates.map(|name| format!("{module} names {name}")).collect();
    for path in paths(module, source) {
        // The innermost module that the path names; the rest of it are items.
        let named =
            known.iter().filter(|known| is_in(&path, known)).max_by_key(|known| known.len());
        // A folder that is pure in parts has pure words in its own file.
        let is_mixed = |named: &str| PURE.iter().any(|pure| is_in(pure, named));
        if let Some(named) = named.filter(|named| !is_pure(named) && !is_mixed(named)) {
            wrong.push(format!("{module} imports {named}, which is not pure"));
        }
    }
    wrong
}

fn words(source: &str) -> BTreeSet<String> {
    let words = tokens(source).into_iter().filter_map(|token| match token {
        Token::Word(word) => Some(word),
        _ => None,
    });
    words.collect()
}

fn is_of_browser(word: &str) -> bool {
    BROWSER_CRATES.iter().any(|name| {
        word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

const NOTHING: [String; 0] = [];

#[test]
fn each_layer_imports_only_from_those_before_it() {
    for (place, (layer, allowed)) in LAYERS.iter().enumerate() {
        let before: Vec<_> = LAYERS[..place].iter().map(|(layer, _)| *layer).collect();
        let after: Vec<_> = allowed.iter().filter(|other| !before.contains(other)).collect();
        assert!(after.is_empty(), "{layer} imports from {after:?}, which is not below it");
    }
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for Module { path, source } in &modules() {
        let (layers, violations) = imports(path, source);
        used.extend(layers.into_iter().map(|layer| (layer_of(path).to_owned(), layer)));
        wrong.extend(violations);
    }
    assert_eq!(wrong, NOTHING);
    for (layer, allowed) in LAYERS {
        for other in *allowed {
            let edge = (String::from(*layer), String::from(*other));
            assert!(used.contains(&edge), "{layer} imports nothing from {other} any more");
        }
    }
}

#[test]
fn the_map_names_every_layer() {
    let map = include_str!("../src/lib.rs");
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | ")?.split(" | ").next());
    let named: BTreeSet<_> = rows.map(|name| name.trim_matches(['[', ']', '`'])).collect();
    let modules = modules();
    for layer in modules.iter().map(|module| layer_of(&module.path)) {
        assert!(named.contains(layer), "{layer} is missing in the map of src/lib.rs");
        assert!(LAYERS.iter().any(|(known, _)| *known == layer), "{layer} is missing here");
    }
}

#[test]
fn the_pure_places_name_no_browser() {
    let modules = modules();
    let known: Vec<_> = modules.iter().map(|module| module.path.as_str()).collect();
    for pure in PURE {
        assert!(known.iter().any(|path| is_in(path, pure)), "{pure} is not there any more");
    }
    let pure = modules.iter().filter(|module| is_pure(&module.path));
    let wrong = pure.flat_map(|Module { path, source }| impurities(path, source, &known));
    assert_eq!(wrong.collect::<Vec<_>>(), NOTHING);
}

#[test]
fn javascripts_values_stay_where_they_belong() {
    for Module { path, source } in &modules() {
        let spoken = SPEAKS_JAVASCRIPT.contains(&layer_of(path));
        assert!(spoken || !words(source).contains("JsValue"), "{path} names JsValue");
    }
}

/// What a clock or a global would be reached by.
#[test]
fn the_workloads_know_neither_time_nor_globals() {
    const OUTSIDE: [&str; 6] =
        ["Instant", "SystemTime", "static", "thread_local", "OnceLock", "LazyLock"];
    for Module { path, source } in modules().iter().filter(|one| is_in(&one.path, "workloads")) {
        let words = words(source);
        let named: Vec<_> = OUTSIDE.iter().filter(|word| words.contains(**word)).collect();
        assert!(named.is_empty(), "{path} names {named:?}");
    }
}

/// The page's Content-Security-Policy refuses inline styles, and the browser says
/// so only on its console.
/// Of whatever it does not list the browser may keep an older one than of the rest.
/// `tests/e2e/hosting.rs` compares the list with the whole build.
#[test]
fn the_service_worker_lists_every_file_beside_the_page() {
    let listed = include_str!("../www/sw.js");
    let copied = include_str!("../index.html").split("href=\"www/").skip(1);
    let names: Vec<_> = copied.filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() > 5, "{names:?}");
    let missing: Vec<_> =
        names.iter().filter(|name| !listed.contains(&format!("\"{name}\""))).collect();
    assert!(missing.is_empty(), "www/sw.js does not list {missing:?}");
}

#[test]
fn the_page_has_no_inline_styles() {
    for Module { path, source } in modules().iter().filter(|one| is_in(&one.path, "ui")) {
        let squeezed: String = source.split_whitespace().collect();
        assert!(!squeezed.contains("style="), "{path} has an inline style");
    }
}

#[test]
fn the_binaries_only_link_the_library() {
    const MOST_LINES: usize = 10;
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin")) {
        let lines = fs::read_to_string(&file).expect("a source file is text").lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", file.display());
    }
}

mod planted {
    use super::*;

    fn found(module: &str, source: &str) -> Vec<String> {
        paths(module, source).into_iter().collect()
    }

    #[test]
    fn paths_are_found_wherever_they_stand() {
        assert_eq!(
            found("a::b", "use crate::ui::{self, charts::{axis, bars as b}, lab::form::*};"),
            ["ui", "ui::charts::axis", "ui::charts::bars", "ui::lab::form"]
        );
        assert_eq!(
            found("a::b", "use super::{c, d::E}; use self::f;"),
            ["a::b::f", "a::c", "a::d::E"]
        );
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

    #[test]
    fn an_import_from_above_is_a_violation() {
        let wrong = |module, source| imports(module, source).1;
        assert_eq!(wrong("workloads::primes", "use crate::failure::Result;"), NOTHING);
        assert_eq!(wrong("workloads::primes", "use super::{Work, split};"), NOTHING);
        assert_eq!(wrong("workloads::primes", "use crate::measure::Clock;").len(), 1);
        assert_eq!(wrong("measure::report", "use super::super::protocol::RunId;").len(), 1);
        assert_eq!(wrong("browser::page", "fn f() { crate::ui::lab::form::f() }").len(), 1);
        assert_eq!(wrong("decision::tree", "use crate::{failure, executors::run};").len(), 1);
        assert_eq!(wrong("executors::run", "use crate::compute::job::Job;").len(), 1);
        assert_eq!(wrong("helpers", "").len(), 1);
    }

    #[test]
    fn the_compute_binary_gets_the_queue_and_no_other_part_of_the_executors() {
        let wrong = |source| imports("compute::coordinator", source).1;
        assert_eq!(wrong("use crate::executors::task_queue::TaskQueue;"), NOTHING);
        assert_eq!(wrong("use crate::executors::session::Session;").len(), 1);
        assert_eq!(wrong("use crate::executors;").len(), 1);
    }

    #[test]
    fn a_view_is_not_pure_and_nothing_pure_imports_it() {
        assert!(is_pure("ui::charts::bars") && !is_pure("ui::charts::bars::view"));
        let known = ["ui::charts", "ui::charts::bars", "ui::charts::bars::view"];
        assert_eq!(impurities("ui::charts", "use bars::Bars;", &known), NOTHING);
        assert_eq!(
            impurities("ui::charts", "use crate::ui::charts::bars::view::f;", &known).len(),
            1
        );
    }

    #[test]
    fn a_browser_crate_in_a_pure_place_is_a_violation() {
        let known = ["executors", "executors::run", "executors::order", "executors::fleet"];
        let wrong = |source| impurities("executors::run", source, &known);
        assert_eq!(wrong("use super::order; use std::rc::Rc;"), NOTHING);
        assert_eq!(wrong("// as web_sys does\nlet s = \"yew\"; let gloomy = 1;"), NOTHING);
        for source in [
            "use web_sys::Window;",
            "fn f(p: js_sys::Promise) {}",
            "#[wasm_bindgen] extern \"C\" {}",
            "use wasm_bindgen_futures::JsFuture;",
            "use gloo_timers::future::TimeoutFuture;",
            "use { std::rc::Rc, yew::prelude::* };",
            "use super::fleet::BrowserFleet;",
            "use crate::executors::{order, fleet};",
        ] {
            assert_eq!(wrong(source).len(), 1, "{source}");
        }
    }
}
