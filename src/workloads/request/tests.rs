use super::*;
use crate::failure::FailureKind;

fn url(bytes: usize) -> Request {
    let address = "https://example.org/a".to_owned();
    Request { kind: RequestKind::Url, bytes, address, ..Request::timer(0, 0) }
}

#[test]
fn a_reader_s_address_may_bring_less_than_the_most_but_not_more() {
    assert_eq!(url(3).check(vec![1, 2]), Ok(vec![1, 2]));
    let failure = url(3).check(vec![0; 4]).unwrap_err();
    assert!(failure.message().contains("/a returned more than 3 bytes"), "{failure}");
}

#[test]
fn what_cannot_be_read_is_named_with_what_its_server_has_to_do() {
    let failure = url(3).failed(&NoAnswer::Refused { said: "Failed to fetch".into() });
    for word in ["https://example.org/a", "Access-Control-Allow-Origin"] {
        assert!(failure.message().contains(word), "{failure}");
    }
    let failure = url(3).failed(&NoAnswer::Status { status: 404 });
    assert!(failure.message().contains("status 404"), "{failure}");
}

#[test]
fn a_late_answer_is_called_late_and_nothing_else() {
    for kind in [RequestKind::Url, RequestKind::Network, RequestKind::Disk] {
        let failure = Request { kind, ..url(3) }.failed(&NoAnswer::late());
        assert_eq!(failure.kind(), FailureKind::TimedOut, "{failure}");
        assert!(failure.message().contains("within 30 s"), "{failure}");
        assert!(!failure.message().contains("Access-Control"), "{failure}");
    }
}

#[test]
fn own_addresses_are_below_the_page_and_all_others_are_as_they_are() {
    let network = Request { kind: RequestKind::Network, address: "io/x?i=0".into(), ..url(0) };
    let url_of = |request: &Request| request.url("https://here.org/p/");
    assert_eq!(url_of(&network), "https://here.org/p/io/x?i=0&run=");
    assert_eq!(url_of(&url(0)), "https://example.org/a");
}

#[test]
fn the_service_worker_asks_a_reader_s_address_where_there_is_one() {
    let address = "https://example.org/a?b=c&d#e".to_owned();
    let relayed = Request { address, run: "x.1.".into(), ..url(9) };
    assert_eq!(
        relayed.url("https://here.org/p/"),
        "https://here.org/p/io/url?to=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%23e&most=9&run=x.1."
    );
    assert!(relayed.by_service_worker() && !url(9).by_service_worker());
}
