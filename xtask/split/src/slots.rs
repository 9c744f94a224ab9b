//! Where in the table of functions the deferred ones are called.

use crate::partition::Partition;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::Value;
use walrus::{ConstExpr, Element, ElementItems, ElementKind, FunctionId, Module, TableId};

/// The places of deferred functions in the table.
pub struct Slots {
    /// Which table it is.
    pub table: usize,
    /// The functions by place. Some have several.
    pub functions: BTreeMap<u32, usize>,
    /// A place of each function that the first module calls, or has in its table.
    pub of: BTreeMap<usize, u32>,
    /// How long the table was; places from there on are new.
    pub len: u32,
}

impl Slots {
    /// The places that deferred functions have, and new ones for those that are called directly.
    pub fn new(module: &Module, partition: &Partition) -> Result<Self> {
        let table = module.tables.main_function_table()?.context("there is no table")?;
        let len = u32::try_from(module.tables.get(table).initial)?;
        let mut functions = BTreeMap::new();
        for element in module.elements.iter() {
            let Some((start, items)) = active(element, table)? else { continue };
            let deferred = (start..).zip(items).filter(|(_, at)| partition.deferred.contains(at));
            functions.extend(deferred);
        }
        let placed: BTreeSet<_> = functions.values().copied().collect();
        let new = partition.called_from_first.iter().copied().filter(|at| !placed.contains(at));
        functions.extend((len..).zip(new.collect::<Vec<_>>()));
        let of = functions.iter().map(|(slot, at)| (*at, *slot)).collect();
        Ok(Self { table: table.index(), functions, of, len })
    }

    /// The table in a copy of the module, made as long as the new places need it.
    pub fn table(&self, module: &mut Module) -> Result<TableId> {
        let last = self.functions.keys().next_back();
        let len = last.map_or(self.len, |last| self.len.max(last + 1)).into();
        let table = module.tables.iter_mut().nth(self.table).context("the table is gone")?;
        table.initial = len;
        table.maximum = table.maximum.map(|maximum| maximum.max(len));
        Ok(table.id())
    }
}

/// Has `module` put `functions` in the table, from the place `start` on.
pub fn put(module: &mut Module, table: TableId, start: u32, functions: Vec<FunctionId>) {
    let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
    let kind = ElementKind::Active { table, offset };
    let element = module.elements.add(kind, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(element);
}

/// Where the segment begins in `table`, and its functions; `None` where it is of another table.
pub fn active(element: &Element, table: TableId) -> Result<Option<(u32, Vec<usize>)>> {
    match (&element.kind, &element.items) {
        (
            ElementKind::Active { table: of, offset: ConstExpr::Value(Value::I32(start)) },
            ElementItems::Functions(ids),
        ) if *of == table => {
            Ok(Some((u32::try_from(*start)?, ids.iter().map(|id| id.index()).collect())))
        }
        (ElementKind::Active { table: of, .. }, _) if *of == table => {
            bail!("the table is filled in a way that is not known here")
        }
        _ => Ok(None),
    }
}
