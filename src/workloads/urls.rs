//! Addresses that the reader names: which of them are asked, and which are refused before
//! anything starts.

use super::params;
use crate::failure::{AddressFlaw, Failure, InputProblem, Result};

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

/// `url` without what is around it and not to be seen: white space, and the marks that pages and
/// messages leave around what is copied from them.
pub fn cleaned(url: &str) -> &str {
    url.trim_matches(|c: char| c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c))
}

/// Characters without a width: soft hyphen, Mongolian vowel separator, zero-width spaces and
/// joiners, marks of direction, word joiner, invisible operators, byte order mark.
const INVISIBLE: [char; 27] = [
    '\u{AD}', '\u{180E}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{202A}',
    '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2060}', '\u{2061}', '\u{2062}', '\u{2063}',
    '\u{2064}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{206A}', '\u{206B}', '\u{FEFF}',
    '\u{FFF9}', '\u{FFFA}', '\u{FFFB}',
];

/// Whether `url` is on this very machine.
pub fn is_of_this_machine(url: &str) -> bool {
    host(url).is_some_and(is_local)
}

/// The host that `url` names, with its port.
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = split_scheme(url);
    let rest = rest.strip_prefix("//")?;
    Some(&rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())])
}

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
        Some(flaw) => Err(Failure::invalid(
            KEY,
            InputProblem::Address { address: params::shown(&url.into()).into(), flaw },
        )),
    }
}

fn flaw(url: &str) -> Option<AddressFlaw> {
    // Joiners are part of how some languages are written.
    let is_joiner = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
    // Browsers read a backslash as a slash, and skip what is not to be seen.
    let is_hidden = |c: char| {
        c == '\\' || c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c) && !is_joiner(c)
    };
    if url.is_empty() || url.contains(is_hidden) {
        return Some(AddressFlaw::NoAddress);
    }
    let (scheme, rest) = split_scheme(url);
    let authority = host(url);
    let is_relative = ["/", "./", "../"].iter().any(|begin| rest.starts_with(begin));
    let local = authority.is_some_and(is_local);
    match (scheme.as_deref(), authority) {
        (_, Some("")) => Some(AddressFlaw::NoHost),
        (_, Some(authority)) if authority.contains('@') => Some(AddressFlaw::HasPassword),
        (None, None) if is_relative => None,
        // A page's own host answers for much that it was not asked for.
        (None, _) => Some(AddressFlaw::NoBeginning),
        (Some("https"), Some(_)) => None,
        (Some("http"), Some(_)) if local => None,
        (Some("http"), Some(_)) => Some(AddressFlaw::NotEncrypted),
        _ => Some(AddressFlaw::NotOfTheWeb),
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
mod tests;
