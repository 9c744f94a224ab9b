//! `window.playground`.

use super::pool::PoolCore;
use super::{catalogue, pools, recommending};
use crate::browser::script;
use crate::exchange::{self, Format, read};
use crate::executors::run::Progress;
use crate::executors::session::{Asker, Cancelled, Session};
use crate::experiment::Experiment;
use crate::failure::{Failure, Result};
use crate::measure::report::{SCHEMA, VERSION};
use futures_util::future::{Either, select};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The object that scripts talk to.
#[wasm_bindgen]
pub struct Playground {
    session: Rc<Session>,
    ready: js_sys::Promise,
}

impl Playground {
    /// An interface to `session`; `ready` settles once its capabilities are known.
    pub(crate) fn new(session: Rc<Session>, ready: js_sys::Promise) -> Self {
        Self { session, ready }
    }

    // No part of a first visit, as what a script calls directly is.
    #[inline(never)]
    fn exported(&self, report: &JsValue, format: &str) -> std::result::Result<String, JsValue> {
        let exported = Format::named(format).and_then(|format| {
            if self.session.is_busy() {
                return Err(Session::busy());
            }
            let report = read::read(&script::to_json(report, "report")?)?;
            Ok(exchange::write(&report, format))
        });
        exported.map_err(|failure| script::error(&failure))
    }

    async fn try_run(&self, experiment: &JsValue, options: &JsValue) -> Result<JsValue> {
        let options = script::RunOptions::read(options)?;
        let text = script::to_json(experiment, "experiment")?;
        let workers = self.session.capabilities().machine.default_workers();
        let experiment = Rc::new(Experiment::from_json(&text, workers)?);
        let mut cancelled: Cancelled = Box::pin(options.cancelled());
        // What cannot run is told only once all that can is known.
        let ready = pin!(script::settled(&self.ready));
        if let Either::Left(_) = select(&mut cancelled, ready).await {
            return Err(Failure::cancelled());
        }
        let (on_progress, told) = (options.on_progress.clone(), experiment.clone());
        let progress_sink = move |progress: Progress| {
            let executor = told.executors.get(progress.executor);
            on_progress.call(&serde_json::json!({
                "stage": progress.stage.id(),
                "executor": executor.map(|executor| executor.kind().id()),
                "done": progress.done,
                "total": progress.total,
            }));
        };
        // A script goes on as soon as the tab is in view again.
        let go_on =
            Box::new(|| Box::pin(std::future::ready(())) as Pin<Box<dyn Future<Output = ()>>>);
        let (tell, enough) = (Box::new(progress_sink), Rc::default());
        let asker = Asker { own: None, tell, go_on, before: None, enough };
        let finished = self.session.run(&experiment, asker, cancelled).await?;
        // A fault on purpose is no reason to withhold what came of it.
        let is_on_purpose =
            experiment.workload.faults().is_some_and(|faults| faults.fault().is_some());
        match finished.report.failure_of_all().filter(|_| !is_on_purpose) {
            Some(failure) => Err(failure.clone()),
            None => script::from_json(&finished.report),
        }
    }
}

#[wasm_bindgen]
impl Playground {
    /// The version of the page.
    #[wasm_bindgen(getter)]
    pub fn version(&self) -> String {
        VERSION.to_owned()
    }

    /// Raised when a report's form changes.
    #[wasm_bindgen(getter)]
    pub fn schema(&self) -> u32 {
        SCHEMA
    }

    /// Settles with what this browser can do, once that is known.
    #[wasm_bindgen(getter)]
    pub fn ready(&self) -> js_sys::Promise {
        self.ready.clone()
    }

    /// Every workload with its parameters.
    pub fn workloads(&self) -> std::result::Result<JsValue, JsValue> {
        script::from_json(&catalogue::workloads()).map_err(|failure| script::error(&failure))
    }

    /// Every model with its options, and whether it can run here.
    pub fn executors(&self) -> std::result::Result<JsValue, JsValue> {
        let executors = catalogue::executors(&self.session.capabilities());
        script::from_json(&executors).map_err(|failure| script::error(&failure))
    }

    /// A report in another form: `json`, `csv` or `trace`. Refused while something is
    /// measured.
    #[wasm_bindgen(js_name = exportReport)]
    pub fn export_report(
        &self,
        report: JsValue,
        format: String,
    ) -> std::result::Result<String, JsValue> {
        self.exported(&report, &format)
    }

    /// Settles with a process pool that tasks can be submitted to.
    pub async fn pool(&self, options: JsValue) -> std::result::Result<JsValue, JsValue> {
        let opened =
            pools::open(self.session.clone(), options, |id| PoolCore::new(id).into()).await;
        opened.map_err(|failure| script::error(&failure))
    }

    /// Profiles a workload and settles with advice on which model suits it.
    pub async fn recommend(
        &self,
        asked: JsValue,
        options: JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        let (session, ready) = (self.session.clone(), self.ready.clone());
        let advised = recommending::recommend(session, ready, asked, options).await;
        advised.map_err(|failure| script::error(&failure))
    }

    /// Runs an experiment and settles with its report.
    pub async fn run(
        &self,
        experiment: JsValue,
        options: JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        let ran = self.try_run(&experiment, &options).await;
        ran.map_err(|failure| script::error(&failure))
    }
}
