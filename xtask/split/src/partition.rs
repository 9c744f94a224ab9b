//! Which functions go where.

use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use walrus::ir::{self, Visitor};
use walrus::{ExportItem, Function, FunctionId, FunctionKind, Module};

/// The functions of the deferred module, and what the two modules call of one another. A function
/// is named by its index, which is the same in every copy of the module.
pub struct Partition {
    /// The functions that are loaded later.
    pub deferred: BTreeSet<usize>,
    /// Those that functions of the first module call.
    pub called_from_first: BTreeSet<usize>,
    /// The functions of the first module that deferred functions call.
    pub called_from_deferred: BTreeSet<usize>,
}

impl Partition {
    /// Defers the functions of the Rust modules at `paths`, and all that only these call. What
    /// is exported, or may be called by its place in the table, is called by others.
    pub fn new(module: &Module, paths: &[String]) -> Result<Self> {
        let functions: Vec<_> = module.funcs.iter().collect();
        ensure!(
            functions.iter().enumerate().all(|(at, function)| function.id().index() == at),
            "functions are not numbered in the order of the file"
        );
        let calls: Vec<_> = functions.iter().map(|function| calls_of(function)).collect();
        let in_table: BTreeSet<_> = table_functions(module).collect();
        let named: Vec<_> = (functions.iter().enumerate())
            .map(|(at, function)| is_named(function, in_table.contains(&at), paths))
            .collect();

        let mut roots: BTreeSet<_> = in_table.into_iter().filter(|at| !named[*at]).collect();
        roots.extend(module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id.index()),
            _ => None,
        }));
        roots.extend(module.start.map(|id| id.index()));

        let mut first = BTreeSet::new();
        let mut left: Vec<_> = roots.into_iter().collect();
        while let Some(at) = left.pop() {
            if first.insert(at) {
                left.extend(calls[at].iter().filter(|callee| !named[**callee]));
            }
        }
        let is_local = |at: &usize| matches!(functions[*at].kind, FunctionKind::Local(_));
        let deferred: BTreeSet<_> =
            (0..functions.len()).filter(|at| is_local(at) && !first.contains(at)).collect();
        ensure!(!deferred.is_empty(), "no function is of {}", paths.join(", "));

        let called = |from: &dyn Fn(&usize) -> bool, to: &dyn Fn(&usize) -> bool| {
            let callers = (0..functions.len()).filter(from);
            callers.flat_map(|at| calls[at].iter().copied()).filter(to).collect()
        };
        let is_deferred = |at: &usize| deferred.contains(at);
        let is_first = |at: &usize| !deferred.contains(at);
        Ok(Self {
            called_from_first: called(&is_first, &is_deferred),
            called_from_deferred: called(&is_deferred, &is_first),
            deferred,
        })
    }
}

/// The functions in the table, by their order in it.
fn table_functions(module: &Module) -> impl Iterator<Item = usize> + '_ {
    module
        .elements
        .iter()
        .flat_map(|element| match &element.items {
            walrus::ElementItems::Functions(ids) => ids.as_slice(),
            walrus::ElementItems::Expressions(..) => &[],
        })
        .map(|id| id.index())
}

/// What anyone does with a value, wherever its type is from.
const EVERYBODYS: [&str; 3] =
    ["core::ptr::drop_glue", "core::clone::Clone>", "core::cmp::PartialEq>"];

/// Whether the function is of one of the Rust modules at `paths`. One in the table, which may be
/// called from anywhere, is if it was made for a type or closure of theirs; others, such as those
/// of a list, may have been merged with equal ones for other types, and go where they are called.
fn is_named(function: &Function, in_table: bool, paths: &[String]) -> bool {
    let Some(name) = &function.name else { return false };
    let name = without_hashes(name);
    let own = name.trim_start_matches('<');
    if EVERYBODYS.iter().any(|it| name.contains(it)) {
        return false;
    }
    paths.iter().any(|path| starts_with(own, path) || in_table && holds(&name, path))
}

/// `crate[0123456789abcdef]::item` without what is in brackets.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if hash.bytes().all(|it| it.is_ascii_hexdigit()) => rest = after,
            _ => (plain, rest) = (plain + "[", after),
        }
    }
    plain + rest
}

/// Whether `name` begins with `path` as a whole: `a::b::c` does with `a::b`, but not `a::bb`.
fn starts_with(name: &str, path: &str) -> bool {
    name.strip_prefix(path).is_some_and(|rest| !rest.starts_with(is_part))
}

/// Whether `path` is in `name` as a whole.
fn holds(name: &str, path: &str) -> bool {
    name.match_indices(path)
        .any(|(at, _)| !name[..at].ends_with(is_part) && starts_with(&name[at..], path))
}

/// Whether it may be part of a name in Rust.
fn is_part(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// The functions that this one names.
fn calls_of(function: &Function) -> BTreeSet<usize> {
    let mut calls = Calls::default();
    if let FunctionKind::Local(local) = &function.kind {
        ir::dfs_in_order(&mut calls, local, local.entry_block());
    }
    calls.0
}

#[derive(Default)]
struct Calls(BTreeSet<usize>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.insert(id.index());
    }
}
