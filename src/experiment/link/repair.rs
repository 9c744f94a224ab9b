//! Links that were damaged on their way: escaped once too often by a site or a mail
//! program, or with the end of the sentence around them.

use crate::workloads::WorkloadId;
use crate::workloads::params::ParamType;

/// How often something may have been escaped beyond the first time.
const MOST_LAYERS: usize = 3;
/// What stands behind a link in a text, and at the end of no value but a text's own.
const PUNCTUATION: &[char] = &[
    ')', ']', '}', '>', '.', ',', '!', '?', '"', '\'', '`', '”', '“', '’', '‘', '»', '«', '›', '‹',
    '…', '。', '、', '）', '」', '*', '_',
];
/// `&` as HTML writes it; the `&` itself has been taken for the end of the pair before.
const AMPERSANDS: &[&str] = &["amp;", "#38;", "#x26;"];
/// Keys that sites and mail programs add to find out who followed a link.
const TRACKERS: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
    "ysclid",
];

/// The pairs of `query`, decoded as often as it takes, and without what says nothing of
/// an experiment.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.trim().trim_start_matches('?');
    let decoded = form_urlencoded::parse(query.as_bytes()).into_owned();
    let mut pairs: Vec<_> = decoded.flat_map(|(key, value)| mended(key, value)).collect();
    if let Some((key, value)) = pairs.last_mut() {
        match value.is_empty() {
            true => trim_end(key),
            false if !is_text(key) => trim_end(value),
            false => {}
        }
    }
    pairs.retain(|(key, _)| !key.is_empty() && !is_of_tracker(key));
    pairs
}

/// Whether a tracker added this key.
fn is_of_tracker(key: &str) -> bool {
    key.starts_with("utm_") || TRACKERS.contains(&key)
}

/// The pairs that one pair is, where what stood between them was escaped as well:
/// `workload%3Dprimes%26count=5` is two.
fn mended(key: String, value: String) -> Vec<(String, String)> {
    let key = decoded(&key);
    let value = if is_text(&key) { value } else { decoded(&value) };
    let is_one = !key.contains(['=', '&']) && (is_text(&key) || !value.contains('&'));
    if is_one {
        return vec![(plain_key(&key).to_owned(), value)];
    }
    let whole = if value.is_empty() { key } else { format!("{key}={value}") };
    let pieces = whole.split('&').map(|piece| piece.split_once('=').unwrap_or((piece, "")));
    pieces.map(|(key, value)| (plain_key(key).to_owned(), value.to_owned())).collect()
}

/// The key without what is left in front of it of an ampersand that was escaped.
fn plain_key(mut key: &str) -> &str {
    while let Some(rest) = AMPERSANDS.iter().find_map(|one| key.strip_prefix(one)) {
        key = rest;
    }
    key.trim()
}

fn trim_end(text: &mut String) {
    text.truncate(without_punctuation(text).len());
}

/// `text` without what may stand behind a link in a sentence.
pub fn without_punctuation(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || PUNCTUATION.contains(&c))
}

/// Whether the values of `key` are texts, in which anything may stand.
fn is_text(key: &str) -> bool {
    let mut specs = WorkloadId::ALL.iter().flat_map(|workload| workload.params());
    specs.any(|spec| {
        spec.name == plain_key(key)
            && matches!(spec.accepts, ParamType::Text { .. } | ParamType::Texts { .. })
    })
}

/// `text` with its escapes decoded as long as it has some.
pub fn decoded(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_LAYERS {
        match decoded_once(&text) {
            Some(once) => text = once,
            None => break,
        }
    }
    text
}

/// `text` with its escapes (`%3A`) decoded; `None` where it has none.
fn decoded_once(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut decoded, mut at, mut found) = (Vec::with_capacity(bytes.len()), 0, false);
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let escaped = hex.filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                (at, found) = (at + 3, true);
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    found.then(|| String::from_utf8_lossy(&decoded).into_owned())
}
