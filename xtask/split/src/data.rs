//! Moving texts that only deferred functions use into the deferred module.

use crate::partition::Partition;
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{self, Const, Load, Value, Visitor};
use walrus::{ConstExpr, DataId, DataKind, FunctionKind, MemoryId, Module};

/// Texts of the data that are moved, by their addresses.
pub type MovedTexts = BTreeMap<u32, Vec<u8>>;

/// Where `texts` are in the data of `module`: those that are there once, and that no function of the
/// first module names.
pub fn find(module: &Module, partition: &Partition, mut texts: Vec<Vec<u8>>) -> MovedTexts {
    // Of texts within one another the longest is moved.
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let segments: Vec<(u32, &[u8])> = module
        .data
        .iter()
        .filter_map(|data| Some((start_of(&data.kind)?.1, &*data.value)))
        .collect();
    let named = constants_of_first(module, partition);
    let mut moved = MovedTexts::new();
    for text in texts {
        let places = segments
            .iter()
            .flat_map(|(start, bytes)| occurrences(bytes, &text).map(move |at| start + at as u32));
        let [at] = places.take(2).collect::<Vec<_>>()[..] else { continue };
        let end = at + text.len() as u32;
        let before = moved.range(..end).next_back();
        let is_free = before.is_none_or(|(start, other)| start + other.len() as u32 <= at);
        if is_free && named.range(at..end).next().is_none() {
            moved.insert(at, text);
        }
    }
    moved
}

/// Takes the texts out of the data of `module`, the first one.
pub fn take(module: &mut Module, moved: &MovedTexts) {
    let ids: Vec<DataId> = module.data.iter().map(|data| data.id()).collect();
    for id in ids {
        let data = module.data.get(id);
        let Some((memory, start)) = start_of(&data.kind) else { continue };
        let bytes = data.value.clone();
        let end = start + bytes.len() as u32;
        let mut left = Vec::new();
        let mut from = start;
        for (at, text) in moved.range(start..end) {
            left.push((from, *at));
            from = at + text.len() as u32;
        }
        if left.is_empty() {
            continue;
        }
        left.push((from, end));
        module.data.delete(id);
        module.memories.get_mut(memory).data_segments.remove(&id);
        for (from, to) in left.into_iter().filter(|(from, to)| from < to) {
            let part = bytes[(from - start) as usize..(to - start) as usize].to_vec();
            put(module, memory, from, part);
        }
    }
}

/// Puts the texts into `module`, the deferred one.
pub fn give(module: &mut Module, moved: &MovedTexts) {
    let Some(memory) = module.memories.iter().next().map(|memory| memory.id()) else { return };
    for (at, text) in moved {
        put(module, memory, *at, text.clone());
    }
}

fn put(module: &mut Module, memory: MemoryId, at: u32, bytes: Vec<u8>) {
    let offset = ConstExpr::Value(Value::I32(at.cast_signed()));
    let id = module.data.add(DataKind::Active { memory, offset }, bytes);
    module.memories.get_mut(memory).data_segments.insert(id);
}

/// The memory of a segment and where it begins there.
fn start_of(kind: &DataKind) -> Option<(MemoryId, u32)> {
    match kind {
        DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(at)) } => {
            Some((*memory, at.cast_unsigned()))
        }
        _ => None,
    }
}

fn occurrences<'a>(bytes: &'a [u8], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = text.first().copied().unwrap_or_default();
    let starts = bytes.iter().enumerate().filter(move |(_, byte)| **byte == first);
    starts.map(|(at, _)| at).filter(move |at| bytes[*at..].starts_with(text))
}

/// The numbers that functions of the first module name: addresses among them.
fn constants_of_first(module: &Module, partition: &Partition) -> BTreeSet<u32> {
    let mut constants = Constants::default();
    for (at, function) in module.funcs.iter().enumerate() {
        if let (FunctionKind::Local(local), false) =
            (&function.kind, partition.deferred.contains(&at))
        {
            ir::dfs_in_order(&mut constants, local, local.entry_block());
        }
    }
    constants.0
}

#[derive(Default)]
struct Constants(BTreeSet<u32>);

impl Visitor<'_> for Constants {
    fn visit_load(&mut self, instr: &Load) {
        self.0.extend(u32::try_from(instr.arg.offset));
    }

    fn visit_const(&mut self, instr: &Const) {
        if let Value::I32(value) = instr.value {
            self.0.insert(value.cast_unsigned());
        }
    }
}
