//! Workers that run a small script of their own instead of the compute program: the pitfalls about
//! starting workers and about sending them things, and the primitives of processes.

use super::buffer::Buffer;
use super::pipe::PipeEnd;
use super::worker::{Reserved, refused};
use super::{error, page};
use crate::failure::{Failure, Result, WorkerProblem};
use gloo_events::EventListener;
use js_sys::{Array, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

/// What comes from such a worker.
pub enum ScriptEvent {
    /// A worker has begun: this one, or one that it started.
    Began {
        /// Its name.
        name: String,
    },
    /// A value arrived.
    Arrived {
        /// The name of its class there.
        class: String,
        /// What is in it.
        contents: String,
        /// Members that it has no more.
        lost: Vec<String>,
    },
    /// A task is done, and came to this.
    Told {
        /// What it says.
        numbers: Vec<f64>,
    },
    /// The worker, or one that it started, did not load or failed.
    Failed(Failure),
}

/// What such a worker is told to do.
pub struct Task {
    name: &'static str,
    count: u32,
    ends: Vec<PipeEnd>,
    extra: Vec<f64>,
    shared: Option<Buffer>,
}

impl Task {
    /// The task of this name, so many times.
    pub fn new(name: &'static str, count: u32) -> Self {
        Self { name, count, ends: Vec::new(), extra: Vec::new(), shared: None }
    }

    /// The same with these ends of pipes, which go to the worker.
    pub fn with(self, ends: impl IntoIterator<Item = PipeEnd>) -> Self {
        Self { ends: ends.into_iter().collect(), ..self }
    }

    /// The same with these numbers.
    pub fn saying(self, extra: impl IntoIterator<Item = f64>) -> Self {
        Self { extra: extra.into_iter().collect(), ..self }
    }

    /// The same with memory that the worker shares.
    pub fn sharing(self, shared: Buffer) -> Self {
        Self { shared: Some(shared), ..self }
    }
}

/// A worker with a script of its own; dropping it ends it, and all that it started.
pub struct ScriptWorker {
    worker: web_sys::Worker,
    places: Rc<Reserved>,
    _listeners: [EventListener; 2],
}

impl ScriptWorker {
    /// Starts `script`, a path relative to the page, in a worker of this name. It and the workers
    /// that it starts are `workers` together.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses to start one.
    pub fn start(
        script: &str,
        name: &str,
        workers: u32,
        handle: impl Fn(ScriptEvent) + 'static,
    ) -> Result<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let url = format!("{}{script}", page::base());
        let places = Reserved::ask(workers);
        let worker = web_sys::Worker::new_with_options(&url, &options).map_err(refused)?;
        let (reserved, handle) = (places.clone(), Rc::new(handle));
        let handle_message = handle.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let event = read(&event.unchecked_ref::<MessageEvent>().data());
                if let ScriptEvent::Began { .. } = event {
                    reserved.note_begun();
                }
                handle_message(event);
            }),
            EventListener::new(&worker, "error", move |event| {
                let said = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                let said = said.filter(|said| !said.is_empty());
                let problem = said.map_or(WorkerProblem::NotLoaded, |said| WorkerProblem::Lost {
                    said: said.as_str().into(),
                });
                handle(ScriptEvent::Failed(problem.into()));
            }),
        ];
        Ok(Self { worker, places, _listeners: listeners })
    }

    /// Has it begin a task. [`ScriptEvent::Told`] says what that came to.
    ///
    /// # Errors
    /// `WorkerLost` where the browser refuses to send the message.
    pub fn begin(&self, task: Task) -> Result<()> {
        let ports: Array = task.ends.iter().map(PipeEnd::as_js).collect();
        let extra: Array = task.extra.into_iter().map(JsValue::from).collect();
        let shared =
            task.shared.as_ref().map_or(JsValue::UNDEFINED, |shared| shared.as_js().clone());
        let message = Object::new();
        for (key, value) in [
            ("task", JsValue::from(task.name)),
            ("count", task.count.into()),
            ("ports", ports.clone().into()),
            ("extra", extra.into()),
            ("shared", shared),
        ] {
            // It fails for objects only that refuse new members.
            let _ = Reflect::set(&message, &key.into(), &value);
        }
        let sent = self.worker.post_message_with_transfer(&message, &ports);
        Ok(sent.map_err(|why| WorkerProblem::Lost { said: thrown(&why).as_str().into() })?)
    }

    /// The worker itself, for scripts that post to it.
    pub(super) fn as_js(&self) -> &web_sys::Worker {
        &self.worker
    }
}

impl Drop for ScriptWorker {
    fn drop(&mut self) {
        self.places.end(&self.worker, &[]);
    }
}

fn read(data: &JsValue) -> ScriptEvent {
    let get = |key: &str| Reflect::get(data, &key.into()).ok();
    let text = |key: &str| get(key).and_then(|value| value.as_string());
    if let Some(name) = text("began") {
        return ScriptEvent::Began { name };
    }
    if let Some(told) = get("told").and_then(|told| told.dyn_into::<Array>().ok()) {
        return ScriptEvent::Told { numbers: told.iter().filter_map(|it| it.as_f64()).collect() };
    }
    if let Some(class) = text("arrived") {
        let lost = get("lost").and_then(|lost| lost.dyn_into::<Array>().ok()).unwrap_or_default();
        let lost = lost.iter().filter_map(|member| member.as_string()).collect();
        return ScriptEvent::Arrived {
            class,
            contents: text("contents").unwrap_or_default(),
            lost,
        };
    }
    ScriptEvent::Failed(match text("failed") {
        Some(said) => WorkerProblem::Lost { said: said.as_str().into() }.into(),
        None => WorkerProblem::SentUnknown.into(),
    })
}

/// What was thrown, by its name and in its words.
pub(super) fn thrown(value: &JsValue) -> String {
    let name = Reflect::get(value, &"name".into()).ok().and_then(|name| name.as_string());
    match name {
        Some(name) => format!("{name}: {}", error::message(value)),
        None => error::message(value),
    }
}
