//! The decision tree, walked by evidence: each question is answered by a figure, with the
//! bound that it was compared with and how close it was.

use super::costs::Costs;
use super::evidence::{Evidence, Source};
use super::lens::Lens;
use super::sizing::{self, HEAVY};
use crate::decision::{Answer, Leaf, Node, Question};
use crate::measure::format;
use crate::wording::{counted, grouped};
use serde::{Serialize, Serializer};

/// A task waits, for the tree, where it waits for this part of its time or more: what is left to
/// compute is then less than the difference that counts as one (`stats::LEAST_DIFFERENCE`).
pub const WAITS_FROM: f64 = 0.9;
/// A task computes where it waits for no more than this part: overlapping its waits gains less
/// than that difference.
pub const COMPUTES_UP_TO: f64 = 0.1;
/// The whole program takes a few milliseconds up to this, in ms: about as long as CPython takes to
/// start eight processes by forkserver ([`super::home::EIGHT_FORKSERVER_MS`]).
pub const LITTLE_MS: f64 = 5.0;
/// Thousands of waits begin here: about what the background article, and the memory that as many
/// threads' stacks take, set as the bound for threads.
pub const THOUSANDS: f64 = 1_000.0;
/// Where nobody says how soon the work must be done, one machine is not enough if all its cores take
/// longer than a day, in ms: work that runs every day would never catch up.
pub const DAY_MS: f64 = 24.0 * 60.0 * 60.0 * 1_000.0;
/// An answer was close where its figure is within this factor of the bound.
pub const CLOSE: f64 = 1.5;

/// A question with the answer that the evidence gives.
#[derive(Clone, Debug)]
pub struct EvidenceStep {
    /// What was asked.
    pub question: &'static Question,
    /// The answer.
    pub answer: &'static Answer,
    /// Why, with the figure and its bound.
    pub because: String,
    /// The figure in a few words, for a line of the drawn tree: "98% waiting".
    pub figure: String,
    /// How many times as large as its bound the figure is, or as small: at least 1. `None` where
    /// there is none to compare.
    pub margin: Option<f64>,
}

impl EvidenceStep {
    /// Whether a little more or less would have given another answer.
    pub fn is_close(&self) -> bool {
        self.margin.is_some_and(|margin| margin < CLOSE)
    }
}

impl Serialize for EvidenceStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Written<'a> {
            question: &'a str,
            answer: &'a str,
            because: &'a str,
            figure: &'a str,
            margin: Option<f64>,
            is_close: bool,
        }
        Written {
            question: self.question.id,
            answer: self.answer.id,
            because: &self.because,
            figure: &self.figure,
            margin: self.margin,
            is_close: self.is_close(),
        }
        .serialize(serializer)
    }
}

impl PartialEq for EvidenceStep {
    fn eq(&self, other: &Self) -> bool {
        (self.question.id, self.answer.id, &self.because, &self.figure, self.margin)
            == (other.question.id, other.answer.id, &other.because, &other.figure, other.margin)
    }
}

/// An answer's id, why it is given, its figure in a few words, and how far that is from the bound.
struct Judged {
    answer: &'static str,
    because: String,
    figure: String,
    margin: Option<f64>,
}

/// The way through the tree below `root`, and the leaf that it comes to; `None` where the
/// evidence has no answer to a question.
pub fn walk(
    root: &'static Question,
    lens: Lens,
    evidence: &Evidence,
    costs: &Costs,
) -> Option<(Vec<EvidenceStep>, &'static Leaf)> {
    let (mut steps, mut here) = (Vec::new(), Node::Question(root));
    loop {
        let question = match here {
            Node::Leaf(leaf) => return Some((steps, leaf)),
            Node::Question(question) => question,
        };
        let Judged { answer, because, figure, margin } = judge(question.id, lens, evidence, costs)?;
        let answer = question.answer(answer)?;
        steps.push(EvidenceStep { question, answer, because, figure, margin });
        here = answer.next;
    }
}

fn judge(question: &str, lens: Lens, evidence: &Evidence, costs: &Costs) -> Option<Judged> {
    match question {
        "work" => Some(time_goes(evidence)),
        "concurrency" => Some(waits_at_once(evidence)),
        "scale" => Some(machine(evidence)),
        "interpreter" => Some(lock(lens, evidence)),
        "payload" => payload(evidence, costs),
        _ => None,
    }
}

/// How many times as large as `bound` `figure` is, or as small.
fn margin(figure: f64, bound: f64) -> Option<f64> {
    let ratio = (figure / bound).max(bound / figure);
    ratio.is_finite().then_some(ratio)
}

fn time_goes(evidence: &Evidence) -> Judged {
    let work = &evidence.work;
    let (all_ms, share) = (work.sequential_ms(), work.share_of_waiting());
    if all_ms <= LITTLE_MS {
        let because = format!(
            "{} one after another {} {}; up to {} there is little to gain.",
            counted(work.tasks, "task"),
            if work.tasks == 1 { "takes" } else { "take" },
            format::duration(all_ms),
            format::short_duration(LITTLE_MS)
        );
        let figure = format!("{} in all", format::duration(all_ms));
        return Judged { answer: "little", because, figure, margin: margin(all_ms, LITTLE_MS) };
    }
    // As odds, so that 90% and 10% are equally far from a half.
    let odds = |share: f64| share / (1.0 - share);
    let of = |bound: f64| margin(odds(share), odds(bound));
    let waits = match work.waits() {
        true => format!("waits for {}", format::duration(work.wait_ms.mean)),
        false => "waits for nothing".to_owned(),
    };
    let measured = format!(
        "A task {waits} and computes for {}, so {} of its time is waiting",
        format::duration(work.compute_ms.mean),
        format::percent(share)
    );
    let (answer, bound, margin) = if share >= WAITS_FROM {
        (
            "io",
            format!("from {} on, waiting is all that counts", format::percent(WAITS_FROM)),
            of(WAITS_FROM),
        )
    } else if share <= COMPUTES_UP_TO {
        let bound =
            format!("up to {}, computing is all that counts", format::percent(COMPUTES_UP_TO));
        ("cpu", bound, of(COMPUTES_UP_TO))
    } else {
        let bounds = [COMPUTES_UP_TO, WAITS_FROM].map(format::percent);
        let nearest = [COMPUTES_UP_TO, WAITS_FROM].into_iter().filter_map(of).reduce(f64::min);
        ("mixed", format!("between {} and {}, both count", bounds[0], bounds[1]), nearest)
    };
    let figure = match answer {
        "cpu" => format!("{} computing", format::percent(1.0 - share)),
        _ => format!("{} waiting", format::percent(share)),
    };
    Judged { answer, because: format!("{measured}; {bound}."), figure, margin }
}

fn waits_at_once(evidence: &Evidence) -> Judged {
    let waits = evidence.work.tasks;
    let because = format!(
        "All {} can be open at once; from {} on, a thread for each costs too much memory.",
        counted(waits, "wait"),
        grouped(THOUSANDS as u64)
    );
    let answer = if waits as f64 >= THOUSANDS { "thousands" } else { "hundreds" };
    let figure = format!("{} at once", grouped(waits));
    Judged { answer, because, figure, margin: margin(waits as f64, THOUSANDS) }
}

fn machine(evidence: &Evidence) -> Judged {
    let work = &evidence.work;
    if let Some((needed, there)) = evidence.limits.memory_per_worker.zip(evidence.limits.memory)
        && needed > there
    {
        let because = format!(
            "One worker needs {} of memory, and the machine has {}.",
            format::bytes(needed),
            format::bytes(there)
        );
        let figure = format!("{} a worker", format::bytes(needed));
        return Judged { answer: "machines", because, figure, margin: margin(needed, there) };
    }
    let cores = f64::from(sizing::busy_workers(evidence));
    let fitting = evidence.limits.most_workers().map_or(f64::INFINITY, f64::from).max(1.0);
    let at_once = evidence.cores.value.max(1.0).min(fitting);
    let best_ms = work.tasks as f64 * work.compute_ms.mean / at_once;
    let (target_ms, bound) = match evidence.limits.target_ms {
        Some(target_ms) => (target_ms, format!("your target is {}", format::duration(target_ms))),
        None => (DAY_MS, "up to a day, one machine is enough".to_owned()),
    };
    let cores_there = format::cores(evidence.cores.value);
    let (by, by_short) = match fitting < cores {
        true => (
            format!("as many workers as fit into its memory ({fitting:.0})"),
            counted(fitting as u64, "worker"),
        ),
        false => (cores_there.clone(), cores_there),
    };
    let because =
        format!("All tasks together compute for {} on {by}; {bound}.", format::duration(best_ms));
    let answer = if best_ms > target_ms { "machines" } else { "one" };
    let figure = format!("{} on {by_short}", format::duration(best_ms));
    Judged { answer, because, figure, margin: margin(best_ms, target_ms) }
}

fn lock(lens: Lens, evidence: &Evidence) -> Judged {
    let (answer, because, figure) = match (lens, evidence.work.holds_gil, evidence.source) {
        (Lens::Rust, ..) => ("native", "Rust has no GIL.", "Rust"),
        (Lens::FreeThreaded, ..) => {
            ("native", "A free-threaded build of Python has no GIL.", "free-threaded")
        }
        (Lens::Python, false, _) => {
            ("native", "You say that the busy code releases the GIL.", "as you say")
        }
        (Lens::Python, true, Source::Stated) => {
            ("bytecode", "You say that the busy code holds the GIL.", "as you say")
        }
        (Lens::Python, true, Source::Profiled { .. }) => {
            ("bytecode", "The tasks count as Python bytecode, which holds the GIL.", "assumed")
        }
    };
    Judged { answer, because: because.to_owned(), figure: figure.to_owned(), margin: None }
}

fn payload(evidence: &Evidence, costs: &Costs) -> Option<Judged> {
    let pool = costs.processes.as_ref()?;
    let part = sizing::moving_over_computing(evidence, pool);
    let because = format!(
        "A task is sent and returns {} in all; moving that takes {} of the time that it computes. \
         From {} on, that is a lot.",
        format::bytes(evidence.work.bytes_moved()),
        format::percent(part),
        format::percent(HEAVY)
    );
    let answer = if part >= HEAVY { "heavy" } else { "light" };
    let figure = format!("{} of computing", format::percent(part));
    Some(Judged { answer, because, figure, margin: margin(part, HEAVY) })
}
