//! Workers, from the page's side.

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
    /// The channel on which a thread of the pool says why it stopped.
    pub panic_channel: &'a str,
    /// Whether to notice where it ends without a word. It holds a lock for as long as it lives, which the
    /// browser releases then.
    pub is_watched: bool,
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
    /// It holds a lock of this name, by which it is watched, or a thread of its pool does.
    Locked(String),
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
    /// The worker did not start, or stopped.
    Lost(Failure),
}

/// A worker; dropping it ends it, whatever it is doing.
pub struct Worker {
    worker: web_sys::Worker,
    places: Rc<Reserved>,
    _watches: Rc<RefCell<Vec<LifeWatch>>>,
    _listeners: [EventListener; 3],
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

    /// Ends `worker`, which these places were for.
    pub(super) fn end(&self, worker: &web_sys::Worker) {
        if self.waiting.get() == self.all {
            // It waits for its place itself, and is not to get it.
            worker.terminate();
        } else {
            // What still waits of its pool ends with it.
            places::settle(self.waiting.take());
            places::end(worker);
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
        let worker = web_sys::Worker::new_with_options(&url, &options).map_err(refused)?;
        let (reserved, watches) = (places.clone(), Rc::<RefCell<Vec<LifeWatch>>>::default());
        let (watched, told) = (Rc::downgrade(&watches), Rc::new(handle));
        let handle = Rc::new(move |event: WorkerEvent| match event {
            WorkerEvent::Locked(name) => {
                let tell = told.clone();
                let died = move || tell(WorkerEvent::Lost(WorkerProblem::Gone.into()));
                if let (Some(watched), Some(watch)) =
                    (watched.upgrade(), LifeWatch::start(&name, died))
                {
                    watched.borrow_mut().push(watch);
                }
            }
            event => {
                if let WorkerEvent::Begun = event {
                    HAS_BEGUN.with(|has_begun| has_begun.set(true));
                    reserved.note_begun();
                }
                told(event);
            }
        });
        let on = |name: &'static str, read: fn(&web_sys::Event) -> WorkerEvent| {
            let handle = handle.clone();
            // What a worker throws is handled here: the browser need not report it as well.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&worker, name, options, move |event| {
                event.prevent_default();
                handle(read(event));
            })
        };
        let listeners = [
            on("message", read_message),
            on("messageerror", |_| WorkerEvent::Lost(WorkerProblem::NotReceived.into())),
            on("error", |event| {
                let what = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                let what = what.filter(|what| !what.is_empty());
                WorkerEvent::Lost(
                    what.map_or_else(|| WorkerProblem::NotLoaded.into(), |what| lost(&what)),
                )
            }),
        ];
        // From here on whatever is refused ends the worker.
        let started = Self { worker, places, _watches: watches, _listeners: listeners };
        let message = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&message, &key.into(), value);
        if let Some(module) = boot.module {
            set("module", module.as_js()).map_err(refused)?;
        }
        set("threads", &boot.threads.into()).map_err(refused)?;
        set("base", &page::base().into()).map_err(refused)?;
        set("channel", &boot.panic_channel.into()).map_err(refused)?;
        if boot.is_watched {
            set("lock", &new_lock().into()).map_err(refused)?;
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
        self.places.end(&self.worker);
    }
}

/// Bytes, which are the protocol's; a pool's words; or what `worker.js` says when it could
/// not get that far.
fn read_message(event: &web_sys::Event) -> WorkerEvent {
    // Before its data is read: only then does the browser deserialize it.
    let received_ms = BrowserClock.now_ms();
    let data = event.unchecked_ref::<MessageEvent>().data();
    if let Some((bytes, buffers)) = message::parse(&data) {
        return WorkerEvent::Message { received_ms, bytes, buffers };
    }
    if let Some(words) = read_words(&data) {
        return WorkerEvent::Shared(words);
    }
    let text = |key: &str| Reflect::get(&data, &key.into()).ok().and_then(|text| text.as_string());
    match text("starting").as_deref() {
        Some("begun") => return WorkerEvent::Begun,
        Some("ready") => return WorkerEvent::Loaded,
        Some("locked") => return WorkerEvent::Locked(text("lock").unwrap_or_default()),
        _ => {}
    }
    WorkerEvent::Lost(match text("failed") {
        Some(what) => lost(&what),
        None => WorkerProblem::SentUnknown.into(),
    })
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

/// The failure of a worker that threw, or said, `what`. Browsers say that nobody caught it, too.
fn lost(what: &str) -> Failure {
    let what = what.strip_prefix("Uncaught ").unwrap_or(what);
    let what = what.strip_prefix("Error: ").unwrap_or(what);
    if what == CLOSED {
        return WorkerProblem::Gone.into();
    }
    match Stop::read(what) {
        Stop::Broken(said) => WorkerProblem::Lost { said: said.into() }.into(),
        memory => memory.failure(Who::Worker),
    }
}

pub(super) fn refused(thrown: JsValue) -> Failure {
    Unavailable::WorkersRefused { said: error::message(&thrown).into() }.into()
}
