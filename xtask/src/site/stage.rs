//! Putting a built folder in place only when it differs from what is there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cache;
use crate::error::Error;

/// What a staged folder was made from: a file, and the tools and arguments it was treated with.
pub struct Stamp {
    path: PathBuf,
    content: Vec<u8>,
}

impl Stamp {
    /// The stamp of treating `input` as `how` says, kept in `folder`.
    pub fn new(folder: &Path, input: &Path, how: String) -> Result<Self, Error> {
        let mut content = how.into_bytes();
        content.push(b'\n');
        content.extend(fs::read(input).map_err(Error::file("read", input))?);
        Ok(Self { path: folder.join("stamp"), content })
    }

    /// Whether the last stamp written is this one.
    pub fn is_current(&self) -> bool {
        fs::read(&self.path).is_ok_and(|written| written == self.content)
    }

    pub fn write(self) -> Result<(), Error> {
        fs::write(&self.path, self.content).map_err(Error::file("write", &self.path))
    }
}

/// Puts the folder `next` in the place of `site`. Whoever reads meanwhile finds a whole folder, or
/// for an instant none: a folder that holds files cannot be renamed over, so what was there is first
/// renamed to `old`.
pub fn swap(next: &Path, site: &Path, old: &Path) -> Result<(), Error> {
    cache::remove(old)?;
    if site.exists() {
        fs::rename(site, old).map_err(Error::file("move away", site))?;
    }
    fs::rename(next, site).map_err(Error::file("move into place", site))?;
    cache::remove(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(test: &str, body: impl FnOnce(&Path)) {
        let folder =
            std::env::temp_dir().join(format!("xtask-stage-{test}-{}", std::process::id()));
        cache::remove(&folder).unwrap();
        fs::create_dir_all(&folder).unwrap();
        body(&folder);
        cache::remove(&folder).unwrap();
    }

    #[test]
    fn a_stamp_changes_with_the_input_and_with_how_it_was_treated() {
        scratch("stamp", |folder| {
            let input = folder.join("input");
            let stamp = |how: &str| Stamp::new(folder, &input, how.into()).unwrap();
            fs::write(&input, "one").unwrap();
            assert!(!stamp("-O3").is_current(), "nothing was written yet");
            stamp("-O3").write().unwrap();
            assert!(stamp("-O3").is_current());
            assert!(!stamp("-O2").is_current());
            fs::write(&input, "two").unwrap();
            assert!(!stamp("-O3").is_current());
        });
    }

    #[test]
    fn a_swap_leaves_only_the_new_files() {
        scratch("swap", |folder| {
            let [next, site, old] = ["next", "site", "old"].map(|name| folder.join(name));
            for (round, name) in ["first", "second"].iter().enumerate() {
                fs::create_dir_all(&next).unwrap();
                fs::write(next.join(name), "").unwrap();
                swap(&next, &site, &old).unwrap();
                assert!(site.join(name).exists(), "round {round}");
                assert_eq!(fs::read_dir(&site).unwrap().count(), 1, "round {round}");
                assert!(!next.exists() && !old.exists(), "round {round}");
            }
        });
    }
}
