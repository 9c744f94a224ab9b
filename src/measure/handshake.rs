//! How a worker's clock compares with the page's, found out by asking for the time.
//!
//! All clocks of a browser are counted from the Unix epoch by `timeOrigin`, which
//! each scope notes when it begins; a system clock that is set meanwhile puts them
//! apart. The page asks each worker a few times and believes the quickest answer
//! (Mills, RFC 5905, section 8).

use super::span::ClockCheck;

/// How often each worker is asked.
pub const ASKED: u32 = 4;

/// What is known of one worker's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Handshake {
    answers: u32,
    /// The quickest round trip, in ms, and the difference of clocks it showed.
    best: Option<(f64, f64)>,
}

impl Handshake {
    /// Notes an answer: asked at `asked_ms` by the page's clock, received and
    /// answered at these times by the worker's, heard at `heard_ms` by the page's.
    pub fn note(&mut self, asked_ms: f64, received_ms: f64, answered_ms: f64, heard_ms: f64) {
        self.answers += 1;
        let round_trip_ms = ((heard_ms - asked_ms) - (answered_ms - received_ms)).max(0.0);
        let offset_ms = ((asked_ms - received_ms) + (heard_ms - answered_ms)) / 2.0;
        if self.best.is_none_or(|(best_ms, _)| round_trip_ms < best_ms) {
            self.best = Some((round_trip_ms, offset_ms));
        }
    }

    /// Whether the worker has been asked often enough.
    pub fn is_done(&self) -> bool {
        self.answers >= ASKED
    }

    /// What to correct the worker's times by. The way there may have taken all of
    /// the round trip, or none, so the difference is known to half of it. One that
    /// is within that is no evidence that there is any, and is left alone.
    pub fn check(&self) -> Option<ClockCheck> {
        let (round_trip_ms, offset_ms) = self.best?;
        let half_ms = round_trip_ms / 2.0;
        Some(if offset_ms.abs() > half_ms {
            ClockCheck { offset_ms, residual_ms: half_ms }
        } else {
            ClockCheck { offset_ms: 0.0, residual_ms: half_ms + offset_ms.abs() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clocks_that_agree_are_left_alone() {
        let mut handshake = Handshake::default();
        assert_eq!(handshake.check(), None);
        handshake.note(100.0, 100.3, 100.4, 100.5);
        let check = handshake.check().expect("was answered");
        assert_eq!(check.offset_ms, 0.0);
        assert!((check.residual_ms - 0.3).abs() < 1e-9);
    }

    #[test]
    fn the_quickest_answer_is_believed() {
        let mut handshake = Handshake::default();
        handshake.note(0.0, 57.0, 57.0, 8.0);
        handshake.note(10.0, 60.1, 60.1, 10.2);
        handshake.note(20.0, 73.0, 73.0, 25.0);
        let check = handshake.check().expect("was answered");
        assert!((check.offset_ms + 50.0).abs() < 1e-9, "{check:?}");
        assert!((check.residual_ms - 0.1).abs() < 1e-9, "{check:?}");
        assert!(!handshake.is_done());
        handshake.note(30.0, 81.0, 81.0, 32.0);
        assert!(handshake.is_done());
    }

    proptest! {
        /// Whatever the ways take, the true difference is within the residual.
        #[test]
        fn true_clock_offset_is_within_the_residual(
            apart in -1e4f64..1e4,
            ways in prop::collection::vec((0f64..9.0, 0f64..2.0, 0f64..9.0), 1..6),
        ) {
            let (mut handshake, mut now) = (Handshake::default(), 0.0);
            for (there, within, back) in ways {
                let heard = now + there + within + back;
                handshake.note(now, now + there + apart, now + there + within + apart, heard);
                now = heard + 1.0;
            }
            let check = handshake.check().expect("was answered");
            prop_assert!((check.offset_ms + apart).abs() <= check.residual_ms + 1e-6);
        }
    }
}
