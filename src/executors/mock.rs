//! Pools that compute natively and take no time, so that everything around them
//! can be tested without a browser and without waiting.

use super::run::{Fleet, Pool, Progress};
use crate::experiment::{Executor, ExecutorKind};
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::clock::{Clock, FakeClock};
use crate::measure::report::{Availability, Capabilities, Environment, Sample};
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::workloads::Workload;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A fleet whose pools take the time they are told to take.
#[derive(Debug, Default)]
pub struct MockFleet {
    /// The clock that its pools advance.
    pub clock: Rc<FakeClock>,
    /// How long a sample of each model takes, in ms; 100 where nothing is said.
    pub takes_ms: HashMap<ExecutorKind, f64>,
    /// Models that cannot start.
    pub broken: Vec<ExecutorKind>,
    /// Models whose sample with this number, counted from 0, fails.
    pub fails_at: HashMap<ExecutorKind, usize>,
    /// What it was told.
    pub told: RefCell<Vec<Progress>>,
}

/// A pool of a [`MockFleet`].
#[derive(Debug)]
pub struct MockPool {
    clock: Rc<FakeClock>,
    workload: Workload,
    takes_ms: f64,
    fails_at: Option<usize>,
    taken: usize,
}

impl Fleet for MockFleet {
    type Pool = MockPool;

    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<MockPool> {
        let kind = executor.kind();
        if self.broken.contains(&kind) {
            return Err(Failure::new(FailureKind::Unavailable, "It is broken."));
        }
        Ok(MockPool {
            clock: self.clock.clone(),
            workload: workload.clone(),
            takes_ms: self.takes_ms.get(&kind).copied().unwrap_or(100.0),
            fails_at: self.fails_at.get(&kind).copied(),
            taken: 0,
        })
    }

    async fn tell(&self, progress: Progress) {
        self.told.borrow_mut().push(progress);
    }

    fn environment(&self) -> Environment {
        Environment {
            capabilities: Capabilities {
                cross_origin_isolated: true,
                hardware_concurrency: 2,
                effective_cores: None,
                clock_resolution_us: 5.0,
                service_worker: Availability::YES,
                shared_memory: Availability::YES,
                workers: Availability::YES,
            },
            user_agent: "mock".to_owned(),
            started_at: "1970-01-01T00:00:00.000Z".to_owned(),
            visibility: "visible",
        }
    }
}

impl Pool for MockPool {
    async fn sample(&mut self) -> Result<Sample> {
        if self.fails_at == Some(self.taken) {
            return Err(Failure::new(FailureKind::WorkerLost, "It is gone."));
        }
        self.taken += 1;
        let merged = self.workload.solve()?;
        let started_ms = self.clock.now_ms();
        self.clock.advance(self.takes_ms);
        let ended_ms = self.clock.now_ms();
        let spans = vec![Span::new(Phase::Compute, 0, started_ms, ended_ms)];
        Ok(Sample {
            started_ms,
            ended_ms,
            lanes: vec![Lane::new(LaneKind::Page, 1, spans)],
            blocked_ms: 0.0,
            bytes_sent: 0,
            bytes_received: 0,
            answer: self.workload.answer(&merged),
        })
    }

    fn startup_ms(&self) -> f64 {
        0.0
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.workload.solve().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executors::run::{self, Stage};
    use crate::experiment::Experiment;

    fn experiment() -> Experiment {
        let text = r#"{"workload":"primes","params":{"count":50},"repeats":3,"warmup":1}"#;
        Experiment::from_json(text, 2).expect("valid")
    }

    #[test]
    fn a_run_measures_every_model_as_often_as_asked() {
        let fleet = MockFleet {
            takes_ms: HashMap::from([(ExecutorKind::Threads, 50.0)]),
            ..MockFleet::default()
        };
        let report = pollster::block_on(run::run(&fleet, &experiment())).report;
        assert!(report.results.iter().all(|result| result.samples.len() == 3));
        assert_eq!(report.verdict.headline, "Threads were 2.00 times as fast as the main thread");
        assert_eq!(report.agreement, Some(true));
    }

    #[test]
    fn progress_goes_from_nothing_to_all() {
        let fleet = MockFleet::default();
        pollster::block_on(run::run(&fleet, &experiment()));
        let told = fleet.told.borrow();
        assert_eq!(told.len(), 20);
        assert!(told.iter().map(|progress| progress.done).eq(0..20));
        assert!(told.iter().all(|progress| progress.total == 20));
        assert_eq!(told[0].stage, Stage::Starting);
        assert_eq!(told[4].stage, Stage::WarmingUp);
        assert_eq!(told[19].stage, Stage::Measuring);
    }

    #[test]
    fn a_model_that_cannot_start_leaves_the_others_running() {
        let fleet = MockFleet { broken: vec![ExecutorKind::Threads], ..MockFleet::default() };
        let report = pollster::block_on(run::run(&fleet, &experiment())).report;
        let failed: Vec<_> = report.results.iter().map(|result| result.error.is_some()).collect();
        assert_eq!(failed, [false, false, true, false]);
        assert_eq!(report.agreement, Some(true));
    }

    #[test]
    fn a_worker_lost_in_mid_run_leaves_the_others_running() {
        let fleet = MockFleet {
            fails_at: HashMap::from([(ExecutorKind::Processes, 2)]),
            ..MockFleet::default()
        };
        let report = pollster::block_on(run::run(&fleet, &experiment())).report;
        let lost = &report.results[3];
        assert_eq!(lost.error.as_ref().map(|e| e.kind), Some(FailureKind::WorkerLost));
        assert!(lost.samples.is_empty());
        assert_eq!(report.results[0].samples.len(), 3);
    }
}
