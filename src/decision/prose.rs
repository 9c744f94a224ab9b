//! Sentences with code and terms in them.

/// A stretch of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A name as it stands in a program.
    Code(&'a str),
    /// Words that the glossary explains, and the term's id.
    Term(&'a str, &'a str),
}

/// The stretches of `sentence`, whose code stands between backticks, and whose terms are written as
/// `[words](id)`.
pub fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    let parts = sentence.split('`').enumerate().flat_map(|(i, text)| {
        // Between an odd backtick and the next one is code.
        if i % 2 == 1 { vec![Piece::Code(text)] } else { with_terms(text) }
    });
    parts.filter(|piece| !matches!(piece, Piece::Words("") | Piece::Code("")))
}

fn with_terms(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once('[')
        && let Some((words, rest)) = rest.split_once("](")
        && let Some((id, after)) = rest.split_once(')')
    {
        pieces.extend([Piece::Words(before), Piece::Term(words, id)]);
        text = after;
    }
    pieces.push(Piece::Words(text));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_between_backticks() {
        let found: Vec<_> = pieces("`rayon` and `std::thread`.").collect();
        let code = |text| Piece::Code(text);
        assert_eq!(
            found,
            [code("rayon"), Piece::Words(" and "), code("std::thread"), Piece::Words(".")]
        );
    }

    #[test]
    fn terms_have_their_ids_behind_them() {
        let found: Vec<_> = pieces("A [race condition](race-condition), `x[0](y)`.").collect();
        assert_eq!(
            found,
            [
                Piece::Words("A "),
                Piece::Term("race condition", "race-condition"),
                Piece::Words(", "),
                Piece::Code("x[0](y)"),
                Piece::Words("."),
            ]
        );
        assert_eq!(pieces("a [b").collect::<Vec<_>>(), [Piece::Words("a [b")]);
    }

    #[test]
    fn a_sentence_without_code_is_one_piece() {
        assert_eq!(pieces("Just words.").collect::<Vec<_>>(), [Piece::Words("Just words.")]);
        assert_eq!(pieces("").count(), 0);
    }
}
