//! The verdict: what came out, in the figures of this very run.
//!
//! | file | subject |
//! | --- | --- |
//! | `comparison` | the fastest model and what it is compared with |
//! | `named` | a model, as sentences name it |

mod comparison;
mod named;

pub use comparison::{Comparison, VerdictKind};
pub use named::NamedModel;

use super::confidence::Confidence;
use super::format;
use super::heartbeat::FREEZE_MS;
use super::report::outcome::RunResults;
use super::stats::Ratio;
use crate::failure::Problem;
use crate::workloads::faults::Faults;
use serde_json::{Value, json};

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Which model was fastest, and by how much.
    pub comparison: Comparison,
    /// Each model but the fastest, and how many times as fast as the main thread it was.
    pub others: Vec<(NamedModel, Ratio)>,
    /// The model that froze the page for longest, and for how long at a time, in ms; where any
    /// did.
    pub freeze: Option<(NamedModel, f64)>,
    /// Whether the models did not give the same answer.
    pub answers_disagree: bool,
    /// The models without a result.
    pub without_result: Vec<NamedModel>,
    /// The task that was to fail, if one was.
    failed_on_purpose: Option<usize>,
}

impl Verdict {
    /// The verdict on a run: what came out. Why it came out so is for the findings to say.
    pub fn of(run: &RunResults) -> Self {
        let results = run.results;
        let named = |at: usize| NamedModel::of(results, at);
        let needed = Confidence::new(run.ranking.len(), run.measuring.looks).fewest_rounds();
        let others = run.ranking.iter().skip(1);
        let others = others
            .filter_map(|rank| Some((rank.result, results[rank.result].speedup.as_ref()?.ratio)));
        let freezes = results.iter().map(|one| one.longest_freeze_ms()).enumerate();
        let has_page = run.environment.browser.is_some();
        let frozen = freezes.filter(|(_, ms)| has_page && *ms >= FREEZE_MS);
        let failed = results.iter().enumerate().filter(|(_, one)| one.error.is_some());
        // Where it came to that, under some model.
        let mut problems =
            results.iter().filter_map(|one| one.error.as_ref()).map(|it| &it.problem);
        let on_purpose =
            run.experiment.workload.faults().filter(|_| problems.any(Problem::is_of_tasks));
        Self {
            comparison: Comparison::of(run, needed),
            others: others.map(|(at, ratio)| (named(at), ratio)).collect(),
            freeze: frozen.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, ms)| (named(at), ms)),
            answers_disagree: run.agreement == Some(false),
            without_result: failed.map(|(at, _)| named(at)).collect(),
            failed_on_purpose: on_purpose.filter(|it| it.fault().is_some()).map(Faults::at),
        }
    }

    /// What kind of answer it is.
    pub fn kind(&self) -> VerdictKind {
        self.comparison.kind()
    }

    /// The 95% interval of the headline's ratio, where it has one.
    pub fn ci95(&self) -> Option<[f64; 2]> {
        self.comparison.ratio().map(|ratio| ratio.ci95)
    }

    /// One sentence, without a full stop: which model was fastest, and by how much.
    pub fn headline(&self) -> String {
        match self.failed_on_purpose.filter(|_| self.kind() == VerdictKind::Nothing) {
            Some(task) => format!("Task {task} failed, on purpose"),
            None => self.comparison.headline(),
        }
    }

    /// What else there is to say, in sentences; empty where there is nothing.
    pub fn detail(&self) -> String {
        let mut said: Vec<String> = self.comparison.help().into_iter().collect();
        if matches!(self.kind(), VerdictKind::Faster | VerdictKind::NoDifference) {
            said.extend(self.others.iter().map(|(model, speedup)| beside(model, speedup)));
        }
        if let Some((model, ms)) = &self.freeze {
            let (name, long) = (model.at_start(), format::duration(*ms));
            said.push(format!("{name} froze the page for {long} at a time."));
        }
        if self.answers_disagree {
            said.push("Their answers disagree.".to_owned());
        }
        if !self.without_result.is_empty() {
            let names: Vec<_> = self.without_result.iter().map(NamedModel::in_text).collect();
            said.push(format!("Without a result: {}.", names.join(", ")));
        }
        said.join(" ")
    }

    /// The verdict in reports. Models are indices into the results.
    pub fn to_json(&self) -> Value {
        let mut json = json!({
            "kind": self.kind(),
            "headline": self.headline(),
            "detail": self.detail(),
            "ci95": self.ci95(),
        });
        match &self.comparison {
            Comparison::Of { fastest, other, ratio, rounds, needed } => {
                json["fastest"] = fastest.result.into();
                json["over"] = other.result.into();
                json["ratio"] = json!(ratio.map(|ratio| ratio.ratio));
                json["rounds"] = json!(rounds);
                json["neededRounds"] = json!(needed);
            }
            Comparison::OneModel { model, median_ms } => {
                json["fastest"] = model.result.into();
                json["medianMs"] = json!(median_ms);
            }
            Comparison::Nothing => {}
        }
        let others = self.others.iter().map(|(model, Ratio { ratio, ci95 })| {
            json!({ "result": model.result, "ratio": ratio, "ci95": ci95 })
        });
        json["others"] = others.collect();
        let freeze = self.freeze.as_ref();
        json["freeze"] = freeze
            .map_or(Value::Null, |(model, ms)| json!({ "result": model.result, "longestMs": ms }));
        json["answersDisagree"] = self.answers_disagree.into();
        json["withoutResult"] = self.without_result.iter().map(|model| model.result).collect();
        json
    }
}

/// What a model other than the fastest came to, beside the main thread.
fn beside(model: &NamedModel, speedup: &Ratio) -> String {
    let (own, was) = (model.at_start(), model.executor.kind().was());
    match speedup.ratio {
        _ if speedup.is_even() => format!("{own} gained nothing."),
        slower if slower < 1.0 => format!("{own} took {}× as long.", format::times(1.0 / slower)),
        faster => format!("{own} {was} {}× faster.", format::times(faster)),
    }
}
