//! The answers that the library computes here, without a browser.

use concurrency_playground::experiment::models_for;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::Value;

/// The workload that an experiment's `workload` and `params` name.
pub fn workload(id: &str, params: &Value) -> Workload {
    let id = WorkloadId::from_id(id).expect("a known workload");
    Workload::new(id, params.as_object().expect("parameters are an object")).expect("valid")
}

/// The ids of the models that run the workload `id` where nobody says which.
pub fn models_of(id: &str) -> Vec<&'static str> {
    let id = WorkloadId::from_id(id).expect("a workload");
    models_for(id, 2).iter().map(|executor| executor.kind().id()).collect()
}

/// The digest of its answer.
pub fn digest(id: &str, params: &Value) -> String {
    let workload = workload(id, params);
    workload.answer(&workload.solve(None).expect("fits in memory")).digest
}

/// How long each request of the workload takes, in ms.
pub fn delays_ms(params: &Value) -> Vec<f64> {
    let requests = workload("requests", params);
    let work = requests.work();
    (0..work.task_count())
        .filter_map(|i| work.request(i))
        .map(|request| request.delay_ms as f64)
        .collect()
}
