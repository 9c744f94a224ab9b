//! The scripts that a first visit loads, without their comments: those stay in the project.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Beside the page.
const SCRIPTS: [&str; 3] = ["boot.js", "isolation.js", "not_started.js"];
/// In a folder of wasm-bindgen's whose name it makes up.
const SNIPPET: &str = "www/deferred.js";

/// Takes the comments out of the scripts in `folder`, in which Trunk has put the page together.
pub fn shorten(folder: &Path) -> Result<(), Error> {
    let snippets = fs::read_dir(folder.join("snippets")).into_iter().flatten().flatten();
    let snippets = snippets.map(|of_crate| of_crate.path().join(SNIPPET)).filter(|it| it.is_file());
    let scripts = SCRIPTS.iter().map(|name| folder.join(name)).chain(snippets);
    for script in scripts.collect::<Vec<PathBuf>>() {
        let text = fs::read_to_string(&script).map_err(Error::file("read", &script))?;
        fs::write(&script, without_comments(&text)).map_err(Error::file("write", &script))?;
    }
    Ok(())
}

/// `script` without the lines that are comments from `//` on, and without empty ones.
fn without_comments(script: &str) -> String {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    script.lines().filter(is_code).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn comments_and_empty_lines_go() {
        let script = "// What it does.\n\nlet a = 1; // Stays.\n  // And why.\n  a += 1;\n";
        assert_eq!(without_comments(script), "let a = 1; // Stays.\n  a += 1;\n");
    }

    /// Else a line of it may begin like a comment.
    #[test]
    fn no_string_in_these_scripts_is_longer_than_a_line() {
        for name in SCRIPTS.into_iter().chain(["deferred.js"]) {
            let script =
                fs::read_to_string(project::root().join("www").join(name)).expect("it is there");
            let is_whole = |line: &str| line.matches('`').count().is_multiple_of(2);
            assert!(script.lines().all(is_whole), "{name}");
        }
    }
}
