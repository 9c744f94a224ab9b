//! The verdict: what came out, said in the figures of this very run.

use super::compare::Rank;
use super::format;
use super::heartbeat::FREEZE_MS;
use super::report::Outcome;
use super::stats::Ratio;
use crate::experiment::ExecutorKind;
use serde::Serialize;

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// One sentence, without a full stop: which model was fastest, and by how
    /// much.
    pub headline: String,
    /// The 95% interval of the headline's ratio, where it has one.
    pub ci95: Option<[f64; 2]>,
    /// What else there is to say.
    pub detail: String,
}

/// The verdict on a run.
pub fn of(results: &[Outcome], ranking: &[Rank], agreement: Option<bool>) -> Verdict {
    let (headline, ratio) = headline(results, ranking);
    let detail: Vec<_> = [
        others(results, ranking),
        freezes(results),
        agreement.map(|agree| answers(agree, ranking.len())),
        failures(results),
    ]
    .into_iter()
    .flatten()
    .collect();
    Verdict { headline, ci95: ratio.map(|ratio| ratio.ci95), detail: detail.join(" ") }
}

/// The fastest model against the main thread; where the main thread is the
/// fastest, or did not run, against the next one.
fn headline(results: &[Outcome], ranking: &[Rank]) -> (String, Option<Ratio>) {
    let Some(first) = ranking.first() else {
        return ("No model could run".to_owned(), None);
    };
    let fastest = &results[first.result];
    let name = format::sentence(first.executor.in_text());
    let (other, ratio) = match (&fastest.speedup, ranking.get(1), first.over_next) {
        (Some(speedup), _, _) => (speedup.over, speedup.ratio),
        (None, Some(next), Some(ratio)) => (next.executor, ratio),
        _ => {
            let took = fastest.summary.as_ref().map_or(0.0, |summary| summary.median_ms);
            return (format!("{name} took {}", format::duration(took)), None);
        }
    };
    if ratio.is_even() {
        let headline =
            format!("No difference between {} and {}", first.executor.in_text(), other.in_text());
        return (headline, Some(ratio));
    }
    let headline = format!(
        "{name} {} {} times as fast as {}",
        was(first.executor),
        format::times(ratio.ratio),
        other.in_text()
    );
    (headline, Some(ratio))
}

fn others(results: &[Outcome], ranking: &[Rank]) -> Option<String> {
    let said: Vec<_> = ranking
        .iter()
        .skip(1)
        .filter_map(|rank| {
            let speedup = results[rank.result].speedup.as_ref()?;
            let name = format::sentence(rank.executor.in_text());
            Some(match speedup.ratio {
                even if even.is_even() => format!("{name} gained nothing over it."),
                Ratio { ratio, .. } if ratio < 1.0 => {
                    format!("{name} took {} times as long.", format::times(1.0 / ratio))
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

fn was(kind: ExecutorKind) -> &'static str {
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
