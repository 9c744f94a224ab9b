//! Reports that cannot be opened.

use super::names::listed;
use crate::coded;
use crate::coded::Words;

coded! {
    /// What is wrong at a place in a report. Its message goes on behind the place.
    #[derive(Clone, Debug, PartialEq)]
    pub enum ReportProblem {
        /// Another value is wanted here.
        Wrong {
            /// What is wanted.
            wanted: Wanted,
            /// What is there.
            got: Words,
        },
        /// The whole has to be something else.
        WrongWhole {
            /// What is wanted.
            wanted: Wanted,
            /// What is there.
            got: Words,
        },
        /// There is nothing here.
        NothingHere,
        /// The key means nothing here.
        UnknownKey,
        /// The file is larger than any report.
        TooLargeFile {
            /// The most, in MB.
            most_mb: u64,
        },
        /// It holds more values than any report.
        TooManyValues,
        /// It is no JSON.
        NotJsonAt {
            /// The line, from 1.
            line: u64,
            /// The column, from 1.
            column: u64,
        },
        /// A number is too large to be one.
        NumberTooLarge,
        /// It is of another schema.
        OtherSchema {
            /// Its schema.
            found: u64,
            /// The schema that this page reads.
            known: u64,
        },
        /// A name has other characters than it may.
        NotPlainName,
        /// It is no moment.
        NotMoment,
        /// It names no model.
        NoModels,
        /// There are more or fewer results than models.
        OtherCount {
            /// Results.
            found: u64,
            /// Models.
            expected: u64,
        },
        /// Models have different numbers of samples.
        OtherSamples,
        /// It is another model than the experiment has in this place.
        OtherModel,
        /// A model that failed has samples.
        FailedWithSamples,
        /// It is the id of another model as well.
        IdTwice,
        /// The page knows as many models of other programs as it can.
        TooManyForeignModels,
        /// A reason why something is lacking that is there.
        AvailableWithReason,
        /// It is no SHA-256 in hex.
        NotDigest,
        /// It is no pair of a word and a count.
        NotWordCount,
        /// It names two lanes.
        LaneTwice,
        /// It is no name of a lane of this kind.
        NotLane {
            /// Such a name.
            example: Words,
        },
        /// It ends before it starts.
        EndsBefore {
            /// When it starts, in ms.
            start_ms: f64,
        },
    }
}

coded! {
    /// What is wanted at a place in a report.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Wanted {
        /// An object.
        Object,
        /// A list.
        List {
            /// The most items.
            most: u64,
        },
        /// A number.
        Number {
            /// The least.
            min: f64,
            /// The greatest.
            max: f64,
        },
        /// A whole number.
        Whole {
            /// The least.
            min: u64,
            /// The greatest.
            max: u64,
        },
        /// `true` or `false`.
        Flag,
        /// A text.
        Text {
            /// The most characters.
            most: u64,
        },
        /// One of some words.
        OneOf {
            /// The words.
            words: Vec<Words>,
        },
    }
}

impl Wanted {
    /// What is wanted, as part of a sentence.
    pub fn phrase(&self) -> String {
        match self {
            Self::Object => "an object".to_owned(),
            Self::List { most } => format!("a list of {most} at most"),
            Self::Number { min, max } => format!("a number from {min} to {max}"),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}"),
            Self::Flag => "true or false".to_owned(),
            Self::Text { most } => format!("a text of at most {most} characters"),
            Self::OneOf { words } => format!("one of {}", listed(words, ", ")),
        }
    }
}

impl ReportProblem {
    /// What is wrong and what to do, for a person, behind the place.
    pub fn message(&self) -> String {
        match self {
            Self::Wrong { wanted, got } => format!("give {}; got {got}.", wanted.phrase()),
            Self::WrongWhole { wanted, got } => {
                format!("must be {}; got {got}.", wanted.phrase())
            }
            Self::TooLargeFile { most_mb } => {
                format!("is larger than {most_mb} MB, the limit for a report.")
            }
            Self::NotJsonAt { line, column } => format!(
                "is not JSON, or nested too deep, at line {line}, column {column}. Use the \
                 unmodified file."
            ),
            Self::OtherSchema { found, known } => {
                let age = if found < known { "older" } else { "newer" };
                format!(
                    "this report is of the {age} schema {found}, and this page reads schema \
                     {known}. Open it in the version that wrote it."
                )
            }
            Self::OtherCount { found, expected } => format!(
                "there are {found}, and experiment.executors are {expected}. Give one for each."
            ),
            Self::NotLane { example } => {
                format!("give the name of a lane of this kind, as in \"{example}\".")
            }
            Self::EndsBefore { start_ms } => {
                format!("give an end that is not before startMs, {start_ms}.")
            }
            Self::NothingHere => "is missing. Use the unmodified file.".to_owned(),
            Self::UnknownKey => "is not known. Remove it.".to_owned(),
            Self::TooManyValues => "has more values than a report can have.".to_owned(),
            Self::NumberTooLarge => {
                "is too large for a number. Use the unmodified file.".to_owned()
            }
            Self::NotPlainName => {
                "give letters, digits, spaces and . _ + - only, a letter or digit first.".to_owned()
            }
            Self::NotMoment => "give a time as in 2026-11-22T16:00:00.000Z.".to_owned(),
            Self::NoModels => "name at least one model.".to_owned(),
            Self::OtherSamples => {
                "models have different numbers of samples. Use the unmodified file.".to_owned()
            }
            Self::OtherModel => {
                "is not the model that experiment.executors has at this index.".to_owned()
            }
            Self::FailedWithSamples => {
                "a model that failed cannot have samples. Remove one of the two.".to_owned()
            }
            Self::IdTwice => "is the id of another model as well. Give each its own.".to_owned(),
            Self::TooManyForeignModels => "this page has opened reports with too many different \
                                           models of other programs. Reload it."
                .to_owned(),
            Self::AvailableWithReason => "what is available has no reason: give null.".to_owned(),
            Self::NotDigest => "give a SHA-256 as 64 digits 0 to 9 and a to f.".to_owned(),
            Self::NotWordCount => "give a word and how often it occurs.".to_owned(),
            Self::LaneTwice => "is the name of two lanes. Give each its own.".to_owned(),
        }
    }
}
