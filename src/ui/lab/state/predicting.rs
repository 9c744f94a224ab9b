//! What the reader predicts before a run.

use crate::experiment;
use crate::measure::study::Study;
use crate::models::ExecutorKind;
use crate::ui::charts::sketch::Sketch;
use crate::ui::lab::state::State;
use std::rc::Rc;

impl State {
    /// Which of the models that take part the reader predicts to be fastest.
    pub fn guessed(&self) -> Option<ExecutorKind> {
        let takes_part = |kind: &ExecutorKind| {
            self.form.chosen_models().any(|(_, model)| model.executor.kind() == *kind)
        };
        self.guess.filter(takes_part)
    }

    /// The scaling of which model would be measured, and how: what is in the form, at
    /// 1 to N workers.
    pub fn scaling_study(&self) -> Option<Study> {
        let experiment = self.experiment().ok()?;
        Some(Study::scaling(
            &experiment,
            self.scaled,
            self.capabilities.machine.hardware_concurrency,
        ))
    }

    /// What the reader draws on: a flat line until they have drawn something.
    pub fn sketch_pad(&self) -> Rc<Sketch> {
        let cores = self.capabilities.machine.hardware_concurrency;
        let widest = experiment::widths(cores).last().copied().unwrap_or(1);
        self.sketch.clone().unwrap_or_else(|| Rc::new(Sketch::flat(widest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::form::Model;
    use crate::ui::lab::state::Action;
    use crate::ui::lab::state::example::state;
    use crate::workloads::WorkloadId;

    #[test]
    fn a_guess_counts_while_its_model_takes_part() {
        let guessed = state("", "").after(Action::Guessed(Some(ExecutorKind::Threads)));
        assert_eq!(guessed.guessed(), Some(ExecutorKind::Threads));
        let at = |one: &Model| one.executor.kind() == ExecutorKind::Threads;
        let at = guessed.form.models.iter().position(at).expect("threads");
        let without = guessed.after(Action::ChoseModel(at, false));
        assert_eq!(without.guessed(), None);
        assert_eq!(without.after(Action::ChoseModel(at, true)).guessed(), guessed.guessed());
    }

    #[test]
    fn a_sketch_is_of_the_workload_it_was_drawn_for() {
        let drawn = state("", "").after(Action::Sketched(Sketch::flat(4)));
        assert!(drawn.sketch.is_some());
        assert_eq!(drawn.after(Action::ChoseWorkload(WorkloadId::Primes)).sketch, None);
    }
}
