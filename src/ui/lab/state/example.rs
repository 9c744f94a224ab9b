//! States and reports to test with.

use crate::executors::mock::{self, MockFleet};
use crate::executors::run::{self, Progress, Stage};
use crate::experiment::Experiment;
use crate::measure::report::Report;
use crate::ui::lab::state::{Action, State};
use crate::ui::shell::theme::Theme;
use std::rc::Rc;

/// The page as it opens at this address.
pub fn state(search: &str, hash: &str) -> State {
    let capabilities = mock::capabilities();
    State::new(capabilities, search, hash, Theme::System).expect("defaults hold")
}

/// What is in the form.
pub fn experiment(state: &State) -> Rc<Experiment> {
    Rc::new(state.form.experiment().expect("valid"))
}

/// The `executor`-th model is measured.
pub fn progress(executor: usize) -> Progress {
    Progress { left_ms: Some(2_400.0), ..Progress::new(Stage::Measuring, executor, 3, 9) }
}

/// The report of a short run.
pub fn report() -> Report {
    let text = r#"{"workload":"primes","params":{"count":9},
                   "executors":[{"id":"main-thread"},{"id":"event-loop"},{"id":"threads"},
                                {"id":"processes"}]}"#;
    let experiment = Experiment::from_json(text, 2).expect("valid");
    pollster::block_on(run::run(&MockFleet::default(), &experiment)).report
}

/// A report opened as a store or a file gives it back.
pub fn opened(report: &Report) -> Action {
    let read = crate::exchange::read::read(&report.to_json().to_string());
    Action::Opened(Box::new(read.expect("a report")))
}
