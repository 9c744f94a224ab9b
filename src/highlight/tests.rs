use super::*;
use proptest::prelude::*;

const ALL: [Language; 4] = [Language::Python, Language::Rust, Language::Shell, Language::Text];

/// The tokens that have a colour, each with the first letter of its kind.
fn coloured(language: Language, source: &str) -> Vec<String> {
    let tokens = tokens(language, source);
    let tokens = tokens.iter().filter(|token| token.kind != TokenKind::Other);
    tokens.map(|token| format!("{:?} {}", token.kind, token.text)).collect()
}

#[test]
fn python_has_prefixed_and_triple_strings() {
    let source =
        "def f(n):  # it's\n    \"\"\"Doc 'of'\nf.\"\"\"\n    return rb'\\'' + f\"{n}\" * 1_0e-3";
    assert_eq!(
        coloured(Language::Python, source),
        [
            "Keyword def",
            "Comment # it's",
            "String \"\"\"Doc 'of'\nf.\"\"\"",
            "Keyword return",
            "String rb'\\''",
            "String f\"{n}\"",
            "Number 1_0e-3",
        ]
    );
}

#[test]
fn a_string_that_is_not_closed_ends_with_its_line() {
    assert_eq!(coloured(Language::Python, "'abc\nif"), ["String 'abc", "Keyword if"]);
    assert_eq!(coloured(Language::Rust, "\"abc\nif"), ["String \"abc\nif"]);
}

#[test]
fn rust_has_lifetimes_raw_strings_and_nested_comments() {
    let source = "fn f<'a>(x: &'a str) -> char { /* a /* b */ c */ g(r#\"a\"b\"#, b'\\'', 'é', 0..9, 1.5e+3_f64, 0xFE-1) }";
    assert_eq!(
        coloured(Language::Rust, source),
        [
            "Keyword fn",
            "Comment /* a /* b */ c */",
            "String r#\"a\"b\"#",
            "String b'\\''",
            "String 'é'",
            "Number 0",
            "Number 9",
            "Number 1.5e+3_f64",
            "Number 0xFE",
            "Number 1",
        ]
    );
}

#[test]
fn words_with_keywords_in_them_are_names() {
    assert_eq!(coloured(Language::Python, "iffy = notify.in_2"), [""; 0]);
    assert_eq!(coloured(Language::Rust, "r#type; infer"), ["Keyword type"]);
}

#[test]
fn the_shell_has_comments_only_where_a_word_begins() {
    let source = "# all\necho $# 'a\\' \"b\\\"\" # end\nif true";
    assert_eq!(
        coloured(Language::Shell, source),
        ["Comment # all", "String 'a\\'", "String \"b\\\"\"", "Comment # end", "Keyword if"]
    );
}

#[test]
fn text_is_one_token() {
    assert_eq!(coloured(Language::named("text"), "if 1 # 'a'"), [""; 0]);
    assert_eq!(tokens(Language::Text, "if 1").len(), 1);
    assert!(tokens(Language::Text, "").is_empty());
}

/// Text made of what begins and ends tokens, where mistakes would be.
fn troublesome() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "\"", "'", "\"\"\"", "'''", "\\", "#", "//", "/*", "*/", "\n", " ", "r", "b", "rb", "f",
        "e", "0", "1.", "0x", "e-", "-", ".", "..", "é", "if", "_", "\u{2028}", "𝄞", "$",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_put_together_are_the_source(source in prop_oneof![any::<String>(), troublesome()]) {
        for language in ALL {
            let found = tokens(language, &source);
            let together: String = found.iter().map(|token| token.text).collect();
            prop_assert_eq!(&together, &source);
            prop_assert!(found.iter().all(|token| !token.text.is_empty()));
            let others = |pair: &[Token]| pair.iter().all(|token| token.kind == TokenKind::Other);
            prop_assert!(!found.windows(2).any(others));
        }
    }
}
