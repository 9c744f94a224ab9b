use super::*;
use std::collections::HashSet;

fn some() -> Vec<Failure> {
    let why = NoAnswer::Status { status: 404 };
    let address = "https://example.org/a".into();
    vec![
        MemoryProblem::DoesNotFit { bytes: u64::MAX, most: 1 }.into(),
        MemoryProblem::Exhausted { who: Who::Thread, asked: 1 << 60, in_use: 7 }.into(),
        WorkProblem::Stopped { who: Who::PageProgram, said: "unreachable \"…\"".into() }.into(),
        WorkerProblem::TooFewStarted { begun: 3, wanted: 8 }.into(),
        WorkerProblem::NotPrepared.into(),
        RequestProblem::ToAddress { address, most: 9, why }.into(),
        ProfileProblem::TooShort { step_us: 5.5 }.into(),
        ProfileProblem::TimedOut { limit_ms: 1_500 }.into(),
        RequestProblem::ToPage { why: NoAnswer::TooLong }.into(),
        Unavailable::Busy.into(),
        Failure::cancelled(),
        Failure::invalid("n", InputProblem::NotNumber { min: 0.5, max: 1.0, got: "2".into() }),
        Failure::invalid("x", NameProblem::NoSuchTab { known: names(["a", "b"]) }),
        Failure {
            key: Some("“a.png”".into()), ..Failure::from(MemoryProblem::NoRoomForPicture)
        },
        Failure::stored(FailureKind::TimedOut, "It took too long.", None, None),
    ]
}

#[test]
fn failures_survive_messages_and_reports() {
    for failure in some() {
        let bytes = postcard::to_allocvec(&failure).expect("can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(failure.clone()));
        let json = serde_json::to_string(&failure).expect("can be written");
        let again: Failure = serde_json::from_str(&json).expect("can be read");
        assert_eq!(again, failure, "{json}");
    }
}

#[test]
fn messages_to_the_page_carry_figures_and_no_sentence() {
    for failure in some() {
        if matches!(failure.problem, Problem::Foreign { .. }) {
            continue;
        }
        let bytes = postcard::to_allocvec(&failure).expect("can be written");
        let sentence = failure.problem.message();
        let is_in = bytes.windows(sentence.len()).any(|part| part == sentence.as_bytes());
        assert!(!is_in, "{failure}");
    }
}

#[test]
fn reports_have_the_sentence_and_what_it_is_made_of() {
    let failure = Failure::from(WorkerProblem::TooFewStarted { begun: 3, wanted: 8 });
    let json = serde_json::to_value(&failure).expect("can be written");
    assert_eq!(json["name"], "WorkerLost");
    assert_eq!(json["message"], failure.message());
    assert_eq!(json["code"], "TooFewStarted");
    assert_eq!(json["figures"], serde_json::json!({ "begun": 3, "wanted": 8 }));
    assert!(failure.message().starts_with("Only 3 of 8 workers started"), "{failure}");
}

#[test]
fn failures_of_other_programs_keep_their_name_and_message() {
    for json in [
        r#"{ "name": "TimedOut", "message": "Zu spät." }"#,
        r#"{ "name": "TimedOut", "message": "Zu spät.", "code": "Nobody", "figures": {} }"#,
        r#"{ "name": "TimedOut", "message": "Zu spät.", "code": "Silent", "figures": {} }"#,
        r#"{ "name": "TimedOut", "message": "Zu spät.", "code": "Gone", "figures": {} }"#,
    ] {
        let failure: Failure = serde_json::from_str(json).expect("can be read");
        assert_eq!(failure.kind(), FailureKind::TimedOut, "{json}");
        assert_eq!(failure.message(), "Zu spät.", "{json}");
    }
}

#[test]
fn codes_are_of_one_problem_each() {
    let all = [
        InputProblem::CODES,
        NameProblem::CODES,
        FileProblem::CODES,
        ReportProblem::CODES,
        MemoryProblem::CODES,
        WorkProblem::CODES,
        WorkerProblem::CODES,
        RequestProblem::CODES,
        Unavailable::CODES,
    ];
    let all: Vec<_> = all.concat().into_iter().chain([CANCELLED]).collect();
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "{all:?}");
}
