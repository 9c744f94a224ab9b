//! Splits source code into tokens for highlighting: keywords, strings, numbers, comments, and all
//! else. Used by the page at run time, and by whoever builds pages with code in them.
//!
//! Not a parser: it knows where a string or a comment ends, and no more. It takes any text, and
//! the tokens put together are that text.

/// A language whose tokens are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Python 3.
    Python,
    /// Rust.
    Rust,
    /// A POSIX shell.
    Shell,
    /// Plain text: one token.
    Text,
}

impl Language {
    /// The language with this name behind a fence of Markdown; plain text if none has it.
    pub fn named(name: &str) -> Self {
        match name {
            "python" | "py" => Self::Python,
            "rust" | "rs" => Self::Rust,
            "sh" | "shell" | "bash" | "console" => Self::Shell,
            _ => Self::Text,
        }
    }

    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Python => PYTHON,
            Self::Rust => RUST,
            Self::Shell => SHELL,
            Self::Text => &[],
        }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the language itself.
    Keyword,
    /// A string or a character, with its quotes.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// Anything else: names, operators, white space.
    Other,
}

impl TokenKind {
    /// The class of its colour in `www/code.css`; `None` where it has the text's own.
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Keyword => Some("tok-keyword"),
            Self::String => Some("tok-string"),
            Self::Number => Some("tok-number"),
            Self::Comment => Some("tok-comment"),
            Self::Other => None,
        }
    }
}

/// A stretch of source code of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text, as it stands in the source.
    pub text: &'a str,
}

/// Splits `source` into tokens, none of them empty, no two of kind `Other` side by side. Their
/// texts put together are `source`.
pub fn tokens(language: Language, source: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    // Where the stretch of `Other` that is not yet among the tokens begins.
    let (mut pending, mut at) = (0, 0);
    while at < source.len() {
        let (kind, length) = next(language, &source[at..], source[..at].chars().next_back());
        if kind != TokenKind::Other {
            if pending < at {
                found.push(Token { kind: TokenKind::Other, text: &source[pending..at] });
            }
            found.push(Token { kind, text: &source[at..at + length] });
            pending = at + length;
        }
        at += length;
    }
    if pending < at {
        found.push(Token { kind: TokenKind::Other, text: &source[pending..] });
    }
    found
}

/// What `rest`, which is not empty, begins with, and how many bytes that is: one at least.
/// `before` is the character before it.
fn next(language: Language, rest: &str, before: Option<char>) -> (TokenKind, usize) {
    let first = rest.chars().next().unwrap_or_default();
    if language == Language::Text {
        return (TokenKind::Other, rest.len());
    }
    if let Some(length) = comment(language, rest, before) {
        return (TokenKind::Comment, length);
    }
    if let Some(length) = string(language, rest) {
        return (TokenKind::String, length);
    }
    if first.is_ascii_digit() {
        return (TokenKind::Number, number(rest));
    }
    if is_word(first) {
        let length = span(rest, is_word);
        let is_keyword = language.keywords().contains(&&rest[..length]);
        return (if is_keyword { TokenKind::Keyword } else { TokenKind::Other }, length);
    }
    (TokenKind::Other, first.len_utf8())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How many bytes at the beginning of `text` are characters that `fits`.
fn span(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

fn comment(language: Language, rest: &str, before: Option<char>) -> Option<usize> {
    let begins = match language {
        Language::Python => rest.starts_with('#'),
        // `$#` and `a#b` are none.
        Language::Shell => rest.starts_with('#') && before.is_none_or(char::is_whitespace),
        Language::Rust if rest.starts_with("/*") => return Some(block_comment(rest)),
        Language::Rust => rest.starts_with("//"),
        Language::Text => false,
    };
    begins.then(|| span(rest, |c| c != '\n'))
}

/// How long the block comment is that `rest` begins with. In Rust one may be inside another.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        let step = match here {
            [b'/', b'*', ..] => {
                depth += 1;
                2
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                2
            }
            _ => 1,
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    // It ends at an ASCII character or at the end of the text.
    at
}

/// How long the string is that `rest` begins with, its prefix included.
fn string(language: Language, rest: &str) -> Option<usize> {
    let prefix = span(rest, |c| c.is_ascii_alphabetic());
    let (letters, quoted) = rest.split_at(prefix);
    let quote = quoted.chars().next().filter(|c| ['"', '\'', '#'].contains(c))?;
    let body = match language {
        Language::Python => {
            let known = letters.len() <= 2 && letters.chars().all(|c| "rRbBuUfFtT".contains(c));
            let triple = [r#"""""#, "'''"].into_iter().find(|triple| quoted.starts_with(triple));
            match (known && quote != '#', triple) {
                (false, _) => return None,
                (true, Some(triple)) => closed(quoted, triple, true, true),
                (true, None) => closed(quoted, quoted.get(..1)?, true, false),
            }
        }
        Language::Rust => match (letters, quote) {
            ("r" | "br" | "cr", '"' | '#') => raw_string(quoted)?,
            ("" | "b" | "c", '"') => closed(quoted, "\"", true, true),
            ("" | "b", '\'') => character(quoted)?,
            _ => return None,
        },
        // What a backslash means inside of single quotes, is: nothing.
        Language::Shell if letters.is_empty() && quote != '#' => {
            closed(quoted, quoted.get(..1)?, quote == '"', true)
        }
        _ => return None,
    };
    Some(prefix + body)
}

/// How long the string is that `text` begins with and `quote` ends. Where it may not have several
/// lines, it ends with the line.
fn closed(text: &str, quote: &str, escapes: bool, lines: bool) -> usize {
    let mut at = quote.len();
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with(quote) {
            return at + quote.len();
        }
        if c == '\n' && !lines {
            return at;
        }
        at += c.len_utf8();
        if c == '\\' && escapes {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    at
}

/// How long the raw string is that `text` begins with: `#"…"#`, with any number of `#`.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = span(text, |c| c == '#');
    let inside = text[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", &text[..hashes]);
    Some(inside.find(&end).map_or(text.len(), |length| hashes + 1 + length + end.len()))
}

/// How long the character is that `text` begins with; `None` if it is a lifetime.
fn character(text: &str) -> Option<usize> {
    let inside = text.get(1..)?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return Some(closed(text, "'", true, false));
    }
    let length = first.len_utf8();
    inside[length..].starts_with('\'').then_some(length + 2)
}

/// How long the number is that `text` begins with. `0..9` begins with the number 0.
fn number(text: &str) -> usize {
    let mut at = span(text, is_word);
    if text[at..].starts_with('.') && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        at += 1 + span(&text[at + 1..], is_word);
    }
    let is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    if !is_hexadecimal && text[..at].ends_with(['e', 'E']) && text[at..].starts_with(['-', '+']) {
        at += 1 + span(&text[at + 1..], is_word);
    }
    at
}

const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];
const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type",
    "unsafe", "use", "where", "while",
];
const SHELL: &[&str] = &[
    "case", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if", "in",
    "then", "until", "while",
];

#[cfg(test)]
mod tests;
