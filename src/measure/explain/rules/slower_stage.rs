//! One stage of a pipeline took longer than the other.

use super::slow_answers;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::report::limits;
use crate::measure::{Phase, Span, format};
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
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
    /// The part of the time in which the queue was full; `None` where a report holds too few changes
    /// to tell.
    pub full: Option<f64>,
    /// The part of the time in which it was empty; `None` as before.
    pub empty: Option<f64>,
    /// How many cores there are to compute on.
    pub cores: f64,
    /// How many tasks there are.
    pub tasks: u32,
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
    // Waits side by side that became one would count once; and who waits for a server that is late
    // is told so.
    if lanes.iter().any(limits::is_joined) || slow_answers::are_late(case) {
        return Ok(None);
    }
    let tasks = case.run.experiment.workload.work().task_count() as u32;
    let spent_ms = |phase: Phase, workers: u32| {
        let spans = lanes.iter().flat_map(|lane| &lane.spans).filter(|span| span.phase == phase);
        let all_ms = spans.map(Span::duration_ms).sum::<f64>();
        // Workers beyond the tasks have nothing to do.
        all_ms / f64::from(workers.min(tasks).max(1)) / case.computations()
    };
    let options = &executor.options;
    let waiting_ms = spent_ms(Phase::IoWait, options.io_workers);
    let computing_ms = spent_ms(Phase::Compute, executor.workers());
    let (slower_ms, other_ms) = (waiting_ms.max(computing_ms), waiting_ms.min(computing_ms));
    let used = queue.used(measured_ms * case.computations());
    let found = Figures {
        cost_ms: if options.streaming { slower_ms - other_ms } else { other_ms },
        waiting_ms,
        computing_ms,
        full: used.map(|used| used.full),
        empty: used.map(|used| used.empty),
        cores: case.run.environment.machine.cores(),
        tasks,
    };
    let is_worth_it = found.cost_ms > 0.1 * measured_ms;
    let is_clear = slower_ms > CLEARLY * other_ms || !options.streaming;
    Ok((is_worth_it && is_clear).then_some(found))
}

impl Figures {
    /// How many workers of the slower stage would take as long as the other stage, where now there
    /// are so many; `None` where there may not be more than `most`, and there are.
    fn balanced(&self, now: u32, most: u32) -> Option<u32> {
        let most = most.min(self.tasks).min(MAX_WORKERS);
        let slower_ms = self.waiting_ms.max(self.computing_ms);
        let other_ms = self.waiting_ms.min(self.computing_ms).max(f64::MIN_POSITIVE);
        let balanced = (f64::from(now) * slower_ms / other_ms).ceil() as u32;
        (now < most).then_some(balanced.min(most))
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
        if self.computing_ms >= self.waiting_ms {
            let most = self.cores.floor() as u32;
            let advice = match self.balanced(executor.workers(), most) {
                Some(workers) => format!("Use {} to compute.", counted(workers.into(), "worker")),
                None => "More workers would not help: compute less per item, or use more cores."
                    .to_owned(),
            };
            let full = self.full.map_or_else(String::new, |full| {
                let part = format::percent(full);
                format!(
                    " The queue was full for {part} of the time, and then the first stage waited \
                     (backpressure)."
                )
            });
            return format!(
                "computing was the slower stage: {computing} for each worker, and {waiting} of \
                 waiting.{full} {advice}"
            );
        }
        let advice = match self.balanced(executor.options.io_workers, u32::MAX) {
            Some(requests) => {
                format!("Wait for {} at a time.", counted(requests.into(), "request"))
            }
            None => "All of them wait at a time already: only shorter waits would help.".to_owned(),
        };
        let empty = self.empty.map_or_else(String::new, |empty| {
            let part = format::percent(empty);
            format!(
                " The queue was empty for {part} of the time, and then the second stage waited."
            )
        });
        format!(
            "waiting was the slower stage: {waiting} for each request at a time, and {computing} of \
             computing for each worker.{empty} {advice}"
        )
    }
}
