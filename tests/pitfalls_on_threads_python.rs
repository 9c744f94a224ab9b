//! What the pitfalls on threads say of Python is so, where Python is here and of the version that they
//! name. Figures differ from run to run; that updates are lost does not.

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
    let mut programs = 0;
    for id in ids {
        for python_of in content::pitfall(id).expect("it has a text").python {
            assert!(python_of.version.starts_with(PYTHON), "{}", python_of.version);
            let script = folder.path().join("main.py");
            std::fs::write(&script, python_of.code).expect("written");
            let printed = run(&script);
            assert_eq!(
                without_figures(&printed),
                without_figures(python_of.output),
                "{}\nprinted {printed}",
                id.id()
            );
            programs += 1;
        }
    }
    assert_eq!(programs, 9);
}

fn run(script: &Path) -> String {
    python(&[script.to_str().expect("a path in UTF-8")]).expect("python3 starts")
}

#[test]
fn additions_are_lost_only_with_a_call_in_between() {
    let python_of = content::pitfall(PitfallId::LostUpdate).expect("it has a text").python;
    assert_eq!(python_of[0].output, "1200000");
    let (_, lost) = python_of[1].output.split_once("add ").expect("begins so");
    let lost: u32 = lost.lines().next().and_then(|it| it.parse().ok()).expect("a number");
    assert!(lost < 400_000 && python_of[1].output.ends_with("add_locked 400000"));
}
