//! What the pitfalls on processes say of Python is so, where Python is here and of the version that
//! they name.

use concurrency_playground::pitfalls::content;
use concurrency_playground::pitfalls::definition::Python;
use concurrency_playground::pitfalls::id::PitfallId;
use concurrency_playground::pitfalls::programs::processes::sending::{KINDS, PYTHON};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// What a program prints, where `python3` is of the version that the page names.
fn run(test: &str, script: &Path) -> Option<Output> {
    let version = "import sys; print('CPython %d.%d' % sys.version_info[:2])";
    let asked = Command::new("python3").args(["-c", version]).output().ok();
    let found = asked.map(|asked| String::from_utf8_lossy(&asked.stdout).trim().to_owned());
    if found.as_deref() != Some(PYTHON) {
        println!("{test}: skipped, python3 is {found:?} and not {PYTHON}");
        return None;
    }
    Some(Command::new("python3").arg(script).output().expect("python3 starts"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[test]
fn pickle_says_what_the_page_quotes() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pickling.py");
    let Some(ran) = run("pickle_says_what_the_page_quotes", &script) else { return };
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let says: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let says = says.as_object().expect("an object");
    assert_eq!(says.len(), KINDS.len());
    for kind in KINDS {
        assert_eq!(says[kind.id], kind.pickle, "{}", kind.id);
    }
}

#[test]
fn programs_print_what_the_page_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let ids = [
        PitfallId::Unsendable,
        PitfallId::GlobalState,
        PitfallId::MainGuard,
        PitfallId::StartMethods,
    ];
    let mut programs = 0;
    for id in ids {
        let pitfall = content::pitfall(id).expect("it has a text");
        for Python { code, output, version, .. } in pitfall.python {
            assert!(version.starts_with(PYTHON), "{version}");
            let script = folder.path().join("main.py");
            std::fs::write(&script, code).expect("written");
            let Some(ran) = run("programs_print_what_the_page_says", &script) else { return };
            let (out, err) = (text(&ran.stdout), text(&ran.stderr));
            if let Some((printed, error)) = output.split_once("\nRuntimeError:") {
                // Its child failed, after a traceback that the page leaves out.
                assert_eq!(out, printed, "{code}");
                let lines = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let quoted = lines(&format!("RuntimeError: {}", error.trim_end_matches("...")));
                assert!(lines(&err).contains(&quoted), "{quoted}\nis not in\n{err}");
            } else {
                assert_eq!(out, *output, "{code}\n{err}");
                assert!(ran.status.success(), "{err}");
            }
            programs += 1;
        }
    }
    assert_eq!(programs, 7);
}
