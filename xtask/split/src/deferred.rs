//! Making the module that is loaded later.

use crate::partition::Partition;
use crate::slots::Slots;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionId, FunctionKind, GlobalKind, ImportedFunction,
    Module,
};

/// The name of the one module that this one imports from: the first one.
const FROM: &str = "first";

/// What the first module has to export, and under which name. All are named by their index.
#[derive(Default)]
pub struct Exports {
    pub functions: BTreeMap<usize, String>,
    pub tables: BTreeMap<usize, String>,
    pub memories: BTreeMap<usize, String>,
    pub globals: BTreeMap<usize, String>,
}

/// Leaves only deferred functions in `module`, which puts them in the table when it is
/// instantiated; all else that they use is imported. The memory's name is `version`.
pub fn make(
    module: &mut Module,
    partition: &Partition,
    slots: &Slots,
    version: &str,
) -> Result<Exports> {
    drop_what_the_first_has(module);
    let mut exports = Exports::default();
    let mut names = (0u32..).map(short);
    let mut name = move || names.next().unwrap_or_default();

    let ids: Vec<_> = module.funcs.iter().map(|function| function.id()).collect();
    for at in &partition.called_from_deferred {
        let name = exports.functions.entry(*at).or_insert_with(&mut name);
        import_function(module, ids[*at], name);
    }
    for (at, memory) in module.memories.iter_mut().enumerate() {
        let name = exports.memories.entry(at).or_insert_with(|| version.to_owned());
        memory.data_segments.clear();
        memory.import = Some(module.imports.add(FROM, name, memory.id()));
    }
    for (at, table) in module.tables.iter_mut().enumerate() {
        let name = exports.tables.entry(at).or_insert_with(&mut name);
        table.elem_segments.clear();
        table.import = Some(module.imports.add(FROM, name, table.id()));
    }
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for (at, id) in globals.into_iter().enumerate() {
        let name = exports.globals.entry(at).or_insert_with(&mut name);
        module.globals.get_mut(id).kind = GlobalKind::Import(module.imports.add(FROM, name, id));
    }
    fill_table(module, slots, &ids)?;
    walrus::passes::gc::run(module);
    Ok(exports)
}

fn drop_what_the_first_has(module: &mut Module) {
    module.start = None;
    for id in module.exports.iter().map(|export| export.id()).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    for id in module.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.elements.iter().map(|element| element.id()).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
}

/// Makes the function one of the first module's, under `name`.
fn import_function(module: &mut Module, id: FunctionId, name: &str) {
    if let FunctionKind::Import(imported) = &module.funcs.get(id).kind {
        let import = module.imports.get_mut(imported.import);
        (import.module, import.name) = (FROM.to_owned(), name.to_owned());
        return;
    }
    let import = module.imports.add(FROM, name, id);
    let function = module.funcs.get_mut(id);
    function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
}

/// Puts the functions in their places, a segment for each row of neighbours.
fn fill_table(module: &mut Module, slots: &Slots, ids: &[FunctionId]) -> Result<()> {
    let table = module.tables.iter().nth(slots.table).context("the table")?.id();
    let mut rows: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (slot, at) in &slots.functions {
        match rows.last_mut() {
            Some((start, row)) if *start as usize + row.len() == *slot as usize => {
                row.push(ids[*at]);
            }
            _ => rows.push((*slot, vec![ids[*at]])),
        }
    }
    for (start, row) in rows {
        let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
        let kind = ElementKind::Active { table, offset };
        let element = module.elements.add(kind, ElementItems::Functions(row));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
    let len = slots.new_len().into();
    let table = module.tables.get_mut(table);
    table.initial = len;
    table.maximum = table.maximum.map(|maximum| maximum.max(len));
    Ok(())
}

/// The shortest names there are, one for each number.
fn short(mut number: u32) -> String {
    const DIGITS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$";
    let mut name = String::from(".");
    loop {
        name.push(char::from(DIGITS[number as usize % DIGITS.len()]));
        number /= 64;
        if number == 0 {
            return name;
        }
    }
}
