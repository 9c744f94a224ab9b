//! Making the module that is loaded later.

use crate::data::{self, MovedTexts};
use crate::partition::Partition;
use crate::slots::{Slots, put};
use anyhow::Result;
use walrus::{FunctionId, FunctionKind, GlobalKind, ImportedFunction, Module};

/// The name of the one module that this one imports from: the first one.
const FROM: &str = "first";

/// What the first module has to export, under which name.
pub type Exports = Vec<(String, Item)>;

/// A part of the module, by its index, which is the same in every copy.
pub enum Item {
    Function(usize),
    Memory(usize),
    Table(usize),
    Global(usize),
}

/// Leaves only deferred functions in `module`, and the texts that were `moved` into it; it puts both in
/// their places when it is instantiated. All else that they use is imported. The memory's name is `version`.
pub fn make(
    module: &mut Module,
    partition: &Partition,
    slots: &Slots,
    moved: &MovedTexts,
    version: &str,
) -> Result<Exports> {
    drop_what_the_first_has(module);
    let mut exports = Exports::new();
    let mut names = (0..).map(short);
    let mut export = |item| {
        let name = match item {
            Item::Memory(_) => version.to_owned(),
            _ => names.next().unwrap_or_default(),
        };
        exports.push((name.clone(), item));
        name
    };

    let ids: Vec<_> = module.funcs.iter().map(|function| function.id()).collect();
    for at in &partition.called_from_deferred {
        import_function(module, ids[*at], &export(Item::Function(*at)));
    }
    for (at, memory) in module.memories.iter_mut().enumerate() {
        let name = export(Item::Memory(at));
        memory.data_segments.clear();
        memory.import = Some(module.imports.add(FROM, &name, memory.id()));
    }
    for (at, table) in module.tables.iter_mut().enumerate() {
        let name = export(Item::Table(at));
        table.elem_segments.clear();
        table.import = Some(module.imports.add(FROM, &name, table.id()));
    }
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for (at, id) in globals.into_iter().enumerate() {
        let name = export(Item::Global(at));
        module.globals.get_mut(id).kind = GlobalKind::Import(module.imports.add(FROM, &name, id));
    }
    fill_table(module, slots, &ids)?;
    data::give(module, moved);
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
    let table = slots.table(module)?;
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
        put(module, table, start, row);
    }
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
