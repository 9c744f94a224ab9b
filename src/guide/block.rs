//! What stands in a chapter between its texts: an experiment, a prediction that is put to the test, a
//! lesson that quotes what was measured.

use super::figure::Figure;
use super::measured::Measurements;
use super::problem::Problem;
use super::quoting::QuotingText;
use crate::experiment::{Experiment, link};
use serde::{Deserialize, Serialize};

/// Pools whose width a chapter leaves open are as wide while it is checked.
const CHECKED_WIDTH: u32 = 2;

/// An experiment in a chapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentBlock {
    /// The id, of its own in the chapter.
    pub id: String,
    /// What is run, in a few words.
    pub title: String,
    /// What is run, as the lab's links have it.
    pub run: String,
    /// What it shows, once it has run.
    pub after: Option<QuotingText>,
}

/// A question to answer before running what answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    /// The id, of its own in the chapter.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What is run, as the lab's links have it.
    pub run: String,
    /// The figure that answers it.
    pub measure: Figure,
    /// The answers, from the highest figure to the lowest.
    pub choices: Vec<Choice>,
    /// What it shows, once it has run.
    pub after: QuotingText,
}

/// An answer that the reader can choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The answer.
    pub text: String,
    /// It is right from this figure on, up to that of the answer before; the last has none.
    pub from: Option<f64>,
}

/// A sentence that quotes what was measured further up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The id of the experiment or prediction.
    pub of: String,
    /// The sentence.
    pub text: QuotingText,
}

impl ExperimentBlock {
    /// Whether it can be run, and has what its text quotes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), Problem> {
        let models = checked(&self.run)?.executors.len();
        self.after.iter().try_for_each(|after| after.check(models))
    }
}

impl Prediction {
    /// Whether it can be run, and exactly one choice is right whatever comes out.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), Problem> {
        let models = checked(&self.run)?.executors.len();
        self.measure.check(models)?;
        self.after.check(models)?;
        let Some((last, bounded)) = self.choices.split_last().filter(|(_, rest)| !rest.is_empty())
        else {
            return Err(Problem::FewChoices);
        };
        let bounds: Option<Vec<f64>> = bounded.iter().map(|choice| choice.from).collect();
        let bounds = bounds.filter(|_| last.from.is_none()).ok_or(Problem::Choices)?;
        match bounds.is_sorted_by(|higher, lower| higher > lower) {
            true => Ok(()),
            false => Err(Problem::Choices),
        }
    }

    /// Which of the choices is right, as this run shows; `None` where it does not tell.
    pub fn right(&self, run: &Measurements) -> Option<usize> {
        let value = self.measure.value(run)?;
        self.choices.iter().position(|choice| choice.from.is_none_or(|from| value >= from))
    }
}

/// What `query` says is to be run, with pools of `workers` where it leaves that open.
///
/// # Errors
/// [`Problem::Refused`] with the first reason.
pub fn experiment(query: &str, workers: u32) -> Result<Experiment, Problem> {
    let refused = |failure: &crate::failure::Failure| Problem::Refused(failure.message());
    let pairs = link::pairs(query).map_err(|failure| refused(&failure))?;
    let linked = link::read(&pairs, workers).map_err(|failure| refused(&failure))?;
    match linked.refused.first() {
        None => Ok(linked.experiment),
        Some(failure) => Err(refused(failure)),
    }
}

/// The experiment of `query`, which is to be whole.
///
/// # Errors
/// As [`experiment`].
pub fn checked(query: &str) -> Result<Experiment, Problem> {
    experiment(query, CHECKED_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::super::measured::ModelMeasurements;
    use super::*;

    fn prediction(choices: &[Option<f64>]) -> Prediction {
        let choice =
            |(at, from): (usize, &Option<f64>)| Choice { text: at.to_string(), from: *from };
        Prediction {
            id: "guess".into(),
            ask: "How fast?".into(),
            run: "workload=primes&models=main-thread,processes:2".into(),
            measure: Figure::parse("speedup 2 1").unwrap(),
            choices: choices.iter().enumerate().map(choice).collect(),
            after: QuotingText::parse("{speedup 2 1}").unwrap(),
        }
    }

    fn run(first_ms: f64, second_ms: Option<f64>) -> Measurements {
        let of = |median_ms| ModelMeasurements { median_ms, ..ModelMeasurements::default() };
        Measurements { models: vec![of(Some(first_ms)), of(second_ms)], cores: None }
    }

    #[test]
    fn exactly_one_choice_is_right() {
        let asked = prediction(&[Some(1.5), Some(0.8), None]);
        assert_eq!(asked.check(), Ok(()));
        assert_eq!(asked.right(&run(200.0, Some(100.0))), Some(0));
        assert_eq!(asked.right(&run(150.0, Some(100.0))), Some(0));
        assert_eq!(asked.right(&run(100.0, Some(100.0))), Some(1));
        assert_eq!(asked.right(&run(10.0, Some(100.0))), Some(2));
        assert_eq!(asked.right(&run(10.0, None)), None);
    }

    #[test]
    fn choices_that_leave_something_open_are_refused() {
        assert_eq!(prediction(&[None]).check(), Err(Problem::FewChoices));
        for wrong in [&[Some(1.0), Some(2.0), None][..], &[Some(1.0), Some(0.5)], &[None, None]] {
            assert_eq!(prediction(wrong).check(), Err(Problem::Choices));
        }
    }

    #[test]
    fn a_query_that_is_refused_is_not_run() {
        let refused = experiment("workload=primes&models=threads:99", 2);
        assert!(matches!(refused, Err(Problem::Refused(_))));
        let mut asked = prediction(&[Some(1.0), None]);
        asked.run = "workload=primes&models=main-thread".into();
        assert!(matches!(asked.check(), Err(Problem::NoSuchModel { .. })));
    }
}
