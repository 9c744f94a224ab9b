//! The verdict: what came out, said in the figures of this very run.

use super::compare::Rank;
use super::confidence::Confidence;
use super::format;
use super::heartbeat::FREEZE_MS;
use super::report::{Outcome, Report};
use super::stats::Ratio;
use serde::Serialize;

/// What kind of answer a run gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// One model is faster: the interval of the ratio does not hold 1.
    Faster,
    /// There is no difference worth the name: the interval lies within ±10% of 1.
    NoDifference,
    /// Too noisy to tell: the interval holds 1, and is wider than that.
    TooNoisy,
    /// Too few rounds to tell anything.
    TooFewRounds,
    /// There is one model, and nothing to compare it with.
    OneModel,
    /// No model could run.
    #[default]
    Nothing,
}

impl VerdictKind {
    /// Whether it answers which model is faster.
    pub fn is_an_answer(self) -> bool {
        matches!(self, Self::Faster | Self::NoDifference | Self::OneModel)
    }
}

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// What kind of answer it is.
    pub kind: VerdictKind,
    /// One sentence, without a full stop: which model was fastest, and by how
    /// much.
    pub headline: String,
    /// The 95% interval of the headline's ratio, where it has one.
    pub ci95: Option<[f64; 2]>,
    /// What else there is to say.
    pub detail: String,
}

/// The verdict on a run: what came out. Why it came out so is for the findings to say.
pub fn of(report: &Report) -> Verdict {
    let Report { results, ranking, measuring, .. } = report;
    let needed = Confidence::new(ranking.len(), measuring.looks).fewest_rounds();
    let rounds = Rounds { measured: report.rounds(), needed };
    let Compared { kind, headline, ratio } = compared(results, ranking, rounds);
    let help = match kind {
        VerdictKind::TooNoisy => Some("Measure on, or close what else is busy.".to_owned()),
        VerdictKind::TooFewRounds => Some(rounds.too_few(ratio)),
        _ => None,
    };
    let told = matches!(kind, VerdictKind::Faster | VerdictKind::NoDifference);
    let detail: Vec<_> = [
        help,
        told.then(|| others(results, ranking)).flatten(),
        freezes(results),
        (report.agreement == Some(false)).then(|| "Their answers disagree.".to_owned()),
        failures(results),
    ]
    .into_iter()
    .flatten()
    .collect();
    let ci95 = ratio.filter(|_| kind != VerdictKind::TooFewRounds).map(|ratio| ratio.ci95);
    Verdict { kind, headline, ci95, detail: detail.join(" ") }
}

/// How many rounds there were, and how many it takes.
#[derive(Clone, Copy)]
struct Rounds {
    measured: usize,
    needed: usize,
}

impl Rounds {
    fn too_few(self, ratio: Option<Ratio>) -> String {
        let Self { measured, needed } = self;
        let rounds =
            if measured == 1 { "1 round".to_owned() } else { format!("{measured} rounds") };
        let seen = ratio.map_or_else(String::new, |Ratio { ratio, .. }| {
            format!(", with a ratio of about {}", format::times(ratio))
        });
        format!("There were {rounds}{seen}. A comparison takes {needed} or more: measure on.")
    }
}

/// What the headline compares, and how that came out.
struct Compared {
    kind: VerdictKind,
    headline: String,
    ratio: Option<Ratio>,
}

/// The fastest model against the main thread; where the main thread is the
/// fastest, or did not run, against the next one.
fn compared(results: &[Outcome], ranking: &[Rank], rounds: Rounds) -> Compared {
    let Some(first) = ranking.first() else {
        let headline = "No model could run".to_owned();
        return Compared { kind: VerdictKind::Nothing, headline, ratio: None };
    };
    let fastest = &results[first.result];
    let own = name(results, first.result);
    let (other, ratio) = match (&fastest.speedup, ranking.get(1)) {
        (Some(speedup), _) => (speedup.over.in_text().to_owned(), Some(speedup.ratio)),
        (None, Some(next)) => (name(results, next.result), first.over_next),
        (None, None) => {
            let took = fastest.summary.as_ref().map_or(0.0, |summary| summary.median_ms);
            let headline = format!("{} took {}", format::sentence(&own), format::duration(took));
            return Compared { kind: VerdictKind::OneModel, headline, ratio: None };
        }
    };
    let enough = rounds.measured >= rounds.needed;
    let (kind, headline) = match ratio.filter(|_| enough) {
        None => {
            (VerdictKind::TooFewRounds, format!("Too few rounds to compare {own} with {other}"))
        }
        Some(ratio) if ratio.is_negligible() => {
            (VerdictKind::NoDifference, format!("No difference between {own} and {other}"))
        }
        Some(ratio) if ratio.is_even() => {
            (VerdictKind::TooNoisy, format!("Too noisy to tell {own} from {other}"))
        }
        Some(Ratio { ratio, .. }) => {
            let (own, was) = (format::sentence(&own), first.executor.was());
            let times = format::times(ratio);
            (VerdictKind::Faster, format!("{own} {was} {times}× faster than {other}"))
        }
    };
    Compared { kind, headline, ratio }
}

/// A model in running text; with its workers where the run has it at several widths.
fn name(results: &[Outcome], at: usize) -> String {
    let executor = &results[at].executor;
    let kind = executor.kind();
    match results.iter().filter(|one| one.executor.kind() == kind).count() {
        1 => kind.in_text().to_owned(),
        _ => format!("{} × {}", kind.in_text(), executor.workers()),
    }
}

/// What the models other than the fastest came to, beside the main thread.
fn others(results: &[Outcome], ranking: &[Rank]) -> Option<String> {
    let said: Vec<_> = ranking
        .iter()
        .skip(1)
        .filter_map(|rank| {
            let speedup = results[rank.result].speedup.as_ref()?.ratio;
            let own = format::sentence(&name(results, rank.result));
            let was = rank.executor.was();
            Some(match speedup.ratio {
                _ if speedup.is_even() => format!("{own} gained nothing."),
                slower if slower < 1.0 => {
                    format!("{own} took {}× as long.", format::times(1.0 / slower))
                }
                faster => format!("{own} {was} {}× faster.", format::times(faster)),
            })
        })
        .collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn freezes(results: &[Outcome]) -> Option<String> {
    let frozen = results.iter().filter(|result| result.longest_freeze_ms() >= FREEZE_MS);
    let worst = frozen.max_by(|a, b| a.longest_freeze_ms().total_cmp(&b.longest_freeze_ms()))?;
    let kind = worst.executor.kind();
    Some(format!(
        "{} froze the page for {} at a time.",
        format::sentence(kind.in_text()),
        format::duration(worst.longest_freeze_ms())
    ))
}

fn failures(results: &[Outcome]) -> Option<String> {
    let failed: Vec<_> = results
        .iter()
        .filter(|result| result.error.is_some())
        .map(|result| result.executor.kind().in_text())
        .collect();
    (!failed.is_empty()).then(|| format!("Without a result: {}.", failed.join(", ")))
}
