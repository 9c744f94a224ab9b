//! Two style sheets for the page: ten files cost a reader more, as each is compressed by itself. One is for the first
//! sight; the other, of sheets that `index.html` marks as deferred, is loaded with the deferred part of the program
//! (`www/deferred.js`), which has what it is for.

use std::fs;
use std::path::Path;

use crate::error::Error;

/// The file with all of them.
const MERGED: &str = "site.css";
/// The file with those that the first sight does not need.
const DEFERRED: &str = "deferred.css";
/// Sheets that static pages use by themselves.
const KEPT: [&str; 5] = ["style.css", "models.css", "guide.css", "code.css", "print.css"];

/// Merges the style sheets that `index.html` in `folder` names.
pub fn merge(folder: &Path) -> Result<(), Error> {
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).map_err(Error::file("read", &index))?;
    let (page, sheets) = taken_from(&page);
    if sheets.is_empty() {
        return Err(Error::OtherForm {
            what: "the built index.html, which links to no style sheet,",
            see: "xtask/src/site/styles.rs",
        });
    }
    let [mut merged, mut deferred] = [const { String::new() }; 2];
    for Sheet { address: sheet, is_deferred } in &sheets {
        let path = folder.join(sheet);
        let styles = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        *(if *is_deferred { &mut deferred } else { &mut merged }) += &shortened(&styles);
        if !KEPT.contains(&sheet.as_str()) {
            fs::remove_file(&path).map_err(Error::file("remove", &path))?;
        }
    }
    for (name, styles) in [(MERGED, merged), (DEFERRED, deferred)] {
        let path = folder.join(name);
        fs::write(&path, styles).map_err(Error::file("write", &path))?;
    }
    fs::write(&index, page).map_err(Error::file("write", &index))
}

/// A style sheet that the page links to.
#[derive(Debug, PartialEq, Eq)]
struct Sheet {
    address: String,
    is_deferred: bool,
}

/// The page with one link in place of those to its style sheets, and what they were to, in order.
fn taken_from(page: &str) -> (String, Vec<Sheet>) {
    let (mut left, mut sheets) = (String::new(), Vec::new());
    for part in page.split_inclusive('>') {
        match part.rfind('<').map(|at| part.split_at(at)) {
            Some((before, tag)) if is_sheet(tag) => {
                left += before;
                if sheets.is_empty() {
                    left += &format!("<link rel=\"stylesheet\" href=\"{MERGED}\">");
                }
                let is_deferred = tag.contains("data-deferred");
                sheets.extend(
                    address(tag).map(|address| Sheet { address: address.to_owned(), is_deferred }),
                );
            }
            _ => left += part,
        }
    }
    (left, sheets)
}

/// Whether a tag links to a style sheet for every medium.
fn is_sheet(tag: &str) -> bool {
    tag.starts_with("<link") && tag.contains("stylesheet") && !tag.contains("media")
}

fn address(tag: &str) -> Option<&str> {
    let (_, behind) = tag.split_once("href=")?;
    let end = |it: char| it == '"' || it == '\'' || it == '>' || it.is_whitespace();
    behind.trim_start_matches(['"', '\'']).split(end).next()
}

/// Styles without comments and without white space that says nothing. What is quoted stays as it is.
fn shortened(styles: &str) -> String {
    let (mut short, mut rest) = (String::new(), styles);
    while let Some(first) = rest.chars().next() {
        let (kept, len) = match first {
            '"' | '\'' => {
                let len = quoted_len(rest, first);
                (&rest[..len], len)
            }
            _ if rest.starts_with("/*") => ("", rest.find("*/").map_or(rest.len(), |end| end + 2)),
            _ if first.is_whitespace() && (short.is_empty() || short.ends_with(' ')) => {
                ("", first.len_utf8())
            }
            _ if first.is_whitespace() => (" ", first.len_utf8()),
            _ => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        short += kept;
        rest = &rest[len..];
    }
    short.trim_end().to_owned() + "\n"
}

/// The length of the string that `text` begins with, its two quotes among it, in bytes.
fn quoted_len(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_style_sheets_become_one() {
        let page = "<head><link href=style.css rel=stylesheet><title>T</title>\
            <link rel=\"stylesheet\" href=\"lab.css\" data-deferred><link href=print.css media=print rel=stylesheet></head>";
        let (left, sheets) = taken_from(page);
        let sheet = |address: &str, is_deferred| Sheet { address: address.into(), is_deferred };
        assert_eq!(sheets, [sheet("style.css", false), sheet("lab.css", true)]);
        assert_eq!(
            left,
            "<head><link rel=\"stylesheet\" href=\"site.css\"><title>T</title>\
             <link href=print.css media=print rel=stylesheet></head>"
        );
    }

    #[test]
    fn a_page_without_style_sheets_is_refused() {
        let folder = std::env::temp_dir().join(format!("styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "<head><title>T</title></head>").unwrap();
        let merged = merge(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(merged, Err(Error::OtherForm { .. })), "{merged:?}");
    }

    #[test]
    fn styles_are_shortened_and_mean_the_same() {
        let styles = "/* One. */\n.a > .b,\n.c { width: calc(1px + 2px); /* two */ }\n\n.d {}\n";
        assert_eq!(shortened(styles), ".a > .b, .c { width: calc(1px + 2px); } .d {}\n");
        let quoted = ".a::before {\n  content: \"/*  \\\"  */\"; }\n.b { content: '\"  '; }\n";
        assert_eq!(
            shortened(quoted),
            ".a::before { content: \"/*  \\\"  */\"; } .b { content: '\"  '; }\n"
        );
    }
}
