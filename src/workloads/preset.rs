//! Presets: parameters under which a workload teaches something.

use super::params::Params;
use serde_json::{Number, Value};

/// What a preset shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// Threads win, for nothing has to move.
    ThreadsWin,
    /// Processes win, or do as well as threads with nothing shared.
    ProcessesWin,
    /// Neither pool helps.
    NeitherHelps,
}

impl Lesson {
    /// The word in the catalogue: the model that it is about.
    pub fn id(self) -> &'static str {
        match self {
            Self::ThreadsWin => "threads",
            Self::ProcessesWin => "processes",
            Self::NeitherHelps => "neither",
        }
    }

    /// What it should show, in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::ThreadsWin => "Threads should win: nothing has to be sent.",
            Self::ProcessesWin => "Processes should do as well as threads.",
            Self::NeitherHelps => "Neither pool should help.",
        }
    }
}

/// Parameters under which a workload teaches something; all others are at their
/// defaults.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// What it shows.
    pub lesson: Lesson,
    /// A name of a few words.
    pub name: &'static str,
    /// What differs from the defaults.
    pub params: &'static [(&'static str, Setting)],
    /// Whether processes are given the static data before anything is measured.
    pub beforehand: bool,
}

/// The value of a parameter in a preset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// A whole number.
    Integer(u64),
    /// A number.
    Number(f64),
    /// A word.
    Word(&'static str),
}

impl Preset {
    /// The parameters, as a script or a link would give them.
    pub fn params(&self) -> Params {
        let value = |setting: &Setting| match *setting {
            Setting::Integer(number) => number.into(),
            Setting::Number(number) => Number::from_f64(number).map_or(Value::Null, Value::from),
            Setting::Word(word) => word.into(),
        };
        self.params.iter().map(|(name, setting)| ((*name).to_owned(), value(setting))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::{Workload, WorkloadId};

    #[test]
    fn every_preset_is_valid() {
        for id in WorkloadId::ALL {
            for preset in id.presets() {
                let made = Workload::new(*id, &preset.params());
                assert!(made.is_ok(), "{} {}: {made:?}", id.id(), preset.name);
            }
        }
    }

    /// The first that fits is the one that form and results name.
    #[test]
    fn presets_of_a_workload_differ_in_name_and_work() {
        for id in WorkloadId::ALL {
            for (at, preset) in id.presets().iter().enumerate() {
                let work = |of: &Preset| (Workload::new(*id, &of.params()), of.beforehand);
                let same =
                    |other: &&Preset| other.name == preset.name || work(other) == work(preset);
                assert_eq!(id.presets()[..at].iter().find(same), None, "{}", preset.name);
            }
        }
    }
}
