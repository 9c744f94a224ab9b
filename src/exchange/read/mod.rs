//! A report from text that anyone may have written. What was measured is read, every
//! bound checked; all that is made of it is made anew, so that no file can claim a
//! ranking or a verdict that its samples do not bear out.
//!
//! | file | subject |
//! | --- | --- |
//! | `environment` | the program that wrote it, the browser, the machine |
//! | `experiment` | what was run |
//! | `models` | what each model did |
//! | `lanes` | the timelines |

mod environment;
mod experiment;
mod lanes;
mod models;

pub(super) use environment::moment;
pub use experiment::{MAX_BLOCKS, MAX_WARM_UPS};

use super::place;
use super::reader::Reader;
use crate::failure::{Failure, ReportProblem, Result};
use crate::measure::report::{Block, Disturbance, Facts, Measuring, Report, SCHEMA};
use serde_json::Value;

/// The longest text of a report: no report that the page writes is longer, as what it
/// holds is bounded by [`limits`](crate::measure::report::limits).
pub const MAX_REPORT_BYTES: usize = 16 << 20;
/// Most values that the text of a report may hold, of which each span takes five.
pub const MAX_VALUES: usize = 1_200_000;
const WHOLE: &str = "report";
/// What is read, and what is made anew.
const KEYS: [&str; 12] = [
    "schema",
    "producer",
    "environment",
    "experiment",
    "measuring",
    "results",
    "agreement",
    "ranking",
    "scaling",
    "verdict",
    "findings",
    "warnings",
];

/// Refuses a file by its size in bytes, before any of it is read.
///
/// # Errors
/// `InvalidInput` where it is larger than [`MAX_REPORT_BYTES`].
pub fn check_size(bytes: f64) -> Result<()> {
    if bytes <= MAX_REPORT_BYTES as f64 {
        return Ok(());
    }
    let most_mb = MAX_REPORT_BYTES as u64 >> 20;
    Err(Failure::invalid(WHOLE, ReportProblem::TooLargeFile { most_mb }))
}

/// Reads a report that [`write`](super::json::write) wrote.
///
/// # Errors
/// `InvalidInput` that begins with the path of what is wrong.
pub fn read(text: &str) -> Result<Report> {
    check_size(text.len() as f64)?;
    // Every value but the first comes after one of these.
    if text.bytes().filter(|byte| b",[{".contains(byte)).count() > MAX_VALUES {
        return Err(Failure::invalid(WHOLE, ReportProblem::TooManyValues));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(text, &error))?;
    facts(&Reader::new(WHOLE, &value)).map(Report::of)
}

fn not_json(text: &str, error: &serde_json::Error) -> Failure {
    let (line, column) = (error.line(), error.column());
    if error.to_string().starts_with("number out of range") {
        let path = place::path_at(text, place::offset(text, line, column));
        let path = if path.is_empty() { WHOLE } else { &path };
        return Failure::invalid(path, ReportProblem::NumberTooLarge);
    }
    let (line, column) = (line as u64, column as u64);
    Failure::invalid(WHOLE, ReportProblem::NotJsonAt { line, column })
}

fn facts(report: &Reader) -> Result<Facts> {
    report.object()?;
    known_schema(&report.get("schema")?)?;
    report.only(&KEYS)?;
    let (experiment, order) = experiment::read(&report.get("experiment")?)?;
    Ok(Facts {
        producer: environment::producer(&report.get("producer")?)?,
        environment: environment::environment(&report.get("environment")?)?,
        measuring: measuring(&report.get("measuring")?)?,
        results: models::read(&report.get("results")?, &experiment)?,
        experiment,
        order,
    })
}

fn known_schema(schema: &Reader) -> Result<()> {
    let found = schema.integer(0, u32::MAX.into())?;
    let known = SCHEMA.into();
    if found == known {
        return Ok(());
    }
    Err(schema.wrong(ReportProblem::OtherSchema { found, known }))
}

fn measuring(measuring: &Reader) -> Result<Measuring> {
    /// A machine a thousand times as slow is no machine any more.
    const MAX_DRIFT: f64 = 1e3;
    /// More looks leave each of them next to nothing to err with.
    const MAX_LOOKS: u64 = 64;
    measuring.only(&["calibrated", "looks", "blocks"])?;
    let block = |block: Reader| {
        block.only(&["drift", "cores", "disturbed", "kept"])?;
        let disturbed = block.get("disturbed")?.given();
        let by = |by: Reader| by.one_of(&Disturbance::ALL, Disturbance::id);
        Ok(Block {
            drift: block.get("drift")?.number(0.0, MAX_DRIFT)?,
            cores: environment::cores(&block.get("cores")?)?,
            disturbed: disturbed.map(by).transpose()?,
            kept: block.get("kept")?.boolean()?,
        })
    };
    Ok(Measuring {
        calibrated: measuring.get("calibrated")?.boolean()?,
        looks: measuring.get("looks")?.integer(1, MAX_LOOKS)? as u32,
        blocks: measuring.get("blocks")?.list(MAX_BLOCKS)?.map(block).collect::<Result<_>>()?,
    })
}

#[cfg(test)]
mod tests;
