//! The programs in Rust: all of them compiled together, each as a module of one package, with the
//! versions of what they need that this workspace has locked.

use super::cases::{Case, cases};
use super::{on_all_cores, wrong_output};
use concurrency_playground::highlight::Language;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The dependencies, as the programs themselves say.
const DEPENDENCIES: [&str; 3] = ["rayon = ", "sha2 = ", "tokio = "];

fn manifest(cases: &[Case]) -> String {
    let mut manifest =
        "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n"
            .to_owned();
    for name in DEPENDENCIES {
        let lines = cases.iter().flat_map(|case| case.program.text.lines());
        let mut lines = lines.filter_map(|line| line.strip_prefix("//     "));
        let line = lines.find(|line| line.starts_with(name));
        writeln!(manifest, "{}", line.expect("some program needs it")).expect("a string");
    }
    manifest
}

/// Writes the package to `folder`: a module for each case, and a program that runs one by its
/// number.
fn write(cases: &[Case], folder: &Path) {
    let source = folder.join("src");
    fs::create_dir_all(&source).expect("a folder can be made");
    let mut main = "#![deny(warnings)]\n".to_owned();
    let mut arms = String::new();
    for (at, case) in cases.iter().enumerate() {
        let text = case.program.text.replacen("\nfn main() {", "\npub fn main() {", 1);
        assert!(text.contains("\npub fn main() {"), "{case}: {text}");
        put(&source.join(format!("p{at}.rs")), &text);
        writeln!(main, "mod p{at};").expect("a string");
        writeln!(arms, "        Some(\"{at}\") => p{at}::main(),").expect("a string");
    }
    let rest = format!(
        "fn main() {{\n    match std::env::args().nth(1).as_deref() {{\n{arms}        \
         other => panic!(\"{{other:?}}\"),\n    }}\n}}\n"
    );
    put(&source.join("main.rs"), &(main + &rest));
    put(&folder.join("Cargo.toml"), &manifest(cases));
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
}

fn put(file: &Path, text: &str) {
    fs::write(file, text).expect("a file can be written");
}

#[test]
fn rust_programs_print_the_pages_digest() {
    let mut cases = cases();
    cases.retain(|case| case.is_in(Language::Rust));
    assert!(cases.len() >= 13 * 3 * 3, "{}", cases.len());
    println!("run: {} programs in Rust", cases.len());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("programs");
    write(&cases, &folder);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--offline", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    // The compiler beside this Cargo: rustup would choose one by the folder of each package.
    let compiler = Path::new(env!("CARGO")).with_file_name("rustc");
    if compiler.exists() {
        cargo.env("RUSTC", compiler);
    }
    // From elsewhere, so that what this project says to Cargo about the page does not count.
    cargo.current_dir(std::env::temp_dir());
    // The generated package has a target folder of its own, whatever runs this test.
    let built = cargo.env("CARGO_TARGET_DIR", folder.join("target")).stdin(Stdio::null()).output();
    let built = built.expect("Cargo runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let program = folder.join("target/debug/programs");
    let number = |case: &Case| {
        let at = cases.iter().position(|one| std::ptr::eq(one, case));
        at.expect("it is one of them").to_string()
    };
    let wrong = on_all_cores(&cases, |case| {
        let output = Command::new(&program).arg(number(case)).output().expect("it was built");
        match output.status.success() {
            true => wrong_output(case, &String::from_utf8_lossy(&output.stdout)),
            false => Some(format!("{case}: {}", String::from_utf8_lossy(&output.stderr))),
        }
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
