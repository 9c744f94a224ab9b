//! Short tasks are sent to workers before those have done what they have: a worker that has to be woken for each,
//! and a page that waits for it, take far longer than the tasks do. CPython does the same with one task, whatever
//! it takes (`EXTRA_QUEUED_CALLS`).

use super::Machine;
use crate::pool::action::{Action, TaskSent};
use crate::pool::ids::WorkerId;
use crate::pool::worker::{Worker, WorkerState};

/// A task is short that took less than this, in ms, from when its worker could begin it until its answer was here.
const SHORT_MS: f64 = 1.0;
/// After so many short tasks in a row, those that follow are taken to be short as well.
const SHORT_IN_A_ROW: u32 = 8;
/// Most tasks that a worker has ahead.
const MOST_AHEAD: usize = 16;
/// A worker that has so many ahead is sent no more until it has fewer: several at once are one message, which wakes
/// it once.
const ENOUGH_AHEAD: usize = 8;

impl<R> Machine<R> {
    /// Sends short tasks to workers that are busy, to those first that have the fewest.
    pub(super) fn send_ahead(&mut self) {
        // A worker that is to end is to run out of tasks.
        if self.short_in_a_row < SHORT_IN_A_ROW || self.workers.len() > self.most {
            return;
        }
        let wants =
            |worker: &&Worker| worker.running().is_some() && worker.ahead.len() < ENOUGH_AHEAD;
        let wanting = self.workers.iter().filter(wants);
        let mut wanting: Vec<_> = wanting.map(|worker| (worker.ahead.len(), worker.id)).collect();
        wanting.sort_unstable();
        let mut left = wanting.len();
        for (_, worker) in wanting {
            let share = self.queue.len().div_ceil(left).min(self.room_ahead(worker));
            let sent: Vec<_> = (0..share).map_while(|_| self.take_short()).collect();
            if let (Some(known), false) = (self.worker(worker), sent.is_empty()) {
                known.ahead.extend(sent.iter().map(|sent| sent.task));
                self.actions.push(Action::Run(worker, sent));
            }
            left -= 1;
        }
    }

    /// Takes the next task that may be sent ahead from the queue.
    fn take_short(&mut self) -> Option<TaskSent> {
        // A time limit begins when the task does, which nobody hears of one that is sent ahead.
        let task = self.take_from_queue(|task| task.options.timeout_ms.is_none())?;
        Some(self.sent(task))
    }

    /// How many more tasks a worker may have ahead.
    fn room_ahead(&mut self, worker: WorkerId) -> usize {
        let most = self.options.max_tasks_per_child.map_or(usize::MAX, |most| most as usize);
        let Some(worker) = self.worker(worker) else { return 0 };
        let has = worker.ahead.len();
        // It has done some, and runs one.
        let may = most.saturating_sub(worker.finished as usize + 1 + has);
        may.min(MOST_AHEAD - has)
    }

    /// A worker has done its task, which took so long, and begins the next that it was sent, if any.
    pub(super) fn begin_next(&mut self, worker: WorkerId, took_ms: f64, now_ms: f64) {
        let in_a_row = self.short_in_a_row.saturating_add(1);
        self.short_in_a_row = if took_ms < SHORT_MS { in_a_row } else { 0 };
        let Some(known) = self.worker(worker) else { return };
        match known.ahead.pop_front() {
            Some(next) => self.begin(worker, next, now_ms),
            None => known.state = WorkerState::Idle,
        }
    }
}
