//! Pools that compute natively and take no time, so that everything around them
//! can be tested without a browser and without waiting.

use super::run::{Fleet, Pool, Preparing, Progress, Sampling};
use crate::failure::{Result, Unavailable, WorkerProblem};
use crate::measure::calibration::Calibration;
use crate::measure::clock::{Clock, FakeClock};
use crate::measure::report::{
    Availability, Browser, Capabilities, Disturbance, Environment, Machine, Sample, Visibility,
};
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::Workload;
use crate::workloads::mix::Mix;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::future;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

/// A fleet whose pools take the time they are told to take.
#[derive(Debug, Default)]
pub struct MockFleet {
    /// The clock that its pools advance.
    pub clock: Rc<FakeClock>,
    /// How long a sample of each model takes, in ms; 100 where nothing is said.
    pub takes_ms: HashMap<ExecutorKind, f64>,
    /// How long a sample of each pool of processes takes instead, in the order in which they start, in ms.
    pub processes_take_ms: RefCell<VecDeque<f64>>,
    /// Models that cannot start.
    pub broken: Vec<ExecutorKind>,
    /// Models whose sample with this number, counted from 0, fails.
    pub fails_at: HashMap<ExecutorKind, usize>,
    /// Models whose samples never come.
    pub hanging: Vec<ExecutorKind>,
    /// How long the first samples of each model take, before it has warmed up, in ms.
    pub cold: HashMap<ExecutorKind, Vec<f64>>,
    /// By how much slower the machine gets at each calibration, in turn: 0.1 is 10%.
    /// Where nothing is said it keeps its speed.
    pub drifts: RefCell<VecDeque<f64>>,
    /// For how long the page stands still in each sample of threads, in turn, in ms.
    pub blocked_ms: RefCell<VecDeque<f64>>,
    /// What disturbs the machine, in turn, each time that is asked.
    pub disturbances: RefCell<VecDeque<Option<Disturbance>>>,
    /// What it was told.
    pub told: RefCell<Vec<Progress>>,
    /// How often it was asked to go on.
    pub gone_on: Cell<u32>,
    /// From when on it says that it has seen enough, in ms.
    pub enough_at_ms: Option<f64>,
    /// Whether its pools compute nothing, whatever the workload: all have the same answer.
    pub computes_nothing: bool,
}

/// A pool of a [`MockFleet`].
#[derive(Debug)]
pub struct MockPool {
    clock: Rc<FakeClock>,
    blocked_ms: VecDeque<f64>,
    workload: Workload,
    takes_ms: f64,
    cold: Vec<f64>,
    fails_at: Option<usize>,
    hangs: bool,
    computes_nothing: bool,
    taken: usize,
}

/// A browser that can do everything, on a machine of two cores.
pub fn capabilities() -> Capabilities {
    Capabilities {
        machine: Machine {
            hardware_concurrency: 2,
            effective_cores: None,
            clock_resolution_us: 5.0,
        },
        browser: Browser {
            cross_origin_isolated: true,
            service_worker: Availability::Available,
            shared_memory: Availability::Available,
            workers: Availability::Available,
        },
    }
}

impl Fleet for MockFleet {
    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Box<dyn Pool>> {
        let kind = executor.kind();
        if self.broken.contains(&kind) {
            return Err(Unavailable::Busy.into());
        }
        let blocked_ms = match kind {
            ExecutorKind::Threads => self.blocked_ms.take(),
            _ => VecDeque::new(),
        };
        let own_ms = match kind {
            ExecutorKind::Processes => self.processes_take_ms.borrow_mut().pop_front(),
            _ => None,
        };
        let takes_ms = own_ms.or(self.takes_ms.get(&kind).copied());
        Ok(Box::new(MockPool {
            clock: self.clock.clone(),
            blocked_ms,
            workload: workload.clone(),
            takes_ms: takes_ms.unwrap_or(100.0),
            cold: self.cold.get(&kind).cloned().unwrap_or_default(),
            fails_at: self.fails_at.get(&kind).copied(),
            hangs: self.hanging.contains(&kind),
            computes_nothing: self.computes_nothing,
            taken: 0,
        }))
    }

    async fn tell(&self, progress: Progress) {
        self.told.borrow_mut().push(progress);
    }

    async fn calibrate(&self) -> Option<Calibration> {
        let slower = self.drifts.borrow_mut().pop_front().unwrap_or(0.0);
        Some(Calibration { one_ms: 1.0 + slower, all_ms: 1.0, cores: Some(2.0) })
    }

    fn disturbed(&self) -> Option<Disturbance> {
        self.disturbances.borrow_mut().pop_front().flatten()
    }

    async fn go_on(&self) {
        self.gone_on.set(self.gone_on.get() + 1);
    }

    fn is_enough(&self) -> bool {
        self.enough_at_ms.is_some_and(|at_ms| self.clock.now_ms() >= at_ms)
    }

    fn now_ms(&self) -> f64 {
        self.clock.now_ms()
    }

    async fn in_time<T>(&self, ms: u32, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        // What does not come at once never does.
        future::poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(came) => Poll::Ready(Some(came)),
            Poll::Pending => {
                self.clock.advance(ms.into());
                Poll::Ready(None)
            }
        })
        .await
    }

    fn environment(&self) -> Environment {
        let Capabilities { machine, browser } = capabilities();
        Environment {
            machine,
            browser: Some(browser),
            user_agent: Some("mock".to_owned()),
            started_at: "1970-01-01T00:00:00.000Z".to_owned(),
            visibility: Some(Visibility::Visible),
        }
    }
}

impl MockPool {
    fn computed(&mut self, times: u32) -> Result<Sample> {
        if self.fails_at == Some(self.taken) {
            return Err(WorkerProblem::Gone.into());
        }
        self.taken += 1;
        let workload = match self.computes_nothing {
            true => Mix::empty(1).workload()?,
            false => self.workload.clone(),
        };
        let merged = workload.solve(None)?;
        let started_ms = self.clock.now_ms();
        let takes_ms = self.cold.get(self.taken - 1).copied().unwrap_or(self.takes_ms);
        self.clock.advance(takes_ms * f64::from(times));
        let ended_ms = self.clock.now_ms();
        let spans = vec![Span::new(Phase::Compute, 0, started_ms, ended_ms)];
        Ok(Sample {
            started_ms,
            ended_ms,
            computations: times,
            lanes: vec![Lane::new(LaneKind::Page, 1, spans)],
            blocked_ms: self.blocked_ms.pop_front().unwrap_or_default(),
            bytes_sent: 0,
            bytes_received: 0,
            answer: workload.answer(&merged),
        })
    }
}

impl Pool for MockPool {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        if self.hangs {
            return Box::pin(future::pending());
        }
        Box::pin(future::ready(self.computed(times)))
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        self.workload = workload.clone();
        Box::pin(future::ready(Ok(())))
    }

    fn startup_ms(&self) -> f64 {
        0.0
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.workload.solve(None).ok()
    }
}

#[cfg(test)]
mod tests;
