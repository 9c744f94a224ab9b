//! What takes too long: tasks with a time limit, and workers that do not get ready.

use super::Machine;
use crate::failure::{Failure, PoolProblem, WorkerProblem};
use crate::pool::action::Action;
use crate::pool::worker::{Worker, WorkerState};

/// How long a worker may take, in ms, before it says its first word, once others have said theirs.
const BEGIN_MS: f64 = 1_750.0;
/// How long a worker may take to load the program, or to begin where nobody knows how long that takes here,
/// in ms.
const LOAD_MS: f64 = 30_000.0;
/// Nor is one slow that takes up to so many times the longest that others took to begin.
const TIMES_LONGER: f64 = 4.0;
/// A page that was asleep for longer than this between two looks, in ms, heard nothing because it did not
/// listen.
const ASLEEP_MS: f64 = 1_000.0;

impl<R> Machine<R> {
    /// Looks at the clock: ends what has taken too long.
    pub fn look(&mut self, now_ms: f64) {
        let asleep_ms = (now_ms - self.looked_ms - ASLEEP_MS).max(0.0);
        self.looked_ms = now_ms;
        for worker in &mut self.workers {
            if let WorkerState::Asked { since_ms } | WorkerState::Loading { since_ms } =
                &mut worker.state
            {
                *since_ms += asleep_ms;
            }
        }
        self.look_at_tasks(now_ms);
        self.look_at_initializers(now_ms);
        self.look_at_starts(now_ms);
        self.go_on(now_ms);
    }

    /// When to look at the clock at the latest, in ms; `None` where nothing has a limit.
    pub fn next_look_ms(&self) -> Option<f64> {
        let due = self.workers.iter().filter_map(|worker| self.due_ms(worker));
        // While workers start, an early look tells a page that sleeps from a worker that does.
        let soonest = due.min_by(f64::total_cmp)?;
        let is_starting = self.workers.iter().any(Worker::is_starting);
        Some(if is_starting { soonest.min(self.looked_ms + ASLEEP_MS / 2.0) } else { soonest })
    }

    pub(super) fn look_at_tasks(&mut self, now_ms: f64) {
        let late: Vec<_> = self
            .workers
            .iter()
            .filter(|worker| self.due_ms(worker).is_some_and(|due_ms| due_ms <= now_ms))
            .filter_map(|worker| Some((worker.id, worker.running()?.0)))
            .collect();
        for (worker, task) in late {
            let limit_ms = self.tasks.get(&task).and_then(|task| task.options.timeout_ms);
            self.end(worker);
            self.counts.lost += 1;
            let limit_ms = limit_ms.unwrap_or_default().into();
            self.settle(task, Err(PoolProblem::TaskTimedOut { limit_ms }.into()));
        }
    }

    /// One that takes too long has failed.
    fn look_at_initializers(&mut self, now_ms: f64) {
        let is_late = |worker: &&Worker| {
            worker.is_initializing() && self.due_ms(worker).is_some_and(|due_ms| due_ms <= now_ms)
        };
        if self.workers.iter().any(|worker| is_late(&worker)) {
            let limit_ms = self.options.initializer_timeout_ms.unwrap_or_default().into();
            let late = PoolProblem::TaskTimedOut { limit_ms };
            self.break_down(Failure::invalid("initializer", Failure::from(late)));
        }
    }

    pub(super) fn look_at_starts(&mut self, now_ms: f64) {
        let late: Vec<_> = self
            .workers
            .iter()
            .filter(|worker| worker.is_starting())
            .filter(|worker| self.due_ms(worker).is_some_and(|due_ms| due_ms <= now_ms))
            .map(|worker| (worker.id, worker.state))
            .collect();
        let is_asked = |state: WorkerState| matches!(state, WorkerState::Asked { .. });
        let missing = late.iter().filter(|(_, state)| is_asked(*state)).count();
        for (worker, _) in &late {
            self.end(*worker);
        }
        let has_begun =
            |worker: &&Worker| worker.state != WorkerState::Waiting && !is_asked(worker.state);
        let begun = self.workers.iter().filter(has_begun).count();
        let wanted = self.options.workers;
        if missing > 0 {
            // One may have got lost, or be late where others have kept the machine busy.
            if missing == 1 && self.slowest_begin_ms.is_some() && self.may_try_again() {
                return;
            }
            if begun == 0 {
                let none = WorkerProblem::TooFewStarted { begun: 0, wanted: wanted as u64 };
                return self.break_down(none.into());
            }
            self.most = begun;
            self.actions.push(Action::Limited { begun, wanted });
        } else if !late.is_empty() {
            let (wanted, silent_ms) = (late.len() as u64, LOAD_MS as u64);
            let silent = WorkerProblem::SilentAtStart { wanted, silent_ms };
            self.failed_to_start(silent.into());
        }
    }

    /// When a worker has taken too long for what it is at, in ms.
    pub(super) fn due_ms(&self, worker: &Worker) -> Option<f64> {
        match worker.state {
            WorkerState::Asked { since_ms } => {
                let limit_ms = self.slowest_begin_ms.map_or(LOAD_MS, |slowest_ms| {
                    (TIMES_LONGER * slowest_ms).clamp(BEGIN_MS, LOAD_MS)
                });
                Some(since_ms + limit_ms)
            }
            WorkerState::Loading { since_ms } => Some(since_ms + LOAD_MS),
            WorkerState::Waiting | WorkerState::Idle => None,
            WorkerState::Initializing { since_ms } => {
                Some(since_ms + f64::from(self.options.initializer_timeout_ms?))
            }
            WorkerState::Busy { task, since_ms } => {
                let limit_ms = self.tasks.get(&task)?.options.timeout_ms?;
                Some(since_ms + f64::from(limit_ms))
            }
        }
    }
}
