//! What the sum takes in each way at each size, and where moving the data overtakes the
//! sum itself.

use super::plan::SharingStep;
use super::way::Way;
use crate::failure::{Failure, Result};
use crate::measure::format;
use crate::measure::report::{Moved, Outcome, Report};
use std::collections::BTreeMap;

/// What one sum takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// The median time, in ms.
    pub median_ms: f64,
    /// What moves between memories; `None` where nothing does.
    pub moved: Option<Moved>,
}

/// A size of the array.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How large the array is, in bytes.
    pub bytes: u64,
    /// What the sum takes in each way that was measured, or why there is no result.
    pub costs: BTreeMap<Way, Result<Cost, Failure>>,
}

impl Row {
    /// The median time of a way, in ms.
    pub fn ms(&self, way: Way) -> Option<f64> {
        Some(self.costs.get(&way)?.as_ref().ok()?.median_ms)
    }

    /// What a way takes beyond the main thread's time, as a multiple of that: 1 where
    /// moving costs as much as the sum itself, less than nothing where help pays.
    pub fn beyond(&self, way: Way) -> Option<f64> {
        let work_ms = self.ms(Way::MainThread).filter(|ms| *ms > 0.0)?;
        Some((self.ms(way)? - work_ms) / work_ms)
    }
}

/// From which size on moving costs more than the sum itself: it does where a way takes
/// more than twice the main thread's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overtaking {
    /// At every size that was measured.
    Always,
    /// From this many bytes on.
    From(u64),
    /// Up to this many bytes, and not beyond.
    UpTo(u64),
    /// At none.
    Never,
}

/// All that was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    rows: Vec<Row>,
}

impl Costs {
    /// The sizes, the smallest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Adds what a step came to, or why it came to nothing.
    pub fn note(&mut self, step: &SharingStep, report: Result<&Report, &Failure>) {
        let at = match self.rows.binary_search_by_key(&step.bytes, |row| row.bytes) {
            Ok(at) => at,
            Err(at) => {
                self.rows.insert(at, Row { bytes: step.bytes, costs: BTreeMap::new() });
                at
            }
        };
        for (place, way) in step.ways.iter().enumerate() {
            let cost = match report {
                Ok(report) => report.results.get(place).and_then(cost),
                Err(failure) => Some(Err(failure.clone())),
            };
            if let Some(cost) = cost {
                self.rows[at].costs.insert(*way, cost);
            }
        }
    }

    /// Where moving overtakes the sum in this way; `None` where nothing can be told. What
    /// holds at the greatest size counts, and how far down that goes.
    pub fn overtaking(&self, way: Way) -> Option<Overtaking> {
        let beyond = self.rows.iter().filter_map(|row| Some((row.bytes, row.beyond(way)?)));
        let overtaken: Vec<_> = beyond.map(|(bytes, beyond)| (bytes, beyond > 1.0)).collect();
        let (_, at_last) = overtaken.last()?;
        let other = overtaken.iter().rposition(|(_, is_over)| is_over != at_last);
        Some(match (at_last, other) {
            (true, None) => Overtaking::Always,
            (false, None) => Overtaking::Never,
            (true, Some(other)) => Overtaking::From(overtaken[other + 1].0),
            (false, Some(other)) => Overtaking::UpTo(overtaken[other].0),
        })
    }

    /// The size from which on, or up to which, moving costs more than the sum in this way;
    /// the least that was measured where it always does.
    pub fn crossover(&self, way: Way) -> Option<&Row> {
        let bytes = match self.overtaking(way)? {
            Overtaking::Always => return self.rows.iter().find(|row| row.beyond(way).is_some()),
            Overtaking::From(bytes) | Overtaking::UpTo(bytes) => bytes,
            Overtaking::Never => return None,
        };
        self.rows.iter().find(|row| row.bytes == bytes)
    }

    /// What a way costs, for a person: "Copying costs more than the sum from 1 MB on: at
    /// 256 MB it costs 3.10× the sum itself."
    pub fn sentence(&self, way: Way) -> Option<String> {
        if way == Way::MainThread {
            return None;
        }
        let overtaking = match self.overtaking(way)? {
            Overtaking::Always => "costs more than the sum itself at every size".to_owned(),
            Overtaking::From(bytes) => {
                format!("costs more than the sum from {} on", format::memory(bytes))
            }
            Overtaking::UpTo(bytes) => {
                format!("costs more than the sum itself only up to {}", format::memory(bytes))
            }
            Overtaking::Never => "costs less than the sum itself at every size".to_owned(),
        };
        Some(format!("{} {overtaking}: {}.", way.subject(), self.at_the_greatest(way)?))
    }

    /// What a way comes to at the greatest size that it has.
    fn at_the_greatest(&self, way: Way) -> Option<String> {
        let last = self.rows.iter().rfind(|row| row.beyond(way).is_some())?;
        let (beyond, size) = (last.beyond(way)?, format::memory(last.bytes));
        if beyond >= 0.0 {
            return Some(format!("at {size} it costs {}× the sum itself", format::times(beyond)));
        }
        let faster = format::times(1.0 / (1.0 + beyond));
        Some(format!("at {size} the pool is {faster}× as fast as the main thread"))
    }
}

fn cost(outcome: &Outcome) -> Option<Result<Cost, Failure>> {
    match (&outcome.summary, &outcome.error) {
        (_, Some(failure)) => Some(Err(failure.clone())),
        (Some(summary), None) => {
            Some(Ok(Cost { median_ms: summary.median_ms, moved: Moved::of(outcome) }))
        }
        (None, None) => None,
    }
}

/// Costs of these times in ms, by size.
#[cfg(test)]
pub fn costs(rows: &[(u64, &[(Way, f64)])]) -> Costs {
    let cost =
        |(way, median_ms): &(Way, f64)| (*way, Ok(Cost { median_ms: *median_ms, moved: None }));
    let row = |(bytes, costs): &(u64, &[(Way, f64)])| Row {
        bytes: *bytes,
        costs: costs.iter().map(cost).collect(),
    };
    Costs { rows: rows.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::MemoryProblem;
    use crate::measure::sharing::steps;

    /// The main thread takes a ms per size; copies take these times that.
    fn copied(times: &[f64]) -> Costs {
        let rows: Vec<_> = (0..)
            .zip(times)
            .map(|(at, times)| (1 << (16 + 2 * at), [(Way::MainThread, 1.0), (Way::Copy, *times)]))
            .collect();
        let rows: Vec<_> = rows.iter().map(|(bytes, costs)| (*bytes, &costs[..])).collect();
        costs(&rows)
    }

    #[test]
    fn moving_overtakes_the_sum_from_a_size_on() {
        let costs = copied(&[1.5, 1.9, 2.5, 41.0]);
        assert_eq!(costs.overtaking(Way::Copy), Some(Overtaking::From(1 << 20)));
        assert_eq!(costs.crossover(Way::Copy).map(|row| row.bytes), Some(1 << 20));
        assert_eq!(
            costs.sentence(Way::Copy).as_deref(),
            Some(
                "Copying costs more than the sum from 1 MB on: at 4 MB it costs 40.0× the sum \
                 itself."
            )
        );
        // What was so in between by chance does not count.
        let costs = copied(&[1.5, 2.5, 1.9, 41.0]);
        assert_eq!(costs.overtaking(Way::Copy), Some(Overtaking::From(1 << 22)));
    }

    #[test]
    fn overtaking_can_be_always_never_or_only_up_to_a_size() {
        let said = |times: &[f64]| copied(times).sentence(Way::Copy).expect("it can be told");
        assert_eq!(
            said(&[9.0, 3.5]),
            "Copying costs more than the sum itself at every size: \
             at 256 KB it costs 2.50× the sum itself."
        );
        assert_eq!(
            said(&[9.0, 3.5, 1.5]),
            "Copying costs more than the sum itself only up to 256 KB: \
             at 1 MB it costs 0.50× the sum itself."
        );
        assert_eq!(
            said(&[1.2, 0.5]),
            "Copying costs less than the sum itself at every size: \
             at 256 KB the pool is 2.00× as fast as the main thread."
        );
        assert_eq!(copied(&[1.5]).crossover(Way::Copy), None);
        let up_to = copied(&[9.0, 9.0, 1.5]);
        assert_eq!(up_to.crossover(Way::Copy).map(|row| row.bytes), Some(1 << 18));
        assert_eq!(copied(&[9.0]).crossover(Way::Copy).map(|row| row.bytes), Some(1 << 16));
    }

    #[test]
    fn without_the_main_thread_nothing_can_be_told() {
        let alone = costs(&[(1 << 16, &[(Way::Copy, 3.0)])]);
        assert_eq!(alone.sentence(Way::Copy), None);
        assert_eq!(copied(&[3.0]).sentence(Way::Threads), None);
        assert_eq!(copied(&[3.0]).sentence(Way::MainThread), None);
        assert_eq!(Costs::default().overtaking(Way::Copy), None);
    }

    #[test]
    fn what_does_not_fit_stands_in_its_place_and_the_rest_counts() {
        let mut costs = copied(&[3.0]);
        let steps = steps(&[Way::Copy]).expect("within bounds");
        let failure = Failure::from(MemoryProblem::DoesNotFit { bytes: 2, most: 1 });
        costs.note(&steps[6], Err(&failure));
        assert_eq!(costs.rows().len(), 2);
        assert_eq!(costs.rows()[1].costs[&Way::Copy], Err(failure));
        assert_eq!(costs.overtaking(Way::Copy), Some(Overtaking::Always));
    }
}
