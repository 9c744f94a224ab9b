//! Drawings in SVG: how large they are, and the same ones at a size that is asked for.
//!
//! Browsers draw an SVG file as a picture only if it says how large it is, and each has its
//! own mind about those that do not. So the size is found here, and written into the file.

use crate::failure::{FileProblem, Result};
use std::ops::Range;

/// The largest file, in bytes.
pub const MAX_BYTES: u64 = 20_000_000;
/// The longer edge of a drawing that has no size of its own, in px.
const USUAL_EDGE: f64 = 1_024.0;

/// The root element of a drawing.
pub struct Drawing<'a> {
    svg: &'a str,
    /// Where the root's attributes are: from behind its name to before its `>` or `/>`.
    attributes: Range<usize>,
}

/// One attribute, its value without quotes, and where it stands.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    range: Range<usize>,
}

impl<'a> Drawing<'a> {
    /// The drawing in the file `svg`, if it is one.
    pub fn of(svg: &'a str) -> Option<Self> {
        let mut at = 0;
        loop {
            let rest = &svg[at..];
            let left = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            at += rest.len() - left.len();
            at += match left {
                _ if left.starts_with("<!--") => left.find("-->")? + 3,
                _ if left.starts_with("<?") => left.find("?>")? + 2,
                _ if left.starts_with("<!") => doctype_len(left)?,
                _ if left.starts_with("<svg") => break,
                _ => return None,
            };
        }
        let start = at + "<svg".len();
        if !svg[start..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') {
            return None;
        }
        let end = start + tag_len(&svg[start..])?;
        Some(Self { svg, attributes: start..end })
    }

    fn attributes(&self) -> Vec<Attribute<'a>> {
        let mut found = Vec::new();
        let mut at = self.attributes.start;
        while let Some((name_at, rest)) = skip_white(self.svg, at, self.attributes.end) {
            let Some(equals) = rest.find('=') else { break };
            let name = rest[..equals].trim_end();
            if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "\"'<>/".contains(c))
            {
                break;
            }
            let Some((value_at, value)) =
                skip_white(self.svg, name_at + equals + 1, self.attributes.end)
            else {
                break;
            };
            let Some(quote) = value.chars().next().filter(|c| "\"'".contains(*c)) else { break };
            let Some(len) = value[1..].find(quote) else { break };
            let end = value_at + len + 2;
            found.push(Attribute { name, value: &value[1..=len], range: name_at..end });
            at = end;
        }
        found
    }

    /// How large it is, in px: as it says itself, else at the proportions of its view box.
    ///
    /// # Errors
    /// `InvalidInput` where it is too long and thin to be drawn.
    pub fn size(&self, name: &str) -> Result<[u32; 2]> {
        let attributes = self.attributes();
        let value =
            |name: &str| attributes.iter().find(|one| one.name == name).map(|one| one.value);
        let own = ["width", "height"].map(|edge| value(edge).and_then(length_px));
        let view_box = value("viewBox").and_then(view_box);
        let ratio = view_box.map(|[.., width, height]| width / height);
        let [width, height] = match (own, ratio) {
            ([Some(width), Some(height)], _) => [width, height],
            ([Some(width), None], Some(ratio)) => [width, width / ratio],
            ([None, Some(height)], Some(ratio)) => [height * ratio, height],
            ([Some(edge), None] | [None, Some(edge)], None) => [edge, edge],
            ([None, None], Some(ratio)) if ratio > 1.0 => [USUAL_EDGE, USUAL_EDGE / ratio],
            ([None, None], Some(ratio)) => [USUAL_EDGE * ratio, USUAL_EDGE],
            ([None, None], None) => [USUAL_EDGE; 2],
        };
        let size = [width, height].map(f64::round);
        if size.iter().all(|edge| (1.0..=1e6).contains(edge)) {
            Ok(size.map(|edge| edge as u32))
        } else {
            Err(FileProblem::NotDrawable { name: name.into(), width, height }.into())
        }
    }

    /// The same drawing, `width` by `height` px large; `found` is its own size.
    pub fn sized(&self, found: [u32; 2], [width, height]: [u32; 2]) -> String {
        let mut root = String::new();
        let mut has_view_box = false;
        for Attribute { name, value, range } in self.attributes() {
            has_view_box |= name == "viewBox" && view_box(value).is_some();
            if !["width", "height"].contains(&name) {
                root.push(' ');
                root.push_str(&self.svg[range]);
            }
        }
        root.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        if !has_view_box {
            root.push_str(&format!(" viewBox=\"0 0 {} {}\"", found[0], found[1]));
        }
        let (before, after) =
            (&self.svg[..self.attributes.start], &self.svg[self.attributes.end..]);
        format!("{before}{root}{after}")
    }
}

/// What is left from `at` on before `end`, without white space, and where it begins.
fn skip_white(text: &str, at: usize, end: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..end)?;
    let left = rest.trim_start();
    (!left.is_empty()).then(|| (end - left.len(), left))
}

/// How long a document type is, which may have declarations between brackets.
fn doctype_len(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text.find('[') {
        Some(opened) if opened < end => {
            let closed = opened + text[opened..].find(']')?;
            Some(closed + text[closed..].find('>')? + 1)
        }
        _ => Some(end + 1),
    }
}

/// How long a tag is up to its `>` or `/>`, which may be in the quotes of a value.
fn tag_len(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(text[..at].trim_end_matches('/').len()),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// A length in px, unless it is relative to something.
fn length_px(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let px = match &text[digits.len()..] {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        _ => return None,
    };
    let length = digits.parse::<f64>().ok()? * px;
    (length.is_finite() && length > 0.0).then_some(length)
}

/// Left, top, width and height.
fn view_box(text: &str) -> Option<[f64; 4]> {
    let parts = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    let parts = parts.filter(|part| !part.is_empty()).map(|part| part.parse().ok());
    let parts: [f64; 4] = parts.collect::<Option<Vec<_>>>()?.try_into().ok()?;
    let is_one = parts.iter().all(|part| part.is_finite()) && parts[2] > 0.0 && parts[3] > 0.0;
    is_one.then_some(parts)
}

#[cfg(test)]
mod tests;
