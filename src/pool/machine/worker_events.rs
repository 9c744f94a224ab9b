//! What a pool's workers say.

use super::Machine;
use crate::failure::{Failure, Result};
use crate::pool::action::Action;
use crate::pool::ids::{TaskId, WorkerId};
use crate::pool::worker::{Worker, WorkerState};

impl<R> Machine<R> {
    /// The browser is asked for a worker only now: there was no place for it before.
    pub fn asked(&mut self, worker: WorkerId, now_ms: f64) {
        let is_waited_for = |worker: &Worker| self.due_ms(worker).is_some() && worker.is_starting();
        if !self.workers.iter().any(is_waited_for) {
            // Nobody had to look until now: the page was not asleep.
            self.looked_ms = now_ms;
        }
        let Some(worker) = self.worker(worker) else { return };
        if worker.state == WorkerState::Waiting {
            worker.state = WorkerState::Asked { since_ms: now_ms };
        }
    }

    /// A worker has begun.
    pub fn begun(&mut self, worker: WorkerId, now_ms: f64) {
        let Some(worker) = self.worker(worker) else { return self.note_stale() };
        if let WorkerState::Asked { since_ms } = worker.state {
            worker.state = WorkerState::Loading { since_ms: now_ms };
            let took_ms = now_ms - since_ms;
            self.slowest_begin_ms = Some(self.slowest_begin_ms.unwrap_or_default().max(took_ms));
        }
    }

    /// A worker has loaded the program.
    pub fn ready(&mut self, worker: WorkerId, now_ms: f64) {
        let has_initializer = self.options.has_initializer;
        let Some(worker) = self.worker(worker) else { return self.note_stale() };
        if !worker.is_starting() {
            return self.note_stale();
        }
        let id = worker.id;
        worker.state = match has_initializer {
            true => WorkerState::Initializing { since_ms: now_ms },
            false => WorkerState::Idle,
        };
        self.failed_starts = 0;
        if has_initializer {
            self.actions.push(Action::Initialize(id));
        }
        self.go_on(now_ms);
    }

    /// A worker's initializer has ended.
    pub fn initialized(&mut self, worker: WorkerId, ended: Result<()>, now_ms: f64) {
        let Some(known) = self.worker(worker) else { return self.note_stale() };
        if !known.is_initializing() {
            return self.note_stale();
        }
        match ended {
            Ok(()) => known.state = WorkerState::Idle,
            Err(failure) => {
                self.end(worker);
                self.break_down(Failure::invalid("initializer", failure));
            }
        }
        self.go_on(now_ms);
    }

    /// A worker has finished a task.
    pub fn finished(&mut self, worker: WorkerId, task: TaskId, came: Result<R>, now_ms: f64) {
        let Some(known) = self.worker(worker) else { return self.note_stale() };
        if known.running().is_none_or(|(running, _)| running != task) {
            return self.note_stale();
        }
        known.state = WorkerState::Idle;
        known.finished += 1;
        let finished = known.finished;
        if self.options.max_tasks_per_child.is_some_and(|most| finished >= most) {
            self.end(worker);
        }
        self.settle(task, came);
        self.go_on(now_ms);
    }

    /// A worker is gone, or stopped for good: `why` is what its task fails with.
    pub fn lost(&mut self, worker: WorkerId, why: Failure, now_ms: f64) {
        let Some(known) = self.worker(worker) else { return self.note_stale() };
        let state = known.state;
        self.end(worker);
        match state {
            WorkerState::Idle => {}
            WorkerState::Initializing { .. } => {
                self.break_down(Failure::invalid("initializer", why))
            }
            WorkerState::Waiting | WorkerState::Asked { .. } | WorkerState::Loading { .. } => {
                self.failed_to_start(why);
            }
            WorkerState::Busy { task, .. } => {
                self.counts.lost += 1;
                if !self.repeat(task) {
                    self.settle(task, Err(why));
                }
            }
        }
        self.go_on(now_ms);
    }
}
