//! What the rows of a result show: one model each, before, during and after a run.

use crate::executors::run::{InterimModel, Progress, Stage};
use crate::experiment::Experiment;
use crate::failure::{Failure, FailureKind};
use crate::measure::report::{Outcome, Report};
use crate::measure::stats;
use crate::models::{Executor, ExecutorKind};
use crate::ui::lab::state::{Activity, State};

/// A model's row.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelRow {
    /// The model.
    pub executor: Executor,
    /// What it is at.
    pub stage: RowStage,
    /// How long it took, as far as that was measured.
    pub times: Option<Times>,
    /// How many times as fast as the main thread.
    pub ratio: Option<f64>,
    /// The longest freeze of the page, in ms.
    pub frozen_ms: Option<f64>,
    /// How long its workers took to be ready, in ms; `None` where it has none.
    pub startup_ms: Option<f64>,
}

/// What a model's row is at.
#[derive(Clone, Debug, PartialEq)]
pub enum RowStage {
    /// It has not run yet.
    Pending,
    /// This happens to it now.
    Running(Stage),
    /// It was measured.
    Done,
    /// It failed, for this reason.
    Failed(String),
    /// It cannot run here, for this reason.
    Unavailable(String),
}

impl RowStage {
    /// The word for styles and tests.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running(_) => "running",
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Unavailable(_) => "unavailable",
        }
    }

    fn of_failure(failure: &Failure) -> Self {
        match failure.kind() {
            FailureKind::Unavailable => Self::Unavailable(failure.message()),
            _ => Self::Failed(failure.message()),
        }
    }
}

/// How long a model took.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The median, in ms.
    pub median_ms: f64,
    /// The 95% interval of the median, in ms; not while it is measured.
    pub ci95_ms: Option<[f64; 2]>,
    /// Every sample, in ms.
    pub samples_ms: Vec<f64>,
    /// Whether these are of warming up, and will be thrown away.
    pub is_warm_up: bool,
}

impl Times {
    /// The longest sample, in ms.
    pub fn longest_ms(&self) -> f64 {
        self.samples_ms.iter().copied().fold(self.median_ms, f64::max)
    }

    fn so_far(model: &InterimModel) -> Option<Self> {
        let is_warm_up = model.samples_ms.is_empty();
        let samples_ms = if is_warm_up { &model.warm_up_ms } else { &model.samples_ms };
        // A first run is compiled in haste: the last one says more.
        let median_ms = match (is_warm_up, samples_ms.last()) {
            (_, None) => return None,
            (true, Some(last)) => *last,
            (false, _) => stats::median(samples_ms.iter().copied()),
        };
        Some(Self { median_ms, ci95_ms: None, samples_ms: samples_ms.clone(), is_warm_up })
    }
}

impl State {
    /// The rows: of the run under way, else of the last, else of the experiment as it
    /// stands in the form.
    pub fn rows(&self) -> Vec<ModelRow> {
        match (&self.activity, &self.results) {
            (Activity::Running { experiment, progress }, _) => {
                under_way(experiment, progress.as_ref())
            }
            (Activity::Cancelling { experiment }, _) => under_way(experiment, None),
            (Activity::Idle, Some(results)) => measured(&results.finished.report),
            (Activity::Idle, None) => match self.form.experiment() {
                Ok(experiment) => {
                    experiment.executors.iter().map(|executor| self.planned(executor)).collect()
                }
                Err(_) => {
                    let models = self.form.chosen_models();
                    models.map(|(_, model)| self.planned(&model.executor)).collect()
                }
            },
        }
    }

    /// Why a model cannot run the form's workload here, if so.
    pub fn cannot_run(&self, executor: &Executor) -> Option<String> {
        let checked = self.capabilities.check_model(executor, self.form.workload);
        checked.err().map(|failure| failure.message())
    }

    fn planned(&self, executor: &Executor) -> ModelRow {
        let reason = self.cannot_run(executor);
        let stage = reason.map_or(RowStage::Pending, |reason| {
            RowStage::Unavailable(format!("Cannot run here. {reason}"))
        });
        ModelRow { stage, ..ModelRow::empty(executor) }
    }
}

impl ModelRow {
    fn empty(executor: &Executor) -> Self {
        Self {
            executor: executor.clone(),
            stage: RowStage::Pending,
            times: None,
            ratio: None,
            frozen_ms: None,
            startup_ms: None,
        }
    }
}

fn under_way(experiment: &Experiment, progress: Option<&Progress>) -> Vec<ModelRow> {
    let models = progress.map_or(&[][..], |progress| &progress.interim.models);
    let of_main_thread =
        models.iter().find(|model| model.executor.kind() == ExecutorKind::MainThread);
    let base = of_main_thread.and_then(Times::so_far).filter(|times| !times.is_warm_up);
    let row = |(at, executor): (usize, &Executor)| {
        let stage = match progress {
            Some(progress) if progress.executor == at => RowStage::Running(progress.stage),
            _ => RowStage::Pending,
        };
        let Some(model) = models.get(at) else {
            return ModelRow { stage, ..ModelRow::empty(executor) };
        };
        let times = Times::so_far(model);
        let measured = times.as_ref().filter(|times| !times.is_warm_up);
        let ratio =
            base.as_ref().zip(measured).map(|(base, times)| base.median_ms / times.median_ms);
        ModelRow {
            stage: model.failure.as_ref().map_or(stage, RowStage::of_failure),
            ratio,
            frozen_ms: measured.map(|_| model.frozen_ms),
            startup_ms: startup(executor, model.startup_ms).filter(|ms| *ms > 0.0),
            times,
            ..ModelRow::empty(executor)
        }
    };
    experiment.executors.iter().enumerate().map(row).collect()
}

fn measured(report: &Report) -> Vec<ModelRow> {
    let has_page = report.environment.browser.is_some();
    let is_compared = report.results.iter().any(|outcome| outcome.speedup.is_some());
    let row = |outcome: &Outcome| {
        let Outcome { executor, summary, error, .. } = outcome;
        let ratio = match (&outcome.speedup, executor.kind()) {
            (Some(speedup), _) => Some(speedup.ratio.ratio),
            (None, ExecutorKind::MainThread) if is_compared => Some(1.0),
            _ => None,
        };
        let stage = match error {
            Some(failure) => RowStage::of_failure(failure),
            None if summary.is_none() => RowStage::Failed(String::new()),
            None => RowStage::Done,
        };
        let times = summary.as_ref().map(|summary| Times {
            median_ms: summary.median_ms,
            ci95_ms: Some(summary.ci95_ms),
            samples_ms: outcome.totals_ms(),
            is_warm_up: false,
        });
        ModelRow {
            stage,
            ratio: ratio.filter(|_| times.is_some()),
            frozen_ms: times.as_ref().filter(|_| has_page).map(|_| outcome.longest_freeze_ms()),
            startup_ms: startup(executor, outcome.startup_ms).filter(|_| times.is_some()),
            times,
            ..ModelRow::empty(executor)
        }
    };
    report.results.iter().map(row).collect()
}

fn startup(executor: &Executor, ms: f64) -> Option<f64> {
    executor.kind().has_workers().then_some(ms)
}

#[cfg(test)]
mod tests;
