//! A process pool that scripts submit tasks to: workers under the state machine of [`crate::pool`].

mod time;
mod worker;

use super::timeouts;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::turn::Timer;
use crate::browser::worker::WorkerEvent;
use crate::browser::{page, places, turn};
use crate::failure::{Failure, Result};
use crate::measure::Clock;
use crate::pool::{Action, Counts, Machine, PoolSpec, TaskId, TaskOptions, TaskState, WorkerId};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::rc::Rc;
use worker::{PoolWorker, Said};

/// What a task comes to: each of its calls by itself.
pub type Answers = Vec<Result<Answer>>;

/// What a pool tells whoever made it.
pub enum PoolNews {
    /// A worker takes tasks.
    Ready,
    /// A task has settled.
    Settled(TaskId, Result<Answers>),
    /// The browser starts no more workers.
    Limited {
        /// Workers that began.
        begun: usize,
        /// Workers that were wanted.
        wanted: usize,
    },
    /// It takes no more tasks, as no worker can be had.
    Broken(Failure),
    /// All its tasks have settled.
    Idle,
    /// It is shut down, and no worker is left.
    Closed,
}

/// A pool. Dropping it ends its workers.
#[derive(Clone)]
pub struct ProcessPool(Rc<Inner>);

struct Inner {
    spec: PoolSpec,
    module: ComputeModule,
    machine: RefCell<Machine<Answers>>,
    workers: RefCell<BTreeMap<WorkerId, PoolWorker>>,
    /// Workers that are to start once the browser has places for them.
    to_start: RefCell<Vec<WorkerId>>,
    calls: RefCell<BTreeMap<TaskId, Call>>,
    /// What is still to be done, in this order. What is told may lead to more.
    actions: RefCell<VecDeque<Action<Answers>>>,
    is_acting: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    /// Dropped once the pool is closed: nobody has to notice that the page is left.
    over: RefCell<Option<oneshot::Sender<()>>>,
    tell: Box<dyn Fn(PoolNews)>,
}

struct Call {
    workloads: Vec<Workload>,
    was_started: bool,
}

/// What a pool is at.
pub struct PoolState {
    /// Workers, those that are starting among them.
    pub workers: usize,
    /// Workers that are ready.
    pub ready: usize,
    /// Workers that run a task.
    pub busy: usize,
    /// Tasks that wait.
    pub queued: usize,
    /// Most workers.
    pub most_workers: usize,
    /// What has happened so far.
    pub counts: Counts,
}

impl ProcessPool {
    /// A pool as `spec` says, that calls `tell` with whatever becomes of it.
    ///
    /// # Errors
    /// `Unavailable` where the program that computes cannot be loaded.
    pub async fn open(spec: PoolSpec, tell: impl Fn(PoolNews) + 'static) -> Result<Self> {
        let module = ComputeModule::load().await?;
        let machine = Machine::new(spec.options.clone(), BrowserClock.now_ms());
        let pool = Self(Rc::new(Inner {
            spec,
            module,
            machine: RefCell::new(machine),
            workers: RefCell::default(),
            to_start: RefCell::default(),
            calls: RefCell::default(),
            actions: RefCell::default(),
            is_acting: Cell::new(false),
            timer: RefCell::default(),
            over: RefCell::default(),
            tell: Box::new(tell),
        }));
        pool.0.act();
        pool.end_when_left();
        Ok(pool)
    }

    /// Submits a task that computes these workloads, one after the other.
    ///
    /// # Errors
    /// As [`Machine::submit`].
    pub fn submit(&self, workloads: Vec<Workload>, options: TaskOptions) -> Result<TaskId> {
        let task = self.0.machine.borrow_mut().submit(options, BrowserClock.now_ms())?;
        self.0.calls.borrow_mut().insert(task, Call { workloads, was_started: false });
        self.0.act();
        Ok(task)
    }

    /// What is known of the pool as it was made.
    pub fn spec(&self) -> &PoolSpec {
        &self.0.spec
    }

    /// As [`Machine::cancel`].
    pub fn cancel(&self, task: TaskId) -> bool {
        self.change(|machine, now_ms| machine.cancel(task, now_ms))
    }

    /// As [`Machine::terminate`].
    pub fn terminate(&self, task: TaskId) -> bool {
        self.change(|machine, now_ms| machine.terminate(task, now_ms))
    }

    /// As [`Machine::resize`].
    pub fn resize(&self, workers: usize) {
        self.change(|machine, now_ms| machine.resize(workers, now_ms));
    }

    /// As [`Machine::shut_down`].
    pub fn shut_down(&self, cancel_pending: bool) {
        self.change(|machine, now_ms| machine.shut_down(cancel_pending, now_ms));
    }

    /// As [`Machine::terminate_workers`].
    pub fn terminate_workers(&self) {
        self.change(Machine::terminate_workers);
    }

    /// Whether a worker runs this task.
    pub fn is_running(&self, task: TaskId) -> bool {
        matches!(self.0.machine.borrow().state(task), Some(TaskState::Running(_)))
    }

    /// Whether any task has not settled.
    pub fn has_tasks(&self) -> bool {
        self.0.machine.borrow().has_tasks()
    }

    /// What it is at.
    pub fn state(&self) -> PoolState {
        let machine = self.0.machine.borrow();
        PoolState {
            workers: machine.workers(),
            ready: machine.ready_workers(),
            busy: machine.busy(),
            queued: machine.queued(),
            most_workers: machine.most_workers(),
            counts: machine.counts(),
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Machine<Answers>, f64) -> T) -> T {
        let came = change(&mut self.0.machine.borrow_mut(), BrowserClock.now_ms());
        self.0.act();
        came
    }

    /// Workers outlive a page that is left by seconds, unless they are ended.
    fn end_when_left(&self) {
        let pool = Rc::downgrade(&self.0);
        let (over, is_over) = oneshot::channel();
        *self.0.over.borrow_mut() = Some(over);
        turn::do_by_itself(async move {
            let is_left = matches!(select(pin!(page::left()), is_over).await, Either::Left(_));
            if let (true, Some(pool)) = (is_left, pool.upgrade()) {
                Self(pool).terminate_workers();
            }
        });
    }
}

impl Inner {
    /// Does whatever is to be done. What is told of it may ask for more, which is then done after
    /// what was there before.
    fn act(self: &Rc<Self>) {
        self.actions.borrow_mut().extend(self.machine.borrow_mut().actions());
        if self.is_acting.replace(true) {
            return;
        }
        loop {
            let next = self.actions.borrow_mut().pop_front();
            let Some(action) = next else { break };
            self.carry_out(action);
            self.actions.borrow_mut().extend(self.machine.borrow_mut().actions());
        }
        self.is_acting.set(false);
        self.set_timer();
    }

    fn carry_out(self: &Rc<Self>, action: Action<Answers>) {
        match action {
            Action::Start(worker) => self.start_soon(worker),
            Action::Initialize(worker) => {
                let initializer = self.spec.initializer.clone().into_iter().collect();
                self.post(worker, initializer, true);
            }
            Action::Run(worker, task) => {
                let call = self.calls.borrow_mut().get_mut(&task).map(|call| {
                    (call.workloads.clone(), !std::mem::replace(&mut call.was_started, true))
                });
                // One that was ended since is not there any more.
                if let Some((workloads, is_first)) = call {
                    self.post(worker, workloads, is_first);
                }
            }
            Action::End(worker) => {
                self.to_start.borrow_mut().retain(|waiting| *waiting != worker);
                // Ending it may call back.
                let _ended = self.workers.borrow_mut().remove(&worker);
            }
            Action::Settle(task, came) => {
                self.calls.borrow_mut().remove(&task);
                (self.tell)(PoolNews::Settled(task, came));
                if !self.machine.borrow().has_tasks() {
                    (self.tell)(PoolNews::Idle);
                }
            }
            Action::Limited { begun, wanted } => (self.tell)(PoolNews::Limited { begun, wanted }),
            Action::Broken(why) => (self.tell)(PoolNews::Broken(why)),
            Action::Closed => {
                self.over.take();
                (self.tell)(PoolNews::Closed);
            }
        }
    }

    /// Starts a worker, with all others that are to start, once the browser has places for them.
    fn start_soon(self: &Rc<Self>, worker: WorkerId) {
        let mut to_start = self.to_start.borrow_mut();
        to_start.push(worker);
        if to_start.len() > 1 {
            return;
        }
        let pool = Rc::downgrade(self);
        turn::do_by_itself(async move {
            let reserved = places::reserved().await;
            if let Some(pool) = pool.upgrade() {
                while let Some(worker) = pool.next_to_start() {
                    pool.start(worker);
                }
                pool.act();
            }
            drop(reserved);
        });
    }

    /// One at a time: where one cannot be started, others may have been ended since.
    fn next_to_start(&self) -> Option<WorkerId> {
        let mut to_start = self.to_start.borrow_mut();
        (!to_start.is_empty()).then(|| to_start.remove(0))
    }

    fn start(self: &Rc<Self>, worker: WorkerId) {
        self.machine.borrow_mut().asked(worker, BrowserClock.now_ms());
        let pool = Rc::downgrade(self);
        let started = PoolWorker::start(&self.module, move |event| {
            if let Some(pool) = pool.upgrade() {
                pool.hear(worker, event);
            }
        });
        match started {
            Ok(started) => drop(self.workers.borrow_mut().insert(worker, started)),
            Err(failure) => self.lose(worker, failure),
        }
    }

    fn hear(self: &Rc<Self>, worker: WorkerId, event: WorkerEvent) {
        let said = match self.workers.borrow_mut().get_mut(&worker) {
            Some(known) => known.hear(event),
            // It was ended.
            None => return,
        };
        let now_ms = BrowserClock.now_ms();
        match said {
            Said::Nothing => return,
            Said::Begun => self.machine.borrow_mut().begun(worker, now_ms),
            Said::Ready => {
                self.machine.borrow_mut().ready(worker, now_ms);
                (self.tell)(PoolNews::Ready);
            }
            Said::Called(answers) => {
                let was_starting = self.machine.borrow().task_of(worker).is_none();
                self.called(worker, answers, now_ms);
                if was_starting {
                    (self.tell)(PoolNews::Ready);
                }
            }
            Said::Lost(failure) => return self.lose(worker, failure),
        }
        self.act();
    }

    /// A worker has computed what it was asked for: its initializer, or its task.
    fn called(&self, worker: WorkerId, answers: Answers, now_ms: f64) {
        let mut machine = self.machine.borrow_mut();
        match machine.task_of(worker) {
            Some(task) => machine.finished(worker, task, Ok(answers), now_ms),
            None => {
                let failed = answers.into_iter().find_map(Result::err);
                machine.initialized(worker, failed.map_or(Ok(()), Err), now_ms);
            }
        }
    }

    fn lose(self: &Rc<Self>, worker: WorkerId, failure: Failure) {
        let computes = self.machine.borrow().computes(worker);
        let why = if computes { worker::of_its_task(failure) } else { failure };
        self.machine.borrow_mut().lost(worker, why, BrowserClock.now_ms());
        self.act();
    }

    fn post(self: &Rc<Self>, worker: WorkerId, workloads: Vec<Workload>, is_first: bool) {
        let posted = match self.workers.borrow_mut().get_mut(&worker) {
            Some(known) => known.call(workloads, is_first),
            None => Err(timeouts::nobody_left()),
        };
        if let Err(failure) = posted {
            self.machine.borrow_mut().lost(worker, failure, BrowserClock.now_ms());
        }
    }
}
