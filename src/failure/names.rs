//! Names that were given and mean nothing here: keys, ids, options, answers.

use crate::coded;
use crate::coded::Words;

coded! {
    /// What is wrong with a name, or with what it is the name of. Its message goes on behind the key.
    #[derive(Clone, Debug, PartialEq)]
    pub enum NameProblem {
        /// What it is in has no such key.
        NoSuchKey {
            /// The model that it is in, or none for the experiment itself.
            model: Option<Words>,
            /// The keys that there are.
            known: Vec<Words>,
        },
        /// The function has no such option.
        NoSuchRunOption {
            /// The options that there are.
            known: Vec<Words>,
        },
        /// The workload has no such parameter.
        NoSuchParameter {
            /// The workload.
            workload: Words,
            /// The parameters that it has.
            known: Vec<Words>,
        },
        /// Neither the workload nor a link has it.
        NotInLink {
            /// The workload.
            workload: Words,
        },
        /// The page has no such tab.
        NoSuchTab {
            /// The tabs that it has.
            known: Vec<Words>,
        },
        /// There is no such form of report.
        NoSuchFormat {
            /// The forms that there are.
            known: Vec<Words>,
        },
        /// There is no such workload.
        UnknownWorkload {
            /// What was given.
            got: Words,
            /// The workloads that there are.
            known: Vec<Words>,
        },
        /// There is no such model.
        UnknownModel {
            /// What was given.
            got: Words,
            /// The models that there are.
            known: Vec<Words>,
        },
        /// The model has no such option.
        NoSuchOption {
            /// The model.
            model: Words,
            /// What was given.
            got: Words,
            /// The options that it has.
            known: Vec<Words>,
        },
        /// It is an option of other models.
        NotAnOption,
        /// It is a parameter of another workload, or of another type.
        NotThisParameter,
        /// The model has no workers.
        NoWorkers {
            /// The model.
            model: Words,
        },
        /// There are more models than count.
        TooManyModels {
            /// How many count.
            most: u64,
        },
        /// Another parameter takes its place.
        NoMeaningBeside {
            /// The other.
            other: Words,
        },
        /// It counts only where a flag is on.
        MeansNothingWithout {
            /// The flag.
            flag: Words,
        },
        /// The link is too long.
        LinkTooLong,
        /// The link has the key more than once.
        GivenTwice {
            /// The value that counts.
            counts: Words,
        },
        /// The run is not in the history any more.
        NotKept,
    }
}

impl NameProblem {
    /// What is wrong and what to do, for a person, behind the key.
    pub fn message(&self) -> String {
        match self {
            Self::NoSuchKey { model, known } => {
                let what = model.as_ref().map_or("An experiment", Words::as_str);
                format!("{what} has no such key. It has {}.", listed(known, ", "))
            }
            Self::NoSuchRunOption { known } => {
                format!("run has no such option. It has {}.", listed(known, ", "))
            }
            Self::NoSuchParameter { workload, known } => {
                format!("{workload} has no such parameter. It has {}.", listed(known, ", "))
            }
            Self::NotInLink { workload } => {
                format!("is neither a parameter of {workload} nor a key of links.")
            }
            Self::NoSuchTab { known } => {
                format!("there is no such tab. Give one of {}.", listed(known, ", "))
            }
            Self::NoSuchFormat { known } => format!("use one of {}.", listed(known, ", ")),
            Self::UnknownWorkload { got, known } => {
                format!("{got} is not a known workload. Use {}.", listed(known, ", "))
            }
            Self::UnknownModel { got, known } => {
                format!("{got} is not a known model. Use {}.", listed(known, ", "))
            }
            Self::NoSuchOption { model, got, known } if known.is_empty() => {
                format!("{model} has no options, but is given {got}.")
            }
            Self::NoSuchOption { model, got, known } => {
                format!("{model} has no option {got}. It has {}.", listed(known, ", "))
            }
            Self::NotAnOption => "is not an option of this model.".to_owned(),
            Self::NotThisParameter => "is not a parameter of this workload.".to_owned(),
            Self::NoWorkers { model } => format!("{model} has no workers to count."),
            Self::TooManyModels { most } => {
                format!("give at most {most}; the first {most} are used.")
            }
            Self::NoMeaningBeside { other } => {
                format!("cannot be combined with {other}. Give only one of them.")
            }
            Self::MeansNothingWithout { flag } => {
                format!("means nothing without {flag}. Leave it out, or turn {flag} on.")
            }
            Self::LinkTooLong => "is too long to be read.".to_owned(),
            Self::GivenTwice { counts } => format!("is given more than once; {counts} is used."),
            Self::NotKept => {
                "this run is no longer in the history. Choose another, or run it again.".to_owned()
            }
        }
    }
}

pub(super) fn listed(words: &[Words], between: &str) -> String {
    let words: Vec<_> = words.iter().map(Words::as_str).collect();
    words.join(between)
}

/// Names as a figure has them.
pub fn names<T: AsRef<str>>(all: impl IntoIterator<Item = T>) -> Vec<Words> {
    all.into_iter().map(|name| name.as_ref().into()).collect()
}
