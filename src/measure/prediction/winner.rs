//! Was the predicted model the fastest?

use super::judgement::{Judgement, JudgementKind};
use crate::measure::report::Outcome;
use crate::measure::report::outcome::Rank;
use crate::models::ExecutorKind;

/// Compares the predicted model with the ranking of a run and its results.
pub fn judge_winner(predicted: ExecutorKind, ranking: &[Rank], results: &[Outcome]) -> Judgement {
    let own = ranking.iter().find(|rank| rank.executor == predicted);
    let (Some(own), Some(first)) = (own, ranking.first()) else {
        return Judgement { kind: JudgementKind::NoResult { predicted }, gap: None };
    };
    // A model may be there at several widths.
    let mut with = vec![first.executor];
    for kind in &first.tied_with {
        if !with.contains(kind) {
            with.push(*kind);
        }
    }
    if with.contains(&predicted) {
        with.retain(|kind| *kind != predicted);
        let next = ranking.get(1).map(|rank| rank.executor).filter(|kind| *kind != predicted);
        let over_next = next.zip(first.over_next.map(|ratio| ratio.ratio));
        let kind = match with.is_empty() {
            true => JudgementKind::Winner { predicted, over_next },
            false => JudgementKind::Tied { predicted, with },
        };
        return Judgement { kind, gap: Some(0.0) };
    }
    let median_ms = |rank: &Rank| results.get(rank.result)?.summary.as_ref().map(|of| of.median_ms);
    let times = median_ms(own).zip(median_ms(first)).map(|(own, first)| own / first);
    let times = times.filter(|times| times.is_finite());
    let kind = JudgementKind::OtherWinner { predicted, winner: first.executor, times };
    Judgement { kind, gap: times.map(|times| times - 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::report::WarmedUp;
    use crate::measure::stats::{Ratio, summarise};
    use crate::models::Executor;

    use ExecutorKind::{MainThread, Processes, Threads};

    fn outcome(kind: ExecutorKind, ms: f64) -> Outcome {
        Outcome {
            executor: Executor::new(kind, 4),
            startup_ms: 0.0,
            started_again: false,
            warm_up: WarmedUp::default(),
            samples: Vec::new(),
            summary: summarise(&[ms; 5], 1),
            speedup: None,
            timeline_of: None,
            lanes: Vec::new(),
            accounts: Vec::new(),
            waterfall: None,
            answer: None,
            error: None,
        }
    }

    /// Threads before processes before the main thread.
    fn judged(predicted: ExecutorKind, tied: &[ExecutorKind]) -> Judgement {
        let kinds = [(Threads, 100.0), (Processes, 125.0), (MainThread, 250.0)];
        let results = kinds.map(|(kind, ms)| outcome(kind, ms));
        let rank = |result: usize| {
            let executor = kinds[result].0;
            let tied_with = match tied.contains(&executor) {
                true => tied.iter().copied().filter(|kind| *kind != executor).collect(),
                false => Vec::new(),
            };
            let over_next = Some(Ratio { ratio: 1.25, ci95: [1.2, 1.3] });
            Rank { executor, result, tied_with, over_next }
        };
        judge_winner(predicted, &[rank(0), rank(1), rank(2)], &results)
    }

    #[test]
    fn right_guess_is_judged_right() {
        let right = judged(Threads, &[]);
        assert_eq!(right.text(), "Right: threads were the fastest, 1.25× as fast as processes.");
        assert!(right.kind.is_right());
        assert_eq!(right.gap, Some(0.0));
    }

    #[test]
    fn a_tie_is_right_from_both_sides() {
        let first = judged(Threads, &[Threads, Processes]);
        let second = judged(Processes, &[Threads, Processes]);
        assert_eq!(
            first.text(),
            "Right, but tied: there was no clear difference between threads and processes."
        );
        assert_eq!(
            second.text(),
            "Right, but tied: there was no clear difference between processes and threads."
        );
        assert!(first.kind.is_right() && second.kind.is_right());
        assert_eq!(
            judged(MainThread, &[Threads, Processes, MainThread]).text(),
            "Right, but tied: there was no clear difference between the main thread and threads \
             and processes."
        );
    }

    /// Threads at two widths before processes.
    fn judged_at_two_widths(predicted: ExecutorKind, tied: [&[ExecutorKind]; 3]) -> Judgement {
        let kinds = [(Threads, 100.0), (Threads, 125.0), (Processes, 250.0)];
        let results = kinds.map(|(kind, ms)| outcome(kind, ms));
        let over_next = Some(Ratio { ratio: 1.25, ci95: [1.2, 1.3] });
        let rank = |result: usize| {
            let (executor, tied_with) = (kinds[result].0, tied[result].to_vec());
            Rank { executor, result, tied_with, over_next }
        };
        judge_winner(predicted, &[rank(0), rank(1), rank(2)], &results)
    }

    #[test]
    fn a_model_is_not_compared_with_itself_at_another_width() {
        let right = "Right: threads were the fastest.";
        assert_eq!(judged_at_two_widths(Threads, [&[]; 3]).text(), right);
        let tied = [&[Threads][..], &[Threads], &[]];
        assert_eq!(judged_at_two_widths(Threads, tied).text(), right);
        let all = [&[Threads, Processes][..], &[Threads, Processes], &[Threads, Threads]];
        assert_eq!(
            judged_at_two_widths(Threads, all).text(),
            "Right, but tied: there was no clear difference between threads and processes."
        );
        assert_eq!(
            judged_at_two_widths(Processes, all).text(),
            "Right, but tied: there was no clear difference between processes and threads."
        );
    }

    #[test]
    fn wrong_guess_says_by_how_much() {
        let wrong = judged(MainThread, &[Threads, Processes]);
        assert_eq!(wrong.text(), "Not this time: threads were 2.50× as fast as the main thread.");
        assert_eq!((wrong.gap, wrong.kind.is_right()), (Some(1.5), false));
    }

    #[test]
    fn guess_without_a_result_is_not_judged() {
        let none = judged(ExecutorKind::EventLoop, &[]);
        assert_eq!(
            none.text(),
            "The event loop gave no result, so your prediction is neither right nor wrong."
        );
        assert_eq!(none.gap, None);
        assert_eq!(
            judge_winner(Threads, &[], &[]).kind,
            JudgementKind::NoResult { predicted: Threads }
        );
    }
}
