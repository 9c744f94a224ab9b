//! Invalid values: of the wrong type, out of bounds, or too large.

use super::names::listed;
use super::requests::AddressFlaw;
use crate::coded;
use crate::coded::Words;
use crate::wording::grouped;

coded! {
    /// What is wrong with a value. Its message follows the key and a colon.
    #[derive(Clone, Debug, PartialEq)]
    pub enum InputProblem {
        /// It is not there.
        Missing,
        /// It is not a whole number within bounds.
        NotWhole {
            /// The least.
            min: u64,
            /// The greatest.
            max: u64,
            /// What was given.
            got: Words,
        },
        /// It is not a number within bounds.
        NotNumber {
            /// The least.
            min: f64,
            /// The greatest.
            max: f64,
            /// What was given.
            got: Words,
        },
        /// It is not one of the allowed words.
        NotOneOf {
            /// The words.
            choices: Vec<Words>,
            /// What was given.
            got: Words,
        },
        /// It is not a list of whole numbers, or too long.
        NotWholes {
            /// The most of them.
            most: u64,
            /// What was given.
            got: Words,
        },
        /// It is not a list of texts, or too long.
        NotTexts {
            /// The most of them.
            most: u64,
            /// What was given.
            got: Words,
        },
        /// It is not a text, or too long.
        NotText {
            /// The most bytes.
            most: u64,
            /// What was given.
            got: Words,
        },
        /// It is not a valid number of rounds.
        NotRounds {
            /// The most.
            most: u64,
        },
        /// It is not an object.
        NotObject,
        /// It is neither true nor false.
        NotFlag,
        /// It is not a function.
        NotFunction,
        /// It is not an `AbortSignal`.
        NotSignal,
        /// It is not the id of a workload.
        NotId,
        /// It is not a list of models, or too long.
        NotModels {
            /// The most of them.
            most: u64,
        },
        /// An item of the list of models is not an object.
        NotModel,
        /// A model has no id.
        ModelWithoutId,
        /// It is not plain data.
        NotPlainData,
        /// It is larger than it may be.
        TooLarge {
            /// The most, in MB.
            most_mb: u64,
        },
        /// It is not JSON.
        NotJson,
        /// The number of workers of a model is wrong.
        WrongWorkers {
            /// The model.
            model: Words,
            /// The least.
            min: u64,
            /// The most.
            max: u64,
            /// What was given.
            got: Words,
        },
        /// A blur needs more rows around a band than are there.
        TooManyPasses {
            /// The most passes.
            most: u64,
            /// The radius that they go with.
            radius: u64,
        },
        /// All answers together are hashed too often.
        TooManyHashes {
            /// Answers.
            answers: u64,
            /// Hashes of all of them.
            hashes: u64,
            /// The most.
            most: u64,
        },
        /// All tasks together are too much.
        TooMuchWork {
            /// Tasks.
            tasks: u64,
            /// What they come to, in the unit.
            total: u64,
            /// The unit.
            unit: Words,
            /// The most, in the unit.
            most: u64,
        },
        /// All requests together bring too much.
        TooManyBytes {
            /// Requests.
            requests: u64,
            /// What they bring, in bytes.
            bytes: u64,
            /// The most, in bytes.
            most: u64,
        },
        /// It is not a whole number up to a bound.
        AboveMost {
            /// The greatest.
            most: u64,
        },
        /// It is an address that cannot be requested.
        Address {
            /// The address.
            address: Words,
            /// What is wrong with it.
            flaw: AddressFlaw,
        },
        /// A run asks other hosts too often.
        AsksTooOften {
            /// How often.
            times: u64,
            /// The most.
            most: u64,
        },
        /// The reader's own data is not here.
        OwnDataMissing,
        /// A number can be read in two ways.
        Ambiguous {
            /// What was typed.
            typed: Words,
            /// One reading.
            one: Words,
            /// The other.
            other: Words,
        },
    }
}

impl InputProblem {
    /// What is wrong and what to do, for a person, behind the key.
    pub fn message(&self) -> String {
        match self {
            Self::Missing => "is missing.".to_owned(),
            Self::NotWhole { min, max, got } => {
                format!("give a whole number from {min} to {max}; got {got}.")
            }
            Self::NotNumber { min, max, got } => {
                format!("give a number from {min} to {max}; got {got}.")
            }
            Self::NotOneOf { choices, got } => {
                format!("give one of {}; got {got}.", listed(choices, ", "))
            }
            Self::NotWholes { most, got } => {
                format!("give a list of 1 to {most} whole numbers; got {got}.")
            }
            Self::NotTexts { most, got } => format!("give a list of 1 to {most} texts; got {got}."),
            Self::NotText { most, got } => {
                format!("give a text of up to {most} bytes; got {got}.")
            }
            Self::NotRounds { most } => {
                format!("give a whole number from 1 to {most}, or \"auto\".")
            }
            Self::NotObject => "give an object.".to_owned(),
            Self::NotFlag => "give true or false.".to_owned(),
            Self::NotFunction => "give a function.".to_owned(),
            Self::NotSignal => "give an AbortSignal.".to_owned(),
            Self::NotId => "give its id, a string.".to_owned(),
            Self::NotModels { most } => format!("give a list of 1 to {most} models."),
            Self::NotModel => "each model is an object with an id.".to_owned(),
            Self::ModelWithoutId => "each model needs its id, a string.".to_owned(),
            Self::NotPlainData => "is not plain data that can be written as JSON.".to_owned(),
            Self::TooLarge { most_mb } => format!("is larger than {most_mb} MB."),
            Self::NotJson => "is not plain JSON, or nested too deep.".to_owned(),
            Self::WrongWorkers { model, min, max, got } => {
                format!("{model}: give a whole number from {min} to {max}; got {got}.")
            }
            Self::TooManyPasses { most, radius } => {
                format!("give at most {most} passes with a radius of {radius}.")
            }
            Self::TooManyHashes { answers, hashes, most } => format!(
                "{answers} answers make {} hashes in all; the limit is {}. Reduce one of the two.",
                grouped(*hashes),
                grouped(*most)
            ),
            Self::TooMuchWork { tasks, total, unit, most } => format!(
                "{} tasks make {} {unit} in all; the limit is {}. Give fewer or smaller tasks.",
                grouped(*tasks),
                grouped(*total),
                grouped(*most)
            ),
            Self::TooManyBytes { requests, bytes, most } => format!(
                "{requests} requests of this size transfer {} MB; the limit is {} MB. Give fewer \
                 or smaller ones.",
                bytes / 1_000_000,
                most / 1_000_000
            ),
            Self::AboveMost { most } => format!("give a whole number up to {most}."),
            Self::Address { address, flaw } => format!("{address} {}", flaw.message()),
            Self::AsksTooOften { times, most } => format!(
                "this run would send {times} requests to other hosts; the limit is {most}. Choose \
                 fewer rounds, addresses or models."
            ),
            Self::OwnDataMissing => "your own data is missing: links and reports do not hold it. \
                                     Choose the file again, or use generated data."
                .to_owned(),
            Self::Ambiguous { typed, one, other } => {
                format!("“{typed}” may mean {one} or {other}. Type one of these.")
            }
        }
    }
}
