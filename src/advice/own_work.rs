//! Evidence from what a reader says of work that cannot be run here.

use super::evidence::{Evidence, Limits, Source, Spread, WorkProfile};
use super::uncertain::Uncertain;
use crate::failure::{Failure, InputProblem, NameProblem, Result, names};
use crate::workloads::params::{self, ParamSpec, ParamType, Place};
use serde_json::{Map, Value};

/// By which part a figure may be off that a reader gives: people round, and a profile of one run
/// differs from the next.
const STATED_PART: f64 = 0.1;

/// Most tasks.
const MAX_TASKS: u64 = 1_000_000_000;
/// Longest a task may compute or wait: a day, in ms.
const MAX_MS: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;
/// Most bytes of a task, or of memory: a petabyte.
const MAX_BYTES: f64 = 1e15;
/// Most cores of a machine.
const MAX_CORES: f64 = 4_096.0;
/// The latest that all must be done: a year, in ms.
const MAX_TARGET_MS: f64 = 365.0 * MAX_MS;
/// The shortest task, in ms: a nanosecond.
const LEAST_MS: f64 = 1e-6;

/// The key that says whether the busy code holds the GIL.
pub const HOLDS_GIL: &str = "holdsGil";

const fn field(
    name: &'static str,
    label: &'static str,
    accepts: ParamType,
    unit: &'static str,
    help: &'static str,
    place: Place,
) -> ParamSpec {
    ParamSpec { name, label, accepts, unit, help, place, unless: None }
}

const fn number(min: f64, max: f64, default: f64) -> ParamType {
    ParamType::Number { min, max, default }
}

/// The figures that a reader gives. Those under [`Place::More`] may be left out.
pub const FIELDS: [ParamSpec; 9] = [
    field(
        "tasks",
        "Tasks",
        ParamType::Integer { min: 1, max: MAX_TASKS, default: 1_000 },
        "tasks",
        "Pieces of work that do not depend on one another, such as files, requests or rows.",
        Place::Front,
    ),
    field(
        "computeMs",
        "Computing, per task",
        number(0.0, MAX_MS, 20.0),
        "ms",
        "How long one task keeps a core busy. A profiler shows it as time in your own functions.",
        Place::Front,
    ),
    field(
        "waitMs",
        "Waiting, per task",
        number(0.0, MAX_MS, 0.0),
        "ms",
        "How long one task waits for a network, a disk or another program.",
        Place::Front,
    ),
    field(
        "bytesIn",
        "Bytes in, per task",
        number(0.0, MAX_BYTES, 1_000.0),
        "bytes",
        "What a task needs of your program's data: a process is sent a copy of it.",
        Place::Front,
    ),
    field(
        "bytesOut",
        "Bytes out, per task",
        number(0.0, MAX_BYTES, 1_000.0),
        "bytes",
        "What a task returns: a process sends a copy of it back.",
        Place::Front,
    ),
    field(
        "cores",
        "Cores",
        number(1.0, MAX_CORES, 4.0),
        "cores",
        "Cores of your machine that are free for this work.",
        Place::Front,
    ),
    field(
        "memoryPerWorker",
        "Memory, per worker",
        number(0.0, MAX_BYTES, 0.0),
        "bytes",
        "What one process needs. Leave it empty where memory is no concern.",
        Place::More,
    ),
    field(
        "memory",
        "Memory of the machine",
        number(1.0, MAX_BYTES, 1.0),
        "bytes",
        "What all processes together may use.",
        Place::More,
    ),
    field(
        "targetMs",
        "Done within",
        number(1.0, MAX_TARGET_MS, MAX_TARGET_MS),
        "ms",
        "Where one machine takes longer, several are advised. Left empty, that is a day.",
        Place::More,
    ),
];

/// Reads the evidence. `tasks` and `computeMs` or `waitMs` are needed, all else has a default:
/// nothing is sent, `cores` as given, the GIL is held, memory does not limit.
///
/// # Errors
/// `InvalidInput` that names the offending key.
pub fn read(given: &Map<String, Value>, cores: u32) -> Result<Evidence> {
    let keys = || FIELDS.iter().map(|field| field.name).chain([HOLDS_GIL]);
    if let Some(key) = given.keys().find(|key| !keys().any(|known| known == *key)) {
        let problem =
            NameProblem::NoSuchKey { model: Some("Work of your own".into()), known: names(keys()) };
        return Err(Failure::invalid(key, problem));
    }
    let figure = |key: &str| match given.get(key).zip(FIELDS.iter().find(|one| one.name == key)) {
        None => Ok(None),
        Some((value, field)) => field.check(value).map(|()| value.as_f64()),
    };
    let or_nothing = |key| figure(key).map(Option::unwrap_or_default);
    if !given.contains_key("tasks") {
        return Err(Failure::invalid("tasks", InputProblem::Missing));
    }
    let tasks = or_nothing("tasks")? as u64;
    let (compute_ms, wait_ms) = (or_nothing("computeMs")?, or_nothing("waitMs")?);
    if compute_ms + wait_ms < LEAST_MS {
        let got = params::shown(&compute_ms.into()).into();
        let problem = InputProblem::NotNumber { min: LEAST_MS, max: MAX_MS, got };
        return Err(Failure::invalid("computeMs", problem));
    }
    let (bytes_in, bytes_out) = (or_nothing("bytesIn")?, or_nothing("bytesOut")?);
    let holds_gil =
        given.get(HOLDS_GIL).map_or(Ok(true), |value| params::flag(HOLDS_GIL, value))?;
    let cores = figure("cores")?.unwrap_or(f64::from(cores.max(1)));
    let limits = Limits {
        memory_per_worker: figure("memoryPerWorker")?,
        memory: figure("memory")?,
        target_ms: figure("targetMs")?,
    };
    Ok(Evidence {
        source: Source::Stated,
        work: WorkProfile {
            tasks,
            compute_ms: Spread::even(compute_ms, STATED_PART),
            wait_ms: Spread::even(wait_ms, STATED_PART),
            bytes_in,
            bytes_out,
            body_bytes: 0.0,
            shared_bytes: bytes_in * tasks as f64,
            merge_ms: Some(0.0),
            holds_gil,
            has_stages: wait_ms > 0.0 && compute_ms > 0.0,
        },
        cores: Uncertain::new(cores, STATED_PART * cores),
        limits,
    })
}
