//! Splitting the page's module: a first visit loads what shows the page, and the rest follows while
//! the reader looks at it. `xtask/split` does it; here is what goes where.

use std::env;
use std::path::PathBuf;

use super::optimize::optimize;
use super::{scripts, styles};
use crate::command::run;
use crate::error::Error;
use crate::project;
use crate::say::step;
use crate::tools;

/// Rust modules of the page that its first sight does not need. A function that only these call
/// goes with them. Whatever is called before it is there is waited for, so a wrong line costs time;
/// `tests/e2e/loading.rs` sees that a first visit waits for nothing. Texts that stand in these
/// modules alone go, too; one that the first sight shows all the same would be blank there, which
/// the same tests look for.
const DEFERRED: &[&str] = &[
    // Running experiments, which nobody does within the first second.
    "crate::browser::clipboard",
    "crate::browser::compute_module",
    "crate::browser::database",
    "crate::browser::disk",
    "crate::browser::places",
    "crate::browser::requests",
    "crate::browser::imports",
    "crate::browser::pickling",
    "crate::browser::pipe",
    "crate::browser::script_worker",
    "crate::browser::shared_words",
    "crate::browser::worker",
    "crate::executors::answers",
    "crate::executors::attending",
    "crate::executors::calibrator",
    "crate::executors::client",
    "crate::executors::dispatch",
    "crate::executors::event_loop",
    "crate::executors::faulty_processes",
    "crate::executors::fleet::BrowserFleet",
    "crate::executors::hybrid",
    "crate::executors::instruments",
    "crate::executors::lanes",
    "crate::executors::main_thread",
    "crate::executors::model_map",
    "crate::executors::page_job",
    "crate::executors::pitfalls",
    "crate::executors::pool",
    "alloc::rc::Rc<crate::executors::pool::Inner>>::drop_slow",
    "crate::executors::post",
    "crate::executors::profile",
    "crate::executors::processes",
    "crate::executors::request_fixtures",
    "crate::executors::run",
    "crate::executors::session::Session>::profile",
    "crate::executors::session::Session>::profile_loaded",
    "crate::executors::session::Session>::run_loaded",
    "crate::executors::started_pool",
    "crate::executors::threads",
    "crate::executors::watch",
    "crate::protocol",
    "crate::pool",
    "crate::scripting::asked_advice",
    "crate::scripting::catalogue",
    "crate::scripting::playground::Playground>::exported",
    "crate::scripting::playground::Playground>::try_run",
    "crate::scripting::pools",
    "crate::scripting::recommending",
    "js_sys::futures::future_to_promise::<<crate::scripting::playground::Playground>::pool",
    "js_sys::futures::future_to_promise::<<crate::scripting::playground::Playground>::recommend",
    "js_sys::futures::future_to_promise::<<crate::scripting::playground::Playground>::run",
    "sha2",
    "crate::ui::lab::page::runner::Runner>::run",
    "crate::workloads::work::Work>::fill_input",
    "crate::workloads::work::Work>::merge",
    "crate::workloads::work::Work>::payload",
    "crate::workloads::work::Work>::summary",
    "crate::workloads::work::Work>::value",
    "crate::workloads::task_order",
    "crate::workloads::word_count::counts",
    "crate::workloads::word_count::generated",
    "crate::workloads::word_count::lines",
    "crate::workloads::word_count::piece",
    // What is made of what was measured.
    "crate::failure::Failure>::copied",
    "crate::failure::Failure>::is_same_as",
    "crate::failure::Failure>::stored",
    "crate::failure::Problem>::message",
    "crate::failure::Problem>::record",
    "crate::failure::files",
    "crate::failure::memory",
    "crate::failure::pool",
    "crate::failure::reports",
    "crate::failure::requests",
    "crate::failure::serialize",
    "crate::failure::stop",
    "crate::failure::work",
    "crate::failure::workers",
    "crate::measure::calibration",
    "crate::measure::compare",
    "crate::measure::explain",
    "crate::measure::fault_outcome",
    "crate::measure::fit",
    "crate::measure::gil_use",
    "crate::measure::latency",
    "crate::measure::lesson",
    "crate::measure::model_map",
    "crate::measure::prediction",
    "crate::measure::report::Report>::of",
    "crate::measure::report::Report>::to_json",
    "crate::measure::report::derive",
    "crate::measure::report::facts",
    "crate::measure::report::limits",
    "crate::measure::report::measuring",
    "crate::measure::report::moved",
    "crate::measure::report::outcome::Outcome as serde_core::ser::Serialize",
    "crate::measure::report::sample_log",
    "crate::measure::report::shown",
    "crate::measure::scaling",
    "crate::measure::sharing",
    "crate::measure::start_up",
    "crate::measure::stats",
    "crate::measure::verdict",
    "crate::measure::waterfall",
    // The views of it.
    "crate::browser::picture",
    "crate::browser::picture_export",
    "crate::ui::charts::bars",
    "crate::ui::charts::comparison",
    "crate::ui::charts::concurrency",
    "crate::ui::charts::distribution",
    "crate::ui::charts::dot_plot",
    "crate::ui::charts::latency",
    "crate::ui::charts::model_map",
    "crate::ui::charts::view::dots",
    "crate::ui::charts::view::framed::Framed",
    "crate::ui::charts::view::tools::ChartTools",
    "crate::ui::charts::picture",
    "crate::ui::charts::scaling",
    "crate::ui::charts::sharing",
    "crate::ui::charts::sketch",
    "crate::ui::charts::timeline::view::lanes",
    "crate::ui::charts::waterfall",
    "crate::ui::lab::results::answer",
    "crate::ui::lab::results::blurred",
    "crate::ui::lab::results::code_card",
    "crate::ui::lab::results::faults_card",
    "crate::ui::lab::results::findings",
    "crate::ui::lab::results::keep_card",
    "crate::ui::lab::results::lesson_outcome",
    "crate::ui::lab::results::results_table",
    "crate::ui::lab::results::studies::scaling_card",
    "crate::ui::lab::results::studies::sharing_card",
    "crate::ui::lab::results::studies::start_up_card",
    "crate::ui::lab::results::studies::study_controls",
    "crate::ui::lab::results::verdict::refusals",
    "crate::ui::lab::results::verdict::since_a_run",
    "crate::ui::lab::state::State>::compare",
    "crate::ui::lab::state::results::Results>::judgement",
    "crate::ui::lab::run::actions::since_a_run",
    "crate::ui::lab::view::other_view",
    // Reports, the history of runs, and files.
    "crate::browser::download",
    "crate::exchange",
    "crate::ui::lab::page::file_loader::FileLoader>::load",
    "crate::ui::lab::form::view::own_file",
    "crate::ui::lab::own",
    "crate::ui::lab::page::run_history::RunHistory>::import",
    "crate::ui::code::page",
    "crate::ui::lab::page::saving",
    // The first page's story, once it is begun.
    "crate::executors::calls",
    "crate::guide::measured",
    "crate::ui::start::page::tell_story",
    "crate::ui::start::page::calls",
    "crate::ui::start::page::compute",
    // Other pages. A chapter of the guide is read at once, but not its claims.
    "crate::guide::claim::Claim>::verdict",
    "crate::guide::progress::GuideProgress>::answered",
    "crate::guide::progress::GuideProgress>::read",
    "crate::guide::progress::GuideProgress>::write",
    "crate::guide::figure::Figure>::print",
    "crate::guide::figure::Figure>::value",
    "crate::guide::quoting::QuotingText>::quote",
    "crate::guide::recorded",
    "crate::ui::experiment::rows::of_measurements",
    "crate::ui::experiment::runs::RunState>::note",
    "crate::ui::guide::blocks::outcome",
    "crate::ui::guide::shortfall::recorded_view",
    "crate::ui::guide::blocks::sentence",
    "crate::ui::guide::chapter::no_chapter",
    "crate::ui::guide::page::kept",
    "crate::ui::guide::state::GuideState>::ran",
    "crate::ui::guide::state::GuideState>::resumed",
    "crate::ui::guide::state::judged",
    "crate::ui::experiment::page::runner::ExperimentRunner>::start",
    "crate::ui::guide::page::load_recorded",
    "crate::ui::guide::claims",
    "crate::ui::experiment::page::card",
    "crate::ui::guide::glossary",
    "crate::ui::guide::page::glossary",
    "crate::advice",
    "crate::decision",
    "crate::highlight",
    "crate::programs",
    "crate::ui::code::card",
    "crate::ui::code::cheatsheet",
    "crate::ui::code::choice",
    "crate::ui::code::highlighted",
    "crate::ui::advice",
    "alloc::rc::Rc<crate::advice",
    "alloc::rc::Rc<crate::ui::advice",
    "alloc::rc::Rc<crate::executors::profile",
    "alloc::rc::Rc<core::cell::RefCell<alloc::rc::Rc<crate::ui::advice",
    "alloc::rc::Rc<yew::functional::hooks::use_state::UseStateReducer<crate::ui::advice",
    "alloc::rc::Rc<yew::functional::hooks::use_state::UseStateReducer<core::option::Option<crate::ui::advice",
    "crate::ui::charts::predicted",
    "crate::ui::decide",
    "crate::ui::shell::app::cheatsheet",
    "crate::ui::shell::app::with_attempts",
    "crate::pitfalls",
    "crate::ui::attempts::board",
    "crate::ui::attempts::page::AttemptRunner>::load_recorded",
    "crate::ui::attempts::page::AttemptRunner>::run",
    "crate::ui::attempts::view",
    "crate::ui::code::quoted",
    "crate::ui::pitfalls::advice",
    "crate::ui::pitfalls::figures",
    "crate::ui::pitfalls::view",
    "crate::primitives",
    "crate::ui::primitives",
];

const FOR_SIZE: [&str; 1] = ["-Oz"];

/// Splits `app_bg.wasm` in the folder in which Trunk has put the page together, optimises both
/// parts for size in a release, merges the style sheets, and takes comments out of the first scripts.
pub fn split() -> Result<(), Error> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or(Error::Usage("`split` is for Trunk to run".into()))?;
    let tools = tools::ensure()?;
    styles::merge(&folder)?;
    scripts::shorten(&folder)?;
    let [page, deferred] = ["app_bg.wasm", "app_deferred.wasm"].map(|name| folder.join(name));
    step("Splitting the page", || {
        run(tools
            .cargo()?
            .args(["run", "--quiet", "--package", "split"])
            // A folder of its own, so that it waits for no other Cargo.
            .arg("--target-dir")
            .arg(project::target_dir().join("xtask"))
            .arg("--")
            .args([&page, &page, &deferred, &project::root().join("src")])
            .args(
                DEFERRED.iter().map(|path| path.replace("crate::", "concurrency_playground::")),
            ))?;
        if env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release") {
            optimize(&tools, &page, &FOR_SIZE)?;
            optimize(&tools, &deferred, &FOR_SIZE)?;
        }
        Ok(())
    })
}
