//! Whether a preset showed here what it is about.

use super::report::{Outcome, Report};
use super::signed_ranks::SignedRanks;
use super::stats::{self, Ratio};
use super::{compare, format};
use crate::experiment::Experiment;
use crate::measure::findings::Status;
use crate::models::{ExecutorKind, StaticData};
use crate::workloads::Workload;
use crate::workloads::preset::{Lesson, Preset};

/// From this many times the speed on, a pool helps, or is better than another one.
const HELPS: f64 = 1.2;

/// What came of a preset's lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonOutcome {
    /// It came out so. With the figure, in a sentence.
    CameOut(String),
    /// It did not. With the reason, in a sentence or two.
    DidNot(String),
    /// The intervals are too wide to tell.
    TooNoisyToTell,
}

impl LessonOutcome {
    /// What the page says of it.
    pub fn text(&self) -> String {
        match self {
            Self::CameOut(figure) => format!("It came out so here: {figure}"),
            Self::DidNot(why) => format!("Here it did not: {why}"),
            Self::TooNoisyToTell => {
                "Whether it came out so here cannot be told: the times vary too much.".to_owned()
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
        (Some(at), _) => LessonOutcome::DidNot(why(report, &claims[at], &checked[at].1)),
        (None, Some(_)) => LessonOutcome::TooNoisyToTell,
        (None, None) => {
            let figures: Vec<_> = checked.iter().map(|(_, figure)| figure.as_str()).collect();
            LessonOutcome::CameOut(format!("{}.", figures.join(", and ")))
        }
    })
}

/// The first model of this kind that has samples.
fn model(report: &Report, kind: ExecutorKind) -> Option<(usize, &Outcome)> {
    let mut results = report.results.iter().enumerate();
    results.find(|(_, one)| one.executor.kind() == kind && !one.samples.is_empty())
}

/// The figure that the claim fails by, and the finding about its model, if there is one.
fn why(report: &Report, claim: &Claim, figure: &str) -> String {
    let figure = format!("{}.", figure);
    let about = |at: usize| {
        let mut findings = report.findings.iter();
        findings.find(|one| {
            one.status == Status::Found && one.result == at && one.rule.is_about_the_time()
        })
    };
    match about(claim.of.0).or_else(|| about(claim.over.0)) {
        Some(finding) => format!("{figure} {}", finding.text),
        None => figure,
    }
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
    fn check(&self, test: &SignedRanks) -> Option<(Holds, String)> {
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
        Some((holds, self.figure(&ratio)))
    }

    fn figure(&self, ratio: &Ratio) -> String {
        let [of, over] = [self.of, self.over].map(|(_, one)| one.executor.kind());
        let (name, was, other) = (of.in_text(), of.was(), over.in_text());
        match ratio {
            even if even.is_even() => format!("{name} {was} no faster than {other}"),
            Ratio { ratio, .. } if *ratio < 1.0 => {
                format!("{name} took {}× as long as {other}", format::times(1.0 / ratio))
            }
            Ratio { ratio, .. } => {
                format!("{name} {was} {}× as fast as {other}", format::times(*ratio))
            }
        }
    }
}
