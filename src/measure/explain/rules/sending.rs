//! Serializing, copying and sending data cost most.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::waterfall::{Step, Waterfall};
use crate::models::option::DATA_MODE;
use crate::models::{DataMode, Executor, Memory};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "serialization-dominates",
    title: "Moving data",
    summary: "A process has its own memory, so its input and its result must be serialized, copied \
              and deserialized.",
    is_about_the_time: true,
};

/// A part of the time above which moving data is what to look at, if nothing else
/// is larger.
const MOST_SENDING: f64 = 0.25;

/// Memory is copied at gigabytes a second, and bytes are written and read at a
/// hundred megabytes a second and more. What is slower than 20 MB/s is slow because
/// of how many messages there are, not because of what is in them.
const SLOWEST_BYTES_PER_MS: f64 = 20_000.0;

/// The steps that are about moving data.
const SENDING: [Step; 3] = [Step::Serialize, Step::Copy, Step::Transfer];

/// What moving data cost. Times and bytes are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// What it cost, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// How many bytes moved, both ways.
    pub bytes: u64,
}

/// Checks whether moving data took most of the time.
pub fn check(case: &Case) -> Check<Figures> {
    let waterfall = case.waterfall()?;
    let (cost_ms, measured_ms) = (cost_ms(waterfall), waterfall.measured_ms);
    let bytes = bytes(case);
    Ok(dominates(case, waterfall).then_some(Figures { cost_ms, measured_ms, bytes }))
}

/// What moving data cost, in ms.
pub fn cost_ms(waterfall: &Waterfall) -> f64 {
    SENDING.iter().map(|step| waterfall.ms(*step).max(0.0)).sum()
}

/// Whether moving data took most of the time, because there was so much of it.
pub fn dominates(case: &Case, waterfall: &Waterfall) -> bool {
    let cost_ms = cost_ms(waterfall);
    let others = waterfall.steps.iter().filter(|one| !SENDING.contains(&one.step));
    let largest_other_ms = others.map(|one| one.ms).fold(0.0, f64::max);
    cost_ms > MOST_SENDING * waterfall.measured_ms
        && (cost_ms > waterfall.ideal_ms || cost_ms > largest_other_ms)
        && bytes(case) as f64 > SLOWEST_BYTES_PER_MS * cost_ms
}

/// The bytes that moved for one computation, both ways.
fn bytes(case: &Case) -> u64 {
    let shown = case.outcome.shown();
    shown.map_or(0, |sample| sample.bytes_sent + sample.bytes_received)
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        let has_modes = executor.kind().option(DATA_MODE.name).is_some();
        let advice = match (executor.memory(), executor.options.data_mode) {
            (Memory::Own, DataMode::Copy) if has_modes => {
                "Share the memory (threads), transfer the buffers (dataMode transfer), preload the \
                 data in every worker (staticData initializer), or send less."
            }
            (Memory::Own, _) => "Share the memory (threads), or send less.",
            _ => "Send less.",
        };
        format!(
            "moving {} between memories took {} of {}. {advice}",
            format::bytes(self.bytes as f64),
            format::duration(self.cost_ms),
            format::duration(self.measured_ms)
        )
    }
}
