//! Work to order, by what matters to the models: what `custom` is for, as Rust says it.

use super::params::Params;
use super::{Workload, WorkloadId};
use crate::failure::Result;
use serde_json::json;

/// The parameters of `custom` that models differ in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    /// Tasks.
    pub tasks: u64,
    /// Computing of each, in units.
    pub compute_units: u64,
    /// Waiting of each, in ms.
    pub wait_ms: u64,
    /// Payload of each, in bytes.
    pub payload_bytes: u64,
}

impl Mix {
    /// So many tasks that do nothing.
    pub fn empty(tasks: u64) -> Self {
        Self { tasks, ..Self::default() }
    }

    /// The workload.
    ///
    /// # Errors
    /// `InvalidInput` for what `custom` refuses.
    pub fn workload(self) -> Result<Workload> {
        let Self { tasks, compute_units, wait_ms, payload_bytes } = self;
        let params = json!({
            "tasks": tasks,
            "computeUnits": compute_units,
            "waitMs": wait_ms,
            "payloadBytes": payload_bytes,
        });
        let params: Params = params.as_object().cloned().unwrap_or_default();
        Workload::new(WorkloadId::Custom, &params)
    }
}
