//! The verdict: what came out, said in the figures of this very run.

use super::compare::Rank;
use super::format;
use super::heartbeat::FREEZE_MS;
use super::report::{Outcome, Report};
use super::stats::Ratio;
use crate::experiment::ExecutorKind;
use serde::Serialize;

/// What came out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// One sentence, without a full stop: which model was fastest, and by how
    /// much.
    pub headline: String,
    /// The 95% interval of the headline's ratio, where it has one.
    pub ci95: Option<[f64; 2]>,
    /// What else there is to say.
    pub detail: String,
}

/// The verdict on a run: what came out. Why it came out so is for the findings to say.
/// Where the machine changed its speed nothing did come out; then it says what it looked
/// like.
pub fn of(report: &Report) -> Verdict {
    let Report { results, ranking, measuring, .. } = report;
    let (headline, ratio) = headline(results, ranking);
    let conclusive = measuring.conclusive || ranking.is_empty();
    let first =
        if conclusive { others(results, ranking) } else { Some(what_it_looked_like(&headline)) };
    let detail: Vec<_> = [
        first,
        freezes(results),
        report.agreement.map(|agree| answers(agree, ranking.len())),
        failures(results),
    ]
    .into_iter()
    .flatten()
    .collect();
    let detail = detail.join(" ");
    if conclusive {
        Verdict { headline, ci95: ratio.map(|ratio| ratio.ci95), detail }
    } else {
        Verdict { headline: INCONCLUSIVE.to_owned(), ci95: None, detail }
    }
}

const INCONCLUSIVE: &str = "Inconclusive: the machine changed its speed during the run";

/// What the headline would have been. Why it is not, a warning says.
fn what_it_looked_like(headline: &str) -> String {
    match headline.strip_prefix("No difference") {
        Some(between) => format!("It looked as if there was no difference{between}."),
        None => format!("It looked as if {}.", uncapitalised(headline)),
    }
}

/// The fastest model against the main thread; where the main thread is the
/// fastest, or did not run, against the next one.
fn headline(results: &[Outcome], ranking: &[Rank]) -> (String, Option<Ratio>) {
    let Some(first) = ranking.first() else {
        return ("No model could run".to_owned(), None);
    };
    let fastest = &results[first.result];
    let own = name(results, first.result);
    let (other, ratio) = match (&fastest.speedup, ranking.get(1), first.over_next) {
        (Some(speedup), _, _) => (speedup.over.in_text().to_owned(), speedup.ratio),
        (None, Some(next), Some(ratio)) => (name(results, next.result), ratio),
        _ => {
            let took = fastest.summary.as_ref().map_or(0.0, |summary| summary.median_ms);
            return (format!("{} took {}", format::sentence(&own), format::duration(took)), None);
        }
    };
    if ratio.is_even() {
        return (format!("No difference between {own} and {other}"), Some(ratio));
    }
    let headline = format!(
        "{} {} {} times as fast as {other}",
        format::sentence(&own),
        was(first.executor),
        format::times(ratio.ratio)
    );
    (headline, Some(ratio))
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

fn others(results: &[Outcome], ranking: &[Rank]) -> Option<String> {
    let fastest = ranking.first().map(|first| first.executor);
    let ties = |rank: &Rank| fastest.is_some_and(|fastest| rank.tied_with.contains(&fastest));
    let said: Vec<_> = ranking
        .iter()
        .skip(1)
        .filter_map(|rank| {
            let speedup = results[rank.result].speedup.as_ref()?;
            let name = format::sentence(&name(results, rank.result));
            Some(match speedup.ratio {
                even if even.is_even() => format!("{name} gained nothing over it."),
                Ratio { ratio, .. } if ratio < 1.0 => {
                    format!("{name} took {} times as long.", format::times(1.0 / ratio))
                }
                Ratio { ratio, .. } if ties(rank) => {
                    format!("{name} reached {}, which is no difference.", format::times(ratio))
                }
                Ratio { ratio, .. } => format!("{name} reached {}.", format::times(ratio)),
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

fn answers(agree: bool, models: usize) -> String {
    match (agree, models) {
        (true, 2) => "Both gave the same answer.".to_owned(),
        (true, _) => format!("All {} gave the same answer.", spelled(models)),
        (false, _) => "Their answers disagree.".to_owned(),
    }
}

fn failures(results: &[Outcome]) -> Option<String> {
    let failed: Vec<_> = results
        .iter()
        .filter(|result| result.error.is_some())
        .map(|result| result.executor.kind().in_text())
        .collect();
    (!failed.is_empty()).then(|| format!("Without a result: {}.", failed.join(", ")))
}

fn uncapitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

pub(super) fn was(kind: ExecutorKind) -> &'static str {
    match kind {
        ExecutorKind::MainThread | ExecutorKind::EventLoop => "was",
        ExecutorKind::Threads | ExecutorKind::Processes => "were",
    }
}

fn spelled(n: usize) -> String {
    ["no", "one", "two", "three", "four", "five", "six"]
        .get(n)
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}
