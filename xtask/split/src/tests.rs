use crate::{split, texts as of_sources, version};
use std::collections::BTreeSet;
use std::fs;
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId,
    Module, RefType,
};

const DATA_AT: i32 = 1024;
const DATA: &[u8] = b"shown at first.told later.named at first.twice, twice, shown";
/// Where in it is "named at first."
const NAMED_AT: i32 = 26;

fn texts() -> Vec<Vec<u8>> {
    ["told later.", "named at first.", "twice, ", "later.", "elsewhere"]
        .map(|text| text.as_bytes().to_vec())
        .into()
}

/// What a part puts into the memory: where, and what.
fn data(module: &Module) -> Vec<(i32, String)> {
    let segment = |data: &walrus::Data| match &data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } => {
            (*at, String::from_utf8_lossy(&data.value).into_owned())
        }
        other => panic!("{other:?}"),
    };
    let mut found: Vec<_> = module.data.iter().map(segment).collect();
    found.sort();
    found
}

/// Adds a function that asks for the memory's size and calls `callees`.
fn function(module: &mut Module, name: &str, callees: &[FunctionId]) -> FunctionId {
    let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
    builder.name(name.to_owned());
    let memory = module.memories.iter().next().map(|memory| memory.id()).unwrap();
    builder.func_body().memory_size(memory).drop();
    if name == "start" {
        // It names a text.
        builder.func_body().i32_const(DATA_AT + NAMED_AT).drop();
    }
    for callee in callees {
        builder.func_body().call(*callee);
    }
    builder.finish(vec![], &mut module.funcs)
}

/// A page: `start` calls `show`, `run` and `shared`; `run`, in the deferred module, calls `sum`, which
/// nobody else calls, and `shared`. The table has a closure of the deferred module.
fn page() -> Vec<u8> {
    let mut module = Module::default();
    let memory = module.memories.add_local(false, false, 1, None, None);
    module.exports.add("memory", memory);
    let offset = ConstExpr::Value(Value::I32(DATA_AT));
    let data = module.data.add(DataKind::Active { memory, offset }, DATA.into());
    module.memories.get_mut(memory).data_segments.insert(data);
    let ty = module.types.add(&[], &[]);
    let (log, _) = module.add_import_func("./glue.js", "log", ty);
    let load = function(&mut module, "load_deferred", &[]);
    let shared = function(&mut module, "page[0123456789abcdef]::shared", &[log]);
    let sum = function(&mut module, "core[0123456789abcdef]::sum", &[]);
    let run =
        function(&mut module, "<page[0123456789abcdef]::later::Run>::run", &[sum, shared, log]);
    let show = function(&mut module, "page[0123456789abcdef]::laterally::show", &[]);
    let start = function(&mut module, "start", &[show, run, shared]);
    let closure =
        function(&mut module, "core::call::<page[0123456789abcdef]::later::click>", &[sum]);
    module.exports.add("load_deferred", load);
    module.exports.add("start", start);
    let table = module.tables.add_local(false, 2, Some(2), RefType::FUNCREF);
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(1)) };
    let element = module.elements.add(kind, ElementItems::Functions(vec![closure]));
    module.tables.get_mut(table).elem_segments.insert(element);
    module.emit_wasm()
}

fn parts() -> (Module, Module) {
    let (first, deferred) = split(&page(), &["page::later".to_owned()], texts()).unwrap();
    (Module::from_buffer(&first).unwrap(), Module::from_buffer(&deferred).unwrap())
}

fn local_names(module: &Module) -> BTreeSet<String> {
    let names = module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.clone());
    names.map(|name| name.replace("[0123456789abcdef]", "")).collect()
}

#[test]
fn functions_of_the_module_and_what_only_they_call_are_deferred() {
    let (first, deferred) = parts();
    let moved = ["<page::later::Run>::run", "core::call::<page::later::click>", "core::sum"];
    assert_eq!(local_names(&deferred), moved.map(str::to_owned).into());
    let kept = [
        "load <page::later::Run>::run",
        "load core::call::<page::later::click>",
        "load_deferred",
        "page::laterally::show",
        "page::shared",
        "start",
    ];
    assert_eq!(local_names(&first), kept.map(str::to_owned).into());
}

/// Whatever the deferred part imports, the first exports, as the same kind of thing.
#[test]
fn first_part_exports_what_the_deferred_part_imports() {
    let (first, deferred) = parts();
    assert!(deferred.imports.iter().count() >= 3, "the log, the shared function and the memory");
    for import in deferred.imports.iter() {
        let export = first.exports.iter().find(|export| export.name == import.name);
        let item = export.unwrap_or_else(|| panic!("{} is not exported", import.name)).item;
        let same = matches!(
            (&import.kind, item),
            (walrus::ImportKind::Function(_), ExportItem::Function(_))
                | (walrus::ImportKind::Table(_), ExportItem::Table(_))
                | (walrus::ImportKind::Memory(_), ExportItem::Memory(_))
                | (walrus::ImportKind::Global(_), ExportItem::Global(_))
        );
        assert!(same, "{}: {:?} is not {item:?}", import.name, import.kind);
    }
}

#[test]
fn deferred_part_fills_every_place_that_the_first_part_holds_for_it() {
    let (first, deferred) = parts();
    let places = |module: &Module| -> BTreeSet<i32> {
        let segments =
            module.elements.iter().map(|element| match (&element.kind, &element.items) {
                (
                    ElementKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. },
                    ElementItems::Functions(ids),
                ) => *start..*start + ids.len() as i32,
                other => panic!("{other:?}"),
            });
        segments.flatten().collect()
    };
    assert_eq!(places(&first), BTreeSet::from([1, 2]));
    assert_eq!(places(&deferred), places(&first));
    let len = |module: &Module| module.tables.iter().next().map(|table| table.initial);
    assert_eq!((len(&first), len(&deferred)), (Some(3), Some(3)));
}

#[test]
fn parts_of_two_builds_do_not_fit() {
    assert_ne!(version(b"one"), version(b"two"));
    let (_, deferred) = parts();
    assert!(deferred.imports.iter().any(|import| import.name == version(&page())));
}

#[test]
fn module_without_such_functions_is_refused() {
    let refused = split(&page(), &["page::nowhere".to_owned()], vec![]).unwrap_err();
    assert_eq!(refused.to_string(), "no function is of page::nowhere");
}

/// A text that the first part names, or that is there twice, stays where it is.
#[test]
fn texts_that_only_the_deferred_part_uses_go_with_it() {
    let (first, deferred) = parts();
    assert_eq!(data(&deferred), [(DATA_AT + 15, "told later.".to_owned())]);
    let left = [
        (DATA_AT, "shown at first.".to_owned()),
        (DATA_AT + NAMED_AT, "named at first.twice, twice, shown".to_owned()),
    ];
    assert_eq!(data(&first), left);
}

#[test]
fn texts_of_sources_are_those_that_no_other_module_has() {
    let folder = std::env::temp_dir().join(format!("split-texts-{}", std::process::id()));
    fs::create_dir_all(folder.join("later")).unwrap();
    let write = |name: &str, source: &str| fs::write(folder.join(name), source).unwrap();
    write(
        "later/mod.rs",
        "const A: &str = \"a text of this module alone\\n\"; // \"a comment is no text\"",
    );
    write(
        "later/part.rs",
        "fn b() { say(\"{x} is what was asked for, and {y} is not\", \"a text of both modules\") }",
    );
    write("later/file.py", "print('a file that is included')");
    write("laterally.rs", "const C: &str = \"with a text of both modules in it\";");
    let found = of_sources::texts(&folder, "page", &["page::later".to_owned()]);
    fs::remove_dir_all(&folder).unwrap();
    let found: Vec<_> =
        found.unwrap().into_iter().map(|it| String::from_utf8(it).unwrap()).collect();
    let expected = [
        " is what was asked for, and ",
        "a text of this module alone\n",
        "print('a file that is included')",
        "{x} is what was asked for, and {y} is not",
    ];
    assert_eq!(found, expected);
}
