//! Two runs on one axis: the pinned one, and what came after it.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::experiment::Experiment;
use crate::measure::report::{Environment, Outcome, Report};
use crate::measure::stats::{Ratio, Summary};
use crate::measure::{format, unpaired};
use crate::models::ExecutorKind;
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use crate::workloads::params::shown;

/// A pair's height, in px: a line of text, and a bar for either run.
pub const ROW: f64 = 72.0;
/// Where in its row the pinned run's bar begins, in px, and where the other's.
pub const BARS_TOP: [f64; 2] = [22.0, 42.0];
/// A bar's height, in px.
pub const BAR: f64 = 16.0;

/// A model that both runs have.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The model, as the current run has it.
    pub label: String,
    /// Its id.
    pub kind: ExecutorKind,
    /// Whether its options are others than those of the pinned run.
    pub other_options: bool,
    /// The times: pinned, and current.
    pub summaries: [Summary; 2],
    /// How many times as long the current run took.
    pub ratio: Option<Ratio>,
}

impl Pair {
    /// "1.12 times as long (1.05 to 1.19)", or that there is no difference.
    pub fn sentence(&self) -> String {
        let Some(ratio) = self.ratio else { return "too few samples to compare".to_owned() };
        let [low, high] = ratio.ci95.map(format::times);
        if ratio.is_even() {
            return format!("no difference ({low} to {high})");
        }
        format!("{} times as long ({low} to {high})", format::times(ratio.ratio))
    }
}

/// What two runs have in common, and what not.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The models that both have.
    pub pairs: Vec<Pair>,
    /// What makes them hard to compare, each a sentence.
    pub differences: Vec<String>,
}

impl Comparison {
    /// Compares two reports. It resamples, so it is made once and kept.
    pub fn of(pinned: &Report, current: &Report) -> Self {
        let mut left: Vec<_> = pinned.results.iter().filter(|one| one.summary.is_some()).collect();
        // Models with the same options first, so that none is taken from another.
        let mut take = |one: &Outcome, exactly: bool| {
            let fits = |other: &&Outcome| match exactly {
                true => other.executor == one.executor,
                false => other.executor.kind() == one.executor.kind(),
            };
            left.iter().position(fits).map(|at| left.remove(at))
        };
        let exact: Vec<_> = current.results.iter().map(|one| take(one, true)).collect();
        let pairs = current.results.iter().zip(exact).filter_map(|(now, exact)| {
            let summary = now.summary.clone()?;
            let before = exact.or_else(|| take(now, false))?;
            Some(Pair {
                label: now.executor.label(),
                kind: now.executor.kind(),
                other_options: exact.is_none(),
                summaries: [before.summary.clone()?, summary],
                ratio: unpaired::ratio(
                    &now.totals_ms(),
                    &before.totals_ms(),
                    current.experiment.seed,
                ),
            })
        });
        let pairs = pairs.collect();
        Self { pairs, differences: differences(pinned, current) }
    }
}

/// What makes the times of two runs differ other than the models.
fn differences(pinned: &Report, current: &Report) -> Vec<String> {
    let mut found = works(&pinned.experiment, &current.experiment);
    let (before, now) = (&pinned.environment, &current.environment);
    // Not by the cores that were found: those differ a little from page to page.
    let reported = |of: &Environment| of.machine.hardware_concurrency;
    if pinned.producer != current.producer {
        let program = pinned.producer.label();
        found.push(format!("The pinned run was measured by another program ({program})."));
    }
    if before.user_agent != now.user_agent || reported(before) != reported(now) {
        found.push("The pinned run was made in another browser or on another machine.".to_owned());
    }
    found
}

fn works(pinned: &Experiment, current: &Experiment) -> Vec<String> {
    let (before, now) = (pinned.workload.id(), current.workload.id());
    if before != now {
        return vec![format!(
            "The pinned run was of another workload ({}, not {}): their times are of different \
             work.",
            before.title(),
            now.title()
        )];
    }
    let (before, now) = (pinned.workload.params(), current.workload.params());
    let changed = now.iter().filter(|(name, value)| before.get(*name) != Some(*value));
    let changed: Vec<_> = changed
        .map(|(name, value)| match (before.get(name).map(shown), shown(value)) {
            (Some(before), now) if before == now => format!("{name} differs ({now})"),
            (Some(before), now) => format!("{name} was {before} and is now {now}"),
            (None, now) => format!("{name} is {now}"),
        })
        .collect();
    if changed.is_empty() {
        return Vec::new();
    }
    vec![format!("The parameters differ: {}.", changed.join(", "))]
}

/// A run's bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its width, in px.
    pub width: f64,
    /// The interval's ends, in px.
    pub interval: [f64; 2],
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonLayout {
    /// Its height, in px.
    pub height: f64,
    /// A pair of bars per model: pinned, and current.
    pub rows: Vec<[Bar; 2]>,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
}

/// Lays the chart out for a width.
pub fn layout(comparison: &Comparison, width: f64) -> ComparisonLayout {
    let all = comparison.pairs.iter().flat_map(|pair| &pair.summaries);
    let ends = all.map(|summary| summary.ci95_ms[1].max(summary.median_ms));
    let end_ms = ends.fold(1e-3, f64::max);
    let axis = Axis::new([0.0, end_ms], 0.0, width);
    let bar = |summary: &Summary| Bar {
        width: axis.x(summary.median_ms),
        interval: summary.ci95_ms.map(|ms| axis.x(ms)),
    };
    let rows: Vec<_> =
        comparison.pairs.iter().map(|pair| pair.summaries.each_ref().map(bar)).collect();
    ComparisonLayout { height: rows.len() as f64 * ROW + FOOT, rows, ticks: axis.ticks() }
}

#[cfg(test)]
mod tests;
