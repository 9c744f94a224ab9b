//! The advice: what the tree says and the cost model confirms.

use super::answering::{self, EvidenceStep};
use super::caveat::Caveat;
use super::costs::Costs;
use super::evidence::{Evidence, Source};
use super::home;
use super::lens::Lens;
use super::prediction::Prediction;
use super::sizing;
use crate::decision::{Leaf, Model, TREE};
use crate::models::{Executor, ExecutorKind};
use serde_json::{Value, json};

/// The tree's model is advised unless another one is faster by more than this factor: less is
/// within what runs differ by, and the tree goes by what code is simplest.
pub const AS_FAST: f64 = 1.05;
/// The advice is sure from this likelihood on that no other model is faster.
const SURE: f64 = 0.9;
/// It is a guess below this one: about as likely as not.
const LIKELY: f64 = 0.6;
/// Cores that are off by this part or more are not measured.
pub const UNMEASURED_CORES: f64 = 0.2;

/// How sure the advice is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    /// How likely it is that no other model is faster by more than [`AS_FAST`], 0 to 1.
    pub likelihood: f64,
}

impl Certainty {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self.likelihood {
            sure if sure >= SURE => "high",
            likely if likely >= LIKELY => "medium",
            _ => "low",
        }
    }
}

/// A model that comes into question as well.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The model, with the options that suit the work.
    pub executor: Executor,
    /// How many times as long as the advised model it should take.
    pub times: f64,
}

/// The advice.
#[derive(Clone, Debug)]
pub struct Advice {
    /// For whom it is.
    pub lens: Lens,
    /// What it rests on.
    pub evidence: Evidence,
    /// What the models cost on this page; `None` where that was not measured.
    pub costs: Option<Costs>,
    /// The way through the decision tree.
    pub path: Vec<EvidenceStep>,
    /// Where it ends.
    pub leaf: &'static Leaf,
    /// How long each model takes: on this page, where its costs were measured, else at home.
    pub predicted: Vec<Prediction>,
    /// How long each model of the lens takes at home, where the advice goes by that; as
    /// `predicted` where this page's costs were not measured.
    pub at_home: Option<Vec<Prediction>>,
    /// The model that is advised, with its options for this page, where it can run here.
    pub recommended: Executor,
    /// The other models of the lens, the fastest first.
    pub alternatives: Vec<Alternative>,
    /// How sure it is.
    pub certainty: Certainty,
    /// What a reader should know.
    pub caveats: Vec<Caveat>,
}

/// Advises by `evidence`, and by what the models cost `here`, if that was measured. For Python
/// CPython's own costs decide. `None` where the evidence answers nothing: work that takes no time.
pub fn advise(lens: Lens, evidence: Evidence, here: Option<Costs>) -> Option<Advice> {
    let home = home::costs(lens);
    let by_home = lens.is_python() || here.is_none();
    let deciding = here.as_ref().filter(|_| !by_home).unwrap_or(&home);
    let (path, leaf) = answering::walk(&TREE, lens, &evidence, deciding)?;
    let all = |kinds: &[ExecutorKind], costs: &Costs| -> Vec<Prediction> {
        kinds.iter().filter_map(|kind| sizing::sized(*kind, &evidence, costs)).collect()
    };
    let mut choices = all(&lens.models(), deciding);
    choices.sort_by(|a, b| a.median_ms.total_cmp(&b.median_ms));
    let fastest = choices.first()?.clone();
    let of_tree = model_of(leaf, lens);
    let by_tree = choices.iter().find(|one| Some(one.kind()) == of_tree);
    let is_as_fast = |one: &&Prediction| one.median_ms <= fastest.median_ms * AS_FAST;
    let chosen = by_tree.filter(is_as_fast).unwrap_or(&fastest).clone();
    let others: Vec<_> = choices.iter().filter(|one| one.kind() != chosen.kind()).collect();
    let likelihood =
        others.iter().map(|other| chosen.likely_within(AS_FAST, other)).fold(1.0, f64::min);
    let predicted = match &here {
        Some(costs) => all(&ExecutorKind::ALL, costs),
        None => choices.clone(),
    };
    let here_of_chosen = predicted.iter().find(|one| one.kind() == chosen.kind());
    let recommended = here_of_chosen.unwrap_or(&chosen).executor.clone();
    let alternatives = others
        .iter()
        .map(|other| Alternative {
            executor: other.executor.clone(),
            times: other.median_ms / chosen.median_ms,
        })
        .collect();
    let mut advice = Advice {
        lens,
        path,
        leaf,
        predicted,
        at_home: by_home.then_some(choices.clone()),
        recommended,
        alternatives,
        certainty: Certainty { likelihood },
        caveats: Vec::new(),
        costs: here,
        evidence,
    };
    advice.caveats = advice.caveats_of(of_tree, &choices, &chosen);
    Some(advice)
}

/// The model that a leaf advises, as the lens has it; `None` for several machines.
fn model_of(leaf: &Leaf, lens: Lens) -> Option<ExecutorKind> {
    match leaf.model {
        Model::Lab(ExecutorKind::Threads) => Some(lens.threads()),
        Model::Lab(kind) => Some(kind),
        Model::Machines => None,
    }
}

impl Advice {
    fn caveats_of(
        &self,
        of_tree: Option<ExecutorKind>,
        choices: &[Prediction],
        chosen: &Prediction,
    ) -> Vec<Caveat> {
        let mut caveats = Vec::new();
        let advised = chosen.kind();
        match of_tree {
            None => caveats.push(Caveat::SeveralMachines),
            Some(of_tree) if of_tree != advised => {
                let by_tree = choices.iter().find(|one| one.kind() == of_tree);
                let times = by_tree.map(|one| one.median_ms / chosen.median_ms);
                let leaf = self.leaf.title;
                caveats.push(Caveat::OtherThanTree { leaf, of_tree, advised, times });
            }
            Some(_) => {}
        }
        if let Some(costs) = &self.costs {
            caveats.extend(self.caveats_here(advised, costs));
        }
        if self.at_home.is_some() {
            match self.lens {
                Lens::Python => caveats.push(Caveat::PythonCosts),
                Lens::FreeThreaded => {
                    caveats.extend([Caveat::PythonCosts, Caveat::FreeThreadingCosts]);
                }
                Lens::Rust => caveats.push(Caveat::RustCosts),
            }
        }
        let close = self.path.iter().filter(|step| step.is_close());
        caveats.extend(close.map(|step| Caveat::CloseAnswer { question: step.question.short }));
        let fitting = self.evidence.limits.most_workers();
        let limits = |workers: &u32| *workers < sizing::busy_workers(&self.evidence);
        caveats.extend(fitting.filter(limits).map(|workers| Caveat::MemoryLimits { workers }));
        caveats
    }

    /// What is to be known where the work was run on this page.
    fn caveats_here(&self, advised: ExecutorKind, costs: &Costs) -> Vec<Caveat> {
        let mut caveats = Vec::new();
        let here = |kind| self.predicted.iter().find(|one| one.kind() == kind);
        match here(advised) {
            None => caveats.push(Caveat::CannotRunHere { advised }),
            Some(of_advised) => {
                let models = self.lens.models();
                let of_lens = self.predicted.iter().filter(|one| models.contains(&one.kind()));
                let fastest = of_lens.min_by(|a, b| a.median_ms.total_cmp(&b.median_ms));
                let times = |one: &Prediction| of_advised.median_ms / one.median_ms;
                let faster = fastest.filter(|one| times(one) > AS_FAST);
                caveats.extend(faster.map(|one| Caveat::OtherFastestHere {
                    advised,
                    fastest: one.kind(),
                    times: times(one),
                }));
                let pool = match advised {
                    ExecutorKind::Threads | ExecutorKind::ThreadsGil => costs.threads,
                    ExecutorKind::Processes | ExecutorKind::Hybrid => costs.processes,
                    _ => None,
                };
                caveats.extend(pool.map(|pool| Caveat::StartNotCounted {
                    advised,
                    start_ms: pool.start_ms.value * f64::from(of_advised.executor.workers()),
                }));
            }
        }
        if self.lens.is_python() {
            caveats.push(Caveat::CompiledKernel);
        }
        let tasks = self.evidence.work.tasks;
        if let Source::Profiled { tasks: run } = self.evidence.source
            && run < tasks
        {
            caveats.push(Caveat::PartOfTasks { run, tasks });
        }
        if self.evidence.work.merge_ms.is_none() {
            caveats.push(Caveat::MergeNotMeasured);
        }
        if self.evidence.cores.sd >= UNMEASURED_CORES * self.evidence.cores.value {
            caveats.push(Caveat::CoresNotMeasured);
        }
        caveats
    }

    /// The advice as scripts get it.
    pub fn to_json(&self) -> Value {
        let alternative = |one: &Alternative| {
            let mut value = json!(one.executor);
            value["times"] = json!(one.times);
            value
        };
        let mut evidence = json!(self.evidence);
        evidence["costs"] = json!(self.costs);
        json!({
            "lens": self.lens,
            "evidence": evidence,
            "path": self.path,
            "leaf": self.leaf.id,
            "predicted": self.predicted,
            "atHome": self.at_home,
            "recommended": self.recommended,
            "alternatives": self.alternatives.iter().map(alternative).collect::<Vec<_>>(),
            "confidence": {
                "level": self.certainty.id(),
                "likelihood": self.certainty.likelihood,
            },
            "caveats": self.caveats.iter().map(Caveat::to_json).collect::<Vec<_>>(),
        })
    }
}
