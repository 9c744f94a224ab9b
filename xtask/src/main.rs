//! The project's commands: `cargo xtask <command>`.
//!
//! Each command first makes sure of what it needs (toolchain, tools, browser), says what it
//! installs and how long that takes, and only then does its work. It has no dependencies, so that
//! the very first command of a newcomer starts within seconds.
//!
//! | file | subject |
//! | --- | --- |
//! | `project` | what the repository pins: toolchain and `wasm-bindgen` |
//! | `toolchain`, `tools`, `browser`, `apt` | what has to be on the machine, and how it gets there |
//! | `cache` | the per-user folder tools are kept in |
//! | `peers` | the libraries that the benchmark measures beside the playground |
//! | `site`, `check`, `test`, `doctor` | the commands |
//! | `slowest` | which tests take longest |
//! | `command`, `version`, `say`, `error` | what all of these share |

mod apt;
mod browser;
mod cache;
mod check;
mod command;
mod doctor;
mod error;
mod peers;
mod project;
mod say;
mod site;
mod slowest;
mod test;
mod toolchain;
mod tools;
mod version;

use std::process::ExitCode;

use error::Error;

const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [ARGS]            build in release mode, serve on http://127.0.0.1:8080 and rebuild on change;
                          ARGS go to `trunk serve`, for instance --port 8081 or --open;
                          --fast builds the page without optimising it, in half the time
  build [ARGS]            build the complete static site into dist/; ARGS go to `trunk build`
  compute                 build only the shared-memory module into target/compute-site
                          (Trunk runs this before every build)
  guide                   build only the guide into target/guide-site
                          (Trunk runs this before every build)
  split                   split the page that Trunk has built into what a first visit loads,
                          and what is loaded after (Trunk runs this after every build)
  test [--native | --firefox] [-- ARGS]
                          run every test; --native leaves out the browser,
                          --firefox runs only the tests that need Firefox,
                          ARGS go to the end-to-end tests, for instance a part of a test's name
  bench [ARGS]            build the site and run the benchmarks in the browser;
                          ARGS choose some of them, for instance charts
  record                  run every experiment of the guide in a browser, and keep what came out in
                          www/guide/recorded.json; what was recorded today is not run again
  check                   formatting, licences and sources of dependencies, clippy, for the host
                          and for wasm, and documentation, warnings as errors
  doctor                  what is installed, what is wanted, and how to mend a mismatch

Environment: CHROME and CHROMEDRIVER, FIREFOX and GECKODRIVER point to browsers that are already there;
CONCURRENCY_PLAYGROUND_CACHE is where tools are kept (~/.cache/concurrency-playground).";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<(), Error> {
    let Some((command, rest)) = args.split_first() else {
        return Err(Error::Usage("a command is missing".into()));
    };
    match command.as_str() {
        "serve" => site::serve(rest),
        "build" => site::build(rest),
        "compute" => nothing_after(command, rest).and_then(|()| site::compute()),
        "guide" => nothing_after(command, rest).and_then(|()| site::guide()),
        "split" => nothing_after(command, rest).and_then(|()| site::split()),
        "test" => test::test(&test::TestArgs::parse(rest)?),
        "bench" => test::bench(rest),
        "check" => nothing_after(command, rest).and_then(|()| check::check()),
        "record" => nothing_after(command, rest).and_then(|()| test::record()),
        "doctor" => nothing_after(command, rest).and_then(|()| doctor::doctor()),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Error::Usage(format!("there is no command `{other}`"))),
    }
}

fn nothing_after(command: &str, rest: &[String]) -> Result<(), Error> {
    match rest.first() {
        None => Ok(()),
        Some(argument) => {
            Err(Error::Usage(format!("`{command}` takes no arguments, but was given `{argument}`")))
        }
    }
}
