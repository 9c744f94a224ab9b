//! The figures that an experiment's text speaks of, in words, a line for each model.

use crate::guide::figure::Figure;
use crate::guide::measured::{Measurements, ModelMeasurements};

/// What a run showed of one of its models.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelFigures {
    /// Which model, as an index into the run's models.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// Each figure, its value, and both in words.
    pub figures: Vec<(Figure, f64, String)>,
}

impl ModelFigures {
    /// All its figures in words: "ready after 93.0 ms; 34 MB sent and received".
    pub fn words(&self) -> String {
        let words: Vec<_> = self.figures.iter().map(|(_, _, words)| words.as_str()).collect();
        words.join("; ")
    }
}

/// What `run` has of the figures in `shows`, by models. A model that failed has none.
pub fn by_models(shows: &[Figure], run: &Measurements) -> Vec<ModelFigures> {
    let of_model = |(at, model): (usize, &ModelMeasurements)| {
        let of = |figure: &Figure| {
            let value = figure.value(run)?;
            let (_, words) = in_words(*figure, value).filter(|(of, _)| *of == at)?;
            Some((*figure, value, words))
        };
        let figures: Vec<_> = shows.iter().filter_map(of).collect();
        let name = model.name.clone();
        (!figures.is_empty()).then_some(ModelFigures { at, name, figures })
    };
    run.models.iter().enumerate().filter_map(of_model).collect()
}

/// Which model a figure is of, and what it says; `None` where bars say it already, or where it is of no
/// single model.
fn in_words(figure: Figure, value: f64) -> Option<(usize, String)> {
    let printed = figure.print(value);
    Some(match figure {
        Figure::Latency(of) => (of, format!("median latency of its requests {printed}")),
        Figure::Freeze(of) => (of, format!("page frozen for {printed} at the longest")),
        Figure::StartUp(of) => (of, format!("ready after {printed}")),
        Figure::Bytes(of) => (of, format!("{printed} sent and received")),
        Figure::Concurrency(of) => (of, format!("{printed} tasks at a time on average")),
        Figure::Speedup { .. }
        | Figure::Time(_)
        | Figure::Share(..)
        | Figure::HandOvers(_)
        | Figure::Cores => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::content;
    use crate::pitfalls::definition::Start;

    #[test]
    fn figures_stand_with_their_model() {
        let of = |name: &str, median_ms| ModelMeasurements {
            name: name.into(),
            median_ms,
            freeze_ms: 510.0,
            latency_ms: Some(512.0),
            ..ModelMeasurements::default()
        };
        let models = vec![of("Event loop", Some(600.0)), of("Threads × 2", None)];
        let run = Measurements { models, cores: None };
        let shows = [Figure::Latency(0), Figure::Freeze(1), Figure::Freeze(0)];
        let [shown] = &by_models(&shows, &run)[..] else { panic!("one model ran") };
        assert_eq!((shown.at, shown.name.as_str()), (0, "Event loop"));
        assert_eq!(
            shown.words(),
            "median latency of its requests 512 ms; page frozen for 510 ms at the longest"
        );
    }

    #[test]
    fn every_experiment_shows_figures_that_have_words() {
        for attempt in content::ALL.iter().flat_map(|pitfall| pitfall.attempts()) {
            let Start::Experiment { shows, .. } = attempt.start else { continue };
            assert!(!shows.is_empty(), "{}", attempt.id);
            for figure in shows {
                assert!(in_words(*figure, 1.0).is_some(), "{}: {figure}", attempt.id);
            }
        }
    }
}
