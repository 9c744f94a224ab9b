//! Which programs a card offers.

use crate::experiment::Experiment;
use crate::models::{Executor, ExecutorKind};
use crate::programs::{Flavour, NoProgram, Program};
use crate::workloads::params::Params;
use crate::workloads::{Workload, WorkloadId};

/// A program that the reader can choose: its flavour, and the model whose options it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its flavour.
    pub flavour: Flavour,
    /// The model.
    pub executor: Executor,
}

/// The programs that correspond to a model of an experiment.
pub fn of_model(executor: &Executor) -> Vec<Choice> {
    let flavours = Flavour::of_model(executor.kind()).iter();
    flavours.map(|&flavour| Choice { flavour, executor: executor.clone() }).collect()
}

/// A part of the cheatsheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// Its name among the page's elements.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// When to use it, in a sentence. Code stands between backticks.
    pub when: &'static str,
    /// The class of the colour of its model.
    pub class: &'static str,
    /// Its programs.
    pub flavours: &'static [Flavour],
}

/// The parts of the cheatsheet.
pub const GROUPS: [Group; 6] = [
    Group {
        id: "loop",
        title: "One thread",
        when: "Use it while the work takes a few milliseconds, and until you have profiled it.",
        class: "model-main-thread",
        flavours: &[Flavour::PythonLoop, Flavour::RustLoop],
    },
    Group {
        id: "event-loop",
        title: "Event loop",
        when: "Use it for hundreds or thousands of waits at once, with libraries made for it.",
        class: "model-event-loop",
        flavours: &[Flavour::PythonAsyncio, Flavour::RustTokio],
    },
    Group {
        id: "threads",
        title: "Threads",
        when: "Use them for up to hundreds of waits with code that blocks, and for computing \
               where no GIL is in the way.",
        class: "model-threads",
        flavours: &[Flavour::PythonThreads, Flavour::RustRayon, Flavour::RustThreads],
    },
    Group {
        id: "processes",
        title: "Processes",
        when: "Use them to compute in Python code on all cores, with little data for each task.",
        class: "model-processes",
        flavours: &[Flavour::PythonProcesses, Flavour::PythonInterpreters, Flavour::PythonJoblib],
    },
    Group {
        id: "hybrid",
        title: "Hybrid pipeline",
        when: "Use it where every task waits and then computes, and both take a fair share.",
        class: "model-hybrid",
        flavours: &[Flavour::PythonHybrid, Flavour::RustHybrid],
    },
    Group {
        id: "machines",
        title: "Several machines",
        when: "Use a framework once one machine is too slow or too small.",
        class: "model-machines",
        flavours: Flavour::OF_MACHINES,
    },
];

/// What a part of the cheatsheet computes, and its programs: the experiment's work, unless there
/// is no program for that, as where programs need tasks that wait and then compute. Then it is a pipeline's,
/// and the second value says why.
pub fn of_group(
    group: &Group,
    experiment: &Experiment,
    workers: u32,
) -> (Workload, Option<NoProgram>, Vec<Choice>) {
    let executor = |kind: ExecutorKind| {
        let given = experiment.executors.iter().find(|one| one.kind() == kind).cloned();
        given.unwrap_or_else(|| Executor::new(kind, workers))
    };
    let choices: Vec<_> = group
        .flavours
        .iter()
        .map(|&flavour| Choice { flavour, executor: executor(flavour.model()) })
        .collect();
    let program = |choice: &Choice| {
        Program::new(&experiment.workload, &choice.executor, choice.flavour).err()
    };
    let why = choices.iter().find_map(program);
    const OF_THE_WORK: [NoProgram; 3] =
        [NoProgram::NeedsStages, NoProgram::OnlyComputes, NoProgram::Faults];
    let why = why.filter(|why| OF_THE_WORK.contains(why));
    let has_none = choices.iter().all(|choice| program(choice) == why);
    match Workload::new(WorkloadId::Pipeline, &Params::new()) {
        Ok(pipeline) if why.is_some() && has_none => (pipeline, why, choices),
        _ => (experiment.workload.clone(), None, choices),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn experiment(workload: WorkloadId) -> Experiment {
        Experiment::default_for(workload, 4).expect("the defaults are valid")
    }

    #[test]
    fn the_cheatsheet_has_every_flavour_once() {
        let all: Vec<_> = GROUPS.iter().flat_map(|group| group.flavours).collect();
        let titles: BTreeSet<_> = all.iter().map(|flavour| flavour.title()).collect();
        assert_eq!((all.len(), titles.len()), (Flavour::ALL.len(), Flavour::ALL.len()));
    }

    #[test]
    fn every_part_has_a_program_whatever_the_workload() {
        for &workload in WorkloadId::ALL {
            let experiment = experiment(workload);
            for group in &GROUPS {
                let (shown, why, choices) = of_group(group, &experiment, 4);
                assert_eq!(shown.id() != workload, why.is_some(), "{workload:?} {}", group.id);
                let is_there = |choice: &Choice| {
                    Program::new(&shown, &choice.executor, choice.flavour).is_ok()
                };
                assert!(choices.iter().any(is_there), "{workload:?} {}", group.id);
            }
        }
    }

    #[test]
    fn programs_have_the_options_of_the_experiment() {
        let mut experiment = experiment(WorkloadId::Primes);
        experiment.executors = vec![Executor::new(ExecutorKind::Processes, 7)];
        let (_, _, choices) = of_group(&GROUPS[3], &experiment, 4);
        assert!(choices.iter().all(|choice| choice.executor.workers() == 7), "{choices:?}");
        let (_, _, choices) = of_group(&GROUPS[2], &experiment, 4);
        assert!(choices.iter().all(|choice| choice.executor.workers() == 4), "{choices:?}");
    }
}
