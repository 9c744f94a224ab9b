//! A study: experiments that together answer one question, and their combined result. Does not know
//! how they are run.

use super::report::{ModelScaling, Report};
use super::sharing::{self, Costs, SharingStep, Way};
use super::start_up::{self, StartUpCosts, Way as StartWay};
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
    /// What does starting workers cost? They are started, and handed empty tasks.
    StartUp(Experiment),
}

impl StudyStep {
    /// What is run.
    pub fn experiment(&self) -> &Experiment {
        match self {
            Self::Comparison(experiment)
            | Self::Scaling(experiment)
            | Self::StartUp(experiment) => experiment,
            Self::Sharing(step) => &step.experiment,
        }
    }
}

/// The combined result of the experiments that are done.
#[derive(Clone, Debug, PartialEq)]
pub enum Summary {
    /// Nothing beyond the last report.
    Comparison,
    /// How the model scales; `None` until that was measured.
    Scaling(Option<ModelScaling>),
    /// What each way costs at each size.
    Sharing(Costs),
    /// What starting costs in each way.
    StartUp(StartUpCosts),
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

    /// What starting workers costs in these ways.
    ///
    /// # Errors
    /// As [`start_up::steps`].
    pub fn start_up(ways: &[StartWay]) -> Result<Self> {
        let steps = start_up::steps(ways)?.into_iter().map(StudyStep::StartUp);
        Ok(Self::new(steps.collect(), Summary::StartUp(StartUpCosts::of(ways))))
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

    /// The combined result of the experiments that are done.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Notes the result of the next step, and moves on to the one after it. A failed experiment
    /// does not stop the study.
    ///
    /// # Errors
    /// `Cancelled`, and `Unavailable` where something else runs: they end the study.
    pub fn note(&mut self, outcome: Result<&Report, &Failure>) -> Result<()> {
        if let Err(failure) = outcome
            && matches!(failure.kind(), FailureKind::Cancelled | FailureKind::Unavailable)
        {
            return Err(failure.clone());
        }
        match (self.plan.get(self.done), &mut self.summary) {
            (Some(StudyStep::Sharing(step)), Summary::Sharing(costs)) => costs.note(step, outcome),
            (Some(StudyStep::StartUp(_)), Summary::StartUp(costs)) => costs.note(outcome),
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
mod tests;
