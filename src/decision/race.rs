//! A leaf put to the test: the experiment in which its model is raced against its rivals.

use super::content::TREE;
use super::tree::{Leaf, Model, leaves};
use crate::experiment::{Experiment, link};
use crate::models::{Executor, ExecutorKind};

/// The answer that leads to leaves which work around the GIL.
pub const HOLDS_GIL: &str = "bytecode";

/// The race of a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// The model that the leaf advises.
    pub advised: ExecutorKind,
    /// The leaf's first experiment, with that model and its rivals.
    pub experiment: Experiment,
}

impl Race {
    /// The race of `leaf`, where pools without a size are `workers` wide; `None` where its model
    /// is several machines.
    ///
    /// The leaf's model has the leaf's options. Behind [`HOLDS_GIL`], threads are threads with a GIL:
    /// that reader has no others.
    pub fn of(leaf: &Leaf, workers: u32) -> Option<Self> {
        let Model::Lab(advised) = leaf.model else { return None };
        let pairs = link::pairs(&leaf.links.first()?.query()).ok()?;
        let mut experiment = link::read(&pairs, workers).ok()?.experiment;
        if works_around_gil(leaf) {
            experiment.executors = with_gil(&experiment.executors);
        }
        for executor in experiment.executors.iter_mut().filter(|one| one.kind() == advised) {
            leaf.set_options(executor);
        }
        Some(Self { advised, experiment })
    }
}

fn works_around_gil(leaf: &Leaf) -> bool {
    leaves(&TREE, HOLDS_GIL).iter().all(|other| other.id != leaf.id)
}

/// `executors` with threads with a GIL in place of those without, each kind once.
fn with_gil(executors: &[Executor]) -> Vec<Executor> {
    let has_gil = executors.iter().any(|one| one.kind() == ExecutorKind::ThreadsGil);
    let rival = |one: &Executor| match one.kind() {
        ExecutorKind::Threads if has_gil => None,
        ExecutorKind::Threads => Some(Executor::new(ExecutorKind::ThreadsGil, one.workers())),
        _ => Some(one.clone()),
    };
    executors.iter().filter_map(rival).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::DataMode;
    use ExecutorKind::{EventLoop, Hybrid, MainThread, Processes, Threads, ThreadsGil};

    const CORES: u32 = 4;

    fn race(id: &str) -> Option<Race> {
        let leaf = leaves(&TREE, "").into_iter().find(|leaf| leaf.id == id).expect("a leaf");
        Race::of(leaf, CORES)
    }

    fn kinds(id: &str) -> Vec<ExecutorKind> {
        race(id).expect("it can be raced").experiment.executors.iter().map(Executor::kind).collect()
    }

    #[test]
    fn every_leaf_of_one_machine_is_raced_against_rivals() {
        for leaf in leaves(&TREE, "") {
            match (leaf.model, Race::of(leaf, CORES)) {
                (Model::Lab(kind), Some(race)) => {
                    assert_eq!(race.advised, kind, "{}", leaf.id);
                    assert_eq!(race.experiment.workload.id(), leaf.links[0].workload);
                    let kinds = kinds(leaf.id);
                    let advised = kinds.iter().filter(|one| **one == kind).count();
                    assert!(advised == 1 && kinds.len() > 1, "{}: {kinds:?}", leaf.id);
                }
                (Model::Machines, None) => {}
                (model, race) => panic!("{}: {model:?} {race:?}", leaf.id),
            }
        }
    }

    #[test]
    fn rivals_are_the_models_of_the_first_experiment() {
        assert_eq!(kinds("thread-pool"), [MainThread, EventLoop, Threads]);
        assert_eq!(kinds("threads"), [MainThread, Threads, Processes]);
        assert_eq!(kinds("hybrid"), [MainThread, EventLoop, Threads, Processes, Hybrid]);
    }

    #[test]
    fn behind_the_gil_there_are_no_threads_without_one() {
        assert_eq!(kinds("process-pool"), [MainThread, ThreadsGil, Processes]);
        assert_eq!(kinds("shared-memory"), [MainThread, ThreadsGil, Processes]);
    }

    #[test]
    fn the_advised_model_has_the_options_of_the_leaf() {
        let data_mode = |id: &str| {
            let race = race(id).expect("it can be raced");
            let advised = race.experiment.executors.iter().find(|one| one.kind() == race.advised);
            advised.expect("it takes part").options.data_mode
        };
        assert_eq!(data_mode("shared-memory"), DataMode::Shared);
        assert_eq!(data_mode("process-pool"), DataMode::Copy);
    }
}
