//! What keeps an experiment from running in this browser.

use crate::executors::obstacle;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::ui::lab::state::State;

impl State {
    /// Why `experiment` cannot run here, if that is known before it is tried.
    pub fn obstacle(&self, experiment: &Experiment) -> Option<Failure> {
        obstacle::check_workload(&self.capabilities, &experiment.workload).err()
    }
}
