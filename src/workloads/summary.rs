//! Summaries of answers as values; a sentence is made of one only to show it to a person.

use crate::coded;
use crate::coded::Words;
use crate::wording::{counted, grouped};
use std::f64::consts::PI;

coded! {
    /// The summary of an answer.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Summary {
        /// Of `mandelbrot`.
        PixelsInside {
            /// Pixels inside of the set.
            inside: u64,
            /// All pixels.
            pixels: u64,
        },
        /// Of `primes`, of one number.
        OneNumber {
            /// The number.
            number: u64,
            /// How many of it are prime: 0 or 1.
            primes: u64,
        },
        /// Of `primes`, of several numbers.
        PrimesAmong {
            /// How many are prime.
            primes: u64,
            /// How many numbers there are.
            numbers: u64,
        },
        /// Of `matmul`.
        Product {
            /// Rows and columns.
            n: u64,
            /// The sum of the diagonal.
            trace: f64,
        },
        /// Of `monte-carlo-pi`.
        PointsInside {
            /// Points inside of the circle.
            inside: u64,
            /// All points.
            points: u64,
        },
        /// Of `sha256`, of one chain.
        OneChain {
            /// How its last hash begins, in hex.
            ends: Words,
        },
        /// Of `sha256`, of several chains.
        Chains {
            /// How many.
            chains: u64,
            /// How the last hash of the first begins, in hex.
            first_ends: Words,
            /// How the last hash of the last begins, in hex.
            last_ends: Words,
        },
        /// Of `array-sum`.
        Totals {
            /// The sum, modulo 2⁶⁴.
            sum: u64,
            /// The least number.
            least: u64,
            /// The greatest number.
            greatest: u64,
        },
        /// Of `sort`.
        Sorted {
            /// The least number.
            least: u64,
            /// The lower of those in the middle.
            median: u64,
            /// The greatest number.
            greatest: u64,
        },
        /// Of `blur`.
        Blurred {
            /// Pixels of the picture.
            pixels: u64,
            /// How often it was blurred.
            passes: u64,
        },
        /// Of `word-count`.
        WordCounts {
            /// All words.
            words: u64,
            /// Different ones.
            different: u64,
            /// The most frequent, as answers show it.
            most_frequent: Words,
            /// How often it occurs.
            times: u64,
        },
        /// Of `word-count`, of a text without a word.
        NoWords,
        /// Of `requests`.
        Answers {
            /// How many.
            answers: u64,
            /// Their bytes together.
            bytes: u64,
        },
        /// Of `pipeline`.
        HashedAnswers {
            /// How many.
            answers: u64,
            /// How often each was hashed.
            rounds: u64,
        },
        /// Of `custom`.
        LastValues {
            /// How many tasks there are.
            tasks: u64,
            /// What their last values come to, bit by bit.
            value: u64,
        },
        /// There is nothing in the answer.
        Nothing,
        /// What another program says of its answer.
        Foreign {
            /// In its words.
            said: Words,
        },
    }
}

impl Summary {
    /// The line for a person.
    pub fn sentence(&self) -> String {
        match self {
            Self::PixelsInside { inside, pixels } => {
                format!("{} of {} pixels are inside the set.", grouped(*inside), grouped(*pixels))
            }
            Self::OneNumber { number, primes: 0 } => format!("{number} is not prime."),
            Self::OneNumber { number, .. } => format!("{number} is prime."),
            Self::PrimesAmong { primes: 1, numbers } => {
                format!("1 of {} numbers is prime.", grouped(*numbers))
            }
            Self::PrimesAmong { primes, numbers } => {
                format!("{} of {} numbers are prime.", grouped(*primes), grouped(*numbers))
            }
            Self::Product { n, trace } => {
                format!("The product is {n} by {n}; its diagonal adds up to {trace}.")
            }
            Self::PointsInside { inside, points } => {
                // The circle's quarter has π/4 of the square's area.
                let estimate = 4.0 * *inside as f64 / *points as f64;
                format!(
                    "{} of {} points are inside: π is about {estimate:.6}, off by {:.6}.",
                    grouped(*inside),
                    grouped(*points),
                    (estimate - PI).abs()
                )
            }
            Self::OneChain { ends } => format!("The chain ends in {ends}…."),
            Self::Chains { chains, first_ends, last_ends } => format!(
                "{} chains; the first ends in {first_ends}…, the last in {last_ends}….",
                grouped(*chains)
            ),
            Self::Totals { sum, least, greatest } => format!(
                "The sum is {}, the smallest {}, the largest {}.",
                grouped(*sum),
                grouped(*least),
                grouped(*greatest)
            ),
            Self::Sorted { least, median, greatest } => format!(
                "The smallest is {}, the median {}, the largest {}.",
                grouped(*least),
                grouped(*median),
                grouped(*greatest)
            ),
            Self::Blurred { pixels, passes } => {
                let times = if *passes == 1 { "once" } else { &format!("{passes} times") };
                format!("{}, blurred {times}.", counted(*pixels, "pixel"))
            }
            Self::WordCounts { words, different, most_frequent, times } => format!(
                "{}, {} different; the most frequent is “{most_frequent}”, {}.",
                counted(*words, "word"),
                grouped(*different),
                counted(*times, "time")
            ),
            Self::NoWords => "There is no word in this text.".to_owned(),
            Self::Answers { answers, bytes } => {
                format!("{}, {} in total.", counted(*answers, "answer"), counted(*bytes, "byte"))
            }
            Self::HashedAnswers { answers, rounds } => format!(
                "{}, each hashed {}.",
                counted(*answers, "answer"),
                counted(*rounds, "time")
            ),
            Self::LastValues { tasks: 1, value } => {
                format!("The task's last value is {value:016x}.")
            }
            Self::LastValues { tasks, value } => {
                format!("The last values of {} tasks combine to {value:016x}.", grouped(*tasks))
            }
            Self::Nothing => "The answer is empty.".to_owned(),
            Self::Foreign { said } => said.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_named_in_the_singular() {
        for (summary, expected) in [
            (Summary::PrimesAmong { primes: 1, numbers: 2_000 }, "1 of 2,000 numbers is prime."),
            (Summary::OneNumber { number: 7, primes: 1 }, "7 is prime."),
            (Summary::OneNumber { number: 8, primes: 0 }, "8 is not prime."),
            (Summary::Blurred { pixels: 1, passes: 1 }, "1 pixel, blurred once."),
            (
                Summary::LastValues { tasks: 1, value: 10 },
                "The task's last value is 000000000000000a.",
            ),
            (Summary::OneChain { ends: "0a".into() }, "The chain ends in 0a…."),
        ] {
            assert_eq!(summary.sentence(), expected);
        }
    }
}
