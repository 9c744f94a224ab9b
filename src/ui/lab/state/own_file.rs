//! The file that the reader brought, beside what the form says.

use crate::experiment::Experiment;
use crate::ui::lab::form::Errors;
use crate::ui::lab::own::{self, FileLoading, FileStep};
use crate::ui::lab::state::State;
use crate::workloads::own::OwnData;

impl State {
    /// What the form and the reader's file say together.
    ///
    /// # Errors
    /// A message per field that is wrong.
    pub fn experiment(&self) -> Result<Experiment, Errors> {
        let experiment = self.form.experiment();
        let Some(brings) = self.form.brings() else { return experiment };
        let wanted = |one: &Experiment| one.workload.work().own_len();
        let is_there = match &experiment {
            // Another is to take its place, and reading it takes a core.
            _ if self.file_loading.is_reading() => false,
            Ok(one) => crate::workloads::own::check(wanted(one), self.own_data().as_ref()).is_ok(),
            // Something else is wrong as well.
            Err(_) => self.own.is_some(),
        };
        if is_there {
            return experiment;
        }
        let mut errors = experiment.err().unwrap_or_default();
        let said = own::missing(brings.media, self.form.is_measured(&brings));
        errors.insert(format!("param-{}", crate::workloads::own::SOURCE.name), said);
        Err(errors)
    }

    /// The data that the reader brought for what is in the form, if it asks for any.
    pub fn own_data(&self) -> Option<OwnData> {
        let own = self.own.as_ref().filter(|_| self.form.brings().is_some());
        own.map(|own| own.data.clone())
    }

    pub(super) fn load_file(&mut self, step: &FileStep) {
        if let (FileStep::Loaded(own), true) = (step, self.file_loading.is_reading()) {
            self.own = Some(own.clone());
            self.measure();
        }
        self.file_loading = self.file_loading.after(step);
    }

    /// What the reader's file measures is what the form says.
    pub(super) fn measure(&mut self) {
        if let (Some(own), Some(brings)) = (&self.own, self.form.brings()) {
            self.form.measure(&brings, &own.sizes);
        }
    }

    pub(super) fn forget_own(&mut self) {
        (self.own, self.file_loading) = (None, FileLoading::Idle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lab::own::{FileDetails, LoadedFile};
    use crate::ui::lab::state::Action;
    use crate::ui::lab::state::example::state;
    use crate::ui::shell::route::Route;
    use crate::workloads::WorkloadId;
    use std::rc::Rc;

    const TAKEN: FileDetails = FileDetails::Picture { scaled_from: None, altered: false };

    fn brought(state: State, bytes: usize, sizes: &[u64]) -> State {
        let data = OwnData { name: "a".into(), bytes: Rc::new(vec![0; bytes]) };
        let brought = LoadedFile { data, sizes: sizes.to_vec(), taken: TAKEN };
        let began = FileStep::Began { name: "a".into(), bytes: 9 };
        let reading = state.after(Action::File(began));
        assert!(reading.file_loading.is_reading());
        reading.after(Action::File(FileStep::Loaded(Rc::new(brought))))
    }

    #[test]
    fn a_link_that_wants_own_data_asks_for_it_again() {
        let state = state("", "/lab?workload=blur&source=own&width=2&height=3");
        let errors = state.experiment().unwrap_err();
        assert_eq!(
            errors["param-source"],
            "Links and reports do not hold your picture. Choose it again, or use generated data."
        );
        assert!(state.scaling_study().is_none());
        let state = brought(state, 4 * 5 * 4, &[4, 5]);
        let params = state.experiment().expect("it is there").workload.params();
        assert_eq!((&params["width"], &params["height"]), (&4.into(), &5.into()));
        assert_eq!(state.own_data().map(|own| own.bytes.len()), Some(80));
        assert!(state.scaling_study().is_some());
    }

    #[test]
    fn own_data_is_dropped_with_its_workload_and_kept_beside_generated_data() {
        let state = state("", "/lab?workload=word-count");
        let chosen = |state: &State, source: &str| {
            state.after(Action::SetParam("source", source.to_owned()))
        };
        let own = chosen(&state, "own");
        assert_eq!(own.experiment().unwrap_err()["param-source"], "Choose a text first.");
        let own = brought(own, 70, &[70]);
        assert!(own.experiment().is_ok());
        let generated = chosen(&own, "generated");
        assert!(generated.experiment().is_ok() && generated.own_data().is_none());
        assert!(chosen(&generated, "own").experiment().is_ok());
        let other = own.after(Action::ChoseWorkload(WorkloadId::Blur));
        assert_eq!((other.own.is_none(), other.own_data()), (true, None));
        // What arrives late is for a workload that is not there any more.
        let late = LoadedFile {
            data: OwnData { name: "late".into(), bytes: Rc::default() },
            sizes: vec![1],
            taken: TAKEN,
        };
        assert!(other.after(Action::File(FileStep::Loaded(Rc::new(late)))).own.is_none());
    }

    #[test]
    fn whoever_asks_for_other_data_waits_for_no_file() {
        let own = state("", "/lab?workload=word-count&source=own");
        let began = FileStep::Began { name: "b".into(), bytes: 9 };
        let reading = own.after(Action::File(began.clone()));
        for action in [
            Action::ChoseWorkload(WorkloadId::Blur),
            Action::SetParam("source", "generated".to_owned()),
            Action::ChosePreset(0),
            Action::Went(Route::parse("/lab?workload=blur&source=own&width=2&height=3")),
            Action::Went(Route::parse("/lab?workload=word-count&words=5")),
        ] {
            assert_eq!(reading.after(action.clone()).file_loading, FileLoading::Idle, "{action:?}");
        }
        for action in [
            Action::TypedRepeats("3".to_owned()),
            Action::Went(Route::parse("/decide")),
            Action::Went(Route::parse("/lab?workload=word-count&source=own&bytes=70")),
        ] {
            assert!(reading.after(action.clone()).file_loading.is_reading(), "{action:?}");
        }
        // Nor is the one before run meanwhile.
        let again = brought(own, 70, &[70]).after(Action::File(began));
        assert!(again.experiment().is_err() && again.own.is_some());
        assert!(again.after(Action::File(FileStep::Cancelled)).experiment().is_ok());
    }
}
