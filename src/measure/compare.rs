//! Comparing the models of a run: the baseline, the ranking, and whether the
//! answers agree.

use super::confidence::Confidence;
use super::report::outcome::{Outcome, Rank};
use super::signed_ranks::SignedRanks;
use super::stats;
use crate::models::ExecutorKind;

/// The model that speedups are told against: the first main thread that has
/// samples.
pub fn baseline(results: &[Outcome]) -> Option<usize> {
    results
        .iter()
        .position(|one| one.executor.kind() == ExecutorKind::MainThread && !one.samples.is_empty())
}

/// The test by which all models with samples are compared, when that is done for the
/// `looks`-th time.
pub fn test(results: &[Outcome], looks: u32) -> SignedRanks {
    let rounds: Vec<_> =
        results.iter().map(|one| one.samples.len()).filter(|rounds| *rounds > 0).collect();
    test_for(rounds.len(), rounds.first().copied().unwrap_or_default(), looks)
}

fn test_for(models: usize, rounds: usize, looks: u32) -> SignedRanks {
    SignedRanks::new(rounds, Confidence::new(models, looks).misses())
}

/// Whether more rounds would change the headline of models that took these times, each
/// list in ms, one for each round, the baseline's first: not if the fastest is clearly
/// faster than the baseline, or as fast but for 10%. Where the baseline is the fastest, the
/// next one is compared with it.
pub fn is_settled(totals_ms: &[&[f64]], looks: u32) -> bool {
    let Some((baseline, others)) = totals_ms.split_first() else { return true };
    let test = test_for(totals_ms.len(), baseline.len(), looks);
    let median_ms = |of: &&&[f64]| stats::median(of.iter().copied());
    let fastest = others.iter().min_by(|a, b| median_ms(a).total_cmp(&median_ms(b)));
    fastest.is_none_or(|of| {
        stats::paired_ratio(baseline, of, &test).is_some_and(|ratio| ratio.is_clear())
    })
}

/// The models that have samples, the fastest first.
pub fn ranking(results: &[Outcome], test: &SignedRanks) -> Vec<Rank> {
    let mut by_time: Vec<_> = results
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.samples.is_empty())
        .map(|(at, one)| (at, one.totals_ms()))
        .collect();
    by_time.sort_by(|(_, a), (_, b)| {
        stats::median(a.iter().copied()).total_cmp(&stats::median(b.iter().copied()))
    });
    let rank = |(place, (at, totals)): (usize, &(usize, Vec<f64>))| {
        let ratio_over = |other: &Vec<f64>| stats::paired_ratio(other, totals, test);
        let tied = by_time.iter().filter(|(other, times)| {
            other != at && ratio_over(times).is_some_and(|ratio| ratio.is_even())
        });
        Rank {
            executor: results[*at].executor.kind(),
            result: *at,
            tied_with: tied.map(|(other, _)| results[*other].executor.kind()).collect(),
            over_next: by_time.get(place + 1).and_then(|(_, times)| ratio_over(times)),
        }
    };
    by_time.iter().enumerate().map(rank).collect()
}

/// The models whose answer is not the most common one, or differs between their
/// own samples; empty where all agree.
pub fn dissenters(results: &[Outcome]) -> Vec<usize> {
    let digest = |one: &Outcome| one.answer.as_ref().map(|answer| answer.digest.clone());
    let answered: Vec<_> =
        results.iter().enumerate().filter(|(_, one)| !one.samples.is_empty()).collect();
    let votes = |digest_of: &Option<String>| {
        answered.iter().filter(|(_, one)| digest(one) == *digest_of).count()
    };
    // The earliest of equally common answers: the main thread's, as listed.
    let common = answered
        .iter()
        .map(|(_, one)| digest(one))
        .filter(Option::is_some)
        .reduce(|best, next| if votes(&next) > votes(&best) { next } else { best })
        .flatten();
    let differs = |one: &Outcome| common.is_none() || digest(one) != common;
    answered.iter().filter(|(_, one)| differs(one)).map(|(at, _)| *at).collect()
}
