//! A report as a table: a row per sample of every model, as RFC 4180 has it.

use crate::measure::Phase;
use crate::measure::report::{Outcome, Report, ReportedSample};
use crate::models::{Executor, ExecutorKind};

/// The table, its header first. Times are in ms and of one computation; a phase that
/// did not occur lasted 0 ms. What a model has no option for is empty.
pub fn write(report: &Report) -> String {
    let mut table = String::new();
    row(&mut table, &header());
    for (at, result) in report.results.iter().enumerate() {
        for (number, sample) in result.samples.iter().enumerate() {
            row(&mut table, &fields(at, result, number, sample));
        }
    }
    table
}

fn header() -> Vec<String> {
    let options: Vec<_> =
        ExecutorKind::options_beyond_workers().iter().map(|spec| spec.name).collect();
    let after = [
        "rest_ms",
        "main_thread_blocked_ms",
        "bytes_sent",
        "bytes_received",
        "concurrency",
        "answer_digest",
    ];
    let phases = Phase::ALL.map(|phase| format!("{}_ms", phase.id().replace('-', "_")));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    [
        words(&["result", "executor", "workers"]),
        words(&options),
        words(&["sample", "total_ms", "computations", "outlier"]),
        phases.to_vec(),
        words(&after),
    ]
    .concat()
}

fn fields(at: usize, result: &Outcome, number: usize, sample: &ReportedSample) -> Vec<String> {
    let executor = &result.executor;
    let mut fields =
        vec![at.to_string(), executor.kind().id().to_owned(), executor.workers().to_string()];
    fields.extend(options(executor));
    fields.extend([
        number.to_string(),
        sample.total_ms.to_string(),
        sample.computations.to_string(),
        sample.outlier.to_string(),
    ]);
    let phase_ms = |phase| sample.phases_ms.get(&phase).copied().unwrap_or_default();
    fields.extend(Phase::ALL.map(|phase| phase_ms(phase).to_string()));
    let digest = result.answer.as_ref().map(|answer| answer.digest.clone());
    fields.extend([
        sample.rest_ms.to_string(),
        sample.main_thread_blocked_ms.to_string(),
        sample.bytes_sent.to_string(),
        sample.bytes_received.to_string(),
        sample.concurrency.to_string(),
        digest.unwrap_or_default(),
    ]);
    fields
}

/// The options by which two pools of the same width may differ.
fn options(executor: &Executor) -> impl Iterator<Item = String> {
    let value = |spec| executor.value_of(spec).map_or_else(String::new, |value| value.to_string());
    ExecutorKind::options_beyond_workers().into_iter().map(value)
}

fn row(table: &mut String, fields: &[String]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            table.push('"');
            table.push_str(&field.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(field);
        }
    }
    table.push_str("\r\n");
}

#[cfg(test)]
mod tests;
