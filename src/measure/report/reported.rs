//! A sample as reports write it.

use super::sample::Sample;
use crate::measure::span::{self, Lane, Phase};
use crate::measure::time_breakdown::TimeBreakdown;
use serde::Serialize;
use std::collections::BTreeMap;

/// A sample as reports write it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedSample {
    /// From beginning to answer, of one computation, in ms.
    pub total_ms: f64,
    /// How often the workload was computed; all else is of one time.
    pub computations: u32,
    /// Whether it lies outside of Tukey's fences. It is kept.
    pub outlier: bool,
    /// How long each phase lasted, summed over all lanes, in ms.
    pub phases_ms: BTreeMap<Phase, f64>,
    /// What no phase explains, summed over all lanes, in ms. With the phases it
    /// adds up to the time of all lanes.
    pub rest_ms: f64,
    /// The longest stretch for which the page's thread did not answer, in ms.
    pub main_thread_blocked_ms: f64,
    /// Bytes that left the parent's memory, each time.
    pub bytes_sent: u64,
    /// Bytes that came back into it, each time.
    pub bytes_received: u64,
    /// How many tasks were worked on at a time, on average.
    pub concurrency: f64,
}

/// A time in ms as reports write it, to 0.1 µs: finer than any browser's clock, and
/// short enough to be read back from JSON as the very same number.
pub fn rounded(ms: f64) -> f64 {
    (ms * 1e4).round() / 1e4
}

/// What reports say of a sample.
pub fn reported(sample: &Sample) -> ReportedSample {
    let of = |lane| TimeBreakdown::of(lane, sample.started_ms, sample.ended_ms);
    let accounts: Vec<_> = sample.lanes.iter().map(of).collect();
    let times = sample.computations.max(1);
    let breakdown = TimeBreakdown::sum(&accounts, f64::from(times));
    let phases = breakdown.phases_ms.iter().map(|(phase, ms)| (*phase, rounded(*ms)));
    ReportedSample {
        total_ms: rounded(sample.total_ms()),
        computations: times,
        outlier: false,
        phases_ms: phases.collect(),
        rest_ms: rounded(breakdown.rest_ms),
        main_thread_blocked_ms: rounded(sample.blocked_ms),
        bytes_sent: sample.bytes_sent / u64::from(times),
        bytes_received: sample.bytes_received / u64::from(times),
        concurrency: rounded(span::concurrency(&sample.lanes, sample.lasted_ms())),
    }
}

/// The timeline of a sample, in ms from its beginning.
pub fn relative_lanes(sample: &Sample) -> Vec<Lane> {
    let relative = |lane: &Lane| {
        let mut lane = lane.clone().relative_to(sample.started_ms);
        for span in &mut lane.spans {
            span.start_ms = rounded(span.start_ms);
            // A message sent by one clock may arrive by another before it was sent.
            span.end_ms = rounded(span.end_ms).max(span.start_ms);
        }
        for beat in &mut lane.beats_ms {
            *beat = rounded(*beat);
        }
        if let Some(queue) = &mut lane.queue {
            queue.fit();
            for change in &mut queue.changes {
                change.at_ms = rounded(change.at_ms);
            }
        }
        if let Some(clock) = &mut lane.clock {
            clock.offset_ms = rounded(clock.offset_ms);
            clock.residual_ms = rounded(clock.residual_ms);
        }
        lane
    };
    sample.lanes.iter().map(relative).collect()
}
