//! A figure of a run that a text can quote: `speedup 2 1`, `time 1`, `share serialize 2`. Models are
//! numbered from 1, as they stand in the experiment.

use super::measured::Measurements;
use super::problem::Problem;
use crate::measure::format;
use crate::measure::span::Phase;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A figure of a run. Models are indices into the run's models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Figure {
    /// How many times as fast one model was as another, by their medians.
    Speedup {
        /// The model.
        of: usize,
        /// The one that it is compared with.
        over: usize,
    },
    /// The median time of a model, in ms.
    Time(usize),
    /// The part that a phase has of all time in which the lanes of a model were not idle, 0 to 1.
    Share(Phase, usize),
    /// The longest stretch for which the page did not answer, in ms.
    Freeze(usize),
    /// How long a model's workers took to be ready, in ms.
    StartUp(usize),
    /// Bytes sent to and from a model's workers in one computation.
    Bytes(usize),
    /// How many tasks were worked on at a time, on average.
    Concurrency(usize),
    /// The median time of short requests beside a task that computes, in ms.
    Latency(usize),
    /// How often the GIL changed hands, per second.
    HandOvers(usize),
    /// How many cores were free.
    Cores,
}

impl Figure {
    /// The figure that `text` names.
    ///
    /// # Errors
    /// [`Problem::NoSuchFigure`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let words: Vec<_> = text.split_whitespace().collect();
        Self::of(&words).ok_or_else(|| Problem::NoSuchFigure(text.to_owned()))
    }

    fn of(words: &[&str]) -> Option<Self> {
        let model = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        Some(match *words {
            ["speedup", of, over] => Self::Speedup { of: model(of)?, over: model(over)? },
            ["time", of] => Self::Time(model(of)?),
            ["share", phase, of] => {
                Self::Share(Phase::ALL.into_iter().find(|it| it.id() == phase)?, model(of)?)
            }
            ["freeze", of] => Self::Freeze(model(of)?),
            ["startup", of] => Self::StartUp(model(of)?),
            ["bytes", of] => Self::Bytes(model(of)?),
            ["concurrency", of] => Self::Concurrency(model(of)?),
            ["latency", of] => Self::Latency(model(of)?),
            ["handovers", of] => Self::HandOvers(model(of)?),
            ["cores"] => Self::Cores,
            _ => return None,
        })
    }

    /// Whether a run of so many models has it.
    ///
    /// # Errors
    /// [`Problem::NoSuchModel`].
    pub fn check(self, models: usize) -> Result<(), Problem> {
        let last = match self {
            Self::Speedup { of, over } => of.max(over),
            Self::Time(of)
            | Self::Share(_, of)
            | Self::Freeze(of)
            | Self::StartUp(of)
            | Self::Bytes(of)
            | Self::Concurrency(of)
            | Self::Latency(of)
            | Self::HandOvers(of) => of,
            Self::Cores => return Ok(()),
        };
        match last < models {
            true => Ok(()),
            false => Err(Problem::NoSuchModel { figure: self.to_string(), models }),
        }
    }

    /// Its value in a run; `None` where the run does not have it, as of a model that failed.
    pub fn value(self, run: &Measurements) -> Option<f64> {
        let model = |at: usize| run.models.get(at).filter(|model| model.median_ms.is_some());
        match self {
            Self::Speedup { of, over } => Some(model(over)?.median_ms? / model(of)?.median_ms?),
            Self::Time(of) => model(of)?.median_ms,
            Self::Share(phase, of) => Some(model(of)?.shares.get(&phase).copied().unwrap_or(0.0)),
            Self::Freeze(of) => Some(model(of)?.freeze_ms),
            Self::StartUp(of) => Some(model(of)?.startup_ms),
            Self::Bytes(of) => Some(model(of)?.bytes),
            Self::Concurrency(of) => Some(model(of)?.concurrency),
            Self::Latency(of) => model(of)?.latency_ms,
            Self::HandOvers(of) => model(of)?.hand_overs_per_s,
            Self::Cores => run.cores,
        }
        .filter(|value| value.is_finite())
    }

    /// A value of it, as people read it.
    pub fn print(self, value: f64) -> String {
        match self {
            Self::Speedup { .. } => format!("{}×", format::times(value)),
            Self::Time(_) | Self::Freeze(_) | Self::StartUp(_) | Self::Latency(_) => {
                format::duration(value)
            }
            Self::Share(..) => format::percent(value),
            Self::Bytes(_) => format::bytes(value),
            Self::Concurrency(_) | Self::Cores => format::plain(value),
            Self::HandOvers(_) => format!("{value:.0}"),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Speedup { of, over } => write!(f, "speedup {} {}", of + 1, over + 1),
            Self::Time(of) => write!(f, "time {}", of + 1),
            Self::Share(phase, of) => write!(f, "share {} {}", phase.id(), of + 1),
            Self::Freeze(of) => write!(f, "freeze {}", of + 1),
            Self::StartUp(of) => write!(f, "startup {}", of + 1),
            Self::Bytes(of) => write!(f, "bytes {}", of + 1),
            Self::Concurrency(of) => write!(f, "concurrency {}", of + 1),
            Self::Latency(of) => write!(f, "latency {}", of + 1),
            Self::HandOvers(of) => write!(f, "handovers {}", of + 1),
            Self::Cores => f.write_str("cores"),
        }
    }
}

impl From<Figure> for String {
    fn from(figure: Figure) -> Self {
        figure.to_string()
    }
}

impl TryFrom<String> for Figure {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_survive_being_written() {
        for text in [
            "speedup 2 1",
            "time 1",
            "share io-wait 3",
            "freeze 1",
            "startup 2",
            "bytes 2",
            "concurrency 1",
            "latency 2",
            "handovers 2",
            "cores",
        ] {
            assert_eq!(Figure::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_model_that_did_not_run_has_no_figures() {
        let run = Measurements { models: vec![Default::default()], cores: Some(2.0) };
        for text in
            ["time 1", "share compute 1", "freeze 1", "startup 1", "bytes 1", "concurrency 1"]
        {
            assert_eq!(Figure::parse(text).unwrap().value(&run), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in ["", "speedup", "speedup 2", "time 0", "time x", "share nothing 1", "cores 1"] {
            let refused = Figure::parse(text);
            assert_eq!(refused, Err(Problem::NoSuchFigure(text.into())));
        }
        let figure = Figure::parse("speedup 3 1").unwrap();
        assert_eq!(figure.check(3), Ok(()));
        assert!(matches!(figure.check(2), Err(Problem::NoSuchModel { models: 2, .. })));
    }
}
