//! Files on their way into the page and out of it, for the tests of other files.

use crate::support::Page;
use crate::support::browser::PATIENCE;
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Hands the page the files that `file` makes, as if the reader had dropped them.
pub const DROP: &str = "
    const drop = (file) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        const told = { dataTransfer, bubbles: true, cancelable: true };
        document.querySelector('.lab').dispatchEvent(new DragEvent('drop', told));
    };";

/// Drops a file with this text on the page.
pub async fn drop_text(page: &Page, text: &str) {
    let body = format!("{DROP} drop(new File([args[0]], 'report.json'))");
    page.js(&body, &[text.into()]).await;
}

/// Chooses a file with this text where the page opens reports.
pub async fn choose_text(page: &Page, text: &str) {
    let body = "
        const given = new DataTransfer();
        given.items.add(new File([args[0]], 'report.json', { type: 'application/json' }));
        const input = document.querySelector('#open-report');
        input.files = given.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(body, &[text.into()]).await;
}

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
        // A browser gives a file its name once all of it is there.
        while !path.exists() {
            let there: Vec<_> = fs::read_dir(&self.0).expect("the folder").flatten().collect();
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
