use super::*;
use crate::measure::clock::FakeClock;

fn bytes(message: &FromWorker) -> Vec<u8> {
    let clock = FakeClock::default();
    clock.advance(7.0);
    protocol::encode(message, &clock).expect("encodes").0
}

#[test]
fn an_answer_is_read_with_the_time_at_which_it_was_sent() {
    let mut answers = Answers::default();
    let run = answers.next_run();
    let prepared = bytes(&FromWorker::Prepared { run });
    assert_eq!(
        answers.read(&prepared),
        Ok(Some((WorkerMessage::Answered(Answered::Prepared), 7.0)))
    );
    let time = bytes(&FromWorker::Time { run, received_ms: 3.0 });
    assert_eq!(answers.read(&time), Ok(Some((WorkerMessage::Answered(Answered::Time(3.0)), 7.0))));
}

#[test]
fn messages_of_earlier_runs_are_dropped_and_counted() {
    let mut answers = Answers::default();
    let old = answers.next_run();
    answers.next_run();
    let failed = FromWorker::Failed { run: Some(old), failure: Failure::cancelled() };
    for message in [FromWorker::Prepared { run: old }, failed] {
        assert_eq!(answers.read(&bytes(&message)), Ok(None));
    }
    assert_eq!(answers.stale, 2);
}

#[test]
fn failures_of_this_run_and_of_none_are_failures() {
    let mut answers = Answers::default();
    for run in [None, Some(answers.run())] {
        let failed = FromWorker::Failed { run, failure: Failure::cancelled() };
        assert_eq!(answers.read(&bytes(&failed)), Err(Failure::cancelled()));
    }
}

#[test]
fn a_worker_of_another_version_is_refused() {
    let mut answers = Answers::default();
    let ready = |version| bytes(&FromWorker::Ready { version });
    let same = ready(protocol::VERSION);
    let said = answers.read(&same).map(|said| said.map(|(said, _)| said));
    assert_eq!(said, Ok(Some(WorkerMessage::Answered(Answered::Ready))));
    assert!(answers.read(&ready(protocol::VERSION + 1)).is_err());
}
