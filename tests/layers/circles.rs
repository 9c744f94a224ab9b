//! No circle among files: what a file names lies in files that do not, over whatever
//! others, name anything in it.
//!
//! An edge leads to the file in which the item that is named lies: a path is followed
//! through the module tree and through every `use` that hands a name on. A `mod x;` alone
//! is no edge, and neither is the import of a module, of which only what is named in it
//! counts. What is there for tests only is left out.

use super::source::{Module, Token, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// A `use`: the name by which the file knows it, `*` for all names.
#[derive(Debug)]
struct Import {
    name: String,
    path: Vec<String>,
}

/// What of a file matters here.
#[derive(Debug, Default)]
struct File {
    children: BTreeSet<String>,
    for_tests: BTreeSet<String>,
    imports: Vec<Import>,
    /// Paths in its code, from their first word on.
    paths: Vec<Vec<String>>,
    /// Every word of its code, among which are the names of what it defines.
    words: BTreeSet<String>,
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    match tokens.get(at) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

fn is(tokens: &[Token], at: usize, character: char) -> bool {
    tokens.get(at) == Some(&Token::Other(character))
}

/// Where the item ends that begins at `at`: behind its `;` or its closing brace.
fn item_end(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0;
    while at < tokens.len() {
        match tokens[at] {
            Token::Other('{' | '(' | '[') => depth += 1,
            Token::Other('}') if depth == 1 => return at + 1,
            Token::Other('}' | ')' | ']') => depth -= 1,
            Token::Other(';') if depth == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The tokens without what is there for tests only, and the names of modules among that.
fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, BTreeSet<String>) {
    let (mut kept, mut modules) = (Vec::new(), BTreeSet::new());
    let mut at = 0;
    while at < tokens.len() {
        let is_for_tests = is(&tokens, at, '#')
            && word(&tokens, at + 2) == Some("cfg")
            && word(&tokens, at + 4) == Some("test")
            && is(&tokens, at + 5, ')');
        if is_for_tests {
            let end = item_end(&tokens, at + 7);
            let is_module = |at: &usize| word(&tokens, *at) == Some("mod");
            if let Some(module) = (at + 7..end.min(at + 13)).find(is_module) {
                modules.extend(word(&tokens, module + 1).map(str::to_owned));
            }
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    (kept, modules)
}

/// Reads the tree of a `use` at `at`, below `base`; where it goes on.
fn read_use(tokens: &[Token], mut at: usize, mut base: Vec<String>, into: &mut File) -> usize {
    loop {
        match tokens.get(at) {
            Some(Token::Word(word)) => base.push(word.clone()),
            Some(Token::Other('{')) => {
                at += 1;
                while !is(tokens, at, '}') && at < tokens.len() {
                    at = read_use(tokens, at, base.clone(), into);
                    at += usize::from(is(tokens, at, ','));
                }
                return at + 1;
            }
            Some(Token::Other('*')) => {
                into.imports.push(Import { name: "*".to_owned(), path: base });
                return at + 1;
            }
            _ => return at + 1,
        }
        at += 1;
        if tokens.get(at) == Some(&Token::PathSep) {
            at += 1;
            continue;
        }
        if base.last().is_some_and(|last| last == "self") && base.len() > 1 {
            base.pop();
        }
        let mut name = base.last().cloned().unwrap_or_default();
        if word(tokens, at) == Some("as") {
            name = word(tokens, at + 1).unwrap_or_default().to_owned();
            at += 2;
        }
        into.imports.push(Import { name, path: base });
        return at;
    }
}

fn read(source: &str) -> File {
    let (tokens, for_tests) = without_tests(tokens(source));
    let mut file = File { for_tests, ..File::default() };
    let mut at = 0;
    while at < tokens.len() {
        let Some(first) = word(&tokens, at) else {
            at += 1;
            continue;
        };
        file.words.insert(first.to_owned());
        if first == "use" {
            at = read_use(&tokens, at + 1, Vec::new(), &mut file);
        } else if first == "mod" && is(&tokens, at + 2, ';') {
            file.children.extend(word(&tokens, at + 1).map(str::to_owned));
            at += 3;
        } else {
            let mut path = vec![first.to_owned()];
            at += 1;
            while tokens.get(at) == Some(&Token::PathSep) {
                let Some(next) = word(&tokens, at + 1) else { break };
                path.push(next.to_owned());
                at += 2;
            }
            if path.len() > 1 {
                file.paths.push(path);
            }
        }
    }
    file
}

/// All files by the path of their module.
struct Tree(BTreeMap<String, File>);

impl Tree {
    fn of(modules: &[Module]) -> Self {
        let files = modules.iter().map(|module| (module.path.clone(), read(&module.source)));
        let mut files: BTreeMap<_, _> = files.collect();
        let mut root = File::default();
        root.children.extend(files.keys().filter(|path| !path.contains("::")).cloned());
        let for_tests: Vec<_> = files
            .iter()
            .flat_map(|(path, file)| file.for_tests.iter().map(move |name| join(path, name)))
            .collect();
        files.retain(|path, _| !for_tests.iter().any(|test| super::source::is_in(path, test)));
        files.insert(String::new(), root);
        Self(files)
    }

    /// The file in which lies what `path` names in `module`, and whether that is an item: the
    /// path may end at a module. `None` for what is not of this crate.
    fn find(&self, module: &str, path: &[String], depth: usize) -> Option<(String, bool)> {
        let (first, rest) = path.split_first()?;
        if depth > 30 {
            return None;
        }
        let file = self.0.get(module)?;
        let within = |place: &str| match rest {
            [] => Some((place.to_owned(), false)),
            _ => self.find_in(place, rest, depth + 1),
        };
        match first.as_str() {
            "crate" => within(""),
            "self" => within(module),
            "super" => within(parent(module)),
            name if file.children.contains(name) => within(&join(module, name)),
            name => {
                let import = file.imports.iter().find(|import| import.name == name)?;
                // `use rayon; use rayon::x` leads nowhere.
                if import.path.first() == Some(first) {
                    return None;
                }
                let whole: Vec<_> = import.path.iter().chain(rest).cloned().collect();
                self.find(module, &whole, depth + 1)
            }
        }
    }

    /// As [`Self::find`], for a path of which the first word has to lie in `module`.
    fn find_in(&self, module: &str, path: &[String], depth: usize) -> Option<(String, bool)> {
        if path.first().is_some_and(|first| ["super", "self"].contains(&first.as_str())) {
            return self.find(module, path, depth);
        }
        if let Some(found) = self.find(module, path, depth) {
            return Some(found);
        }
        let file = self.0.get(module)?;
        let name = path.first()?;
        if !file.words.contains(name) {
            for import in file.imports.iter().filter(|import| import.name == "*") {
                let (place, is_item) = self.find(module, &import.path, depth + 1)?;
                if !is_item && place != module {
                    return self.find_in(&place, path, depth + 1);
                }
            }
        }
        Some((module.to_owned(), true))
    }

    /// Which files name something in which others.
    fn edges(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let edges = |(path, file): (&String, &File)| {
            let mut to = BTreeSet::new();
            for import in &file.imports {
                let found = self.find(path, &import.path, 0);
                to.extend(
                    found
                        .filter(|(_, is_item)| *is_item || import.name == "*")
                        .map(|(place, _)| place),
                );
            }
            for named in &file.paths {
                let found = self.find(path, named, 0);
                to.extend(found.filter(|(_, is_item)| *is_item).map(|(place, _)| place));
            }
            to.remove(path);
            to
        };
        self.0.iter().map(|one| (one.0.as_str(), edges(one))).collect()
    }

    /// The circles: files each of which leads to each other one, and how.
    fn circles(&self) -> Vec<Vec<String>> {
        let edges = self.edges();
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            edges.keys().map(|from| (*from, reachable(from, &edges))).collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for (from, to) in &reached {
            if to.contains(from) {
                let together = to.iter().filter(|other| reached[*other].contains(from));
                circles.insert(together.map(|other| (*other).to_owned()).collect());
            }
        }
        circles.into_iter().collect()
    }
}

fn reachable<'a>(from: &str, edges: &'a BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = vec![from];
    while let Some(next) = waiting.pop() {
        for to in edges.get(next).into_iter().flatten() {
            if reached.insert(to.as_str()) {
                waiting.push(to);
            }
        }
    }
    reached
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// What the circles are made of, a line for each edge.
fn described(tree: &Tree) -> Vec<String> {
    let edges = tree.edges();
    let mut lines = Vec::new();
    for circle in tree.circles() {
        lines.push(format!("a circle of {}:", circle.len()));
        for from in &circle {
            let to = edges[from.as_str()].iter().filter(|to| circle.contains(to));
            lines.extend(to.map(|to| format!("    {from} names {to}")));
        }
    }
    lines
}

#[test]
fn no_files_name_one_another_in_a_circle() {
    let tree = Tree::of(&super::source::modules());
    let lines = described(&tree);
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let module = |(path, source): &(&str, &str)| Module {
        path: (*path).to_owned(),
        source: (*source).to_owned(),
    };
    Tree::of(&files.iter().map(module).collect::<Vec<_>>()).circles()
}

#[test]
fn a_circle_is_found_through_names_that_are_handed_on() {
    let parent = "mod b; mod c; pub use b::B; pub use self::c::*;";
    let circle = [
        ("a", parent),
        ("a::b", "use super::C; pub struct B;"),
        ("a::c", "use crate::a; pub struct C; fn f(b: a::B) {}"),
    ];
    assert_eq!(circles_of(&circle), [["a::b", "a::c"]]);
    let line = [("a", parent), ("a::b", "use super::C; pub struct B;"), ("a::c", "pub struct C;")];
    assert_eq!(circles_of(&line), [[""; 0]; 0]);
}

#[test]
fn a_parent_that_uses_a_child_that_uses_the_parent_is_a_circle() {
    let parent = |import: &str| format!("mod b; {import} pub struct A; fn f() {{ b::f() }}");
    let child = "use super::A; pub fn f() {}";
    assert_eq!(circles_of(&[("a", &parent("")), ("a::b", child)]), [["a", "a::b"]]);
    assert_eq!(circles_of(&[("a", &parent("use b::f;")), ("a::b", "pub fn f() {}")]).len(), 0);
    assert_eq!(circles_of(&[("a", "mod b; pub struct A;"), ("a::b", child)]).len(), 0);
}

#[test]
fn what_tests_name_is_no_edge() {
    let tested = "mod b; pub struct A; #[cfg(test)] mod tests { use super::b::B; }";
    let child = "use super::A; pub struct B;";
    assert_eq!(circles_of(&[("a", tested), ("a::b", child)]).len(), 0);
    let beside = "mod b; pub struct A; #[cfg(test)] mod tests;";
    let tests = "use super::*; use super::b::B;";
    assert_eq!(circles_of(&[("a", beside), ("a::b", child), ("a::tests", tests)]).len(), 0);
}
