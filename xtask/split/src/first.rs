//! Making the module that a first visit loads.

use crate::deferred::{Exports, Item};
use crate::partition::Partition;
use crate::slots::{Slots, active, put};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use walrus::ir::{self, Call, CallIndirect, Const, Instr, InstrSeq, Value, VisitorMut};
use walrus::{
    ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module, TableId, TypeId,
};

/// The function, exported by the page, that loads the deferred module and waits for it.
const LOAD: &str = "load_deferred";

/// Takes the deferred functions out of `module`. They are called by way of the table, where a
/// function that loads them is in the place of each until they are there.
pub fn make(
    module: &mut Module,
    partition: &Partition,
    slots: &Slots,
    exports: &Exports,
) -> Result<()> {
    let table = slots.table(module)?;
    let ids: Vec<_> = module.funcs.iter().map(|function| function.id()).collect();
    export(module, exports, &ids);

    let load = module.exports.get_func(LOAD).context("the page has no function to load it with")?;
    let mut stubs = BTreeMap::new();
    for (at, slot) in &slots.of {
        stubs.insert(*at, stub(module, ids[*at], *slot, table, load));
    }
    fill_table(module, slots, table, &stubs)?;

    let called = partition.called_from_first.iter().filter_map(|at| {
        let ty = module.funcs.get(ids[*at]).ty();
        Some((ids[*at], (*slots.of.get(at)?, ty)))
    });
    let mut calls = Calls { slots: called.collect(), table };
    for at in (0..ids.len()).filter(|at| !partition.deferred.contains(at)) {
        if let FunctionKind::Local(local) = &mut module.funcs.get_mut(ids[at]).kind {
            let entry = local.entry_block();
            ir::dfs_pre_order_mut(&mut calls, local, entry);
        }
    }
    walrus::passes::gc::run(module);
    Ok(())
}

fn export(module: &mut Module, exports: &Exports, ids: &[FunctionId]) {
    let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
    let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for (name, item) in exports {
        let item: ExportItem = match item {
            Item::Function(at) => ids[*at].into(),
            Item::Memory(at) => memories[*at].into(),
            Item::Table(at) => tables[*at].into(),
            Item::Global(at) => globals[*at].into(),
        };
        module.exports.add(name, item);
    }
}

/// A function that loads the deferred module, and then calls what is in `slot` by then.
fn stub(
    module: &mut Module,
    deferred: FunctionId,
    slot: u32,
    table: TableId,
    load: FunctionId,
) -> FunctionId {
    let ty = module.funcs.get(deferred).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    if let Some(name) = &module.funcs.get(deferred).name {
        builder.name(format!("load {name}"));
    }
    let args: Vec<_> = params.iter().map(|param| module.locals.add(*param)).collect();
    let mut body = builder.func_body();
    body.call(load);
    for arg in &args {
        body.local_get(*arg);
    }
    body.i32_const(slot.cast_signed()).call_indirect(ty, table);
    builder.finish(args, &mut module.funcs)
}

/// Puts the stubs in the places of the deferred functions.
fn fill_table(
    module: &mut Module,
    slots: &Slots,
    table: TableId,
    stubs: &BTreeMap<usize, FunctionId>,
) -> Result<()> {
    for element in module.elements.iter_mut() {
        if active(element, table)?.is_none() {
            continue;
        }
        if let ElementItems::Functions(ids) = &mut element.items {
            for id in ids {
                *id = stubs.get(&id.index()).copied().unwrap_or(*id);
            }
        }
    }
    let new: Vec<_> =
        slots.functions.range(slots.len..).filter_map(|(_, at)| stubs.get(at).copied()).collect();
    if !new.is_empty() {
        put(module, table, slots.len, new);
    }
    Ok(())
}

/// Has calls of deferred functions go by way of the table.
struct Calls {
    slots: BTreeMap<FunctionId, (u32, TypeId)>,
    table: TableId,
}

impl VisitorMut for Calls {
    fn start_instr_seq_mut(&mut self, seq: &mut InstrSeq) {
        let is_deferred = |instr: &Instr| match instr {
            Instr::Call(Call { func }) => self.slots.get(func).copied(),
            _ => None,
        };
        if !seq.instrs.iter().any(|(instr, _)| is_deferred(instr).is_some()) {
            return;
        }
        for (instr, place) in std::mem::take(&mut seq.instrs) {
            match is_deferred(&instr) {
                Some((slot, ty)) => {
                    let slot = Const { value: Value::I32(slot.cast_signed()) };
                    seq.instrs.push((slot.into(), place));
                    seq.instrs.push((CallIndirect { ty, table: self.table }.into(), place));
                }
                None => seq.instrs.push((instr, place)),
            }
        }
    }
}
