//! Whether a preset showed here what it is about.

use super::report::{Outcome, Report};
use super::signed_ranks::SignedRanks;
use super::stats::{self, Ratio};
use super::{compare, format};
use crate::experiment::Experiment;
use crate::measure::explain::{Finding, Status};
use crate::models::{ExecutorKind, StaticData};
use crate::workloads::Workload;
use crate::workloads::preset::{Lesson, Preset};

/// From this many times the speed on, a pool helps, or is better than another one.
const HELPS: f64 = 1.2;

/// Whether a run confirmed a preset's lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonOutcome {
    /// All that it claims holds.
    Confirmed(Vec<ClaimFigure>),
    /// A claim does not hold.
    NotConfirmed {
        /// That claim, with its figure.
        figure: ClaimFigure,
        /// What was found of one of its models, if anything.
        finding: Option<Box<Finding>>,
    },
    /// The intervals are too wide to tell.
    TooNoisyToTell,
}

impl LessonOutcome {
    /// The word on the page.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Confirmed(_) => "confirmed",
            Self::NotConfirmed { .. } => "not-confirmed",
            Self::TooNoisyToTell => "too-noisy",
        }
    }

    /// What the page says of it.
    pub fn text(&self) -> String {
        match self {
            Self::Confirmed(figures) => {
                let figures: Vec<_> = figures.iter().map(ClaimFigure::text).collect();
                format!("Confirmed here: {}.", figures.join(", and "))
            }
            Self::NotConfirmed { figure, finding } => {
                let why = finding.as_ref().map(|one| format!(" {}", one.text()));
                format!("Not confirmed here: {}.{}", figure.text(), why.unwrap_or_default())
            }
            Self::TooNoisyToTell => "Not clear here: the times vary too much.".to_owned(),
        }
    }
}

/// How one model compares with another, which a claim is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimFigure {
    /// The model.
    pub of: ExecutorKind,
    /// The one that it is compared with.
    pub over: ExecutorKind,
    /// How many times as fast it was.
    pub ratio: Ratio,
}

impl ClaimFigure {
    /// The figure in words, as a part of a sentence.
    pub fn text(&self) -> String {
        let (name, was, other) = (self.of.in_text(), self.of.was(), self.over.in_text());
        match self.ratio {
            even if even.is_even() => format!("{name} {was} no faster than {other}"),
            Ratio { ratio, .. } if ratio < 1.0 => {
                format!("{name} took {}× as long as {other}", format::times(1.0 / ratio))
            }
            Ratio { ratio, .. } => {
                format!("{name} {was} {}× as fast as {other}", format::times(ratio))
            }
        }
    }
}

/// The preset that `experiment` is, whoever chose its parameters.
pub fn preset_of(experiment: &Experiment) -> Option<&'static Preset> {
    let id = experiment.workload.id();
    let processes = experiment.executors.iter().find(|one| one.kind() == ExecutorKind::Processes);
    let given_beforehand = processes.map(|one| one.options.static_data == StaticData::Initializer);
    id.presets().iter().find(|preset| {
        given_beforehand.is_none_or(|beforehand| beforehand == preset.beforehand)
            && Workload::new(id, &preset.params()).is_ok_and(|one| one == experiment.workload)
    })
}

/// What came of `lesson` in a run; `None` where models that it is about were not in it.
pub fn outcome(lesson: Lesson, report: &Report) -> Option<LessonOutcome> {
    let of = |kind| model(report, kind);
    let alone = of(ExecutorKind::MainThread)?;
    let (threads, processes) = (of(ExecutorKind::Threads), of(ExecutorKind::Processes));
    let claims = match lesson {
        Lesson::ThreadsWin => {
            vec![Claim::faster(threads?, alone), Claim::faster(threads?, processes?)]
        }
        Lesson::ProcessesWin => {
            vec![Claim::faster(processes?, alone), Claim::as_fast(processes?, threads?)]
        }
        Lesson::NeitherHelps => {
            let pools = [threads?, processes?];
            pools.map(|pool| Claim::no_faster(pool, alone)).to_vec()
        }
    };
    let test = compare::test(&report.results, report.measuring.looks);
    let checked: Vec<_> = claims.iter().map(|one| one.check(&test)).collect::<Option<_>>()?;
    let with = |wanted| checked.iter().position(|(holds, _)| *holds == wanted);
    Some(match (with(Holds::No), with(Holds::Unknown)) {
        (Some(at), _) => LessonOutcome::NotConfirmed {
            figure: checked[at].1,
            finding: why(report, &claims[at]).map(Box::new),
        },
        (None, Some(_)) => LessonOutcome::TooNoisyToTell,
        (None, None) => {
            LessonOutcome::Confirmed(checked.into_iter().map(|(_, figure)| figure).collect())
        }
    })
}

/// The first model of this kind that has samples.
fn model(report: &Report, kind: ExecutorKind) -> Option<(usize, &Outcome)> {
    let mut results = report.results.iter().enumerate();
    results.find(|(_, one)| one.executor.kind() == kind && !one.samples.is_empty())
}

/// The finding about a claim's model, or else about the one that it is compared with.
fn why(report: &Report, claim: &Claim) -> Option<Finding> {
    let about = |at: usize| {
        report.findings.iter().find(|one| {
            one.status() == Status::Found && one.result() == at && one.rule().is_about_the_time()
        })
    };
    about(claim.of.0).or_else(|| about(claim.over.0)).cloned()
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    Unknown,
}

/// That one model compares so with another.
#[derive(Clone)]
struct Claim<'a> {
    of: (usize, &'a Outcome),
    over: (usize, &'a Outcome),
    is: Is,
}

#[derive(Clone, Copy)]
enum Is {
    Faster,
    AsFast,
    NoFaster,
}

impl<'a> Claim<'a> {
    fn faster(of: (usize, &'a Outcome), over: (usize, &'a Outcome)) -> Self {
        Self { of, over, is: Is::Faster }
    }

    fn as_fast(of: (usize, &'a Outcome), over: (usize, &'a Outcome)) -> Self {
        Self { of, over, is: Is::AsFast }
    }

    fn no_faster(of: (usize, &'a Outcome), over: (usize, &'a Outcome)) -> Self {
        Self { of, over, is: Is::NoFaster }
    }

    /// Whether it holds, with the figure that says so; `None` where there is none.
    fn check(&self, test: &SignedRanks) -> Option<(Holds, ClaimFigure)> {
        let ratio = stats::paired_ratio(&self.over.1.totals_ms(), &self.of.1.totals_ms(), test)?;
        let [low, high] = ratio.ci95;
        let holds = match self.is {
            Is::Faster if low > 1.0 => Holds::Yes,
            Is::Faster if high < HELPS => Holds::No,
            Is::AsFast if low >= 1.0 / HELPS => Holds::Yes,
            Is::AsFast if high < 1.0 / HELPS => Holds::No,
            Is::NoFaster if high < HELPS => Holds::Yes,
            Is::NoFaster if low >= HELPS => Holds::No,
            _ => Holds::Unknown,
        };
        let [of, over] = [self.of, self.over].map(|(_, one)| one.executor.kind());
        Some((holds, ClaimFigure { of, over, ratio }))
    }
}
