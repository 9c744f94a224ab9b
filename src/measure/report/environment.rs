//! What a run took place in.

use super::availability::Availability;
use crate::failure::{Result, Unavailable, names};
use crate::models::{Executor, Memory};
use crate::workloads::WorkloadId;
use serde::Serialize;

/// The machine, as a program sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Machine {
    /// The cores that the browser, or the system, reports.
    pub hardware_concurrency: u32,
    /// The cores that were found by measuring; `None` before the first measurement.
    pub effective_cores: Option<f64>,
    /// The resolution of the clock, in µs: the smallest step that was seen.
    pub clock_resolution_us: f64,
}

/// What this browser can do with the page as it was served.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Browser {
    /// Whether the page is isolated, which shared memory needs.
    pub cross_origin_isolated: bool,
    /// Whether the page's service worker answers its requests.
    pub service_worker: Availability,
    /// Whether memory can be shared between threads.
    pub shared_memory: Availability,
    /// Whether workers can be started.
    pub workers: Availability,
}

/// What the page can do here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capabilities {
    /// The machine.
    #[serde(flatten)]
    pub machine: Machine,
    /// The browser.
    #[serde(flatten)]
    pub browser: Browser,
}

impl Machine {
    /// How many cores there are to compute on: as measured, else as the browser
    /// reports.
    pub fn cores(&self) -> f64 {
        self.effective_cores.unwrap_or(f64::from(self.hardware_concurrency))
    }

    /// How wide a pool is where nobody says: the machine's cores, 2 to 32.
    pub fn default_workers(&self) -> u32 {
        self.hardware_concurrency.clamp(2, crate::models::MAX_WORKERS)
    }
}

impl Capabilities {
    /// Whether `executor` can run `workload` here.
    ///
    /// # Errors
    /// `Unavailable`, with the reason and what to do.
    pub fn check_model(&self, executor: &Executor, workload: WorkloadId) -> Result<()> {
        if !executor.kind().suits(workload) {
            let with_stages = WorkloadId::ALL.iter().filter(|id| id.has_stages());
            let workloads = names(with_stages.map(|id| id.title()));
            let model = executor.kind().at_start().into();
            return Err(Unavailable::NoStages { model, workloads }.into());
        }
        self.executor(executor).check()
    }

    /// Whether `executor` can run here.
    pub fn executor(&self, executor: &Executor) -> &Availability {
        match executor.memory() {
            Memory::Page => &Availability::Available,
            _ if executor.has_threads() && self.browser.workers.is_available() => {
                &self.browser.shared_memory
            }
            _ => &self.browser.workers,
        }
    }
}

/// Whether the tab was in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// All the time.
    Visible,
    /// Not at all times.
    Hidden,
}

impl Visibility {
    /// Every one of them.
    pub const ALL: [Self; 2] = [Self::Visible, Self::Hidden];

    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Hidden => "hidden",
        }
    }
}

/// Where and when a run took place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// The machine.
    #[serde(flatten)]
    pub machine: Machine,
    /// The browser, if it was one that ran it.
    #[serde(flatten)]
    pub browser: Option<Browser>,
    /// The browser, as it names itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// When the run began, ISO 8601 in UTC.
    pub started_at: String,
    /// Whether the tab was in view all the time, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<Visibility>,
}
