//! Faults on purpose: every fault, under every model that can have it, in the first, a middle and the last task,
//! with siblings and alone; and what each comes to.

use super::page::Report;
use serde_json::{Value, json};

/// The faults, and what a task fails as.
pub const FAULTS: [(&str, &str); 6] = [
    ("panic", "TaskFailed"),
    ("trap", "TaskFailed"),
    ("stack-overflow", "TaskFailed"),
    ("hang", "TimedOut"),
    ("close", "WorkerLost"),
    ("out-of-memory", "OutOfMemory"),
];

/// All tasks, and which of them fails.
pub const PLACES: [(u64, u64); 4] = [(8, 0), (8, 4), (8, 7), (1, 0)];

/// The models; those on the page's own thread cannot hang, nor close themselves.
const ON_THE_PAGE: [&str; 2] = ["main-thread", "event-loop"];
const OF_THREADS: [&str; 2] = ["threads", "threads-gil"];

/// The workload `faults` with these parameters, once under all models.
pub fn experiment(params: Value) -> Value {
    json!({
        "workload": "faults", "params": params, "repeats": 1, "warmup": 0,
        "executors": [
            { "id": "main-thread" }, { "id": "event-loop" }, { "id": "threads", "workers": 2 },
            { "id": "threads-gil", "workers": 2 }, { "id": "processes", "workers": 2 },
        ],
    })
}

/// A fault in one task of several.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Which fault.
    pub fault: &'static str,
    /// What the task fails as.
    pub name: &'static str,
    /// How many tasks there are.
    pub tasks: u64,
    /// Which of them fails.
    pub at: u64,
    /// How long a task may run, in ms.
    pub timeout_ms: u64,
}

impl Case {
    /// All cases with these faults.
    pub fn of(faults: &[(&'static str, &'static str)], timeout_ms: u64) -> Vec<Self> {
        let cases = faults.iter().flat_map(|(fault, name)| {
            PLACES.map(|(tasks, at)| Self { fault, name, tasks, at, timeout_ms })
        });
        cases.collect()
    }

    /// The experiment that shows it.
    pub fn experiment(&self) -> Value {
        experiment(json!({
            "fault": self.fault, "tasks": self.tasks, "at": self.at, "timeoutMs": self.timeout_ms,
            "computeUnits": 200,
        }))
    }

    /// Checks what each model made of it.
    ///
    /// # Errors
    /// What is otherwise than it should be.
    pub fn check(&self, report: &Report) -> Result<(), String> {
        let on_the_page =
            if ["hang", "close"].contains(&self.fault) { "Unavailable" } else { self.name };
        let of_page = ON_THE_PAGE.map(|model| (model, on_the_page));
        let of_workers =
            OF_THREADS.into_iter().chain(["processes"]).map(|model| (model, self.name));
        for (model, name) in of_page.into_iter().chain(of_workers) {
            let error = &report.result(model)["error"];
            self.equal(model, &error["name"], &json!(name))?;
            let said = error["message"].as_str().unwrap_or_default();
            if self.fault == "panic" && !said.contains("panics on purpose") {
                return Err(format!("{self:?}, {model}: {said}"));
            }
        }
        let error = &report.result("processes")["error"];
        self.equal("processes", &error["code"], &json!("TaskLost"))?;
        self.equal("processes, the task", &error["figures"]["task"], &json!(self.at))?;
        self.equal("processes, survivors", &error["figures"]["survived"], &json!(self.tasks - 1))
    }

    /// How long it took under processes until all tasks had settled, in ms.
    pub fn took_ms(report: &Report) -> f64 {
        report.result("processes")["error"]["figures"]["tookMs"].as_f64().unwrap_or(f64::NAN)
    }

    fn equal(&self, what: &str, found: &Value, wanted: &Value) -> Result<(), String> {
        match found == wanted {
            true => Ok(()),
            false => Err(format!("{self:?}, {what}: {found}, not {wanted}")),
        }
    }
}
