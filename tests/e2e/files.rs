//! Files that the page saves, for the tests of other files.

use crate::support::Page;
use crate::support::browser::PATIENCE;
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The folder into which the browser saves files, gone when dropped.
pub struct Saved(TempDir);

impl Saved {
    /// Has the browser save files in a fresh folder, without asking.
    pub async fn by(page: &Page) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let here = json!({ "behavior": "allow", "downloadPath": folder.path() });
        page.devtools("Browser.setDownloadBehavior", here).await;
        Self(folder)
    }

    /// Waits for the file called `name` and takes it from the folder.
    pub async fn take(&self, name: &str) -> Vec<u8> {
        let (path, started) = (self.0.path().join(name), Instant::now());
        loop {
            let there: Vec<_> = fs::read_dir(&self.0).expect("the folder").flatten().collect();
            // A browser may keep the name with an empty file while it writes another.
            let is_whole = fs::metadata(&path).is_ok_and(|file| file.len() > 0);
            if is_whole && there.len() == 1 {
                break;
            }
            assert!(started.elapsed() < PATIENCE, "no {name} was saved, but {there:?}");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let bytes = fs::read(&path).expect("the file can be read");
        fs::remove_file(&path).expect("the file can be removed");
        bytes
    }

    /// As [`Saved::take`], for text.
    pub async fn take_text(&self, name: &str) -> String {
        String::from_utf8(self.take(name).await).expect("a file of text")
    }
}
