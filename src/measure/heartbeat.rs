//! The page's heartbeat: a timer that ticks while the page's thread is free.
//! Where it stops, the page was frozen.

/// How often the heart is meant to beat, in ms: fine enough to see a freeze of
/// 50 ms, the W3C's threshold for a long task, and cheap enough not to matter.
pub const BEAT_MS: u32 = 10;

/// The page is said to have frozen from here on, in ms: the W3C's threshold for a
/// long task.
pub const FREEZE_MS: f64 = 50.0;

/// The longest stretch between `start_ms` and `end_ms` for which the page's
/// thread did not answer, in ms. `beats_ms` are in order and reach from before
/// the start to after the end; a beat that is merely on time is no freeze.
pub fn longest_freeze_ms(beats_ms: &[f64], start_ms: f64, end_ms: f64) -> f64 {
    let gaps = beats_ms.windows(2).filter_map(|pair| match pair {
        [before, after] if *after > start_ms && *before < end_ms => {
            Some(after - before - f64::from(BEAT_MS))
        }
        _ => None,
    });
    // A gap that began before the run was not the run's alone.
    gaps.fold(0.0, f64::max).min((end_ms - start_ms).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_heart_is_never_frozen() {
        let beats: Vec<_> = (0..100).map(|beat| f64::from(beat) * 10.0).collect();
        assert_eq!(longest_freeze_ms(&beats, 55.0, 805.0), 0.0);
    }

    #[test]
    fn the_longest_pause_counts_even_where_it_ends_after_the_run() {
        let beats = [0.0, 10.0, 20.0, 80.0, 90.0, 400.0, 410.0];
        assert_eq!(longest_freeze_ms(&beats, 15.0, 390.0), 300.0);
        assert_eq!(longest_freeze_ms(&beats, 15.0, 85.0), 50.0);
    }

    #[test]
    fn a_freeze_is_never_longer_than_the_run() {
        assert_eq!(longest_freeze_ms(&[0.0, 500.0], 100.0, 150.0), 50.0);
        assert_eq!(longest_freeze_ms(&[], 100.0, 150.0), 0.0);
    }
}
