//! The sizes of the built site's files after Brotli.

use brotli::enc::BrotliEncoderParams;
use std::fs;
use std::path::Path;

/// The largest window that Brotli has by default; as `brotli -q 11` compresses.
const PARAMS: (i32, i32) = (11, 22);

/// Every `.wasm` and `.js` below `dir`, with its compressed size in bytes, the
/// largest first.
pub fn compressed(dir: &Path) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "wasm" || extension == "js")
            {
                let name = path.strip_prefix(dir).unwrap_or(&path).display().to_string();
                found.push((name, compressed_size(&fs::read(&path).expect("a readable file"))));
            }
        }
    }
    found.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    found
}

fn compressed_size(bytes: &[u8]) -> usize {
    let (quality, lgwin) = PARAMS;
    let params = BrotliEncoderParams { quality, lgwin, ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).expect("memory can be written");
    compressed.len()
}
