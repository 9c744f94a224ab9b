//! What is kept of a model's samples while a run goes on.

use super::limits;
use super::reported::{ReportedSample, relative_lanes, reported};
use super::sample::Sample;
use super::shown::Shown;
use crate::measure::Lane;
use crate::workloads::answer::Answer;

/// Most spans that are kept of one model during a run, about 13 MB: all that most runs
/// have, and at least those of four samples.
pub const MAX_KEPT_SPANS: usize = 400_000;

/// The samples of one model: the figures of all, and the timelines that may still be
/// shown, up to [`MAX_KEPT_SPANS`].
#[derive(Clone, Debug, Default)]
pub struct SampleLog {
    samples: Vec<ReportedSample>,
    shown: Shown,
    /// Timelines that are kept, and whose they are.
    lanes: Vec<(usize, Vec<Lane>)>,
    /// The answer of the first sample, for as long as all give the same.
    answer: Option<Answer>,
}

/// What a report has of a model's samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggedSamples {
    /// Their figures, in the order in which they were taken.
    pub samples: Vec<ReportedSample>,
    /// Whose timeline `lanes` is, as an index into the samples: one near the median;
    /// `None` without samples.
    pub timeline_of: Option<usize>,
    /// That timeline, in ms from the sample's beginning.
    pub lanes: Vec<Lane>,
    /// The answer that all gave; `None` where they differ.
    pub answer: Option<Answer>,
}

impl SampleLog {
    /// Adds a sample.
    pub fn push(&mut self, sample: Sample) {
        let at = self.samples.len();
        let reported = reported(&sample);
        let is_same = at == 0 || self.answer.as_ref() == Some(&sample.answer);
        self.answer = is_same.then(|| sample.answer.clone());
        let mut lanes = relative_lanes(&sample);
        limits::fit(lanes.iter_mut().collect());
        self.lanes.push((at, lanes));
        self.shown.add(reported.total_ms);
        self.samples.push(reported);
        while self.kept_spans() > MAX_KEPT_SPANS
            && let Some(given_up) = self.shown.give_one_up()
        {
            self.lanes.retain(|(at, _)| *at != given_up);
        }
    }

    fn kept_spans(&self) -> usize {
        let lanes = self.lanes.iter().flat_map(|(_, lanes)| lanes);
        lanes.map(|lane| lane.spans.len()).sum()
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// How long one computation of each sample took, in ms, in the order in which they
    /// were taken.
    pub fn totals_ms(&self) -> impl ExactSizeIterator<Item = f64> {
        self.samples.iter().map(|sample| sample.total_ms)
    }

    /// The longest freeze of the page in any sample, in ms.
    pub fn longest_freeze_ms(&self) -> f64 {
        self.samples.iter().map(|sample| sample.main_thread_blocked_ms).fold(0.0, f64::max)
    }

    /// What a report has of them.
    pub fn into_logged(self) -> LoggedSamples {
        let Self { samples, shown, lanes, answer } = self;
        let timeline_of = shown.nearest();
        let lanes = lanes.into_iter().find(|(at, _)| Some(*at) == timeline_of);
        let lanes = lanes.map(|(_, lanes)| lanes).unwrap_or_default();
        LoggedSamples { samples, timeline_of, lanes, answer }
    }
}

impl Extend<Sample> for SampleLog {
    fn extend<I: IntoIterator<Item = Sample>>(&mut self, samples: I) {
        samples.into_iter().for_each(|sample| self.push(sample));
    }
}

impl FromIterator<Sample> for SampleLog {
    fn from_iter<I: IntoIterator<Item = Sample>>(samples: I) -> Self {
        let mut log = Self::default();
        log.extend(samples);
        log
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::report::facts::nearest_to_median;
    use crate::measure::report::{Measured, ModelFacts, WarmedUp};
    use crate::measure::{LaneKind, Phase, Span};
    use crate::models::{Executor, ExecutorKind};
    use crate::workloads::answer;
    use crate::workloads::summary::Summary;
    use proptest::prelude::*;

    /// A sample of `total_ms` with so many spans, which have the sample's number for
    /// their task.
    fn sample(number: u32, total_ms: f64, spans: usize, answer: &[u8]) -> Sample {
        let ms = total_ms / spans as f64;
        let span = |at: usize| {
            let start_ms = 1e6 + ms * at as f64;
            Span::new(Phase::Compute, number, start_ms, start_ms + ms)
        };
        Sample {
            started_ms: 1e6,
            ended_ms: 1e6 + total_ms,
            computations: 1,
            lanes: vec![Lane::new(LaneKind::Page, 1, (0..spans).map(span).collect())],
            blocked_ms: total_ms,
            bytes_sent: 1,
            bytes_received: 2,
            answer: Answer {
                digest: answer::digest(answer),
                value: None,
                summary: Summary::Nothing,
            },
        }
    }

    proptest! {
        #[test]
        fn what_fits_gives_the_same_report_as_keeping_all(
            totals_ms in prop::collection::vec(0.1f64..100.0, 0..40),
            answers in prop::collection::vec(prop::bool::weighted(0.02), 40),
        ) {
            let samples = (0..).zip(&totals_ms).zip(&answers);
            let samples = samples.map(|((number, ms), other)| {
                sample(number, *ms, 3, if *other { b"b" } else { b"a" })
            });
            let samples: Vec<_> = samples.collect();
            let logged = samples.iter().cloned().collect::<SampleLog>().into_logged();
            prop_assert_eq!(logged.timeline_of, nearest_to_median(&logged.samples));
            let executor = Executor::new(ExecutorKind::MainThread, 1);
            let warm_up = WarmedUp::default();
            let samples = Ok(samples);
            let all = Measured { executor, startup_ms: 0.0, started_again: false, warm_up, samples };
            let all = ModelFacts::of(&all);
            prop_assert_eq!(logged.samples, all.samples);
            prop_assert_eq!(logged.lanes, all.lanes);
            prop_assert_eq!(logged.answer, all.answer);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn many_spans_are_bounded_and_the_timeline_is_that_of_its_sample(
            totals_ms in prop::collection::vec(50.0f64..100.0, 1..20),
            spans in 1usize..150_000,
        ) {
            let mut log = SampleLog::default();
            for (number, total_ms) in (0..).zip(&totals_ms) {
                log.push(sample(number, *total_ms, spans, b"a"));
                prop_assert!(log.kept_spans() <= MAX_KEPT_SPANS);
                prop_assert!(log.lanes.len() >= log.len().min(4));
            }
            let logged = log.into_logged();
            let at = logged.timeline_of.expect("there are samples");
            let lane = &logged.lanes[0];
            let is_its_own = |span: &Span| span.task.is_none_or(|task| task as usize == at);
            prop_assert!(lane.spans.iter().all(is_its_own));
            let end_ms = lane.end_ms().expect("it has spans");
            prop_assert!((end_ms - totals_ms[at]).abs() < 1e-3, "{end_ms}");
        }
    }

    #[test]
    fn an_answer_that_differs_leaves_none() {
        let of = |answers: &[&[u8]]| {
            let samples = answers.iter().map(|answer| sample(0, 1.0, 1, answer));
            samples.collect::<SampleLog>().into_logged().answer
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[b"a", b"a"]), Some(sample(0, 1.0, 1, b"a").answer));
        // The first does not come back.
        assert_eq!(of(&[b"a", b"b", b"a", b"a"]), None);
    }

    #[test]
    fn freezes_and_times_are_those_of_all_samples() {
        let log: SampleLog = [3.0, 9.0, 4.0].map(|ms| sample(0, ms, 1, b"a")).into_iter().collect();
        assert_eq!(log.totals_ms().collect::<Vec<_>>(), [3.0, 9.0, 4.0]);
        assert_eq!((log.longest_freeze_ms(), log.is_empty()), (9.0, false));
    }
}
