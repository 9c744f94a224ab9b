//! Addresses that the reader names: which of them are asked, and which are refused before
//! anything starts.

use super::params;
use crate::failure::{Failure, Result};

/// The parameter that they come by.
pub const KEY: &str = "urls";
/// Most of them.
pub const MAX_COUNT: usize = 100;
/// Most bytes that one of them may bring, where there are few.
const MAX_BYTES: usize = 8_000_000;
/// Most bytes that all of them may bring together.
const MAX_TOTAL_BYTES: usize = 128_000_000;

/// Hosts of this very machine: they alone are asked without encryption. `index.html` allows
/// the page the same.
const LOCAL: [&str; 2] = ["localhost", "127.0.0.1"];

/// Most bytes that each of `count` addresses may bring.
pub fn max_bytes(count: usize) -> usize {
    MAX_BYTES.min(MAX_TOTAL_BYTES / count.max(1))
}

/// Refuses an address that is neither relative to the page, nor https, nor http of this
/// very machine, or that holds a name and a password.
///
/// # Errors
/// `InvalidInput` that names the parameter and quotes the address.
pub fn check(url: &str) -> Result<()> {
    match flaw(url) {
        None => Ok(()),
        Some(flaw) => Err(Failure::invalid(KEY, format!("{} {flaw}", params::shown(&url.into())))),
    }
}

fn flaw(url: &str) -> Option<&'static str> {
    // Browsers read a backslash as a slash, and skip what is not to be seen.
    if url.is_empty() || url.contains(|c: char| c == '\\' || c.is_whitespace() || c.is_control()) {
        return Some("is no address. Give one such as https://example.org/data.json.");
    }
    let (scheme, rest) = split_scheme(url);
    let authority = rest.strip_prefix("//").map(|rest| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        &rest[..end]
    });
    let local = authority.is_some_and(is_local);
    match (scheme.as_deref(), authority) {
        (_, Some("")) => Some("names no host. Give one such as https://example.org/data.json."),
        (_, Some(authority)) if authority.contains('@') => {
            Some("holds a name or a password. Leave it out: none is ever sent.")
        }
        (None, None) | (Some("https"), Some(_)) => None,
        (Some("http"), Some(_)) if local => None,
        (Some("http"), Some(_)) => Some("is not encrypted. Give https, or http on localhost only."),
        _ => Some("is no web address. Give one that begins with https://."),
    }
}

/// The scheme in lower case, and what is behind its colon.
fn split_scheme(url: &str) -> (Option<String>, &str) {
    let end = url.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    match end.and_then(|end| url[end..].strip_prefix(':').map(|rest| (&url[..end], rest))) {
        Some((scheme, rest)) if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            (Some(scheme.to_ascii_lowercase()), rest)
        }
        _ => (None, url),
    }
}

fn is_local(authority: &str) -> bool {
    LOCAL.iter().any(|local| {
        let rest = authority.get(..local.len()).filter(|host| host.eq_ignore_ascii_case(local));
        let port = rest.map(|_| &authority[local.len()..]);
        port.is_some_and(|port| port.is_empty() || port.starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn these_are_asked() {
        for url in [
            "https://example.org",
            "HTTPS://example.org/a?b=c:d@e#f",
            "data.json",
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
    fn these_are_refused_by_name() {
        for url in [
            "",
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
            assert!(failure.message.starts_with("urls: "), "{url}: {failure}");
        }
    }

    #[test]
    fn all_answers_together_are_bounded() {
        assert_eq!(max_bytes(1), MAX_BYTES);
        assert!((1..=MAX_COUNT).all(|count| count * max_bytes(count) <= MAX_TOTAL_BYTES));
    }

    proptest! {
        #[test]
        fn whatever_is_given_is_judged(url in "\\PC{0,80}") {
            let _ = check(&url);
        }
    }
}
