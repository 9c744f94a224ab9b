//! Two runs on one axis: the pinned one, and what came after it.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::experiment::Experiment;
use crate::measure::report::{Environment, Outcome, Report};
use crate::measure::stats::{Ratio, Summary};
use crate::measure::{format, unpaired};
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
    pub kind: &'static str,
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
                kind: now.executor.kind().id(),
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
    let reported = |of: &Environment| of.capabilities.hardware_concurrency;
    if before.user_agent != now.user_agent || reported(before) != reported(now) {
        found
            .push("The pinned run took place in another browser or on another machine.".to_owned());
    }
    found
}

fn works(pinned: &Experiment, current: &Experiment) -> Vec<String> {
    let (before, now) = (pinned.workload.id(), current.workload.id());
    if before != now {
        return vec![format!(
            "The pinned run was of another workload, {}, this one of {}: their times compare \
             different work.",
            before.title(),
            now.title()
        )];
    }
    let (before, now) = (pinned.workload.params(), current.workload.params());
    let changed = now.iter().filter(|(name, value)| before.get(*name) != Some(*value));
    let changed: Vec<_> = changed
        .map(|(name, value)| match (before.get(name).map(shown), shown(value)) {
            (Some(before), now) if before == now => format!("{name} was {now} and is another"),
            (Some(before), now) => format!("{name} was {before} and is {now}"),
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
mod tests {
    use super::*;
    use crate::executors::mock::MockFleet;
    use crate::executors::run;
    use crate::models::ExecutorKind;
    use std::collections::HashMap;

    fn report(json: &str, threads_ms: f64) -> Report {
        let experiment = Experiment::from_json(json, 2).expect("valid");
        let takes_ms = HashMap::from([(ExecutorKind::Threads, threads_ms)]);
        let fleet = MockFleet { takes_ms, ..MockFleet::default() };
        pollster::block_on(run::run(&fleet, &experiment)).report
    }

    const NINE: &str = r#"{"workload":"primes","params":{"count":9}}"#;

    #[test]
    fn the_same_models_are_compared() {
        let compared = Comparison::of(&report(NINE, 50.0), &report(NINE, 60.0));
        assert!(compared.differences.is_empty(), "{:?}", compared.differences);
        let said: Vec<_> = compared.pairs.iter().map(Pair::sentence).collect();
        assert_eq!(said[0], "no difference (1.00 to 1.00)");
        assert_eq!(said[2], "1.20 times as long (1.20 to 1.20)");
        assert_eq!(said.len(), 4);
    }

    #[test]
    fn of_several_widths_the_same_are_compared() {
        let threads = |widths: &[u32]| {
            let one = |width| format!(r#"{{"id":"threads","workers":{width}}}"#);
            let list: Vec<_> = widths.iter().map(one).collect();
            let list = list.join(",");
            report(
                &format!(r#"{{"workload":"primes","params":{{"count":9}},"executors":[{list}]}}"#),
                50.0,
            )
        };
        let compared = Comparison::of(&threads(&[1, 2, 4]), &threads(&[3, 2]));
        let pairs: Vec<_> =
            compared.pairs.iter().map(|pair| (pair.label.as_str(), pair.other_options)).collect();
        assert_eq!(pairs, [("Threads × 3", true), ("Threads × 2", false)]);
    }

    #[test]
    fn other_work_is_said_to_be_other_work() {
        let more = report(r#"{"workload":"primes","params":{"count":12}}"#, 50.0);
        let said = Comparison::of(&report(NINE, 50.0), &more).differences;
        assert_eq!(said, ["The parameters differ: count was 9 and is 12."]);
        let sum = report(r#"{"workload":"array-sum"}"#, 50.0);
        let said = Comparison::of(&report(NINE, 50.0), &sum).differences;
        assert!(said[0].starts_with("The pinned run was of another workload"), "{said:?}");
    }

    #[test]
    fn long_lists_are_said_in_short() {
        let numbers = |list: &[u64]| {
            report(&format!(r#"{{"workload":"primes","params":{{"numbers":{list:?}}}}}"#), 50.0)
        };
        let said = |before: &Report, now: &Report| Comparison::of(before, now).differences;
        let long: Vec<_> = (0..500).collect();
        let (two, other, many) = (numbers(&[3, 5]), numbers(&[3, 7]), numbers(&long));
        assert_eq!(
            said(&two, &many),
            ["The parameters differ: numbers was a list of 2 and is a list of 500."]
        );
        assert_eq!(
            said(&two, &other),
            ["The parameters differ: numbers was a list of 2 and is another."]
        );
    }

    #[test]
    fn the_machine_is_told_by_what_the_browser_says() {
        let (before, mut now) = (report(NINE, 50.0), report(NINE, 50.0));
        now.environment.capabilities.effective_cores = Some(1.23);
        assert_eq!(Comparison::of(&before, &now).differences, [""; 0]);
        now.environment.capabilities.hardware_concurrency += 1;
        assert!(Comparison::of(&before, &now).differences[0].contains("another machine"));
    }

    #[test]
    fn bars_stay_within_the_width() {
        let compared = Comparison::of(&report(NINE, 50.0), &report(NINE, 60.0));
        let chart = layout(&compared, 320.0);
        assert!(
            chart.rows.iter().flatten().all(|bar| bar.width <= 320.0 && bar.interval[1] <= 320.0)
        );
        assert_eq!(chart.rows.len(), 4);
    }
}
