//! The results of a run, with the state needed to show them.

use crate::executors::run::Finished;
use crate::experiment::{Experiment, link};
use crate::measure::prediction::{self, Judgement, Prediction};
use crate::measure::report::{ModelScaling, Report};
use crate::measure::study;
use crate::wording::counted;
use crate::workloads::Workload;
use crate::workloads::mandelbrot::Mandelbrot;
use crate::workloads::own::OwnData;
use std::rc::Rc;

/// The results of a run.
#[derive(Clone, Debug)]
pub struct Results {
    /// Which run of the page it was: tells two with the same figures apart.
    pub number: u32,
    /// What was run.
    pub experiment: Rc<Experiment>,
    /// What came out.
    pub finished: Finished,
    /// What the reader had predicted.
    pub prediction: Option<Prediction>,
    /// The data of the reader's own that it was run with.
    pub own: Option<OwnData>,
    /// Whether it was opened rather than run just now.
    pub is_opened: bool,
}

impl Results {
    /// A report without the run that it came of, as the page's `number`-th.
    pub fn opened(number: u32, report: Report) -> Self {
        let experiment = Rc::new(report.experiment.clone());
        let merged = vec![None; report.results.len()];
        let finished = Finished { report, merged };
        Self { number, experiment, finished, prediction: None, own: None, is_opened: true }
    }

    /// Where and when it was run and, if that was not this page, by what, unless it was just now.
    pub fn origin(&self) -> Option<String> {
        let report = &self.finished.report;
        let by = match report.producer.is_this_program() {
            true => "Opened from an earlier run".to_owned(),
            false => format!("Measured by {}", report.producer.label()),
        };
        self.is_opened.then(|| format!("{by}: {}.", self.when_and_where()))
    }

    /// What was run, where and when, for paper.
    pub fn printed_origin(&self) -> String {
        let title = self.experiment.workload.id().title();
        let mut params = Vec::new();
        for (name, value) in self.experiment.workload.params() {
            params.push(format!("{name} {}", link::plain(&value)));
        }
        let producer = &self.finished.report.producer;
        let by = match producer.is_this_program() {
            true => String::new(),
            false => format!("{}, ", producer.label()),
        };
        format!("{title} ({}), {by}{}.", params.join(", "), self.when_and_where())
    }

    fn when_and_where(&self) -> String {
        let environment = &self.finished.report.environment;
        let cores = counted(environment.machine.hardware_concurrency.into(), "core");
        format!("{}, {cores}", minute(&environment.started_at))
    }

    /// How long its blocks took, in s.
    pub fn seconds(&self) -> f64 {
        let report = &self.finished.report;
        let sample_ms = report.results.iter().filter_map(|one| {
            Some(one.summary.as_ref()?.median_ms * f64::from(one.samples.last()?.computations))
        });
        sample_ms.sum::<f64>() * report.order.len() as f64 / 1000.0
    }

    /// How the run's pools scale, where it had them at several widths.
    pub fn scaling(&self) -> Option<&ModelScaling> {
        study::scaling_of(&self.finished.report)
    }

    /// What became of the prediction, if there was one and it can be told.
    pub fn judgement(&self) -> Option<Judgement> {
        let report = &self.finished.report;
        if !report.verdict.kind().is_an_answer() {
            return None;
        }
        Some(match self.prediction.as_ref()? {
            Prediction::Winner(kind) => {
                prediction::judge_winner(*kind, &report.ranking, &report.results)
            }
            Prediction::Curve(predicted) => {
                let cores = report.environment.machine.effective_cores;
                prediction::judge_curve(predicted, &self.scaling()?.scaling, cores)
            }
        })
    }
}

impl PartialEq for Results {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// A moment in ISO 8601, to the minute: "2026-11-22 16:00 UTC".
pub fn minute(iso: &str) -> String {
    format!("{} UTC", iso.get(..16).unwrap_or(iso).replace('T', " "))
}

/// The experiment's workload, if it draws a picture.
pub fn picture(experiment: &Experiment) -> Option<&Mandelbrot> {
    match &experiment.workload {
        Workload::Mandelbrot(mandelbrot) => Some(mandelbrot),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::stats::Ratio;
    use crate::measure::verdict::{Comparison, VerdictKind};
    use crate::models::ExecutorKind;
    use crate::ui::lab::state::example::report;

    #[test]
    fn what_is_opened_says_so() {
        let mut report = report();
        report.environment.started_at = "2026-11-22T16:00:31.000Z".to_owned();
        report.environment.machine.hardware_concurrency = 1;
        let mut results = Results::opened(1, report);
        assert_eq!(
            results.origin().as_deref(),
            Some("Opened from an earlier run: 2026-11-22 16:00 UTC, 1 core.")
        );
        results.is_opened = false;
        assert_eq!(results.origin(), None);
    }

    #[test]
    fn short_work_that_was_repeated_within_samples_took_its_time() {
        let mut report = report();
        let before = Results::opened(1, report.clone()).seconds();
        for one in &mut report.results {
            for sample in &mut one.samples {
                sample.computations *= 10;
            }
        }
        let after = Results::opened(1, report).seconds();
        assert!(before > 0.0 && (after / before - 10.0).abs() < 1e-9, "{before} and {after}");
    }

    #[test]
    fn a_run_that_could_not_tell_judges_nobody() {
        let mut results = Results::opened(1, report());
        results.prediction = Some(Prediction::Winner(ExecutorKind::Threads));
        assert!(results.judgement().is_some());
        let verdict = &mut results.finished.report.verdict;
        let Comparison::Of { ratio, .. } = &mut verdict.comparison else { panic!("{verdict:?}") };
        *ratio = Some(Ratio { ratio: 1.1, ci95: [0.5, 2.0] });
        assert_eq!(verdict.kind(), VerdictKind::TooNoisy);
        assert_eq!(results.judgement(), None);
    }
}
