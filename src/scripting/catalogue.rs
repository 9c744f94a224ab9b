//! What there is, as plain JSON: workloads and models.

use crate::measure::report::Capabilities;
use crate::models::option::{OptionType, thousandths};
use crate::models::{Executor, ExecutorKind, OptionSpec, StaticData};
use crate::workloads::WorkloadId;
use crate::workloads::params::{ParamSpec, ParamType};
use crate::workloads::preset::Preset;
use serde_json::{Value, json};

/// Every workload with its parameters.
// No part of a first visit, and so not of its caller.
#[inline(never)]
pub fn workloads() -> Value {
    WorkloadId::ALL
        .iter()
        .map(|workload| {
            json!({
                "id": workload.id(),
                "title": workload.title(),
                "kind": workload.kind().id(),
                "why": why(*workload),
                "params": workload.params().iter().map(|spec| param(*workload, spec)).collect::<Vec<_>>(),
                "presets": workload.presets().iter().map(preset).collect::<Vec<_>>(),
            })
        })
        .collect()
}

/// Why a workload is interesting, and what else to know of it.
fn why(workload: WorkloadId) -> String {
    match workload.more() {
        "" => workload.why().to_owned(),
        more => format!("{} {more}", workload.why()),
    }
}

/// Every model with its options, and whether it can run here.
// As above.
#[inline(never)]
pub fn executors(capabilities: &Capabilities) -> Value {
    ExecutorKind::ALL
        .iter()
        .map(|kind| {
            let availability = capabilities.executor(&Executor::new(*kind, 1));
            let options = kind.options();
            json!({
                "id": kind.id(),
                "title": kind.title(),
                "python": kind.python(),
                "available": availability.is_available(),
                "reason": availability.reason(),
                "options": options.iter().map(|spec| option(*kind, spec, capabilities)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn preset(preset: &Preset) -> Value {
    let options = match preset.beforehand {
        true => json!({ "processes": { "staticData": StaticData::Initializer.id() } }),
        false => json!({}),
    };
    json!({
        "name": preset.name,
        "lesson": preset.lesson.id(),
        "params": preset.params(),
        "options": options,
    })
}

fn param(workload: WorkloadId, spec: &ParamSpec) -> Value {
    let mut value = match spec.accepts {
        ParamType::Integer { min, max, .. } => json!({ "type": "integer", "min": min, "max": max }),
        ParamType::Number { min, max, .. } => json!({ "type": "number", "min": min, "max": max }),
        ParamType::Choice(words) => json!({ "type": "choice", "choices": words }),
        ParamType::List { min, max, max_len } => {
            json!({ "type": "list", "min": min, "max": max, "maxLength": max_len })
        }
        ParamType::Text { max_len } => json!({ "type": "text", "maxLength": max_len }),
        ParamType::Texts { max_len } => json!({ "type": "texts", "maxLength": max_len }),
    };
    value["name"] = json!(spec.name);
    // What means nothing unless something else is given has no default either.
    let is_idle = workload.idle_beside(spec, |_| None).is_some();
    value["default"] = json!(spec.default_value().filter(|_| !is_idle));
    value["unit"] = json!(spec.unit);
    value["help"] = json!(spec.help);
    value
}

fn option(kind: ExecutorKind, spec: &OptionSpec, capabilities: &Capabilities) -> Value {
    let mut value = match spec.accepts {
        OptionType::Integer { min, max } => json!({ "type": "integer", "min": min, "max": max }),
        OptionType::Decimal { min, max } => {
            json!({ "type": "number", "min": thousandths(min), "max": thousandths(max) })
        }
        OptionType::Choice(words) => {
            let ids: Vec<_> = words.iter().map(|word| word.id).collect();
            json!({ "type": "choice", "choices": ids })
        }
        OptionType::Flag { .. } => json!({ "type": "boolean" }),
    };
    let default = Executor::new(kind, capabilities.machine.default_workers());
    value["name"] = json!(spec.name);
    value["default"] = json!(default.value_of(spec));
    value["help"] = json!(spec.help);
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executors::mock;
    use crate::experiment::Experiment;

    #[test]
    fn every_listed_workload_and_model_can_be_asked_for() {
        let capabilities = mock::capabilities();
        for workload in workloads().as_array().expect("a list") {
            for executor in executors(&capabilities).as_array().expect("a list") {
                let mut model = json!({ "id": executor["id"] });
                for option in executor["options"].as_array().expect("a list") {
                    let name = option["name"].as_str().expect("a name");
                    model[name] = option["default"].clone();
                }
                let mut params = json!({});
                for param in workload["params"].as_array().expect("a list") {
                    if !param["default"].is_null() {
                        params[param["name"].as_str().expect("a name")] = param["default"].clone();
                    }
                }
                let experiment =
                    json!({ "workload": workload["id"], "params": params, "executors": [model] });
                assert!(Experiment::from_json(&experiment.to_string(), 2).is_ok(), "{experiment}");
            }
        }
    }
}
