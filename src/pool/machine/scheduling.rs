//! What follows from an event: tasks are handed out, workers started and ended, futures settled.

use super::{Machine, Phase};
use crate::failure::{Failure, Result};
use crate::pool::action::Action;
use crate::pool::ids::{TaskId, WorkerId};
use crate::pool::options::StartWhen;
use crate::pool::task::TaskState;
use crate::pool::worker::{Worker, WorkerState};

/// How often a task that may be repeated is started at most: one that ends each of its workers would
/// end them for ever.
const MOST_STARTS: u32 = 3;
/// Where so many workers in a row do not get ready, none will.
const MOST_FAILED_STARTS: u32 = 3;

impl<R> Machine<R> {
    /// Hands out tasks, starts and ends workers, and closes: whatever the last event made possible.
    pub(super) fn go_on(&mut self, now_ms: f64) {
        self.end_surplus();
        self.hand_out(now_ms);
        self.start_workers();
        if self.phase == Phase::ShuttingDown && self.tasks.is_empty() {
            while let Some(worker) = self.workers.first() {
                self.end(worker.id);
            }
            self.phase = Phase::Closed;
            self.actions.push(Action::Closed);
        }
    }

    pub(super) fn hand_out(&mut self, now_ms: f64) {
        while let Some(task) = self.queue.front().copied() {
            if !self.tasks.contains_key(&task) {
                // It was cancelled.
                self.queue.pop_front();
                continue;
            }
            let idle = |worker: &&mut Worker| worker.state == WorkerState::Idle;
            let Some(worker) = self.workers.iter_mut().find(idle) else { return };
            self.queue.pop_front();
            worker.state = WorkerState::Busy { task, since_ms: now_ms };
            let id = worker.id;
            if let Some(task) = self.tasks.get_mut(&task) {
                task.state = TaskState::Running(id);
                task.starts += 1;
            }
            self.actions.push(Action::Run(id, task));
        }
    }

    /// Starts workers: as many as tasks wait for, as CPython does, or all.
    pub(super) fn start_workers(&mut self) {
        let starting = self.workers.iter().filter(|worker| worker.is_starting()).count();
        let wanted = match (self.options.start_when, &self.phase) {
            (StartWhen::AtOnce, Phase::Open) => self.most,
            _ => self.workers.len() + self.queued().saturating_sub(starting),
        };
        while self.workers.len() < wanted.min(self.most) {
            let id = WorkerId(self.next_worker);
            self.next_worker += 1;
            self.counts.started += 1;
            self.workers.push(Worker { id, state: WorkerState::Waiting, finished: 0 });
            self.actions.push(Action::Start(id));
        }
    }

    /// Ends workers that have nothing to do, where there are more than there may be.
    pub(super) fn end_surplus(&mut self) {
        while self.workers.len() > self.most {
            let free = |worker: &&Worker| worker.running().is_none();
            let Some(worker) = self.workers.iter().rev().find(free) else { return };
            self.end(worker.id);
        }
    }

    pub(super) fn failed_to_start(&mut self, why: Failure) {
        if !self.may_try_again() {
            self.break_down(why);
        }
    }

    /// Notes that a worker has not got ready; whether another may be tried.
    pub(super) fn may_try_again(&mut self) -> bool {
        self.failed_starts += 1;
        self.failed_starts < MOST_FAILED_STARTS
    }

    /// Takes no more tasks, and fails those that wait. Those that run go on.
    pub(super) fn break_down(&mut self, why: Failure) {
        for task in std::mem::take(&mut self.queue) {
            self.settle(task, Err(why.clone()));
        }
        while let Some(worker) = self.workers.iter().find(|worker| worker.running().is_none()) {
            self.end(worker.id);
        }
        if self.phase == Phase::Open {
            self.phase = Phase::Broken(why.clone());
            self.actions.push(Action::Broken(why));
        }
    }

    /// Puts a task whose worker was lost back to the front of the queue; whether it may be run again.
    pub(super) fn repeat(&mut self, id: TaskId) -> bool {
        let Some(task) = self.tasks.get_mut(&id) else { return false };
        let may = task.options.repeatable && task.starts < MOST_STARTS;
        if may {
            task.state = TaskState::Pending;
            self.queue.push_front(id);
            self.counts.repeated += 1;
        }
        may
    }

    pub(super) fn settle(&mut self, task: TaskId, came: Result<R>) {
        if self.tasks.remove(&task).is_some() {
            self.actions.push(Action::Settle(task, came));
        }
    }

    pub(super) fn end(&mut self, id: WorkerId) {
        self.workers.retain(|worker| worker.id != id);
        self.actions.push(Action::End(id));
    }

    pub(super) fn worker(&mut self, id: WorkerId) -> Option<&mut Worker> {
        self.workers.iter_mut().find(|worker| worker.id == id)
    }

    pub(super) fn unsettled(&self) -> Vec<TaskId> {
        self.tasks.keys().copied().collect()
    }

    pub(super) fn note_stale(&mut self) {
        self.counts.stale += 1;
    }
}
