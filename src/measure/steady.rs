//! Whether the machine kept its speed: a fixed kernel is timed before and after each
//! block of samples, and a block during which the machine changed is taken again.

use super::report::{Block, Disturbance};
use super::warning::FEWEST_TICKS;

/// A machine whose speed changed by more than this during a block took the block at
/// two speeds: as much as the noise of single samples, and half of the least difference
/// that a run is planned to find.
pub const MOST_DRIFT: f64 = 0.05;
/// A run that loses more than this share of its blocks is inconclusive: what is left
/// was chosen by the machine's moods.
pub const MOST_LOST: f64 = 0.2;
/// The most computations in one sample: work that needs more lasts for a few ticks of the
/// clock or less.
pub const MOST_BATCHED: u32 = 1_000;

/// A sample is planned to last at least this long, in ms, as far as [`MOST_BATCHED`] and the
/// size of its timeline let it: what comes first in it, after a pause in which caches and clock
/// speeds went elsewhere, is then a small part of it.
const LEAST_MS: f64 = 5.0;

/// A sample is planned to last so many times what it has to: one that takes less time
/// than the last ones is still long enough.
const MARGIN: f64 = 1.5;

/// How long one burst of a fixed kernel took, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// On one core, with the others idle.
    pub one_ms: f64,
    /// On all cores at once.
    pub all_ms: f64,
}

/// How much faster or slower the machine became: 0.05 for 5%, in either direction,
/// alone or on all cores, whichever is more.
pub fn drift(before: Calibration, after: Calibration) -> f64 {
    let of = |a: f64, b: f64| {
        let changed = (a / b).max(b / a) - 1.0;
        // A clock too coarse to see a burst tells nothing.
        if changed.is_finite() { changed } else { 0.0 }
    };
    of(before.one_ms, after.one_ms).max(of(before.all_ms, after.all_ms)).max(0.0)
}

/// What to do with a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It counts.
    Keep,
    /// Its samples are dropped, and it is taken again.
    Repeat,
}

/// Most blocks that are taken again because something disturbed them. Each waits until
/// the reader goes on, so that only a clock that jumps again and again comes here.
const MOST_DISTURBED: usize = 50;

/// The blocks of a run, kept and dropped. It ends: no more than `wanted` blocks are
/// dropped for drift; from then on they are kept as they are, and the run is
/// inconclusive.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    wanted: u32,
    blocks: Vec<Block>,
}

impl Ledger {
    /// For a run of `wanted` blocks.
    pub fn new(wanted: u32) -> Self {
        Self { wanted, blocks: Vec::new() }
    }

    /// Notes a block and decides. A disturbed block is not held against the machine,
    /// however far it drifted.
    pub fn note(&mut self, drift: f64, disturbed: Option<Disturbance>) -> Ruling {
        let kept = match disturbed {
            Some(_) => self.count(|block| block.disturbed.is_some()) >= MOST_DISTURBED,
            None => drift <= MOST_DRIFT || self.lost() >= self.wanted as usize,
        };
        self.blocks.push(Block { drift, disturbed, kept });
        if kept { Ruling::Keep } else { Ruling::Repeat }
    }

    /// Whether as many blocks were kept as were wanted.
    pub fn is_done(&self) -> bool {
        self.count(|block| block.kept) >= self.wanted as usize
    }

    /// All blocks, in the order in which they were taken.
    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    fn lost(&self) -> usize {
        self.count(|block| !block.kept && block.disturbed.is_none())
    }

    fn count(&self, which: impl Fn(&Block) -> bool) -> usize {
        self.blocks.iter().filter(|block| which(block)).count()
    }
}

/// Whether blocks are worth a verdict: at most [`MOST_LOST`] of them lost, not counting
/// those taken again after a disturbance, and none kept that drifted or was disturbed.
pub fn is_conclusive(blocks: &[Block]) -> bool {
    let count = |which: fn(&&Block) -> bool| blocks.iter().filter(which).count() as f64;
    let doubtful = count(|one| one.kept && (one.disturbed.is_some() || one.drift > MOST_DRIFT));
    let lost = count(|one| !one.kept && one.disturbed.is_none());
    doubtful == 0.0 && lost <= MOST_LOST * (lost + count(|one| one.kept))
}

/// How many computations of `median_ms` one sample needs to last [`LEAST_MS`] and
/// [`FEWEST_TICKS`] of a clock that ticks every `resolution_us`: 1 to [`MOST_BATCHED`].
pub fn batch(median_ms: f64, resolution_us: f64) -> u32 {
    let tick_ms = resolution_us / 1000.0;
    let least_ms = LEAST_MS.max(FEWEST_TICKS * tick_ms);
    if median_ms >= least_ms {
        return 1;
    }
    // What the clock did not see lasted for less than a tick.
    let seen_ms = median_ms.max(tick_ms);
    // A conversion from what is too large gives the largest number, from NaN gives 0.
    ((MARGIN * least_ms / seen_ms).ceil() as u32).clamp(1, MOST_BATCHED)
}

/// How many cores there are to compute on: the rates of all workers at once, in any
/// unit of work per time, over the rate of one alone; at least 1 and at most as
/// many as there were workers. `None` where nothing was measured.
pub fn effective_cores(one_rate: f64, all_rates: &[f64]) -> Option<f64> {
    let cores = all_rates.iter().sum::<f64>() / one_rate;
    let measured = one_rate > 0.0 && cores.is_finite() && !all_rates.is_empty();
    measured.then(|| cores.min(all_rates.len() as f64).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::Ruling::{Keep, Repeat};
    use super::*;
    use proptest::prelude::*;

    fn calibration(one_ms: f64, all_ms: f64) -> Calibration {
        Calibration { one_ms, all_ms }
    }

    #[test]
    fn drift_is_the_greater_of_both_and_knows_no_direction() {
        let before = calibration(10.0, 20.0);
        assert_eq!(drift(before, before), 0.0);
        assert!((drift(before, calibration(10.1, 22.0)) - 0.1).abs() < 1e-12);
        assert!((drift(calibration(10.1, 22.0), before) - 0.1).abs() < 1e-12);
        assert!((drift(before, calibration(8.0, 20.0)) - 0.25).abs() < 1e-12);
        // What the clock could not see.
        assert_eq!(drift(before, calibration(0.0, 0.0)), 0.0);
    }

    const HIDDEN: Option<Disturbance> = Some(Disturbance::TabHidden);

    fn run(wanted: u32, blocks: &[(f64, Option<Disturbance>)]) -> (Vec<Ruling>, Ledger) {
        let mut ledger = Ledger::new(wanted);
        let rulings = blocks.iter().map(|(drift, disturbed)| ledger.note(*drift, *disturbed));
        (rulings.collect(), ledger)
    }

    #[test]
    fn a_steady_run_keeps_all() {
        let (rulings, ledger) = run(3, &[(0.0, None), (0.02, None), (MOST_DRIFT, None)]);
        assert_eq!(rulings, [Keep; 3]);
        assert!(ledger.is_done() && is_conclusive(&ledger.into_blocks()));
    }

    /// One of five is a fifth, which is the most; two of six is more.
    #[test]
    fn what_is_lost_is_repeated_until_too_much_is_lost() {
        let (rulings, ledger) = run(4, &[0.0, 0.3, 0.0, 0.0, 0.0].map(|drift| (drift, None)));
        assert_eq!(rulings, [Keep, Repeat, Keep, Keep, Keep]);
        assert!(ledger.is_done() && is_conclusive(&ledger.into_blocks()));
        let (_, ledger) = run(4, &[0.0, 0.3, 0.3, 0.0, 0.0, 0.0].map(|drift| (drift, None)));
        assert_eq!((ledger.is_done(), ledger.lost()), (true, 2));
        assert!(!is_conclusive(&ledger.into_blocks()));
    }

    #[test]
    fn a_hidden_tab_is_not_held_against_the_machine() {
        let (rulings, ledger) = run(2, &[(0.5, HIDDEN), (0.0, HIDDEN), (0.0, None), (0.0, None)]);
        assert_eq!(rulings, [Repeat, Repeat, Keep, Keep]);
        assert!(ledger.is_done() && is_conclusive(&ledger.into_blocks()));
    }

    #[test]
    fn a_clock_that_never_rests_ends_inconclusive() {
        let jumped = (0.0, Some(Disturbance::ClockJumped));
        let (rulings, ledger) = run(2, &vec![jumped; MOST_DISTURBED + 2]);
        assert_eq!(rulings[MOST_DISTURBED - 1..], [Repeat, Keep, Keep]);
        assert!(ledger.is_done() && !is_conclusive(&ledger.into_blocks()));
    }

    #[test]
    fn a_sample_lasts_long_enough_for_the_clock() {
        assert_eq!(batch(5.0, 5.0), 1);
        assert_eq!(batch(1.0, 5.0), 8);
        assert_eq!(batch(0.3, 5.0), 25);
        assert_eq!(batch(0.5, 100.0), 60);
        assert_eq!(batch(0.05, 5.0), 150);
        assert_eq!(batch(0.0, 5.0), MOST_BATCHED);
        assert_eq!(batch(0.0, 0.0), MOST_BATCHED);
    }

    #[test]
    fn cores_are_what_they_add_up_to() {
        assert_eq!(effective_cores(10.0, &[10.0, 9.0, 5.0, 6.0]), Some(3.0));
        assert_eq!(effective_cores(10.0, &[11.0, 11.0]), Some(2.0));
        assert_eq!(effective_cores(10.0, &[2.0, 3.0]), Some(1.0));
        assert_eq!(effective_cores(10.0, &[]), None);
        assert_eq!(effective_cores(0.0, &[1.0]), None);
        assert_eq!(effective_cores(f64::NAN, &[1.0]), None);
    }

    proptest! {
        #[test]
        fn a_run_ends_whatever_happens(
            wanted in 0u32..20,
            blocks in prop::collection::vec((0.0f64..0.2, any::<bool>()), 100),
        ) {
            let mut ledger = Ledger::new(wanted);
            let mut kept = 0;
            for (drift, hidden) in blocks {
                if ledger.is_done() {
                    break;
                }
                kept += u32::from(ledger.note(drift, HIDDEN.filter(|_| hidden)) == Keep);
            }
            prop_assert!(ledger.is_done());
            prop_assert_eq!(kept, wanted);
            prop_assert!(ledger.lost() <= wanted as usize);
        }

        #[test]
        fn a_conclusive_run_kept_nothing_that_drifted(
            drifts in prop::collection::vec(0.0f64..0.1, 1..30),
        ) {
            let drifts: Vec<_> = drifts.into_iter().map(|drift| (drift, None)).collect();
            let blocks = run(10, &drifts).1.into_blocks();
            let drifted = |block: &Block| block.kept && block.drift > MOST_DRIFT;
            prop_assert!(!is_conclusive(&blocks) || !blocks.iter().any(drifted));
        }

        #[test]
        fn drift_is_symmetric(a in 0.1f64..100.0, b in 0.1f64..100.0, c in 0.1f64..100.0) {
            let (one, other) = (calibration(a, b), calibration(c, a));
            prop_assert_eq!(drift(one, other), drift(other, one));
            prop_assert!(drift(one, other) >= 0.0);
        }

        #[test]
        fn a_batch_is_the_least_that_lasts(median_ms in 0.01f64..100.0, resolution_us in 0.1f64..100.0) {
            let n = batch(median_ms, resolution_us);
            let least_ms = LEAST_MS.max(FEWEST_TICKS * resolution_us / 1000.0);
            // What the clock did not see is taken to have lasted for a tick.
            let seen_ms = median_ms.max(resolution_us / 1000.0);
            let lasts = |n: u32, ms: f64| f64::from(n) * seen_ms >= ms * (1.0 - 1e-9);
            prop_assert!(n == MOST_BATCHED || lasts(n, least_ms));
            prop_assert!(n == 1 || !lasts(n - 1, MARGIN * least_ms * (1.0 + 1e-6)));
        }

        #[test]
        fn there_are_no_more_cores_than_workers(
            one in 0.1f64..100.0,
            all in prop::collection::vec(0.0f64..100.0, 1..32),
        ) {
            let cores = effective_cores(one, &all).expect("it was measured");
            prop_assert!(1.0 <= cores && cores <= all.len() as f64);
        }
    }
}
