//! The messages that the page shows about its state.

use crate::executors::run::{Progress, Stage};
use crate::experiment::Experiment;
use crate::failure::FailureKind;
use crate::ui::lab::state::{Activity, State};

impl State {
    /// The status line.
    pub fn status(&self) -> String {
        match (&self.activity, &self.failure, &self.results) {
            (Activity::Cancelling { .. }, ..) => "Cancelling…".to_owned(),
            (Activity::Running { experiment, progress }, ..) => match progress {
                None => "Starting…".to_owned(),
                Some(progress) => doing(experiment, progress),
            },
            (_, Some(failure), _) if failure.kind() == FailureKind::Cancelled => {
                "Cancelled.".to_owned()
            }
            (_, Some(failure), _) => failure.message(),
            (_, None, Some(results)) => format!("{}.", results.finished.report.verdict.headline()),
            _ => String::new(),
        }
    }

    /// The status for screen readers: does not change at every step of a run.
    pub fn announcement(&self) -> String {
        match &self.activity {
            Activity::Running { progress: Some(progress), .. } => match progress.stage {
                Stage::Starting => "Starting…".to_owned(),
                Stage::WarmingUp => "Warming up…".to_owned(),
                Stage::Measuring => "Measuring…".to_owned(),
                Stage::Paused(_) => self.status(),
            },
            _ => self.status(),
        }
    }

    /// How long the run will still take, if that can be told.
    pub fn time_left(&self) -> Option<String> {
        let Activity::Running { progress: Some(progress), .. } = &self.activity else {
            return None;
        };
        let seconds = (progress.left_ms? / 1000.0).ceil();
        Some(match seconds {
            few if few <= 1.0 => "Less than a second left.".to_owned(),
            _ => format!("At most {seconds:.0} s left."),
        })
    }

    /// Why a file was not opened, or not saved, in a sentence.
    pub fn file_failure(&self) -> Option<String> {
        let (name, failure) = self.file_failure.as_ref()?;
        let what = name.as_ref().map(|name| format!("“{name}” was not opened"));
        let why = match failure.key.as_deref() {
            // What is not about one place in the file.
            Some("report") => format!("the report {}", failure.problem.message()),
            Some("file") => failure.problem.message(),
            _ => failure.message(),
        };
        Some(match (what, failure.kind()) {
            (Some(what), _) => format!("{what}: {why}"),
            (None, FailureKind::InvalidInput) => format!("Not opened: {why}"),
            (None, _) => why,
        })
    }
}

fn doing(experiment: &Experiment, progress: &Progress) -> String {
    let executor = experiment.executors.get(progress.executor);
    let label = executor.map_or_else(String::new, |executor| executor.label());
    match progress.stage {
        Stage::Starting => format!("Starting: {label}"),
        Stage::WarmingUp => format!("Warming up: {label}"),
        Stage::Measuring => format!("Measuring: {label}"),
        Stage::Paused(disturbance) => format!("Paused. {}", disturbance.what()),
    }
}

#[cfg(test)]
mod tests {
    use crate::failure::{Failure, FileProblem, InputProblem, MemoryProblem, ReportProblem};
    use crate::ui::lab::state::Action;
    use crate::ui::lab::state::example::{experiment, opened, progress, report, state};
    use std::rc::Rc;

    #[test]
    fn who_hears_a_run_does_not_hear_every_step() {
        let before = state("", "");
        let running = before.after(Action::Began(experiment(&before)));
        let [first, second] = [0, 1].map(|at| running.after(Action::Progressed(progress(at))));
        assert_ne!(first.status(), second.status());
        assert_eq!(first.announcement(), second.announcement());
        assert_eq!(first.time_left().as_deref(), Some("At most 3 s left."));
        assert_eq!(before.time_left(), None);
    }

    #[test]
    fn why_a_file_failed_reads_as_a_sentence() {
        let said = |failure| state("", "").after(Action::FileFailed(None, failure)).file_failure();
        let no_room =
            "There is not enough memory for the picture. Close other tabs, or save it as SVG.";
        for (failure, expected) in [
            (
                Failure::invalid("report", InputProblem::TooLarge { most_mb: 8 }),
                "Not opened: the report is larger than 8 MB.",
            ),
            (
                Failure::invalid("file", FileProblem::NotReport),
                "Not opened: it is not a text file. Choose a report.",
            ),
            (
                Failure::invalid("report", ReportProblem::TooManyValues),
                "Not opened: the report has more values than a report can have.",
            ),
            (
                Failure::invalid("schema", InputProblem::NotFlag),
                "Not opened: schema: give true or false.",
            ),
            (
                Failure::invalid("app.name", InputProblem::Missing),
                "Not opened: app.name: is missing.",
            ),
            (Failure::from(MemoryProblem::NoRoomForPicture), no_room),
        ] {
            assert_eq!(said(failure).as_deref(), Some(expected));
        }
        let failed = state("", "").after(Action::FileFailed(
            Some("a.json".into()),
            Failure::invalid("file", FileProblem::NotReport),
        ));
        assert_eq!(
            failed.file_failure().as_deref(),
            Some("“a.json” was not opened: it is not a text file. Choose a report.")
        );
        assert_eq!(
            failed
                .after(Action::HistoryRead { entries: Rc::default(), unreadable: 0 })
                .file_failure(),
            None
        );
        assert_eq!(failed.after(opened(&report())).file_failure(), None);
    }
}
