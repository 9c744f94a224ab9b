//! The map in `src/lib.rs`, held to: who may import whom, and who may name a
//! browser. The compiler cannot check it, because all layers are modules of one
//! crate.
//!
//! A source file is read as tokens, without comments and strings, and every path in
//! it that begins with `crate`, `super` or `self` is resolved to the module that it
//! names, wherever in the file it stands. The checkers are tested on small planted
//! violations in `planted`.

mod circles;
mod planted;
mod sizes;
mod source;

use source::{Module, is_in, modules, paths, rust_files, words};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every layer with all that it imports, in an order in which each imports only
/// from those before it. An edge that is not here is a violation; one that is no
/// longer used is one, too, so that the list stays the truth.
const LAYERS: &[(&str, &[&str])] = &[
    ("wording", &[]),
    ("coded", &[]),
    ("highlight", &[]),
    ("failure", &["wording", "coded"]),
    ("sync", &[]),
    ("workloads", &["wording", "coded", "failure", "sync"]),
    ("models", &["failure", "workloads"]),
    ("programs", &["highlight", "workloads", "models"]),
    ("experiment", &["failure", "workloads", "models"]),
    ("measure", &["wording", "coded", "failure", "sync", "workloads", "models", "experiment"]),
    ("guide", &["failure", "models", "experiment", "measure"]),
    ("decision", &["workloads", "models", "programs", "experiment"]),
    ("advice", &["wording", "failure", "workloads", "models", "measure", "decision"]),
    ("pitfalls", &["wording", "failure", "sync", "experiment", "measure", "guide"]),
    ("pool", &["failure", "workloads", "models", "experiment"]),
    ("primitives", &["wording", "pitfalls"]),
    ("protocol", &["failure", "workloads", "models", "measure", "pitfalls"]),
    ("exchange", &["coded", "failure", "workloads", "models", "experiment", "measure"]),
    (
        "browser",
        &[
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "sync",
            "protocol",
            "exchange",
        ],
    ),
    (
        "executors",
        &[
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "sync",
            "pitfalls",
            "advice",
            "pool",
            "protocol",
            "browser",
        ],
    ),
    (
        "compute",
        &["failure", "workloads", "models", "measure", "sync", "pitfalls", "protocol", "browser"],
    ),
    (
        "scripting",
        &[
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "advice",
            "exchange",
            "pool",
            "browser",
            "executors",
        ],
    ),
    (
        "ui",
        &[
            "wording",
            "failure",
            "workloads",
            "models",
            "experiment",
            "measure",
            "pitfalls",
            "primitives",
            "decision",
            "advice",
            "guide",
            "exchange",
            "browser",
            "executors",
            "scripting",
            "highlight",
            "programs",
        ],
    ),
];

/// What is pure: it names no browser crate and nothing that does, so it runs and is
/// tested natively.
const PURE: &[&str] = &[
    "wording",
    "coded",
    "highlight",
    "failure",
    "sync",
    "workloads",
    "models",
    "experiment",
    "measure",
    "pitfalls",
    "pool",
    "primitives",
    "protocol",
    "decision",
    "advice",
    "guide",
    "programs",
    "exchange",
    "executors::answers",
    "executors::dispatch",
    "executors::mock",
    "executors::obstacle",
    "executors::order",
    "executors::page_queue",
    "executors::profile::costs",
    "executors::profile::limit",
    "executors::profile::probe",
    "executors::profile::tasks",
    "executors::run",
    "executors::spread_out",
    "executors::start_watch",
    "scripting::asked_advice",
    "scripting::catalogue",
    "ui::advice::address",
    "ui::advice::map",
    "ui::advice::sentences",
    "ui::advice::typed",
    "ui::experiment::rows",
    "ui::experiment::runs",
    "ui::guide::loading",
    "ui::guide::state",
    "ui::lab::form",
    "ui::lab::own",
    "ui::lab::study_card",
    "ui::lab::slider",
    "ui::lab::state",
    "ui::lab::tabs",
    "ui::attempts::board",
    "ui::code::choice",
    "ui::pitfalls::advice",
    "ui::pitfalls::figures",
    "ui::primitives::lanes",
    "ui::shell::route",
    "ui::shell::theme",
    "ui::start::calls_row",
    "ui::start::state",
    "ui::charts",
];

/// Modules of this name print what the pure place around them decides: they are not pure.
const VIEW: &str = "view";

/// The crates that know a browser. Those that begin like these belong to them.
const BROWSER_CRATES: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"];

/// Where values of JavaScript may be named.
const SPEAKS_JAVASCRIPT: &[&str] = &["browser", "compute", "scripting"];

fn is_pure(path: &str) -> bool {
    PURE.iter().any(|pure| is_in(path, pure)) && !path.split("::").any(|name| name == VIEW)
}

fn layer_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// Which layers `module` imports from, and every import that it may not have.
fn imports(module: &str, source: &str) -> (BTreeSet<String>, Vec<String>) {
    let own = layer_of(module);
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == own) else {
        return (BTreeSet::new(), vec![format!("{module} is in no layer of the map")]);
    };
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for path in paths(module, source) {
        let layer = layer_of(&path);
        if layer == own || layer.is_empty() {
            continue;
        }
        if !allowed.contains(&layer) {
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

fn is_of_browser(word: &str) -> bool {
    BROWSER_CRATES.iter().any(|name| {
        word.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    })
}

const NOTHING: [String; 0] = [];

/// Of the page, only these call the browser or the executors. All else prints, and is
/// handed what it tells.
const CALLS: &[&str] = &[
    "ui::advice::page",
    "ui::attempts::page",
    "ui::code::page",
    "ui::experiment::page",
    "ui::guide::page",
    "ui::lab::page",
    "ui::shell::app",
    "ui::shell::cancelling",
    "ui::shell::hooks",
    "ui::start::page",
];
/// What components may know of a run: how far it is.
const TOLD: &[&str] = &["executors::run::Progress", "executors::run::Stage"];

/// What a component names that it would have to call. What is pure is held to that already.
fn calls(module: &str, source: &str) -> Vec<String> {
    if !is_in(module, "ui") || is_pure(module) || CALLS.iter().any(|place| is_in(module, place)) {
        return Vec::new();
    }
    let is_call = |path: &String| {
        let outside = ["browser", "executors"].contains(&layer_of(path));
        outside && !TOLD.contains(&path.as_str())
    };
    let named = paths(module, source).into_iter().filter(is_call);
    let spawns = words(source).contains("spawn_local").then(|| "spawn_local".to_owned());
    named.chain(spawns).map(|name| format!("{module} may not call {name}")).collect()
}

#[test]
fn components_only_print() {
    let modules = modules();
    let wrong = modules.iter().flat_map(|Module { path, source }| calls(path, source));
    assert_eq!(wrong.collect::<Vec<_>>(), NOTHING);
}

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
    let map = include_str!("../../src/lib.rs");
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | ")?.split(" | ").next());
    // A name may say where its link leads, as `coded` does, which is a macro as well.
    let names = rows.map(|row| row.split("](").next().unwrap_or(row));
    let named: BTreeSet<_> = names.map(|name| name.trim_matches(['[', ']', '`'])).collect();
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
    let listed = include_str!("../../www/sw.js");
    let copied = include_str!("../../index.html").split("href=\"www/").skip(1);
    let names: Vec<_> = copied.filter_map(|rest| rest.split('"').next()).collect();
    assert!(names.len() > 5, "{names:?}");
    // Sheets for every medium are merged into two (`xtask/src/site/styles.rs`).
    let page = include_str!("../../index.html");
    let is_merged = |name: &str| {
        let link = format!("<link rel=\"stylesheet\" href=\"{name}\"");
        let into = |merged: &str, end: &str| {
            listed.contains(&format!("\"{merged}\"")) && page.contains(&format!("{link}{end}"))
        };
        into("site.css", ">") || into("deferred.css", " data-deferred>")
    };
    let is_listed = |name: &str| listed.contains(&format!("\"{name}\"")) || is_merged(name);
    let missing: Vec<_> = names.iter().filter(|name| !is_listed(name)).collect();
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
