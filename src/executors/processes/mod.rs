//! Processes: a pool of workers, each with a memory of its own. Tasks and results
//! are serialized, sent and received for real.

mod data;
mod ongoing;
mod receiving;
mod sending;
mod state;

use super::instruments::Instruments;
use super::lanes;
use super::request_fixtures::PoolWork;
use super::run::{Pool, Preparing, Sampling};
use super::start_watch::Patience;
use super::timeouts::{self, Starting, Tries};
use crate::browser::compute_module::ComputeModule;
use crate::browser::service_worker::PartOfRun;
use crate::browser::worker::{Boot, Watch, Worker};
use crate::browser::{places, turn};
use crate::failure::Result;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Span};
use crate::models::{Executor, Options as ModelOptions, StartMethod};
use crate::workloads::Workload;
use crate::workloads::own::OwnData;
pub use data::Data;
use futures_util::future::{Either, select};
use ongoing::Gathered;
use state::{Done, Options, State};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::{Rc, Weak};

/// A pool of processes, with a workload ready.
pub struct Processes {
    state: Rc<RefCell<State>>,
    _requests: Option<PartOfRun>,
    instruments: Instruments,
    startup_ms: f64,
    started_again: bool,
    merged: Option<Vec<u8>>,
}

impl Processes {
    /// Makes the workload's static data, or takes the asker's `own`, and starts the
    /// workers.
    ///
    /// # Errors
    /// `WorkerLost` where one does not start, `OutOfMemory` where the data does
    /// not fit, `TimedOut` where nothing is heard.
    pub async fn start(
        executor: &Executor,
        work: PoolWork,
        own: Option<&OwnData>,
        module: &ComputeModule,
        instruments: Instruments,
    ) -> Result<Self> {
        let PoolWork { workload, requests } = work;
        let ModelOptions { workers, chunk_size, start_method, data_mode, static_data, .. } =
            &executor.options;
        let options = Options {
            workers: *workers as usize,
            chunk_size: *chunk_size as usize,
            data_mode: *data_mode,
            static_data: *static_data,
            spans: instruments.spans,
        };
        let way = (*data_mode, *static_data);
        let data = Data::make(&workload, own, way, &instruments.turns).await?;
        let state = Rc::new(RefCell::new(State::new(workload, data, options)));
        // One that is handed nothing fetches the program, which may take it long.
        let (module, patience) = match start_method {
            StartMethod::Forkserver => (Some(module), Patience::Short),
            StartMethod::Spawn => (None, Patience::Long),
        };
        let boot = Boot { module, memory: None, threads: 0, watch: Watch::Soon };
        let mut tries = Tries::of(*workers);
        let startup_ms = loop {
            let reserved = places::reserved().await;
            let started_ms = instruments.clock.now_ms();
            let starting = Starting::new(*workers, tries.patience(patience));
            let prepared = Self::start_workers(&state, &boot, &starting)?;
            drop(reserved);
            match starting.bounded(prepared).await {
                Ok(prepared_ms) => break prepared_ms - started_ms,
                Err(why) => {
                    state.borrow_mut().end_workers();
                    tries.again(why)?;
                }
            }
        };
        let started_again = tries.is_second();
        Ok(Self {
            state,
            _requests: requests,
            instruments,
            startup_ms,
            started_again,
            merged: None,
        })
    }

    /// Starts the workers of a pool; `starting` watches them start.
    fn start_workers(state: &Rc<RefCell<State>>, boot: &Boot, starting: &Starting) -> Result<Done> {
        let prepared = state.borrow_mut().begin_anew();
        // The handlers know the state only weakly: it owns the workers that own
        // the handlers.
        let (weak, workers) = (Rc::downgrade(state), state.borrow().workers());
        for worker in 0..workers {
            let starting = starting.clone();
            let receive = with_state(&weak, move |state, event| state.receive(worker, event));
            let worker = Worker::start(boot, move |event| {
                if !starting.heard(&event) {
                    receive(event);
                }
            })?;
            state.borrow_mut().add_worker(worker);
        }
        Ok(prepared)
    }

    /// The lanes of a sample; the page's is the first.
    fn lanes(
        &self,
        mut page: Lane,
        workers: Vec<Vec<Span>>,
        from_ms: f64,
        to_ms: f64,
    ) -> Vec<Lane> {
        // Between two messages the page waits for its workers.
        lanes::fill(&mut page.spans, from_ms, to_ms);
        let state = self.state.borrow();
        let process = |(at, spans): (usize, Vec<Span>)| Lane {
            clock: state.clock(at),
            ..Lane::new(LaneKind::Process, at + 1, spans)
        };
        std::iter::once(page).chain(workers.into_iter().enumerate().map(process)).collect()
    }

    /// Waits for the sample's end, as long as anything is heard now and then. Gives the
    /// moment of its end, in ms.
    async fn settled(&self, mut done: Done) -> Result<f64> {
        loop {
            let (heard_ms, limit_ms) = self.state.borrow().last_heard();
            let left_ms = heard_ms + f64::from(limit_ms) - self.instruments.clock.now_ms();
            if left_ms <= 0.0 {
                return Err(timeouts::timed_out(limit_ms));
            }
            match select(done, pin!(turn::sleep(left_ms.ceil() as u32))).await {
                Either::Left((Ok(result), _)) => return result,
                Either::Left((Err(_), _)) => return Err(timeouts::nobody_left()),
                // Something may have been heard meanwhile.
                Either::Right(((), still)) => done = still,
            }
        }
    }
}

fn with_state<E: 'static>(
    state: &Weak<RefCell<State>>,
    handle: impl Fn(&mut State, E) + 'static,
) -> impl Fn(E) + 'static {
    let state = state.clone();
    move |event| {
        if let Some(state) = state.upgrade() {
            handle(&mut state.borrow_mut(), event);
        }
    }
}

impl Pool for Processes {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let clock = self.instruments.clock;
            self.instruments.begin().await;
            let started_ms = clock.now_ms();
            let done = self.state.borrow_mut().begin(times, started_ms)?;
            let ended_ms = self.settled(done).await?;
            let gathered = self.state.borrow_mut().gathered();
            let Gathered { page, workers, merged, bytes_sent, bytes_received } = gathered;
            let mut page = Lane::new(LaneKind::Page, 1, page);
            let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
            let lanes = if self.instruments.spans {
                self.lanes(page, workers, started_ms, ended_ms)
            } else {
                vec![page]
            };
            let state = self.state.borrow();
            let answer = state.workload().answer(&merged);
            self.merged = state.workload().work().is_shown().then_some(merged);
            let computations = times;
            Ok(Sample {
                started_ms,
                ended_ms,
                computations,
                lanes,
                blocked_ms,
                bytes_sent,
                bytes_received,
                answer,
            })
        })
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        Box::pin(async move {
            let way = {
                let state = self.state.borrow();
                (state.options.data_mode, state.options.static_data)
            };
            let data = Data::make(workload, None, way, &self.instruments.turns).await?;
            let is_prepared = self.state.borrow_mut().begin_another(workload.clone(), data)?;
            self.settled(is_prepared).await.map(drop)
        })
    }

    fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    fn started_again(&self) -> bool {
        self.started_again
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.merged.take()
    }
}
