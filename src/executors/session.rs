//! Runs, one at a time: the page's Run button and scripts come through here alike.

use super::fleet::{BrowserFleet, GoOn, ProgressSink};
use super::obstacle;
use super::profile::Profile;
use super::profile::browser::profile_on;
use super::run::{self, Finished};
use crate::browser::capabilities::machine_gib;
use crate::browser::clock::BrowserClock;
use crate::browser::heartbeat::Heartbeat;
use crate::browser::{deferred, page, turn};
use crate::experiment::room::Room;
use crate::experiment::{Experiment, Repeats};
use crate::failure::{Failure, Result, Unavailable};
use crate::measure::Clock;
use crate::measure::report::{Capabilities, Facts, Machine};
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::Workload;
use crate::workloads::own::{self, OwnData};
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;

/// The element that shows the page's heartbeat, and its attribute that does.
const HEART: (&str, &str) = ("heart", "data-beat");
/// Steps after which the heart's show begins again.
const HEART_STEPS: u32 = 12;
/// How long a script's pools may be without a task, in ms, before the page shows that nothing runs: a script that
/// submits one task after another would have the page drawn twice for each.
const AT_REST_MS: u32 = 50;

/// Completes when the run is cancelled.
pub type Cancelled<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// The caller of a run: its data, and callbacks for progress and decisions.
pub struct Asker {
    /// The caller's own data, if the workload needs it.
    pub own: Option<OwnData>,
    /// Told how far it is.
    pub tell: ProgressSink,
    /// Asked whether to continue after a disturbance.
    pub go_on: GoOn,
    /// What was measured before, where the run goes on from another.
    pub before: Option<Facts>,
    /// Set once the asker has seen enough; the run then ends with what it has.
    pub enough: Rc<Cell<bool>>,
}

/// What comes of `work`, unless `cancelled` comes or the page is left before.
async fn until_ended<T>(
    work: impl Future<Output = Result<T>>,
    cancelled: Cancelled<'_>,
) -> Result<T> {
    // Workers outlive a page that is left by seconds, unless they are told.
    let left = pin!(page::left());
    let ended = select(cancelled, left);
    // Whoever loses is dropped here, and its workers with it.
    match select(ended, pin!(work)).await {
        Either::Left(_) => Err(Failure::cancelled()),
        Either::Right((finished, _)) => finished,
    }
}

/// Where runs take place.
pub struct Session {
    capabilities: RefCell<Capabilities>,
    is_busy: Cell<bool>,
    /// Scripts' pools that have tasks.
    busy_pools: Cell<u32>,
    /// What the watcher was told last.
    told_busy: Cell<bool>,
    /// Whether the watcher will be told in a moment.
    will_tell: Cell<bool>,
    watcher: RefCell<Option<Watcher>>,
}

/// Told when something begins to run, and when nothing runs any more.
type Watcher = Box<dyn Fn(bool)>;

/// Says that nothing runs any more, however the run ended.
struct Busy<'a>(&'a Session);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.be_busy(false);
    }
}

/// Says that a script's pool has tasks, until dropped.
pub struct BusyPool(Rc<Session>);

impl Drop for BusyPool {
    fn drop(&mut self) {
        let left = self.0.busy_pools.get().saturating_sub(1);
        self.0.busy_pools.set(left);
        if left == 0 {
            self.0.is_busy.set(false);
            Session::tell_soon(&self.0);
        }
    }
}

impl Session {
    /// A session in a browser that can do this.
    pub fn new(capabilities: Capabilities) -> Self {
        Self {
            capabilities: RefCell::new(capabilities),
            is_busy: Cell::new(false),
            busy_pools: Cell::new(0),
            told_busy: Cell::new(false),
            will_tell: Cell::new(false),
            watcher: RefCell::new(None),
        }
    }

    /// Tells `watcher` from now on whether something runs.
    pub fn watch(&self, watcher: impl Fn(bool) + 'static) {
        *self.watcher.borrow_mut() = Some(Box::new(watcher));
    }

    fn be_busy(&self, is_busy: bool) {
        self.is_busy.set(is_busy);
        self.tell();
    }

    fn tell(&self) {
        let is_busy = self.is_busy.get();
        if self.told_busy.replace(is_busy) == is_busy {
            return;
        }
        if let Some(watcher) = &*self.watcher.borrow() {
            watcher(is_busy);
        }
    }

    /// Tells the watcher in a moment, if something has changed until then.
    fn tell_soon(self: &Rc<Self>) {
        if self.will_tell.replace(true) {
            return;
        }
        let session = self.clone();
        turn::do_by_itself(async move {
            turn::sleep(AT_REST_MS).await;
            session.will_tell.set(false);
            session.tell();
        });
    }

    /// Whether something runs, whoever asked for it.
    pub fn is_busy(&self) -> bool {
        self.is_busy.get()
    }

    /// The failure of starting a run while another one is under way.
    pub fn busy() -> Failure {
        Unavailable::Busy.into()
    }

    /// What the browser can do, as far as is known.
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities.borrow().clone()
    }

    /// Learns more about what the browser can do.
    pub fn learn(&self, mut capabilities: Capabilities) {
        let mut known = self.capabilities.borrow_mut();
        // A run may have counted the cores meanwhile.
        let machine = &mut capabilities.machine;
        machine.effective_cores = machine.effective_cores.or(known.machine.effective_cores);
        *known = capabilities;
    }

    /// Learns how many cores a run has measured.
    fn learn_cores(&self, found: &Machine) {
        self.capabilities.borrow_mut().machine.effective_cores = found.effective_cores;
    }

    /// Runs `experiment` for `asker`, until `cancelled` comes: then everything that was started is
    /// ended at once.
    ///
    /// # Errors
    /// `Unavailable` where something else runs or the workload cannot run here,
    /// `InvalidInput` where it wants data that the asker does not bring, `OutOfMemory` where it
    /// cannot fit, and `Cancelled`.
    pub async fn run(
        &self,
        experiment: &Experiment,
        asker: Asker,
        cancelled: Cancelled<'_>,
    ) -> Result<Finished> {
        let _busy = self.begin()?;
        let capabilities = self.capabilities();
        obstacle::check_workload(&capabilities, &experiment.workload)?;
        experiment.check_asked()?;
        // The calibrator has a memory for each core.
        let cores = capabilities.machine.hardware_concurrency.clamp(1, MAX_WORKERS);
        experiment.check_room(Room::on(machine_gib(), cores))?;
        own::check(experiment.workload.work().own_len(), asker.own.as_ref())?;
        let running = async {
            deferred::load().await;
            self.run_loaded(experiment, capabilities, asker).await
        };
        until_ended(running, cancelled).await
    }

    /// Profiles `workload`, with the asker's `own` data where it wants some, until `cancelled`
    /// comes.
    ///
    /// # Errors
    /// As [`Session::run`], and as [`profile`](super::profile::profile).
    pub async fn profile(
        &self,
        workload: &Workload,
        own: Option<OwnData>,
        cancelled: Cancelled<'_>,
    ) -> Result<Profile> {
        own::check(workload.work().own_len(), own.as_ref())?;
        // With the pauses that a run of the lab has for it: what slept for a while starts more slowly.
        let heart = Some(Heartbeat::start(|_| {}));
        self.run_alone(self.profile_loaded(workload, own, heart), cancelled).await
    }

    /// Profiles `workload` as a part of what runs alone already, and measures without a pause.
    ///
    /// # Errors
    /// As [`Session::profile`].
    pub async fn profile_beside(&self, workload: &Workload) -> Result<Profile> {
        self.profile_loaded(workload, None, None).await
    }

    /// Does `work` as the only thing that runs, until `cancelled` comes: then everything that it
    /// has started is ended at once. For what is no experiment, as a pitfall.
    ///
    /// # Errors
    /// `Unavailable` where something else runs; `Cancelled`; what `work` fails with.
    pub async fn run_alone<T>(
        &self,
        work: impl Future<Output = Result<T>>,
        cancelled: Cancelled<'_>,
    ) -> Result<T> {
        let _busy = self.begin()?;
        let working = async {
            deferred::load().await;
            work.await
        };
        until_ended(working, cancelled).await
    }

    /// Says that something runs from now on, until what this gives is dropped.
    fn begin(&self) -> Result<Busy<'_>> {
        if self.is_busy.get() {
            return Err(Self::busy());
        }
        self.be_busy(true);
        Ok(Busy(self))
    }

    /// Says that a script's pool has tasks from now on, until what this gives is dropped. Several may have
    /// some at the same time, but none while something else runs: they would disturb it.
    ///
    /// # Errors
    /// `Unavailable` where something else runs.
    pub fn begin_pool(self: &Rc<Self>) -> Result<BusyPool> {
        if self.is_busy.get() && self.busy_pools.get() == 0 {
            return Err(Self::busy());
        }
        if self.busy_pools.replace(self.busy_pools.get() + 1) == 0 {
            self.be_busy(true);
        }
        Ok(BusyPool(self.clone()))
    }

    /// Runs `experiment`, once all of the page's program is there.
    // Boxed, since it is not part of a first visit, and its caller is.
    fn run_loaded<'a>(
        &'a self,
        experiment: &'a Experiment,
        capabilities: Capabilities,
        asker: Asker,
    ) -> Pin<Box<dyn Future<Output = Result<Finished>> + 'a>> {
        let Asker { own, tell, go_on, before, enough } = asker;
        Box::pin(async move {
            let show = |step: u32| {
                page::set_attribute(HEART.0, HEART.1, &(step % HEART_STEPS).to_string());
            };
            let heart = Some(Heartbeat::start(show));
            let fleet =
                BrowserFleet::new(capabilities, own, experiment, tell, go_on, enough, heart)
                    .await?;
            let finished = run::go_on(&fleet, experiment, before).await;
            self.learn_cores(&finished.report.environment.machine);
            Ok(finished)
        })
    }

    /// Profiles `workload`, once all of the page's program is there.
    // Boxed, as the other one.
    fn profile_loaded<'a>(
        &'a self,
        workload: &'a Workload,
        own: Option<OwnData>,
        heart: Option<Heartbeat>,
    ) -> Pin<Box<dyn Future<Output = Result<Profile>> + 'a>> {
        Box::pin(async move {
            let began_ms = BrowserClock.now_ms();
            let capabilities = self.capabilities();
            obstacle::check_workload(&capabilities, workload)?;
            let experiment = Experiment {
                workload: workload.clone(),
                executors: vec![Executor::new(ExecutorKind::MainThread, 1)],
                repeats: Repeats::Fixed(1),
                warmup: 0,
                seed: 1,
                spans: false,
                timeout_ms: None,
            };
            experiment.check_asked()?;
            let cores = capabilities.machine.hardware_concurrency.clamp(1, MAX_WORKERS);
            experiment.check_room(Room::on(machine_gib(), cores))?;
            let go_on: GoOn = Box::new(|| Box::pin(std::future::ready(())));
            let (tell, enough) = (Box::new(|_| {}), Rc::default());
            let of_fleet = capabilities.clone();
            let fleet =
                BrowserFleet::new(of_fleet, own, &experiment, tell, go_on, enough, heart).await?;
            profile_on(&fleet, workload, capabilities, began_ms).await
        })
    }
}
