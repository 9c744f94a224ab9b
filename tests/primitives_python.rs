//! What the primitives' pages quote of Python is so, where Python is here and of the version that they
//! name.

use concurrency_playground::primitives::content;
use std::process::Command;

/// The version that the pages name.
const PYTHON: &str = "CPython 3.11";

fn python(arguments: &[&str]) -> Option<String> {
    let ran = Command::new("python3").args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&ran.stdout).trim().to_owned())
}

#[test]
fn programs_print_what_the_pages_say() {
    let version = "import sys; print('CPython %d.%d' % sys.version_info[:2])";
    let found = python(&["-c", version]);
    if found.as_deref() != Some(PYTHON) {
        println!("programs_print_what_the_pages_say: skipped, python3 is {found:?}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for primitive in content::all() {
        for quoted in primitive.python {
            assert!(quoted.version.starts_with(PYTHON), "{}", quoted.version);
            // Processes that are spawned run it as a file.
            let script = folder.path().join("main.py");
            std::fs::write(&script, quoted.code).expect("written");
            let printed = python(&[script.to_str().expect("a path in UTF-8")]);
            assert_eq!(printed.as_deref(), Some(quoted.output), "{}", primitive.address);
        }
    }
}
