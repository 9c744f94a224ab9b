//! A pool whose workers, clock and futures are simulated: whatever its state machine asks for is carried out
//! and checked.

use concurrency_playground::failure::{Failure, WorkerProblem};
use concurrency_playground::pool::{
    Action, Machine, PoolOptions, StartWhen, TaskId, TaskOptions, WorkerId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a simulated worker is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The browser has no place for it.
    Waiting,
    /// It was asked for.
    Asked,
    /// It has begun.
    Begun,
    /// It runs its initializer.
    Initializing,
    /// It waits.
    Idle,
    /// It runs a task.
    Running(TaskId),
}

/// A pool, and what became of everything in it. What a task comes to is its number.
pub struct Simulation {
    pub machine: Machine<u32>,
    pub now_ms: f64,
    pub workers: BTreeMap<WorkerId, At>,
    pub ended: BTreeSet<WorkerId>,
    pub submitted: Vec<TaskId>,
    /// Those of them that may be run again.
    pub repeatable: BTreeSet<TaskId>,
    pub settled: BTreeMap<TaskId, Result<u32, Failure>>,
    /// In which order.
    pub order: Vec<TaskId>,
    /// Which tasks were started, in which order.
    pub runs: Vec<TaskId>,
    pub broken: Option<Failure>,
    pub limited: Option<(usize, usize)>,
    pub closed: u32,
    /// Whether the browser has places for workers; where not, those that are to start wait.
    pub has_places: bool,
}

/// A pool of so many workers, all else at its default.
pub fn options(workers: usize) -> PoolOptions {
    PoolOptions {
        workers,
        start_when: StartWhen::OnDemand,
        max_tasks_per_child: None,
        has_initializer: false,
        initializer_timeout_ms: None,
    }
}

/// What a lost worker's task fails with.
pub fn gone() -> Failure {
    WorkerProblem::Gone.into()
}

impl Simulation {
    pub fn new(options: PoolOptions) -> Self {
        let mut simulation = Self {
            machine: Machine::new(options, 0.0),
            now_ms: 0.0,
            workers: BTreeMap::new(),
            ended: BTreeSet::new(),
            submitted: Vec::new(),
            repeatable: BTreeSet::new(),
            settled: BTreeMap::new(),
            order: Vec::new(),
            runs: Vec::new(),
            broken: None,
            limited: None,
            closed: 0,
            has_places: true,
        };
        simulation.carry_out();
        simulation
    }

    /// A pool of so many workers.
    pub fn of(workers: usize) -> Self {
        Self::new(options(workers))
    }

    /// Does what the machine asks for, and checks that it may ask for it.
    pub fn carry_out(&mut self) {
        for action in self.machine.actions() {
            match action {
                Action::Start(worker) => {
                    assert!(!self.ended.contains(&worker), "{worker:?} is started again");
                    let at = if self.has_places { At::Asked } else { At::Waiting };
                    let before = self.workers.insert(worker, at);
                    assert_eq!(before, None, "{worker:?} is started twice");
                    if self.has_places {
                        self.machine.asked(worker, self.now_ms);
                    }
                }
                Action::Initialize(worker) => self.goes(worker, At::Begun, At::Initializing),
                Action::Run(worker, task) => {
                    assert!(!self.settled.contains_key(&task), "{task:?} has settled");
                    self.goes(worker, At::Idle, At::Running(task));
                    self.runs.push(task);
                }
                Action::End(worker) => {
                    assert!(self.workers.remove(&worker).is_some(), "{worker:?} is not there");
                    self.ended.insert(worker);
                }
                Action::Settle(task, came) => {
                    let before = self.settled.insert(task, came);
                    assert_eq!(before, None, "{task:?} settles twice");
                    self.order.push(task);
                }
                Action::Limited { begun, wanted } => self.limited = Some((begun, wanted)),
                Action::Broken(why) => {
                    assert_eq!(self.broken.replace(why), None, "it breaks twice");
                }
                Action::Closed => self.closed += 1,
            }
        }
        assert_eq!(self.workers.len(), self.machine.workers());
        assert!(self.closed <= 1, "it closes twice");
    }

    fn goes(&mut self, worker: WorkerId, from: At, to: At) {
        let at = self.workers.get_mut(&worker);
        let at = at.unwrap_or_else(|| panic!("{worker:?} is asked for something and not there"));
        // Where there is no initializer, a worker that is ready is idle.
        let is_ready = *at == At::Begun && from == At::Idle;
        assert!(*at == from || is_ready, "{worker:?} is at {at:?}, not at {from:?}");
        *at = to;
    }

    /// The browser has places again: all workers that wait are asked for.
    pub fn gets_places(&mut self) {
        self.has_places = true;
        while let Some(worker) = self.one_at(|at| at == At::Waiting) {
            self.workers.insert(worker, At::Asked);
            self.machine.asked(worker, self.now_ms);
        }
    }

    pub fn submit(&mut self) -> TaskId {
        self.submit_with(TaskOptions::default())
    }

    pub fn submit_with(&mut self, options: TaskOptions) -> TaskId {
        self.try_submit(options).expect("it takes tasks")
    }

    pub fn try_submit(&mut self, options: TaskOptions) -> Result<TaskId, Failure> {
        let task = self.machine.submit(options, self.now_ms)?;
        self.submitted.push(task);
        if options.repeatable {
            self.repeatable.insert(task);
        }
        self.carry_out();
        Ok(task)
    }

    /// A worker begins and gets ready.
    pub fn gets_ready(&mut self, worker: WorkerId) {
        self.begins(worker);
        self.machine.ready(worker, self.now_ms);
        self.carry_out();
    }

    pub fn begins(&mut self, worker: WorkerId) {
        self.machine.begun(worker, self.now_ms);
        if let Some(at @ At::Asked) = self.workers.get_mut(&worker) {
            *at = At::Begun;
        }
    }

    /// All workers that are starting get ready.
    pub fn all_get_ready(&mut self) {
        while let Some(worker) = self.one_at(|at| matches!(at, At::Asked | At::Begun)) {
            self.gets_ready(worker);
            if self.workers.get(&worker) == Some(&At::Begun) {
                self.workers.insert(worker, At::Idle);
            }
        }
    }

    pub fn initializer_ends(&mut self, worker: WorkerId, ended: Result<(), Failure>) {
        if ended.is_ok() {
            self.workers.insert(worker, At::Idle);
        }
        self.machine.initialized(worker, ended, self.now_ms);
        self.carry_out();
    }

    /// The worker that runs `task` finishes it.
    pub fn finishes(&mut self, task: TaskId) {
        self.ends(task, Ok(task.0));
    }

    /// The worker that runs `task` says that it came to this.
    pub fn ends(&mut self, task: TaskId, came: Result<u32, Failure>) {
        let worker = self.worker_of(task);
        self.workers.insert(worker, At::Idle);
        self.machine.finished(worker, task, came, self.now_ms);
        self.carry_out();
    }

    /// The worker that runs `task` is lost.
    pub fn loses_worker_of(&mut self, task: TaskId) {
        let worker = self.worker_of(task);
        self.loses(worker);
    }

    pub fn loses(&mut self, worker: WorkerId) {
        self.machine.lost(worker, gone(), self.now_ms);
        self.carry_out();
    }

    /// Time passes, and the pool looks at the clock whenever it wants to.
    pub fn passes(&mut self, ms: f64) {
        let until_ms = self.now_ms + ms;
        while let Some(at_ms) = self.machine.next_look_ms().filter(|at_ms| *at_ms <= until_ms) {
            self.now_ms = self.now_ms.max(at_ms);
            self.machine.look(self.now_ms);
            self.carry_out();
        }
        self.now_ms = until_ms;
    }

    /// Everything goes well from now on, until nothing is left to happen.
    pub fn goes_well(&mut self) {
        self.gets_places();
        loop {
            if let Some(worker) = self.one_at(|at| at == At::Initializing) {
                self.initializer_ends(worker, Ok(()));
            } else if let Some(worker) = self.one_at(|at| matches!(at, At::Asked | At::Begun)) {
                self.gets_ready(worker);
                if self.workers.get(&worker) == Some(&At::Begun) {
                    self.workers.insert(worker, At::Idle);
                }
            } else if let Some(task) = self.running().first().copied() {
                self.finishes(task);
            } else {
                return;
            }
        }
    }

    pub fn running(&self) -> Vec<TaskId> {
        let running = self.workers.values().filter_map(|at| match at {
            At::Running(task) => Some(*task),
            _ => None,
        });
        running.collect()
    }

    pub fn worker_of(&self, task: TaskId) -> WorkerId {
        let runs = |(worker, at): (&WorkerId, &At)| (*at == At::Running(task)).then_some(*worker);
        self.workers.iter().find_map(runs).unwrap_or_else(|| panic!("nobody runs {task:?}"))
    }

    pub fn one_at(&self, is: impl Fn(At) -> bool) -> Option<WorkerId> {
        self.workers.iter().find(|(_, at)| is(**at)).map(|(worker, _)| *worker)
    }
}
