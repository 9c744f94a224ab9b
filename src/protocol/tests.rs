use super::*;
use crate::measure::Phase;
use crate::measure::clock::FakeClock;
use proptest::prelude::*;

proptest! {
    #[test]
    fn tasks_survive_the_way(
        run: u32, places: Range<u32>,
    ) {
        let sent = ToWorker::Tasks { run, places };
        let clock = FakeClock::default();
        clock.advance(12.5);
        let (bytes, _) = encode(&sent, &clock).expect("encodes");
        prop_assert_eq!(decode::<ToWorker>(&bytes), Ok((sent, 12.5)));
    }

    #[test]
    fn results_survive_the_way(run: u32, part in prop::collection::vec(any::<u8>(), 0..300), at in 0f64..1e13) {
        let sent = FromWorker::Done {
            run,
            received_ms: at,
            places: 3..4,
            lens: vec![part.len() as u32],
            parts: &part,
            spans: vec![Span::new(Phase::Compute, 3, at, at + 1.0)],
            copy_ms: at + 1.0,
            serialize_ms: at + 1.0,
        };
        let (bytes, _) = encode(&sent, &FakeClock::default()).expect("encodes");
        prop_assert_eq!(decode::<FromWorker>(&bytes), Ok((sent, 0.0)));
    }

    /// What is no message, or only the beginning of one, is refused.
    #[test]
    fn noise_is_refused_or_read_but_never_fatal(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<ToWorker>(&noise);
        let _ = decode::<FromWorker>(&noise);
    }
}

#[test]
fn a_cut_message_is_refused() {
    let sent = FromWorker::Failed { run: Some(1), failure: Failure::cancelled() };
    let (bytes, _) = encode(&sent, &FakeClock::default()).expect("encodes");
    assert!(decode::<FromWorker>(&bytes[..bytes.len() - 1]).is_err());
    assert!(decode::<FromWorker>(&[]).is_err());
}
