//! What is made of the facts: summaries, speedups, ranking, verdict, warnings.

use super::facts::{Facts, ModelFacts};
use super::measuring::Disturbance;
use super::outcome::{LaneBreakdown, ModelScaling, Outcome, RunResults, Speedup};
use super::reported::rounded;
use super::{Report, SCHEMA, limits};
use crate::measure::confidence::Confidence;
use crate::measure::scaling::{Measurement, Scaling};
use crate::measure::signed_ranks::SignedRanks;
use crate::measure::stats::{self, Ratio};
use crate::measure::time_breakdown::TimeBreakdown;
use crate::measure::verdict::Verdict;
use crate::measure::warm_up::{self, WarmUp};
use crate::measure::warning::{FEWEST_TICKS, Warning};
use crate::measure::waterfall::{self, Waterfall};
use crate::measure::{Phase, compare, explain};
use crate::models::ExecutorKind;
use std::collections::BTreeSet;

/// Fewer widths than this are no curve.
const FEWEST_WIDTHS: usize = 3;

impl Report {
    /// The report of what was measured.
    pub fn of(mut facts: Facts) -> Self {
        facts.fit();
        let Facts { producer, mut environment, experiment, order, mut measuring, results } = facts;
        // What is said of them must not depend on whether they have been in a file.
        for block in &mut measuring.blocks {
            block.drift = rounded(block.drift);
            block.cores = block.cores.map(rounded);
        }
        if let Some(cores) = measuring.free_cores() {
            environment.machine.effective_cores = Some(rounded(cores));
        }
        let seed = experiment.seed;
        let mut results: Vec<_> = results.into_iter().map(|model| outcome(model, seed)).collect();
        let test = compare::test(&results, measuring.looks);
        compare_with_main_thread(&mut results, &test, environment.machine.cores());
        let dissenters = compare::dissenters(&results);
        let answers = results.iter().filter(|one| !one.samples.is_empty()).count();
        let agreement = (answers > 1).then_some(dissenters.is_empty());
        let ranking = compare::ranking(&results, &test);
        let run = RunResults {
            environment: &environment,
            experiment: &experiment,
            measuring: &measuring,
            results: &results,
            ranking: &ranking,
            agreement,
        };
        Self {
            schema: SCHEMA,
            verdict: Verdict::of(&run),
            findings: explain::findings(&run),
            warnings: warnings(&run, &dissenters),
            scaling: scaling(&results, &test),
            producer,
            environment,
            experiment,
            order,
            measuring,
            results,
            agreement,
            ranking,
        }
    }
}

fn outcome(model: ModelFacts, seed: u64) -> Outcome {
    let ModelFacts {
        executor,
        startup_ms,
        started_again,
        mut warm_up,
        mut samples,
        timeline_of,
        lanes,
        answer,
        error,
    } = model;
    warm_up.settled = WarmUp::has_settled(&warm_up.totals_ms);
    let totals: Vec<_> = samples.iter().map(|sample| sample.total_ms).collect();
    for (sample, outlier) in samples.iter_mut().zip(stats::outlier_marks(&totals)) {
        sample.outlier = outlier;
    }
    let shown = timeline_of.and_then(|at| samples.get(at));
    let lasted_ms = shown.map_or(0.0, |one| one.total_ms * f64::from(one.computations));
    let accounts = lanes.iter().map(|lane| {
        let breakdown = TimeBreakdown::of(lane, 0.0, lasted_ms);
        let phases = breakdown.phases_ms.iter().map(|(phase, ms)| (*phase, rounded(*ms)));
        let rest_ms = rounded(breakdown.rest_ms);
        LaneBreakdown { lane: lane.id.clone(), phases_ms: phases.collect(), rest_ms }
    });
    Outcome {
        accounts: accounts.collect(),
        summary: stats::summarise(&totals, seed),
        speedup: None,
        waterfall: None,
        executor,
        startup_ms,
        started_again,
        warm_up,
        samples,
        timeline_of,
        lanes,
        answer,
        error,
    }
}

/// Speedups over the main thread, and where the time went beside what it took there.
fn compare_with_main_thread(results: &mut [Outcome], test: &SignedRanks, cores: f64) {
    let baseline = compare::baseline(results);
    let main = baseline.map(|at| (at, results[at].totals_ms(), one_thread(&results[at])));
    for (at, one) in results.iter_mut().enumerate() {
        if let Some((main_at, over, _)) = &main
            && *main_at != at
        {
            let ratio = stats::paired_ratio(over, &one.totals_ms(), test);
            one.speedup = ratio.map(|ratio| Speedup { over: ExecutorKind::MainThread, ratio });
        }
        one.waterfall = where_the_time_went(one, main.as_ref().map(|(.., one)| one), cores);
    }
}

/// What one computation takes on one thread, by phase.
fn one_thread(main: &Outcome) -> TimeBreakdown {
    let mut breakdown = TimeBreakdown::default();
    if let Some(shown) = main.shown() {
        breakdown.phases_ms.clone_from(&shown.phases_ms);
    }
    breakdown
}

fn where_the_time_went(
    one: &Outcome,
    main: Option<&TimeBreakdown>,
    cores: f64,
) -> Option<Waterfall> {
    let sample = one.shown()?;
    let total_ms = sample.total_ms * f64::from(sample.computations);
    let measured =
        waterfall::OneSample { lanes: &one.lanes, total_ms, computations: sample.computations };
    // Without spans nobody knows.
    let noted = one.lanes.iter().any(|lane| !lane.spans.is_empty());
    noted.then(|| waterfall::of(measured, main, cores))
}

/// The models that were run at several widths, one worker among them.
fn scaling(results: &[Outcome], test: &SignedRanks) -> Vec<ModelScaling> {
    let at_width = |kind: ExecutorKind, workers: u32| {
        let is_it = |one: &&Outcome| {
            one.executor.kind() == kind
                && one.executor.workers() == workers
                && one.summary.is_some()
        };
        results.iter().find(is_it)
    };
    let mut pools: Vec<ExecutorKind> = Vec::new();
    for kind in results.iter().map(|result| result.executor.kind()) {
        if kind.has_workers() && !pools.contains(&kind) {
            pools.push(kind);
        }
    }
    pools
        .into_iter()
        .filter_map(|kind| {
            let alone = at_width(kind, 1)?.totals_ms();
            let of_width = |workers: u32| {
                let ratio = match workers {
                    1 => Ratio { ratio: 1.0, ci95: [1.0, 1.0] },
                    _ => {
                        let wide = at_width(kind, workers)?.totals_ms();
                        stats::paired_ratio(&alone, &wide, test)?
                    }
                };
                Some(Measurement { workers, ratio })
            };
            let widths = results.iter().filter(|one| one.executor.kind() == kind);
            let widths: BTreeSet<_> = widths.map(|one| one.executor.workers()).collect();
            let measured: Vec<_> = widths.into_iter().filter_map(of_width).collect();
            (measured.len() >= FEWEST_WIDTHS)
                .then(|| ModelScaling { executor: kind, scaling: Scaling::of(&measured) })
        })
        .collect()
}

fn warnings(run: &RunResults, dissenters: &[usize]) -> Vec<Warning> {
    let RunResults { results, environment, measuring, .. } = *run;
    let machine = &environment.machine;
    let mut warnings = Vec::new();
    if !dissenters.is_empty() {
        let executors = dissenters.iter().map(|at| results[*at].executor.clone()).collect();
        warnings.push(Warning::AnswersDisagree { executors });
    }
    for disturbance in Disturbance::ALL {
        let blocks = measuring.lost_to(disturbance);
        if blocks > 0 {
            warnings.push(match disturbance {
                Disturbance::TabHidden => Warning::TabHidden { blocks },
                Disturbance::ClockJumped => Warning::ClockJumped { blocks },
            });
        }
    }
    if measuring.is_unsteady() {
        let (drifted, blocks) = (measuring.drifted(), measuring.kept());
        let drift = measuring.greatest_drift();
        warnings.push(Warning::MachineUnsteady { drifted, blocks, drift });
    }
    let there = machine.hardware_concurrency;
    if let Some(cores) = measuring.cores_beside_others(there) {
        warnings.push(Warning::CoresBusy { cores, there });
    }
    let again = results.iter().filter(|one| one.started_again);
    let executors: Vec<_> = again.map(|one| one.executor.clone()).collect();
    if !executors.is_empty() {
        warnings.push(Warning::StartedAgain { executors });
    }
    let resolution_us = machine.clock_resolution_us;
    let shortest_ms = FEWEST_TICKS * resolution_us / 1000.0;
    for result in results {
        // A sample is as long as all its computations together.
        let times = result.samples.first().map_or(1, |sample| sample.computations);
        let lasted = |median_ms: f64| median_ms * f64::from(times);
        let median = result.summary.as_ref().map(|summary| summary.median_ms);
        if let Some(median_ms) = median.filter(|median_ms| lasted(*median_ms) < shortest_ms) {
            let executor = result.executor.clone();
            warnings.push(Warning::TimerTooCoarse { executor, median_ms, resolution_us });
        }
    }
    // In fewer rounds nobody can tell.
    let unsettled = |one: &&Outcome| {
        one.summary.is_some()
            && one.warm_up.totals_ms.len() >= warm_up::WINDOW
            && !one.warm_up.settled
    };
    let executors: Vec<_> =
        results.iter().filter(unsettled).map(|one| one.executor.clone()).collect();
    if !executors.is_empty() {
        warnings.push(Warning::NotSettled { executors });
    }
    let is_joined = |one: &&Outcome| one.lanes.iter().any(limits::is_joined);
    let executors: Vec<_> =
        results.iter().filter(is_joined).map(|one| one.executor.clone()).collect();
    if !executors.is_empty() {
        warnings.push(Warning::SpansJoined { executors, max_spans: limits::MAX_SPANS });
    }
    if !measuring.calibrated && !measuring.blocks.is_empty() {
        warnings.push(Warning::NotCalibrated);
    }
    let models = results.iter().filter(|one| !one.samples.is_empty()).count();
    let needed = Confidence::new(models, measuring.looks).fewest_rounds();
    let rounds = run.rounds();
    if models > 1 && rounds < needed {
        warnings.push(Warning::FewRounds { rounds, needed });
    }
    let cores = machine.cores();
    // Workers that only wait do not compete for cores.
    let computes = |result: &&Outcome| {
        let waits = run.experiment.workload.requests().is_some();
        result.samples.iter().any(|sample| match sample.phases_ms.is_empty() {
            true => !waits,
            false => !sample.phases_ms.contains_key(&Phase::IoWait),
        })
    };
    let widest = results.iter().filter(computes).map(|result| result.executor.workers()).max();
    if let Some(workers) = widest.filter(|workers| f64::from(*workers) > cores.ceil()) {
        warnings.push(Warning::MoreWorkersThanCores { workers, cores });
    }
    warnings
}
