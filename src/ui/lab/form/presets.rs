//! Presets in the form: choosing one, and telling which one is chosen.

use crate::models::StaticData;
use crate::models::option::STATIC_DATA;
use crate::ui::lab::form::{Form, texts};
use crate::workloads::preset::Preset;

/// When `preset` gives processes their static data.
fn given(preset: &Preset) -> StaticData {
    if preset.beforehand { StaticData::Initializer } else { StaticData::Tasks }
}

impl Form {
    /// The same models for the same workload, with the parameters of `preset`, which also
    /// says when the pool of processes is given its static data, whatever was chosen
    /// before. Several such pools are there to be compared, and stay as they are.
    pub fn with_preset(&self, preset: &Preset) -> Self {
        let params = texts(self.workload, &preset.params());
        let mut form = Self { params, by_hand: Vec::new(), ..self.clone() };
        form.supply(given(preset));
        form
    }

    /// Whether the parameters are those of `preset`, and so is what it says of processes.
    pub fn is_preset(&self, preset: &Preset) -> bool {
        let pools: Vec<_> = self.static_data().collect();
        let as_given = match pools[..] {
            [only] => only == given(preset),
            _ => !preset.beforehand,
        };
        as_given && self.params == texts(self.workload, &preset.params())
    }

    /// Which preset of the workload it is, if any.
    pub fn preset(&self) -> Option<&'static Preset> {
        self.workload.presets().iter().find(|preset| self.is_preset(preset))
    }

    /// When each pool of processes is given its static data.
    fn static_data(&self) -> impl Iterator<Item = StaticData> {
        let executors = self.models.iter().map(|model| &model.executor);
        let pools = executors.filter(|executor| executor.value_of(&STATIC_DATA).is_some());
        pools.map(|executor| executor.options.static_data)
    }

    /// Has the pool of processes, where there is only one, be given its static data then.
    pub(super) fn supply(&mut self, when: StaticData) {
        if self.static_data().count() != 1 {
            return;
        }
        for model in &mut self.models {
            if model.executor.value_of(&STATIC_DATA).is_some() {
                model.executor.options.static_data = when;
            }
        }
    }
}
