//! The state machine of a pool: what is asked of it. What its workers say is in [`worker_events`], what
//! follows from either in [`scheduling`], and what takes too long in [`limits`].

mod limits;
mod scheduling;
mod worker_events;

use super::action::Action;
use super::ids::{TaskId, WorkerId};
use super::options::{MAX_QUEUED, PoolOptions};
use super::task::{Task, TaskOptions, TaskState};
use super::worker::Worker;
use crate::failure::{Failure, PoolProblem, Result};
use std::collections::{BTreeMap, VecDeque};

/// What has happened in a pool so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Workers asked for.
    pub started: u32,
    /// Workers that were lost or had to be ended while they had a task.
    pub lost: u32,
    /// Tasks started again because their worker was lost.
    pub repeated: u32,
    /// Messages of workers that had been ended, or about tasks that they were not at.
    pub stale: u32,
}

/// Whether a pool takes tasks.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Open,
    /// It takes none, and ends once those that it has are done.
    ShuttingDown,
    Closed,
    /// It takes none because of this.
    Broken(Failure),
}

/// What a pool knows. `R` is what a task comes to.
#[derive(Debug)]
pub struct Machine<R> {
    options: PoolOptions,
    /// Workers there may be: what was asked for, or what the browser gives.
    most: usize,
    phase: Phase,
    /// Those that wait, and some that were cancelled.
    queue: VecDeque<TaskId>,
    tasks: BTreeMap<TaskId, Task>,
    workers: Vec<Worker>,
    actions: Vec<Action<R>>,
    next_task: u32,
    next_worker: u32,
    failed_starts: u32,
    /// The longest that a worker took to begin, in ms.
    slowest_begin_ms: Option<f64>,
    looked_ms: f64,
    counts: Counts,
}

impl<R> Machine<R> {
    /// A pool that has no tasks. Where workers are to start at once, they do.
    pub fn new(options: PoolOptions, now_ms: f64) -> Self {
        let mut machine = Self {
            most: options.workers,
            options,
            phase: Phase::Open,
            queue: VecDeque::new(),
            tasks: BTreeMap::new(),
            workers: Vec::new(),
            actions: Vec::new(),
            next_task: 0,
            next_worker: 0,
            failed_starts: 0,
            slowest_begin_ms: None,
            looked_ms: now_ms,
            counts: Counts::default(),
        };
        machine.go_on(now_ms);
        machine
    }

    /// What is to be done since this was last asked, in this order.
    pub fn actions(&mut self) -> Vec<Action<R>> {
        std::mem::take(&mut self.actions)
    }

    /// Takes a task.
    ///
    /// # Errors
    /// `Unavailable` where the pool is shut down or broken, or its queue is full.
    pub fn submit(&mut self, options: TaskOptions, now_ms: f64) -> Result<TaskId> {
        match &self.phase {
            Phase::Open => {}
            Phase::Broken(why) => return Err(why.clone()),
            Phase::ShuttingDown | Phase::Closed => return Err(PoolProblem::ShutDown.into()),
        }
        if self.queued() >= MAX_QUEUED {
            return Err(PoolProblem::QueueFull { most: MAX_QUEUED as u64 }.into());
        }
        let id = TaskId(self.next_task);
        self.next_task += 1;
        self.tasks.insert(id, Task { options, state: TaskState::Pending, starts: 0 });
        self.queue.push_back(id);
        self.go_on(now_ms);
        Ok(id)
    }

    /// Cancels a task that waits in the queue; whether it did.
    pub fn cancel(&mut self, task: TaskId, now_ms: f64) -> bool {
        if self.state(task) != Some(TaskState::Pending) {
            return false;
        }
        // Its place in the queue is passed over.
        self.settle(task, Err(PoolProblem::TaskCancelled.into()));
        self.go_on(now_ms);
        true
    }

    /// Cancels a task, and ends its worker where one runs it; whether it had not settled.
    pub fn terminate(&mut self, task: TaskId, now_ms: f64) -> bool {
        match self.state(task) {
            None => false,
            Some(TaskState::Pending) => self.cancel(task, now_ms),
            Some(TaskState::Running(worker)) => {
                self.end(worker);
                self.settle(task, Err(PoolProblem::TaskCancelled.into()));
                self.go_on(now_ms);
                true
            }
        }
    }

    /// Changes how many workers there may be. Those that are too many end once they have nothing to do.
    pub fn resize(&mut self, workers: usize, now_ms: f64) {
        self.options.workers = workers;
        self.most = workers;
        self.go_on(now_ms);
    }

    /// Takes no more tasks, and closes once those that are there have settled; those that wait are
    /// cancelled where `cancel_pending`.
    pub fn shut_down(&mut self, cancel_pending: bool, now_ms: f64) {
        match self.phase {
            Phase::Closed => {}
            _ => self.phase = Phase::ShuttingDown,
        }
        if cancel_pending {
            for task in std::mem::take(&mut self.queue) {
                self.settle(task, Err(PoolProblem::TaskCancelled.into()));
            }
        }
        self.go_on(now_ms);
    }

    /// Ends all workers at once, cancels all tasks, and closes.
    pub fn terminate_workers(&mut self, now_ms: f64) {
        while let Some(worker) = self.workers.first() {
            self.end(worker.id);
        }
        self.queue.clear();
        for task in self.unsettled() {
            self.settle(task, Err(PoolProblem::TaskCancelled.into()));
        }
        self.shut_down(true, now_ms);
    }

    /// How far a task is; `None` where it has settled.
    pub fn state(&self, task: TaskId) -> Option<TaskState> {
        self.tasks.get(&task).map(|task| task.state)
    }

    /// The task that a worker runs.
    pub fn task_of(&self, worker: WorkerId) -> Option<TaskId> {
        let known = self.workers.iter().find(|known| known.id == worker);
        known.and_then(|known| known.running()).map(|(task, _)| task)
    }

    /// Whether a worker runs a task, or its initializer.
    pub fn computes(&self, worker: WorkerId) -> bool {
        let known = self.workers.iter().find(|known| known.id == worker);
        known.is_some_and(|known| known.running().is_some() || known.is_initializing())
    }

    /// Whether any task has not settled.
    pub fn has_tasks(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// How many tasks wait in the queue.
    pub fn queued(&self) -> usize {
        self.tasks.len() - self.busy()
    }

    /// How many workers there are, those that are starting among them.
    pub fn workers(&self) -> usize {
        self.workers.len()
    }

    /// How many workers there may be.
    pub fn most_workers(&self) -> usize {
        self.most
    }

    /// How many workers are ready.
    pub fn ready_workers(&self) -> usize {
        self.workers.iter().filter(|worker| !worker.is_starting()).count()
    }

    /// How many workers run a task.
    pub fn busy(&self) -> usize {
        self.workers.iter().filter(|worker| worker.running().is_some()).count()
    }

    /// Whether it is shut down and all is ended.
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// What has happened so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}
