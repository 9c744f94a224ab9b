//! Sentences with code in them.

/// A stretch of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// A name as it stands in a program.
    Code(&'a str),
}

/// The stretches of `sentence`, whose code stands between backticks.
pub fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    sentence.split('`').enumerate().filter(|(_, text)| !text.is_empty()).map(|(i, text)| {
        // Between an odd backtick and the next one is code.
        if i % 2 == 1 { Piece::Code(text) } else { Piece::Words(text) }
    })
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
    fn a_sentence_without_code_is_one_piece() {
        assert_eq!(pieces("Just words.").collect::<Vec<_>>(), [Piece::Words("Just words.")]);
        assert_eq!(pieces("").count(), 0);
    }
}
