use super::super::TREE;
use super::*;

fn walk(text: &str) -> Walk {
    Walk::parse(&TREE, text).unwrap()
}

#[test]
fn the_start_is_the_first_question() {
    let start = walk("");
    assert_eq!(start.here().id(), TREE.id);
    assert!(!start.is_complete() && start.steps().is_empty() && start.text().is_empty());
}

#[test]
fn answers_lead_to_a_leaf() {
    assert!(!walk("io").is_complete());
    let done = walk("io.thousands");
    assert_eq!(done.leaf().map(|leaf| leaf.id), Some("event-loop"));
    assert_eq!(done.steps().len(), 2);
}

#[test]
fn another_answer_to_an_earlier_question_drops_the_later_ones() {
    let done = walk("cpu.one.bytecode.light");
    assert_eq!(done.clone().changed(1, "machines").unwrap().text(), "cpu.machines");
    assert_eq!(done.clone().changed(0, "io").unwrap().text(), "io");
    assert_eq!(done.clone().back_to(2).text(), "cpu.one");
    assert_eq!(done.clone().back_to(0).text(), "");
    assert_eq!(done.back_to(99).text(), "cpu.one.bytecode.light");
}

#[test]
fn an_unknown_answer_is_refused_with_those_there_are() {
    let error = Walk::parse(&TREE, "io.millions").unwrap_err();
    let PathError::UnknownAnswer { given, known, .. } = &error else { panic!("{error}") };
    assert_eq!(given, "millions");
    assert_eq!(known, &["hundreds", "thousands"]);
    assert!(error.to_string().contains("Use hundreds or thousands."), "{error}");
}

#[test]
fn a_path_does_not_go_on_after_a_leaf() {
    let error = Walk::parse(&TREE, "mixed.io").unwrap_err();
    assert!(matches!(error, PathError::PastTheEnd { .. }), "{error}");
}

#[test]
fn nonsense_is_refused_and_never_echoed_at_length() {
    for text in [".", "io.", ".io", "io..thousands", "IO", " io", "io,thousands", "é.é", "\0"] {
        assert!(Walk::parse(&TREE, text).is_err(), "{text:?}");
    }
    let long = "x".repeat(MAX_LEN);
    assert!(Walk::parse(&TREE, &long).unwrap_err().to_string().len() < 200);
    assert_eq!(
        Walk::parse(&TREE, &"io.".repeat(100_000)).unwrap_err(),
        PathError::TooLong { len: 300_000 }
    );
}

#[test]
fn nodes_are_passed_here_ahead_or_aside() {
    let at = walk("cpu");
    let mark = |path: &str| at.mark(walk(path).here());
    assert_eq!(mark(""), Mark::Passed);
    assert_eq!(mark("cpu"), Mark::Here);
    assert_eq!(mark("cpu.one.native"), Mark::Ahead);
    assert_eq!(mark("io"), Mark::Aside);
    assert_eq!(mark("mixed"), Mark::Aside);
}

#[test]
fn where_it_stands_is_told_in_words() {
    assert_eq!(walk("cpu").announcement(), "Question 2: Is one machine enough?");
    assert_eq!(walk("io.hundreds").announcement(), "Advice: Thread pool.");
}

#[test]
fn walks_are_compared_by_their_answers() {
    assert_eq!(walk("io"), walk("io.hundreds").back_to(1));
    assert_ne!(walk("io"), walk("io.hundreds"));
    assert_ne!(walk("io"), walk("cpu"));
}

#[test]
fn links_carry_the_path() {
    assert_eq!(href(""), "#/decide");
    assert_eq!(href(&joined("io", "thousands")), "#/decide?path=io.thousands");
    assert_eq!(joined("", "io"), "io");
}
