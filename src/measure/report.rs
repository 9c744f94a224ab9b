//! The report: what a run measured, as plain JSON. Its form is documented in
//! `README.md`; [`SCHEMA`] is raised when it changes.

use super::compare::{self, Rank};
use super::span::{self, Lane, Phase};
use super::stats::{self, Ratio, Summary};
use super::verdict::{self, Verdict};
use super::warning::{FEWEST_ROUNDS, FEWEST_TICKS, Warning};
use crate::experiment::{Executor, ExecutorKind, Experiment};
use crate::failure::Failure;
use crate::workloads::answer::Answer;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Raised when the report's form changes.
pub const SCHEMA: u32 = 1;

/// Whether something is to be had here, and if not, why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Availability {
    /// Whether it is.
    pub available: bool,
    /// Why not, and what to do.
    pub reason: Option<String>,
}

impl Availability {
    /// It is to be had.
    pub const YES: Self = Self { available: true, reason: None };

    /// It is not, for this reason.
    pub fn no(reason: impl Into<String>) -> Self {
        Self { available: false, reason: Some(reason.into()) }
    }
}

/// What this browser, serving this page, can do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    /// Whether the page is isolated, which shared memory needs.
    pub cross_origin_isolated: bool,
    /// The cores that the browser reports.
    pub hardware_concurrency: u32,
    /// The cores that were found by measuring; `None` while nobody has.
    pub effective_cores: Option<f64>,
    /// The least step of the clock that was seen, in µs.
    pub clock_resolution_us: f64,
    /// Whether the page's service worker answers its requests.
    pub service_worker: Availability,
    /// Whether memory can be shared between threads.
    pub shared_memory: Availability,
    /// Whether workers can be started.
    pub workers: Availability,
}

impl Capabilities {
    /// How wide a pool is where nobody says: the machine's cores, 2 to 32.
    pub fn default_workers(&self) -> u32 {
        self.hardware_concurrency.clamp(2, crate::experiment::executor::MAX_WORKERS)
    }

    /// Whether `kind` can run here.
    pub fn executor(&self, kind: ExecutorKind) -> &Availability {
        match kind {
            ExecutorKind::MainThread | ExecutorKind::EventLoop => &Availability::YES,
            ExecutorKind::Processes => &self.workers,
            ExecutorKind::Threads if self.workers.available => &self.shared_memory,
            ExecutorKind::Threads => &self.workers,
        }
    }
}

/// Where and when a run took place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// What the browser can do.
    #[serde(flatten)]
    pub capabilities: Capabilities,
    /// The browser, as it names itself.
    pub user_agent: String,
    /// When the run began, ISO 8601 in UTC.
    pub started_at: String,
    /// `visible`, or `hidden` where the tab was hidden at any time of the run.
    pub visibility: &'static str,
}

/// One measured computation, as an executor hands it over. Times are absolute.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// When it began, in ms.
    pub started_ms: f64,
    /// When its answer was whole, in ms.
    pub ended_ms: f64,
    /// Who did what; the page's own lane is the first.
    pub lanes: Vec<Lane>,
    /// The longest stretch for which the page's thread did not answer, in ms.
    pub blocked_ms: f64,
    /// Bytes that left the parent's memory.
    pub bytes_sent: u64,
    /// Bytes that came back into it.
    pub bytes_received: u64,
    /// The answer.
    pub answer: Answer,
}

impl Sample {
    /// From beginning to answer, in ms.
    pub fn total_ms(&self) -> f64 {
        self.ended_ms - self.started_ms
    }
}

/// What one model did in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The model.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; not part of any sample.
    pub startup_ms: f64,
    /// Its samples, one per round; or why there are none.
    pub samples: Result<Vec<Sample>, Failure>,
}

impl Measured {
    /// The samples, none where the model failed.
    pub fn samples(&self) -> &[Sample] {
        self.samples.as_deref().unwrap_or_default()
    }

    /// How long each sample took, in ms.
    pub fn totals_ms(&self) -> Vec<f64> {
        self.samples().iter().map(Sample::total_ms).collect()
    }

    /// The answer that all its samples gave; `None` where they differ.
    pub fn answer(&self) -> Option<&Answer> {
        let (first, rest) = self.samples().split_first()?;
        rest.iter().all(|sample| sample.answer == first.answer).then_some(&first.answer)
    }

    /// The sample whose time is nearest to `median_ms`.
    fn nearest(&self, median_ms: f64) -> Option<&Sample> {
        let distance = |sample: &&Sample| (sample.total_ms() - median_ms).abs();
        self.samples().iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// A sample as reports write it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedSample {
    /// From beginning to answer, in ms.
    pub total_ms: f64,
    /// How long each phase lasted, summed over all lanes, in ms.
    pub phases_ms: BTreeMap<Phase, f64>,
    /// The longest stretch for which the page's thread did not answer, in ms.
    pub main_thread_blocked_ms: f64,
    /// Bytes that left the parent's memory.
    pub bytes_sent: u64,
    /// Bytes that came back into it.
    pub bytes_received: u64,
    /// How many tasks were worked on at a time, on average.
    pub concurrency: f64,
}

/// How much faster than another model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speedup {
    /// The model compared with.
    pub over: ExecutorKind,
    /// How many times as fast, with its interval.
    #[serde(flatten)]
    pub ratio: Ratio,
}

/// What one model did, as reports write it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The model and its options.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; not part of any sample.
    pub startup_ms: f64,
    /// The samples, in the order in which they were taken.
    pub samples: Vec<ReportedSample>,
    /// What they come to.
    pub summary: Option<Summary>,
    /// How much faster than the main thread.
    pub speedup: Option<Speedup>,
    /// The timeline of the median sample, in ms from its beginning.
    pub lanes: Vec<Lane>,
    /// The answer.
    #[serde(serialize_with = "answer_as_json")]
    pub answer: Option<Answer>,
    /// Why there is none.
    pub error: Option<Failure>,
}

impl Outcome {
    /// The longest freeze of the page in any sample, in ms.
    pub fn longest_freeze_ms(&self) -> f64 {
        self.samples.iter().map(|sample| sample.main_thread_blocked_ms).fold(0.0, f64::max)
    }
}

fn answer_as_json<S: serde::Serializer>(
    answer: &Option<Answer>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let answer = answer.as_ref().map(|Answer { digest, value, summary }| {
        json!({ "digest": digest, "value": value.as_ref().map(|value| value.to_json()), "summary": summary })
    });
    answer.serialize(serializer)
}

/// Which program made the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct App {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// This program.
pub const APP: App = App { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// The report of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// See [`SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub app: App,
    /// Where and when.
    pub environment: Environment,
    /// What was run, every default filled in, and the order of each round.
    pub experiment: Value,
    /// What each model did, in the experiment's order.
    pub results: Vec<Outcome>,
    /// Whether all answers are the same; `None` where fewer than two models gave
    /// one.
    pub agreement: Option<bool>,
    /// The models that have samples, the fastest first.
    pub ranking: Vec<Rank>,
    /// What came out, in a sentence or two.
    pub verdict: Verdict,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// The first model's failure, where not one of them gave a result.
    pub fn failure_of_all(&self) -> Option<&Failure> {
        let failures: Option<Vec<_>> =
            self.results.iter().map(|result| result.error.as_ref()).collect();
        failures?.into_iter().next()
    }
}

/// Makes the report of a run. `order` is the order of the models in each round,
/// as indices into the experiment's list.
pub fn build(
    experiment: &Experiment,
    order: &[Vec<usize>],
    environment: Environment,
    measured: &[Measured],
) -> Report {
    let seed = experiment.seed;
    let baseline = compare::baseline(measured);
    let results: Vec<_> =
        measured.iter().map(|one| outcome(one, baseline.map(|at| &measured[at]), seed)).collect();
    let dissenters = compare::dissenters(measured);
    let answers = measured.iter().filter(|one| !one.samples().is_empty()).count();
    let agreement = (answers > 1).then_some(dissenters.is_empty());
    let ranking = compare::ranking(measured, seed);
    let warnings = warnings(experiment.repeats, &results, &environment, &dissenters);
    let mut as_run = experiment.to_json();
    as_run["order"] = json!(order);
    Report {
        schema: SCHEMA,
        app: APP,
        verdict: verdict::of(&results, &ranking, agreement),
        environment,
        experiment: as_run,
        results,
        agreement,
        ranking,
        warnings,
    }
}

fn outcome(one: &Measured, baseline: Option<&Measured>, seed: u64) -> Outcome {
    let summary = stats::summarise(&one.totals_ms(), seed);
    let median = summary.as_ref().and_then(|summary| one.nearest(summary.median_ms));
    let speedup = baseline.filter(|over| !std::ptr::eq(*over, one)).and_then(|over| {
        let ratio = stats::paired_ratio(&over.totals_ms(), &one.totals_ms(), seed)?;
        Some(Speedup { over: over.executor.kind(), ratio })
    });
    Outcome {
        executor: one.executor.clone(),
        startup_ms: one.startup_ms,
        samples: one.samples().iter().map(reported).collect(),
        summary,
        speedup,
        lanes: median.map(relative_lanes).unwrap_or_default(),
        answer: one.answer().cloned(),
        error: one.samples.as_ref().err().cloned(),
    }
}

fn reported(sample: &Sample) -> ReportedSample {
    let total_ms = sample.total_ms();
    ReportedSample {
        total_ms,
        phases_ms: span::phases_ms(&sample.lanes),
        main_thread_blocked_ms: sample.blocked_ms,
        bytes_sent: sample.bytes_sent,
        bytes_received: sample.bytes_received,
        concurrency: span::concurrency(&sample.lanes, total_ms),
    }
}

fn relative_lanes(sample: &Sample) -> Vec<Lane> {
    sample.lanes.iter().map(|lane| lane.clone().relative_to(sample.started_ms)).collect()
}

fn warnings(
    rounds: u32,
    results: &[Outcome],
    environment: &Environment,
    dissenters: &[usize],
) -> Vec<Warning> {
    let capabilities = &environment.capabilities;
    let mut warnings = Vec::new();
    if !dissenters.is_empty() {
        let executors = dissenters.iter().map(|at| results[*at].executor.label()).collect();
        warnings.push(Warning::AnswersDisagree { executors });
    }
    for result in results {
        let shortest_ms = FEWEST_TICKS * capabilities.clock_resolution_us / 1000.0;
        if let Some(summary) = result.summary.as_ref().filter(|s| s.median_ms < shortest_ms) {
            warnings.push(Warning::TimerTooCoarse {
                executor: result.executor.label(),
                median_ms: summary.median_ms,
                resolution_us: capabilities.clock_resolution_us,
            });
        }
    }
    if rounds < FEWEST_ROUNDS {
        warnings.push(Warning::FewRounds { rounds });
    }
    let cores = capabilities.hardware_concurrency;
    // Workers that only wait do not compete for cores.
    let computes = |result: &&Outcome| {
        result.samples.iter().any(|sample| !sample.phases_ms.contains_key(&Phase::IoWait))
    };
    let widest = results.iter().filter(computes).map(|result| result.executor.workers()).max();
    if let Some(workers) = widest.filter(|workers| *workers > cores) {
        warnings.push(Warning::MoreWorkersThanCores { workers, cores });
    }
    if environment.visibility == "hidden" {
        warnings.push(Warning::TabHidden);
    }
    warnings
}
