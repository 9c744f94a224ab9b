//! One stage of a pipeline took longer than the other.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::report::limits;
use crate::measure::{Phase, Span, format};
use crate::models::{Executor, ExecutorKind};
use crate::wording::counted;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "slower-stage",
    title: "The slower stage",
    summary: "A pipeline is as fast as its slower stage. While the queue is full the first stage \
              waits, while it is empty the second one does.",
    is_about_the_time: true,
};

/// A stage that takes so many times as long as the other is the slower one.
const CLEARLY: f64 = 1.25;

/// Which stage of a pipeline was the slower one. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// By how much the slower stage was slower, in ms; the time of the shorter one where they ran one
    /// after the other.
    pub cost_ms: f64,
    /// How long each worker of the first stage waited for requests, on average, in ms.
    pub waiting_ms: f64,
    /// How long each worker of the second stage computed, on average, in ms.
    pub computing_ms: f64,
    /// The part of the time in which the queue was full.
    pub full: f64,
    /// The part of the time in which it was empty.
    pub empty: f64,
    /// How many of the machine's cores there are for them, where they compute.
    pub cores: Option<f64>,
}

/// Checks which stage of a pipeline was the slower one.
pub fn check(case: &Case) -> Check<Figures> {
    let executor = &case.outcome.executor;
    let lanes = &case.outcome.lanes;
    let queue = lanes.iter().find_map(|lane| lane.queue.as_ref());
    let Some(queue) = queue.filter(|_| executor.kind() == ExecutorKind::Hybrid) else {
        return Ok(None);
    };
    let measured_ms = case.waterfall()?.measured_ms;
    // Waits side by side that became one would count once.
    if lanes.iter().any(limits::is_joined) {
        return Ok(None);
    }
    let spent_ms = |phase: Phase, workers: u32| {
        let spans = lanes.iter().flat_map(|lane| &lane.spans).filter(|span| span.phase == phase);
        let all_ms = spans.map(Span::duration_ms).sum::<f64>();
        all_ms / f64::from(workers.max(1)) / case.computations()
    };
    let options = &executor.options;
    let waiting_ms = spent_ms(Phase::IoWait, options.io_workers);
    let computing_ms = spent_ms(Phase::Compute, executor.workers());
    let (slower_ms, other_ms) = (waiting_ms.max(computing_ms), waiting_ms.min(computing_ms));
    let computes = computing_ms >= waiting_ms;
    let used = queue.used(measured_ms * case.computations());
    let found = Figures {
        cost_ms: if options.streaming { slower_ms - other_ms } else { other_ms },
        waiting_ms,
        computing_ms,
        full: used.full,
        empty: used.empty,
        cores: computes.then(|| case.run.environment.machine.cores()),
    };
    let is_worth_it = found.cost_ms > 0.1 * measured_ms;
    let is_clear = slower_ms > CLEARLY * other_ms || !options.streaming;
    Ok((is_worth_it && is_clear).then_some(found))
}

impl Figures {
    /// How many workers of the slower stage would take as long as the other stage, where now there
    /// are so many.
    fn balanced(&self, now: u32) -> u32 {
        let slower_ms = self.waiting_ms.max(self.computing_ms);
        let other_ms = self.waiting_ms.min(self.computing_ms).max(f64::MIN_POSITIVE);
        (f64::from(now) * slower_ms / other_ms).ceil() as u32
    }

    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        let [waiting, computing] = [self.waiting_ms, self.computing_ms].map(format::duration);
        if !executor.options.streaming {
            return format!(
                "the stages ran one after the other: {waiting} of waiting, then {computing} of \
                 computing. Streaming would overlap them."
            );
        }
        match self.cores {
            Some(cores) => {
                let now = executor.workers();
                let advice = match f64::from(now) < cores.floor() {
                    true => {
                        let most = self.balanced(now).min(cores.floor() as u32);
                        format!("Give it {}.", counted(most.into(), "worker"))
                    }
                    false => "It has a worker for each core, so only less computing would help, \
                              or more cores."
                        .to_owned(),
                };
                format!(
                    "computing was the slower stage: {computing} for each worker, and {waiting} of \
                     waiting. The queue was full for {} of the time, and then the first stage \
                     waited (backpressure). {advice}",
                    format::percent(self.full)
                )
            }
            None => format!(
                "waiting was the slower stage: {waiting} for each worker, and {computing} of \
                 computing. The queue was empty for {} of the time, and then the second stage \
                 waited. Wait for {} at a time.",
                format::percent(self.empty),
                counted(self.balanced(executor.options.io_workers).into(), "request")
            ),
        }
    }
}
