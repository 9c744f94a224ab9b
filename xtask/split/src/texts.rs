//! Texts of Rust modules, as their sources have them: string literals, and the files beside them that
//! they include.
//!
//! What is static data does not say which function it is for. A text that stands in the sources of
//! deferred modules and nowhere else is theirs.

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Shorter texts are not worth a segment of their own, in bytes.
const LEAST_BYTES: usize = 12;

/// The texts of the modules at `paths` in the crate whose sources are in `folder`, that no other
/// module has. Each is in one piece in the data: what stands between the placeholders of a format.
pub fn texts(folder: &Path, crate_name: &str, paths: &[String]) -> Result<Vec<Vec<u8>>> {
    let (mut theirs, mut others) = (BTreeSet::new(), String::new());
    for file in files(folder)? {
        let source = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let module = module_of(file.strip_prefix(folder)?, crate_name);
        let is_deferred =
            paths.iter().any(|path| module == *path || module.starts_with(&format!("{path}::")));
        let found = match file.extension().is_some_and(|ending| ending == "rs") {
            true => literals(&source).with_context(|| file.display().to_string())?,
            false => vec![source],
        };
        for text in found {
            match is_deferred {
                true => theirs.extend(pieces(&text).map(str::to_owned)),
                false => others = others + &text + "\0",
            }
        }
    }
    let own = theirs.into_iter().filter(|text| !others.contains(text.as_str()));
    Ok(own.map(String::into_bytes).collect())
}

/// All files below `folder`.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}

/// The module of a file, or the one that its folder is of.
fn module_of(file: &Path, crate_name: &str) -> String {
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let is_named =
        file.extension().is_some_and(|ending| ending == "rs") && !["mod", "lib"].contains(&name);
    let folders = file.parent().into_iter().flat_map(Path::iter).filter_map(|it| it.to_str());
    let parts = std::iter::once(crate_name).chain(folders).chain(is_named.then_some(name));
    parts.collect::<Vec<_>>().join("::")
}

/// The string literals of a source.
fn literals(source: &str) -> Result<Vec<String>> {
    let tokens: TokenStream = source.parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut found = Vec::new();
    collect(tokens, &mut found);
    Ok(found)
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.extend(
                    syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|it| it.value()),
                );
            }
            _ => {}
        }
    }
}

/// What is in one piece of a text that may be a format.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let whole = std::iter::once(text);
    whole.chain(text.split(['{', '}'])).filter(|piece| piece.len() >= LEAST_BYTES)
}
