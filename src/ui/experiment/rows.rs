//! A model's row: its name, its bar, its time.

use super::runs::RunState;
use crate::experiment::Experiment;
use crate::guide::measured::{Measurements, ModelMeasurements};
use crate::measure::{format, stats};
use crate::models::ExecutorKind;

/// A model's row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Which model it is, unless it is one that this page does not know.
    pub kind: Option<ExecutorKind>,
    /// The bar's length, of the longest: 0 to 1.
    pub length: f64,
    /// Its time, or why there is none; nothing before it has run.
    pub time: String,
    /// How many times as fast as the first model; nothing for that itself.
    pub ratio: String,
    /// Whether it failed.
    pub has_failed: bool,
}

/// The rows of an experiment, before, while and after it runs.
pub fn rows(experiment: &Experiment, run: &RunState) -> Vec<Row> {
    if let (Some(measured), None) = (&run.measured, &run.under_way) {
        return of_measurements(measured);
    }
    let progress = run.under_way.as_ref().and_then(|it| it.progress.as_ref());
    let interim = progress.map(|progress| &progress.interim.models);
    let median_ms = |at: usize| {
        let model = interim?.get(at)?;
        // What warms up says how long about it takes until there is more.
        let taken_ms = match model.samples_ms.is_empty() {
            true => &model.warm_up_ms,
            false => &model.samples_ms,
        };
        (!taken_ms.is_empty()).then(|| stats::median(taken_ms.iter().copied()))
    };
    let executors = experiment.executors.iter().enumerate();
    let models = executors.map(|(at, executor)| {
        let (name, kind) = (executor.label(), Some(executor.kind()));
        let failed = interim.and_then(|models| Some(models.get(at)?.failure.as_ref()?.message()));
        (name, kind, median_ms(at), failed)
    });
    laid_out(models.collect())
}

/// The rows of a run, here or recorded.
pub fn of_measurements(run: &Measurements) -> Vec<Row> {
    let of = |model: &ModelMeasurements| {
        (model.name.clone(), model.kind(), model.median_ms, model.failed.clone())
    };
    laid_out(run.models.iter().map(of).collect())
}

/// A model: its name, which it is, its median in ms, and why it has none.
pub type Model = (String, Option<ExecutorKind>, Option<f64>, Option<String>);

/// The rows of these models.
pub fn laid_out(models: Vec<Model>) -> Vec<Row> {
    let longest_ms = models.iter().filter_map(|(_, _, ms, _)| *ms).fold(0.0, f64::max);
    let first_ms = models.first().and_then(|(_, _, ms, _)| *ms);
    let row = |(at, (name, kind, ms, failed)): (usize, Model)| {
        let ratio = first_ms.zip(ms).filter(|_| at > 0).map(|(first, ms)| first / ms);
        Row {
            name,
            kind,
            length: ms.map_or(0.0, |ms| ms / longest_ms.max(f64::MIN_POSITIVE)),
            time: ms.map(format::duration).or_else(|| failed.clone()).unwrap_or_default(),
            ratio: ratio.map_or_else(String::new, |it| format!("{}×", format::times(it))),
            has_failed: ms.is_none() && failed.is_some(),
        }
    };
    models.into_iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::block;

    #[test]
    fn rows_are_there_before_anything_has_run() {
        let experiment = block::checked("workload=primes&models=main-thread,processes:2").unwrap();
        let rows = rows(&experiment, &RunState::default());
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Main thread", "Processes × 2"]);
        assert!(rows.iter().all(|row| row.length == 0.0 && row.time.is_empty()));
    }

    #[test]
    fn bars_are_as_long_as_the_times() {
        let of = |name: &str, median_ms, failed: Option<&str>| ModelMeasurements {
            name: name.into(),
            median_ms,
            failed: failed.map(str::to_owned),
            ..ModelMeasurements::default()
        };
        let models = vec![
            of("loop", Some(400.0), None),
            of("two", Some(200.0), None),
            of("none", None, Some("No memory.")),
        ];
        let rows = of_measurements(&Measurements { models, cores: None });
        assert_eq!((rows[0].length, rows[0].ratio.as_str()), (1.0, ""));
        assert_eq!((rows[1].length, rows[1].ratio.as_str()), (0.5, "2.00×"));
        assert_eq!((rows[2].time.as_str(), rows[2].has_failed), ("No memory.", true));
    }
}
