use super::*;
use proptest::prelude::*;

#[test]
fn valid_addresses_are_accepted() {
    for url in [
        "https://example.org",
        "HTTPS://example.org/a?b=c:d@e#f",
        "./data.json",
        "./data:1.json",
        "../a/b?c",
        "/a@b",
        "http://localhost:8080/a",
        "http://127.0.0.1/a",
        "https://example.org/ä",
    ] {
        assert_eq!(check(url), Ok(()), "{url}");
    }
}

#[test]
fn invalid_addresses_are_refused_by_name() {
    for url in [
        "",
        "data.json",
        "example.test/x",
        "example.test",
        "localhost:8080/a",
        "?a=b",
        "#a",
        "https://exa\u{200B}mple.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,a",
        "blob:https://example.org/1",
        "https:",
        "//example.org/a",
        "https:///a",
        "https:example.org",
        "http://example.org/",
        "http://localhost.example.org/",
        "http://127.0.0.1.example.org/",
        "http:\\\\example.org",
        "https://me:secret@example.org/",
        "https://localhost@example.org/",
        "//me@example.org/",
        "https://exa mple.org",
        "java\nscript:alert(1)",
    ] {
        let failure = check(url).unwrap_err();
        assert!(failure.message().starts_with("urls: "), "{url}: {failure}");
    }
}

#[test]
fn what_is_not_to_be_seen_around_an_address_is_taken_off() {
    for around in [" ", "\n\t", "\u{FEFF}", "\u{200B}\u{200E}", "\u{2060} \u{AD}"] {
        let pasted = format!("{around}https://example.org/a b{around}");
        assert_eq!(cleaned(&pasted), "https://example.org/a b");
    }
    assert_eq!(cleaned("\u{200B}"), "");
}

#[test]
fn hosts_are_told_apart() {
    assert_eq!(host("https://example.org:8/a"), Some("example.org:8"));
    assert_eq!(host("./a//b"), None);
    assert!(is_of_this_machine("http://127.0.0.1:8/a"));
    assert!(!is_of_this_machine("https://example.org/localhost"));
}

#[test]
fn all_answers_together_are_bounded() {
    assert_eq!(max_bytes(1), MAX_BYTES);
    assert!((1..=MAX_COUNT).all(|count| count * max_bytes(count) <= MAX_TOTAL_BYTES));
}

proptest! {
    #[test]
    fn check_never_panics(url in "\\PC{0,80}") {
        let _ = check(&url);
    }
}
