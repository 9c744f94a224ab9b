//! What a map is of: its axes, and the experiment of each of its cells.

use crate::experiment::{Experiment, Repeats};
use crate::failure::{Failure, InputProblem, Result, names};
use crate::measure::format;
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::Workload;
use crate::workloads::mix::Mix;
use crate::workloads::params::shown;
use crate::workloads::units::UNIT_MS;
use serde_json::Value;

/// Cells of a row. One more than a multiple of 8, so that each finer lattice has a point between two of the
/// coarser one.
pub const COLUMNS: usize = 25;
/// Cells of a column, as far as there are so many values.
pub const ROWS: usize = 17;

/// Tasks of a cell where that is no axis.
const TASKS: u64 = 16;
/// Computing of a task, in units of `custom`, on the axis of task length: 10 µs to 10 ms, eight steps for a
/// factor of ten.
const UNITS: [f64; 2] = [2.0, 2_000.0];
/// Payload of a task, in bytes, on its axis: two steps for a factor of two. What is smaller costs what the
/// message costs.
const PAYLOAD: [f64; 2] = [4_096.0, 1_048_576.0];
/// How long each task waits on the map of waiting, in ms: the page's timers are not much finer than one.
const WAIT_MS: u64 = 4;
/// The share of waiting of the first column, in percent: below, computing takes so long that a map takes
/// minutes.
const LEAST_SHARE: u64 = 52;
/// Calls at once, by rows.
const CALLS: [u64; ROWS] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
/// Most workers of a pool on the map of waiting. It has more calls than that.
const CALL_WORKERS: u32 = 8;
/// Computing of a task on the map of cores, in units: half a ms.
const SHORT_UNITS: u64 = 100;
/// Most tasks on the map of cores.
const MOST_TASKS: f64 = 100.0;
/// All widths of pools on the map of cores, which are there at the same time, have no more workers than
/// this together.
const MOST_TOGETHER: u32 = 32;

/// Which two figures of the work a map is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Task length and payload.
    Payload,
    /// The share of waiting and the number of calls at once.
    Waiting,
    /// Tasks and workers.
    Cores,
}

impl View {
    /// Every view, the default first.
    pub const ALL: [Self; 3] = [Self::Payload, Self::Waiting, Self::Cores];

    /// The word in links.
    pub fn id(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Waiting => "waiting",
            Self::Cores => "cores",
        }
    }

    /// What it is over, as a choice.
    pub fn title(self) -> &'static str {
        match self {
            Self::Payload => "Task length and payload",
            Self::Waiting => "Waiting and calls at once",
            Self::Cores => "Tasks and workers",
        }
    }

    /// What all cells have in common.
    pub fn in_common(self) -> &'static str {
        match self {
            Self::Payload => {
                "16 tasks in each cell; as many workers as there are cores. Task lengths are those of a core that takes \
                 5 µs for a unit of computing."
            }
            Self::Waiting => {
                "Every call waits 4 ms on a timer, then computes. Pools have 8 workers, the second \
                 stage of the hybrid pipeline as many as there are cores. Shares are those of a core that takes \
                 5 µs for a unit of computing."
            }
            Self::Cores => "Each task computes for about half a millisecond.",
        }
    }

    /// What its columns and its rows are.
    pub fn axes(self) -> [&'static str; 2] {
        match self {
            Self::Payload => ["Task length", "Payload of each task"],
            Self::Waiting => ["Share of waiting", "Calls at once"],
            Self::Cores => ["Tasks", "Workers"],
        }
    }

    /// Reads the value of the key `view`.
    ///
    /// # Errors
    /// `InvalidInput` that names `view`.
    pub fn read(word: &str) -> Result<Self> {
        let view = Self::ALL.into_iter().find(|view| view.id() == word);
        view.ok_or_else(|| {
            let choices = names(Self::ALL.map(Self::id));
            let got = shown(&Value::from(word)).into();
            Failure::invalid("view", InputProblem::NotOneOf { choices, got })
        })
    }
}

/// A cell's place: its column from the left and its row from below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Its column.
    pub column: usize,
    /// Its row.
    pub row: usize,
}

/// What a map is of.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    view: View,
    threads: ExecutorKind,
    cores: u32,
    pub(super) across: Vec<f64>,
    pub(super) up: Vec<f64>,
}

impl Plan {
    /// A map on a machine of so many cores, with `threads` with a GIL or without.
    pub fn new(view: View, threads: ExecutorKind, cores: u32) -> Self {
        let cores = cores.clamp(1, MAX_WORKERS);
        let whole = |values: &[u64]| values.iter().map(|value| *value as f64).collect();
        let (across, up) = match view {
            View::Payload => (steps(UNITS, COLUMNS), steps(PAYLOAD, ROWS)),
            View::Waiting => {
                let step = (100 - LEAST_SHARE) / (COLUMNS as u64 - 1);
                let shares: Vec<_> = (LEAST_SHARE..=100).step_by(step as usize).collect();
                (whole(&shares), whole(&CALLS))
            }
            View::Cores => {
                let widths: Vec<_> = widths(cores).into_iter().map(u64::from).collect();
                let mut tasks = steps([1.0, MOST_TASKS], COLUMNS);
                tasks.dedup();
                (tasks, whole(&widths))
            }
        };
        Self { view, threads, cores, across, up }
    }

    /// Which figures it is over.
    pub fn view(&self) -> View {
        self.view
    }

    /// How many cells a row has.
    pub fn columns(&self) -> usize {
        self.across.len()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.up.len()
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.columns() * self.rows()
    }

    /// Every place, row by row.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let columns = self.columns();
        let rows = 0..self.rows();
        rows.flat_map(move |row| (0..columns).map(move |column| Place { column, row }))
    }

    /// Every how many columns and rows a value is a round one.
    pub fn round_values(&self) -> [usize; 2] {
        match self.view {
            View::Payload => [4, 2],
            View::Waiting | View::Cores => [1, 1],
        }
    }

    /// What stands at a column's foot.
    pub fn column_label(&self, column: usize) -> String {
        let value = self.across.get(column).copied().unwrap_or_default();
        match self.view {
            View::Payload => format::duration(value * UNIT_MS),
            View::Waiting => format!("{value}%"),
            View::Cores => format!("{value}"),
        }
    }

    /// What stands beside a row.
    pub fn row_label(&self, row: usize) -> String {
        let value = self.up.get(row).copied().unwrap_or_default();
        match self.view {
            View::Payload => format::memory(value as u64),
            View::Waiting | View::Cores => format!("{value}"),
        }
    }

    /// A cell in words: "Task length 1.2 ms, payload of each task 64 KB".
    pub fn described(&self, Place { column, row }: Place) -> String {
        let [across, up] = self.view.axes();
        let (first, rest) = up.split_at(1);
        let up = format!("{}{rest}", first.to_lowercase());
        format!("{across} {}, {up} {}", self.column_label(column), self.row_label(row))
    }

    /// What is computed in a cell.
    ///
    /// # Errors
    /// Never, as long as its axes are within the bounds of `custom`.
    pub fn workload(&self, place: Place) -> Result<Workload> {
        self.mix(place).workload()
    }

    /// The work of a cell.
    pub fn mix(&self, Place { column, row }: Place) -> Mix {
        let at = |values: &[f64], at: usize| values.get(at).copied().unwrap_or_default();
        let (x, y) = (at(&self.across, column), at(&self.up, row));
        match self.view {
            View::Payload => {
                Mix { compute_units: x as u64, payload_bytes: y as u64, ..Mix::empty(TASKS) }
            }
            View::Waiting => {
                let share = x / 100.0;
                let compute_ms = WAIT_MS as f64 * (1.0 - share) / share;
                let compute_units = (compute_ms / UNIT_MS).round() as u64;
                Mix { compute_units, wait_ms: WAIT_MS, ..Mix::empty(y as u64) }
            }
            View::Cores => Mix { compute_units: SHORT_UNITS, ..Mix::empty(x as u64) },
        }
    }

    /// The models that are compared in the cells of a row. Where nothing waits the event loop does what the
    /// main thread does, and there is nothing for a pipeline.
    pub fn executors(&self, row: usize) -> Vec<Executor> {
        let width = self.up.get(row).map_or(1, |value| *value as u32);
        let pool = |kind: ExecutorKind, workers: u32| Executor::new(kind, workers);
        let main = pool(ExecutorKind::MainThread, 1);
        match self.view {
            View::Payload | View::Cores => {
                let workers = if self.view == View::Cores { width } else { self.cores };
                vec![main, pool(self.threads, workers), pool(ExecutorKind::Processes, workers)]
            }
            View::Waiting => {
                let mut hybrid = pool(ExecutorKind::Hybrid, self.cores);
                hybrid.options.io_workers = CALL_WORKERS;
                vec![
                    main,
                    pool(ExecutorKind::EventLoop, 1),
                    pool(self.threads, CALL_WORKERS),
                    pool(ExecutorKind::Processes, CALL_WORKERS),
                    hybrid,
                ]
            }
        }
    }

    /// Every model of the map once, in the order of the catalogue.
    pub fn models(&self) -> Vec<ExecutorKind> {
        self.executors(0).iter().map(Executor::kind).collect()
    }

    /// A cell as an experiment of the lab.
    ///
    /// # Errors
    /// As [`Plan::workload`].
    pub fn experiment(&self, place: Place) -> Result<Experiment> {
        Ok(Experiment {
            executors: self.executors(place.row),
            repeats: Repeats::Automatic,
            ..Experiment::of(self.workload(place)?, self.cores)
        })
    }

    /// The cell that tells most of what the models cost: in the middle of its row, and with the largest
    /// payloads or most tasks.
    pub fn typical(&self) -> Place {
        Place { column: self.columns() / 2, row: self.rows() - 1 }
    }
}

/// So many whole numbers between two, each about as many times the one before.
fn steps([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let of = |at: usize| low * (high / low).powf(at as f64 / (count - 1) as f64);
    (0..count).map(|at| of(at).round()).collect()
}

/// The widths of pools on the map of cores: up to twice as many workers as there are cores, and all together
/// no more than [`MOST_TOGETHER`].
fn widths(cores: u32) -> Vec<u32> {
    let all: Vec<_> = (1..=2 * cores).collect();
    if all.iter().sum::<u32>() <= MOST_TOGETHER {
        return all;
    }
    let mut sum = 0;
    let doubled = std::iter::successors(Some(1_u32), |width| width.checked_mul(2));
    doubled
        .take_while(|width| {
            sum += width;
            *width <= 2 * cores && sum <= MOST_TOGETHER
        })
        .collect()
}
