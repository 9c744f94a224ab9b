//! A report as JSON text, which [`read`](super::read::read) reads back.

use crate::measure::report::Report;

/// The report as one line of JSON.
pub fn write(report: &Report) -> String {
    report.to_json().to_string()
}
