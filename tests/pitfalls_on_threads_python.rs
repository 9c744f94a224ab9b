//! What the pitfalls on threads say of Python is so, where Python is here and of the version that they
//! name. Some figures differ from run to run; what the page says of them does not.

use concurrency_playground::pitfalls::content;
use concurrency_playground::pitfalls::id::PitfallId;
use std::path::Path;
use std::process::Command;

/// The version that the page names.
const PYTHON: &str = "CPython 3.11";

fn python(arguments: &[&str]) -> Option<String> {
    let ran = Command::new("python3").args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&ran.stdout).trim().to_owned())
}

/// `text` with `#` in place of every number.
fn without_figures(text: &str) -> String {
    let mut marked = String::new();
    for character in text.chars() {
        let is_figure = character.is_ascii_digit() || character == '.';
        match is_figure {
            true if marked.ends_with('#') => {}
            true => marked.push('#'),
            false => marked.push(character),
        }
    }
    marked
}

/// The numbers in `text`.
fn figures(text: &str) -> Vec<f64> {
    text.split(|it: char| !it.is_ascii_digit() && it != '.')
        .filter_map(|it| it.parse().ok())
        .collect()
}

/// Whether what a program of this pitfall printed shows what the page says of it; `None` where a program
/// prints the same each time.
fn shows_it(id: PitfallId, printed: &str) -> Option<bool> {
    match (id, &figures(printed)[..]) {
        // Additions are lost without a lock, and none with it.
        (PitfallId::LostUpdate, [added, added_locked]) => {
            Some(*added < 400_000.0 && *added_locked == 400_000.0)
        }
        (PitfallId::ChattyQueue, [_, one_by_one_s, _, in_chunks_s]) => {
            Some(one_by_one_s > in_chunks_s)
        }
        (PitfallId::LargePayload, [here_ms, in_process_ms]) => Some(here_ms < in_process_ms),
        // It computes for 500 ms.
        (PitfallId::StarvedEventLoop, [in_coroutine_ms, in_thread_ms]) => {
            Some(*in_coroutine_ms >= 500.0 && *in_thread_ms < 500.0)
        }
        _ => None,
    }
}

#[test]
fn programs_print_what_the_page_says() {
    let version = "import sys; print('CPython %d.%d' % sys.version_info[:2])";
    let found = python(&["-c", version]);
    if found.as_deref() != Some(PYTHON) {
        println!("programs_print_what_the_page_says: skipped, python3 is {found:?}");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let ids = [
        PitfallId::LostUpdate,
        PitfallId::LockOrder,
        PitfallId::QueueDeadlock,
        PitfallId::TooManyWorkers,
        PitfallId::ChattyQueue,
        PitfallId::LargePayload,
        PitfallId::StarvedEventLoop,
    ];
    let (mut programs, mut differing) = (0, 0);
    for id in ids {
        for python_of in content::pitfall(id).expect("it has a text").python {
            assert!(python_of.version.starts_with(PYTHON), "{}", python_of.version);
            let script = folder.path().join("main.py");
            std::fs::write(&script, python_of.code).expect("written");
            let printed = run(&script);
            let quoted = python_of.output;
            assert_eq!(
                without_figures(&printed),
                without_figures(quoted),
                "{}\nprinted {printed}",
                id.id()
            );
            match shows_it(id, &printed) {
                Some(is_shown) => {
                    assert!(is_shown, "{}\nprinted {printed}", id.id());
                    assert_eq!(shows_it(id, quoted), Some(true), "{quoted}");
                    differing += 1;
                }
                None => assert_eq!(printed, quoted, "{}", id.id()),
            }
            programs += 1;
        }
    }
    assert_eq!((programs, differing), (9, 4));
}

fn run(script: &Path) -> String {
    python(&[script.to_str().expect("a path in UTF-8")]).expect("python3 starts")
}
