//! Workers, from the page's side.
//!
//! The threads of a pool are started by the page, too, and not by their coordinator: Chromium sometimes never
//! ends a worker that another one started, nor the one that started it.

use super::buffer::Buffer;
use super::clock::BrowserClock;
use super::compute_module::ComputeModule;
use super::lock::LifeWatch;
use super::shared_words::SharedWords;
use super::{error, message, page, places};
use crate::failure::stop::{CLOSED, Stop};
use crate::failure::{Failure, Result, Unavailable, Who, WorkProblem, WorkerProblem};
use crate::measure::Clock;
use crate::models::DataMode;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Object, Reflect, WebAssembly};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

/// What a worker needs to begin.
pub struct Boot<'a> {
    /// The compiled program; without it the worker fetches and compiles its own.
    pub module: Option<&'a ComputeModule>,
    /// A copy of another process's memory, which becomes the worker's own; its buffer changes
    /// hands. Without it the program starts with a memory of its own.
    pub memory: Option<&'a Buffer>,
    /// Threads of the pool, the worker itself among them; 0 for a process.
    pub threads: u32,
    /// From when on to notice where it, or a thread of its pool, ends without a word.
    pub watch: Watch,
}

/// From when on a worker is watched. It holds a lock for as long as it lives, which the browser releases then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// Never.
    Never,
    /// From half a second after it is ready: taking the lock would be some milliseconds of its start.
    Soon,
    /// From before it is ready.
    AtStart,
}

thread_local! {
    /// Whether any worker of this page ever began: then the script is there, and near.
    static HAS_BEGUN: Cell<bool> = const { Cell::new(false) };
    /// The number of the next lock.
    static NEXT_LOCK: Cell<u32> = const { Cell::new(0) };
}

/// What comes from a worker.
pub enum WorkerEvent {
    /// It has begun, or a thread of its pool has; nothing is loaded yet.
    Begun,
    /// It has loaded the program, or a thread of its pool has.
    Loaded,
    /// A message.
    Message {
        /// When it was picked up, in ms.
        received_ms: f64,
        /// Its envelope.
        bytes: Vec<u8>,
        /// What came beside it.
        buffers: Vec<Buffer>,
    },
    /// The coordinator of a pool shares words of its memory.
    Shared(SharedWords),
    /// The worker, or a thread of its pool, did not start, or stopped.
    Lost(Failure),
}

/// A worker and the threads of its pool; dropping it ends them, whatever they are doing.
pub struct Worker {
    worker: web_sys::Worker,
    threads: Vec<web_sys::Worker>,
    places: Rc<Reserved>,
    listeners: Vec<[EventListener; 3]>,
}

/// What is heard of a worker, or of a thread of its pool.
enum Heard {
    /// What whoever started the worker is told.
    Event(WorkerEvent),
    /// It holds a lock of this name, by which it is watched.
    Locked(String),
    /// It is a coordinator that has made its pool: what its threads need to join it.
    PoolMade(Object),
}

/// Hears of a worker and of the threads of its pool.
struct Listener {
    threads: Vec<web_sys::Worker>,
    module: JsValue,
    is_watched: bool,
    places: Rc<Reserved>,
    watches: RefCell<Vec<LifeWatch>>,
    handle: Rc<dyn Fn(WorkerEvent)>,
}

/// The places that a worker, and those that start with it, were asked for.
pub(super) struct Reserved {
    all: u32,
    /// How many of them have still to begin.
    waiting: Cell<u32>,
}

impl Reserved {
    pub(super) fn ask(workers: u32) -> Rc<Self> {
        places::ask(workers);
        Rc::new(Self { all: workers, waiting: Cell::new(workers) })
    }

    pub(super) fn note_begun(&self) {
        if let Some(waiting) = self.waiting.get().checked_sub(1) {
            self.waiting.set(waiting);
            places::settle(1);
        }
    }

    /// Ends `worker` and its `threads`, which these places were for. The last that was started ends first:
    /// where some still wait for their places, it is those, and they are not to get the place of another.
    pub(super) fn end(&self, worker: &web_sys::Worker, threads: &[web_sys::Worker]) {
        let last_first = threads.iter().rev().chain([worker]);
        if self.waiting.get() == self.all {
            last_first.for_each(web_sys::Worker::terminate);
        } else {
            places::settle(self.waiting.take());
            last_first.for_each(places::end);
        }
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        places::settle(self.waiting.get());
    }
}

impl Worker {
    /// Whether a worker that is to begin needs nothing that has still to come over the network.
    pub fn script_is_near() -> bool {
        HAS_BEGUN.with(Cell::get)
    }

    /// Starts a worker and calls `handle` with whatever comes from it.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses to start one.
    pub fn start(boot: &Boot, handle: impl Fn(WorkerEvent) + 'static) -> Result<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let url = format!("{}compute/worker.js", page::base());
        let places = Reserved::ask(boot.threads.max(1));
        let start = || web_sys::Worker::new_with_options(&url, &options).map_err(refused);
        // From here on whatever is refused ends what has been started.
        let mut started =
            Self { worker: start()?, threads: Vec::new(), places, listeners: Vec::new() };
        for _ in 1..boot.threads {
            started.threads.push(start()?);
        }
        let module = boot.module.map_or(JsValue::UNDEFINED, |module| module.as_js().clone());
        let listener = Rc::new(Listener {
            threads: started.threads.clone(),
            module: module.clone(),
            is_watched: boot.watch != Watch::Never,
            places: started.places.clone(),
            watches: RefCell::default(),
            handle: Rc::new(handle),
        });
        started.listeners.push(listener.clone().listen_to(&started.worker, Who::Worker));
        for thread in &started.threads {
            started.listeners.push(listener.clone().listen_to(thread, Who::Thread));
        }
        let message = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&message, &key.into(), value);
        set("module", &module).map_err(refused)?;
        set("threads", &boot.threads.into()).map_err(refused)?;
        set("base", &page::base().into()).map_err(refused)?;
        if boot.watch != Watch::Never {
            set("lock", &new_lock().into()).map_err(refused)?;
            set("isLockedAtStart", &(boot.watch == Watch::AtStart).into()).map_err(refused)?;
        }
        let posted = match boot.memory {
            None => started.worker.post_message(&message),
            Some(memory) => {
                set("image", memory.as_js()).map_err(refused)?;
                let transfer = Array::of1(&memory.transferable());
                started.worker.post_message_with_transfer(&message, &transfer)
            }
        };
        posted.map_err(refused)?;
        Ok(started)
    }

    /// Sends an encoded message to the worker, with `buffers` beside it.
    ///
    /// # Errors
    /// `OutOfMemory`, or `TaskFailed` where the browser refuses for another reason.
    pub fn post(&self, bytes: &[u8], buffers: &[Buffer], data_mode: DataMode) -> Result<()> {
        let sent = message::send(bytes, buffers, data_mode, |message, transfer| match transfer {
            Some(transfer) => self.worker.post_message_with_transfer(message, transfer),
            None => self.worker.post_message(message),
        });
        sent.map_err(|thrown| match Stop::read(&error::message(&thrown)) {
            Stop::Broken(said) => WorkProblem::MessageRefused { said: said.into() }.into(),
            memory => memory.failure(Who::Page),
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.places.end(&self.worker, &self.threads);
    }
}

impl Listener {
    fn listen_to(self: Rc<Self>, worker: &web_sys::Worker, who: Who) -> [EventListener; 3] {
        let on = |name: &'static str, read: fn(&web_sys::Event, &Who) -> Heard| {
            let (listener, who) = (self.clone(), who.clone());
            // What a worker throws is handled here: the browser need not report it as well.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(worker, name, options, move |event| {
                event.prevent_default();
                listener.hear(read(event, &who));
            })
        };
        [
            on("message", read_message),
            on("messageerror", |_, _| lost(WorkerProblem::NotReceived)),
            on("error", |event, who| {
                let said = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                match said.filter(|said| !said.is_empty()) {
                    Some(said) => stopped(&said, who),
                    None => lost(WorkerProblem::NotLoaded),
                }
            }),
        ]
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Locked(name) => {
                let handle = self.handle.clone();
                let died = move || handle(WorkerEvent::Lost(WorkerProblem::Gone.into()));
                self.watches.borrow_mut().extend(LifeWatch::start(&name, died));
            }
            Heard::PoolMade(pool) => {
                if let Err(thrown) = self.have_threads_join(&pool) {
                    (self.handle)(WorkerEvent::Lost(refused(thrown)));
                }
            }
            Heard::Event(event) => {
                if let WorkerEvent::Begun = event {
                    HAS_BEGUN.with(|has_begun| has_begun.set(true));
                    self.places.note_begun();
                }
                (self.handle)(event);
            }
        }
    }

    fn have_threads_join(&self, pool: &Object) -> Result<(), JsValue> {
        Reflect::set(pool, &"module".into(), &self.module)?;
        for thread in &self.threads {
            if self.is_watched {
                Reflect::set(pool, &"lock".into(), &new_lock().into())?;
                // A thread that serves its pool hears nothing any more.
                Reflect::set(pool, &"isLockedAtStart".into(), &true.into())?;
            }
            thread.post_message(pool)?;
        }
        Ok(())
    }
}

/// Bytes, which are the protocol's; a pool's words; or what `worker.js` says.
fn read_message(event: &web_sys::Event, who: &Who) -> Heard {
    // Before its data is read: only then does the browser deserialize it.
    let received_ms = BrowserClock.now_ms();
    let data = event.unchecked_ref::<MessageEvent>().data();
    if let Some((bytes, buffers)) = message::parse(&data) {
        return Heard::Event(WorkerEvent::Message { received_ms, bytes, buffers });
    }
    if let Some(words) = read_words(&data) {
        return Heard::Event(WorkerEvent::Shared(words));
    }
    let get = |key: &str| Reflect::get(&data, &key.into()).ok();
    let text = |key: &str| get(key)?.as_string();
    match text("starting").as_deref() {
        Some("begun") => return Heard::Event(WorkerEvent::Begun),
        Some("ready") => return Heard::Event(WorkerEvent::Loaded),
        Some("locked") => return Heard::Locked(text("lock").unwrap_or_default()),
        _ => {}
    }
    if let Some(pool) = get("pool").and_then(|pool| pool.dyn_into().ok()) {
        return Heard::PoolMade(pool);
    }
    match text("failed") {
        Some(said) => stopped(&said, who),
        None => lost(WorkerProblem::SentUnknown),
    }
}

/// A name for a lock that no other worker has, of no page of this site.
fn new_lock() -> String {
    let number = NEXT_LOCK.with(|next| next.replace(next.get().wrapping_add(1)));
    format!("worker-{}-{}-{number}", js_sys::Date::now(), js_sys::Math::random())
}

/// A pool's words, where `data` says where they are.
fn read_words(data: &JsValue) -> Option<SharedWords> {
    let get = |key: &str| Reflect::get(data, &key.into()).ok();
    let memory = get("memory")?.dyn_into::<WebAssembly::Memory>().ok()?;
    Some(SharedWords::at(&memory, get("words")?.as_f64()? as u32))
}

fn lost(problem: WorkerProblem) -> Heard {
    Heard::Event(WorkerEvent::Lost(problem.into()))
}

/// `who` threw `what`, or said so. Browsers say that nobody caught it, too.
fn stopped(what: &str, who: &Who) -> Heard {
    let what = what.strip_prefix("Uncaught ").unwrap_or(what);
    let what = what.strip_prefix("Error: ").unwrap_or(what);
    if what == CLOSED {
        return lost(WorkerProblem::Gone);
    }
    match Stop::read(what) {
        Stop::Broken(said) => lost(WorkerProblem::Lost { said: said.into() }),
        memory => Heard::Event(WorkerEvent::Lost(memory.failure(who.clone()))),
    }
}

pub(super) fn refused(thrown: JsValue) -> Failure {
    Unavailable::WorkersRefused { said: error::message(&thrown).into() }.into()
}
