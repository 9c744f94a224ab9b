//! What has happened on the first page, and what it shows.

use super::calls_row::CallsRow;
use crate::failure::Failure;
use crate::guide::measured::Measurements;
use crate::measure::format;
use crate::models::ExecutorKind;
use crate::ui::experiment::runs::{RunEvent, RunState, UnderWay};

/// How long each of the twenty calls takes, in ms: 1.7 s one after another.
pub const DELAYS_MS: [u32; 20] =
    [80, 60, 95, 70, 65, 75, 120, 110, 90, 60, 85, 75, 90, 70, 60, 85, 110, 115, 120, 75];
/// The row of calls shows so much more than their delays, as requests take time themselves.
const ROOM: f64 = 1.08;

/// Work that computes, as the lab's links have it.
pub const PRIMES: &str = "workload=primes&count=40000\
    &models=main-thread,event-loop,threads-gil:2,processes:2,threads:2&repeats=3&warmup=1";

/// From this ratio on, and down to its inverse, two times are as good as the same to a reader.
const ABOUT_THE_SAME: f64 = 1.15;

/// What the first page is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing has run.
    #[default]
    Before,
    /// Calls are made one after another.
    OneAfterAnother,
    /// Calls are made at once.
    AtOnce,
    /// Numbers are tested for primes.
    Computing,
    /// All has run, or it went no further.
    After,
}

/// The state of the first page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartState {
    /// What it is doing.
    pub stage: Stage,
    /// Calls one after another.
    pub in_turn: CallsRow,
    /// Calls at once.
    pub at_once: CallsRow,
    /// Work that computes.
    pub primes: RunState,
    /// How long all of it took, in ms.
    pub took_ms: Option<f64>,
    /// Whether the reader has cancelled.
    pub is_cancelled: bool,
    /// Why it went no further.
    pub failure: Option<Failure>,
}

/// Something that happens on the first page.
#[derive(Clone, Debug)]
pub enum StartAction {
    /// The reader began it.
    Began,
    /// Another stage began.
    Reached(Stage),
    /// A call of this stage began, or was answered: its number, and when, in ms.
    Call(usize, bool, f64),
    /// So much time of this stage has passed, in ms.
    Passed(f64),
    /// All calls of this stage were answered, after so many ms.
    Answered(f64),
    /// Something happened to the work that computes.
    Ran(RunEvent),
    /// The reader cancelled.
    Cancelled,
    /// It is over, after so many ms, or went no further.
    Ended(Result<f64, Failure>),
}

impl StartState {
    /// The state after `action`.
    pub fn after(&self, action: StartAction) -> Self {
        let mut next = self.clone();
        match action {
            StartAction::Began => {
                next = Self { stage: Stage::OneAfterAnother, ..Self::default() };
            }
            StartAction::Reached(stage) => {
                next.stage = stage;
                if stage == Stage::Computing {
                    next.primes.under_way = Some(UnderWay::default());
                }
            }
            StartAction::Call(call, is_answered, at_ms) => {
                next.row().iter_mut().for_each(|row| row.note(call, is_answered, at_ms));
            }
            StartAction::Passed(ms) => {
                next.row().iter_mut().for_each(|row| row.now_ms = row.now_ms.max(ms));
            }
            StartAction::Answered(ms) => {
                next.row().iter_mut().for_each(|row| row.took_ms = Some(ms));
            }
            StartAction::Ran(event) => next.primes.note(event),
            StartAction::Cancelled => next.is_cancelled = true,
            StartAction::Ended(ended) => {
                next.stage = Stage::After;
                next.is_cancelled = false;
                next.primes.under_way = None;
                match ended {
                    Ok(took_ms) => next.took_ms = Some(took_ms),
                    Err(failure) => next.failure = Some(failure),
                }
            }
        }
        next
    }

    /// The row of the calls that are made now.
    fn row(&mut self) -> Option<&mut CallsRow> {
        match self.stage {
            Stage::OneAfterAnother => Some(&mut self.in_turn),
            Stage::AtOnce => Some(&mut self.at_once),
            _ => None,
        }
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::OneAfterAnother | Stage::AtOnce | Stage::Computing)
    }

    /// How much time both rows of calls show, in ms.
    pub fn shown_ms(&self) -> f64 {
        let expected_ms = f64::from(DELAYS_MS.iter().sum::<u32>()) * ROOM;
        expected_ms.max(self.in_turn.now_ms).max(self.at_once.now_ms)
    }

    /// How many times as fast calls are at once; `None` before both were made.
    pub fn calls_ratio(&self) -> Option<f64> {
        Some(self.in_turn.took_ms? / self.at_once.took_ms?)
    }

    /// What computing came to: at once on one thread, and on several cores.
    pub fn computing(&self) -> Option<Computing> {
        Computing::of(self.primes.measured.as_deref()?)
    }

    /// What it is doing, for a screen reader, and how it ended.
    pub fn status(&self) -> String {
        match (self.stage, &self.failure) {
            _ if self.is_cancelled => "Cancelling…".to_owned(),
            (Stage::Before, _) => String::new(),
            (Stage::OneAfterAnother, _) => "Making 20 calls, one after another…".to_owned(),
            (Stage::AtOnce, _) => "Making 20 calls at once…".to_owned(),
            (Stage::Computing, _) => "Testing numbers for primes, under each model…".to_owned(),
            (Stage::After, Some(failure)) => failure.message(),
            (Stage::After, None) => match self.took_ms {
                Some(ms) => format!("Took {}.", format::duration(ms)),
                None => String::new(),
            },
        }
    }
}

/// What computing came to, over one thread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Computing {
    /// How many times as fast it was at once, on the one thread of the event loop.
    pub at_once: f64,
    /// How many times as fast it was on two cores, by the faster of threads and processes.
    pub on_cores: f64,
    /// Which of these it was.
    pub fastest: ExecutorKind,
}

impl Computing {
    /// Whether more cores were of no use.
    pub fn cores_were_busy(&self) -> bool {
        self.on_cores < ABOUT_THE_SAME
    }

    fn of(run: &Measurements) -> Option<Self> {
        let median_ms = |kind| {
            let model = run.models.iter().find(|model| model.kind() == Some(kind));
            model.and_then(|model| model.median_ms)
        };
        let alone_ms = median_ms(ExecutorKind::MainThread)?;
        let kinds = [ExecutorKind::Threads, ExecutorKind::Processes];
        let on_cores = kinds.into_iter().filter_map(|kind| Some((kind, median_ms(kind)?)));
        let (fastest, fastest_ms) = on_cores.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some(Self {
            at_once: alone_ms / median_ms(ExecutorKind::EventLoop)?,
            on_cores: alone_ms / fastest_ms,
            fastest,
        })
    }
}

/// A ratio as a reader is told it: "no faster", "1.9× faster", "1.2× slower".
pub fn in_words(ratio: f64) -> String {
    match ratio {
        more if more >= ABOUT_THE_SAME => format!("{}× faster", format::times(more)),
        less if less <= 1.0 / ABOUT_THE_SAME => format!("{}× slower", format::times(1.0 / less)),
        _ => "no faster".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::block;
    use crate::guide::measured::ModelMeasurements;
    use std::rc::Rc;

    #[test]
    fn the_story_goes_from_stage_to_stage() {
        let mut state = StartState::default().after(StartAction::Began);
        state = state.after(StartAction::Call(0, false, 0.0));
        state = state.after(StartAction::Call(0, true, 80.0));
        state = state.after(StartAction::Answered(1800.0));
        state = state.after(StartAction::Reached(Stage::AtOnce));
        state = state.after(StartAction::Call(0, true, 120.0));
        assert_eq!((state.in_turn.answered(), state.at_once.answered()), (1, 1));
        assert_eq!((state.calls_ratio(), state.is_running()), (None, true));
        state = state.after(StartAction::Answered(120.0));
        assert_eq!(state.calls_ratio(), Some(15.0));
        state = state.after(StartAction::Ended(Ok(3100.0)));
        assert_eq!((state.is_running(), state.status().as_str()), (false, "Took 3.10 s."));
        let again = state.after(StartAction::Began);
        assert_eq!((again.calls_ratio(), again.took_ms), (None, None));
    }

    #[test]
    fn computing_is_told_as_it_was_measured() {
        let of = |model: &str, median_ms| ModelMeasurements {
            model: model.into(),
            median_ms,
            ..ModelMeasurements::default()
        };
        let models = vec![
            of("main-thread", Some(100.0)),
            of("event-loop", Some(102.0)),
            of("threads", None),
            of("processes", Some(53.0)),
        ];
        let run = Measurements { models, cores: None };
        let primes = RunState { measured: Some(Rc::new(run)), ..RunState::default() };
        let told = StartState { primes, ..StartState::default() }.computing().unwrap();
        assert_eq!(told.fastest, ExecutorKind::Processes);
        assert_eq!(
            (in_words(told.at_once), in_words(told.on_cores)),
            ("no faster".into(), "1.89× faster".into())
        );
        assert_eq!(in_words(0.5), "2.00× slower");
    }

    #[test]
    fn what_the_first_page_runs_can_be_run() {
        let experiment = block::checked(PRIMES).unwrap();
        assert_eq!(experiment.executors.len(), 5);
    }
}
