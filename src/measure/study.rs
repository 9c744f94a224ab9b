//! A study: the experiments that answer a question, one after the other, and what they come
//! to. Does not know how they are run.

use super::report::{ModelScaling, Report};
use super::sharing::{self, Costs, SharingStep, Way};
use crate::experiment::Experiment;
use crate::failure::{Failure, FailureKind, Result};
use crate::models::ExecutorKind;

/// One of a study's experiments.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyStep {
    /// Which model is fastest? All models take turns in one experiment.
    Comparison(Experiment),
    /// How far do more workers help? All widths of a model's pool take turns in one experiment.
    Scaling(Experiment),
    /// What does sharing cost? The sum of an array of one size.
    Sharing(SharingStep),
}

impl StudyStep {
    /// What is run.
    pub fn experiment(&self) -> &Experiment {
        match self {
            Self::Comparison(experiment) | Self::Scaling(experiment) => experiment,
            Self::Sharing(step) => &step.experiment,
        }
    }
}

/// What the experiments that are over come to.
#[derive(Clone, Debug, PartialEq)]
pub enum Summary {
    /// Nothing beyond the last report.
    Comparison,
    /// How the model scales; `None` until that was measured.
    Scaling(Option<ModelScaling>),
    /// What each way costs at each size.
    Sharing(Costs),
}

/// A study, and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    plan: Vec<StudyStep>,
    done: usize,
    summary: Summary,
}

impl Study {
    /// Which of the models of `experiment` is fastest.
    pub fn comparison(experiment: Experiment) -> Self {
        Self::new(vec![StudyStep::Comparison(experiment)], Summary::Comparison)
    }

    /// How the pool of `kind` scales on so many cores, with the work of `experiment`.
    pub fn scaling(experiment: &Experiment, kind: ExecutorKind, cores: u32) -> Self {
        let step = StudyStep::Scaling(experiment.scaling(kind, cores));
        Self::new(vec![step], Summary::Scaling(None))
    }

    /// What sharing costs in these ways.
    ///
    /// # Errors
    /// As [`sharing::steps`].
    pub fn sharing(ways: &[Way]) -> Result<Self> {
        let steps = sharing::steps(ways)?.into_iter().map(StudyStep::Sharing);
        Ok(Self::new(steps.collect(), Summary::Sharing(Costs::default())))
    }

    fn new(plan: Vec<StudyStep>, summary: Summary) -> Self {
        Self { plan, done: 0, summary }
    }

    /// All of its experiments, in order.
    pub fn plan(&self) -> &[StudyStep] {
        &self.plan
    }

    /// How many experiments are over.
    pub fn done(&self) -> usize {
        self.done
    }

    /// The experiment to run next; `None` once all are over.
    pub fn next_step(&self) -> Option<&StudyStep> {
        self.plan.get(self.done)
    }

    /// What the experiments that are over come to.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Notes what the next step came to, and goes on to the one after it. An experiment that
    /// fails leaves those after it to be run.
    ///
    /// # Errors
    /// `Cancelled`, and `Unavailable` where something else runs: they end the study.
    pub fn note(&mut self, outcome: Result<&Report, &Failure>) -> Result<()> {
        if let Err(failure) = outcome
            && matches!(failure.kind, FailureKind::Cancelled | FailureKind::Unavailable)
        {
            return Err(failure.clone());
        }
        match (self.plan.get(self.done), &mut self.summary) {
            (Some(StudyStep::Sharing(step)), Summary::Sharing(costs)) => costs.note(step, outcome),
            (Some(StudyStep::Scaling(_)), Summary::Scaling(scaling)) => {
                *scaling = outcome.ok().and_then(scaling_of).cloned();
            }
            _ => {}
        }
        self.done = self.plan.len().min(self.done + 1);
        Ok(())
    }
}

/// How the pools of a report scale, where it has one model at several widths.
pub fn scaling_of(report: &Report) -> Option<&ModelScaling> {
    report.scaling.first()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::sharing::SIZES;
    use crate::workloads::WorkloadId;

    fn experiment() -> Experiment {
        Experiment::default_for(WorkloadId::Primes, 2).expect("within bounds")
    }

    fn failed(kind: FailureKind) -> Failure {
        Failure::new(kind, "It failed.")
    }

    #[test]
    fn a_comparison_is_one_experiment_as_it_was_given() {
        let study = Study::comparison(experiment());
        let step = study.next_step().expect("there is one");
        assert_eq!((study.plan().len(), step.experiment()), (1, &experiment()));
    }

    #[test]
    fn scaling_has_all_widths_take_turns_in_one_experiment() {
        let study = Study::scaling(&experiment(), ExecutorKind::Threads, 2);
        let executors = &study.plan()[0].experiment().executors;
        let widths: Vec<_> = executors.iter().skip(1).map(|one| one.workers()).collect();
        assert_eq!((study.plan().len(), &widths[..]), (1, &[1, 2, 3, 4][..]));
        assert_eq!(executors[0].kind(), ExecutorKind::MainThread);
    }

    #[test]
    fn a_step_that_fails_leaves_the_others_to_be_run() {
        let mut study = Study::sharing(&[Way::Copy]).expect("within bounds");
        let failure = failed(FailureKind::OutOfMemory);
        for at in 0..SIZES.len() {
            assert_eq!((study.done(), study.next_step()), (at, study.plan().get(at)));
            assert_eq!(study.note(Err(&failure)), Ok(()));
        }
        assert_eq!((study.done(), study.next_step()), (SIZES.len(), None));
        let Summary::Sharing(costs) = study.summary() else { panic!("it is about sharing") };
        assert!(costs.rows().iter().all(|row| row.costs[&Way::Copy] == Err(failure.clone())));
    }

    #[test]
    fn cancelling_ends_a_study_and_keeps_what_there_is() {
        let mut study = Study::sharing(&[Way::Copy]).expect("within bounds");
        study.note(Err(&failed(FailureKind::OutOfMemory))).expect("it goes on");
        for kind in [FailureKind::Cancelled, FailureKind::Unavailable] {
            assert_eq!(study.note(Err(&failed(kind))), Err(failed(kind)));
            assert_eq!(study.done(), 1);
        }
    }
}
