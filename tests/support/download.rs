//! What a reader downloads, in the sizes in which hosts that compress send it.

use super::Page;
use super::server::site_dir;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Quality, and the largest window that Brotli has by default; as `brotli -q 11` compresses.
const BROTLI: (i32, i32) = (11, 22);

/// The most that a first visit may load before the page can be used, in bytes after Brotli.
pub const MOST_AT_FIRST: usize = 300_000;

/// The sizes of a file, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    /// After Brotli, quality 11.
    pub brotli: usize,
    /// After gzip, level 9.
    pub gzip: usize,
}

impl Size {
    /// Those of the file at `path` of the built site.
    pub fn of(path: &str) -> Self {
        let bytes =
            fs::read(site_dir().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self { brotli: brotli_size(&bytes), gzip: gzip_size(&bytes) }
    }
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), |sum, one| Self {
            brotli: sum.brotli + one.brotli,
            gzip: sum.gzip + one.gzip,
        })
    }
}

/// The files that the page, opened from the site's root, asked for until its Run button could be
/// used, itself among them.
pub async fn first_visit(page: &Page) -> Vec<String> {
    let body = "
        const [ready] = performance.getEntriesByName('ready');
        const asked = performance.getEntriesByType('resource');
        const before = asked.filter(({ startTime }) => startTime < ready.startTime);
        const root = new URL('.', document.baseURI).href;
        return before.map(({ name }) => name.slice(root.length));";
    let asked = page.js(body, &[]).await;
    let asked = asked.as_array().expect("a list").iter().filter_map(|path| path.as_str());
    let mut files: Vec<_> = asked.map(str::to_owned).collect();
    files.push("index.html".to_owned());
    files.sort();
    files.dedup();
    files
}

/// Every file of the built site, by its path below the site's root.
pub fn all_files() -> Vec<String> {
    let root = site_dir();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a readable folder").flatten();
        let (below, files): (Vec<PathBuf>, Vec<_>) =
            entries.map(|entry| entry.path()).partition(|path| path.is_dir());
        folders.extend(below);
        found.extend(files.iter().map(|path| name(path, &root)).filter(|it| !it.starts_with('.')));
    }
    found.sort();
    found
}

fn name(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn brotli_size(bytes: &[u8]) -> usize {
    let (quality, lgwin) = BROTLI;
    let params = BrotliEncoderParams { quality, lgwin, ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params).expect("memory can be written");
    compressed.len()
}

fn gzip_size(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written").len()
}
