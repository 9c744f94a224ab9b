//! A text that quotes figures: "Two processes were {speedup 2 1} as fast."

use super::figure::Figure;
use super::measured::Measurements;
use super::problem::Problem;
use serde::{Deserialize, Serialize};

/// A text that quotes figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuotingText(Vec<Piece>);

/// A piece of such a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A figure.
    Figure(Figure),
}

/// A piece of such a text, filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// Text as it stands.
    Text(String),
    /// A figure as it was measured; an ellipsis where it was not.
    Figure(String),
}

impl QuotingText {
    /// Reads a text.
    ///
    /// # Errors
    /// [`Problem::NoSuchFigure`], [`Problem::OpenBrace`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let (figure, after) =
                behind.split_once('}').ok_or_else(|| Problem::OpenBrace(text.to_owned()))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Figure(Figure::parse(figure)?));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// Whether a run of so many models has all its figures.
    ///
    /// # Errors
    /// [`Problem::NoSuchModel`].
    pub fn check(&self, models: usize) -> Result<(), Problem> {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Figure(figure) => figure.check(models),
            Piece::Text(_) => Ok(()),
        })
    }

    /// The text with the figures of `run`.
    // No part of a first visit, and so not of its caller.
    #[inline(never)]
    pub fn quote(&self, run: &Measurements) -> Vec<Quoted> {
        let quote = |piece: &Piece| match piece {
            Piece::Text(text) => Quoted::Text(text.clone()),
            Piece::Figure(figure) => Quoted::Figure(
                figure.value(run).map_or_else(|| "…".to_owned(), |value| figure.print(value)),
            ),
        };
        self.0.iter().map(quote).collect()
    }

    /// The same as plain text.
    pub fn text(&self, run: &Measurements) -> String {
        let pieces = self.quote(run).into_iter();
        pieces.map(|(Quoted::Text(text) | Quoted::Figure(text))| text).collect()
    }
}

impl From<QuotingText> for String {
    fn from(text: QuotingText) -> Self {
        let pieces = text.0.into_iter();
        let written = pieces.map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Figure(figure) => format!("{{{figure}}}"),
        });
        written.collect()
    }
}

impl TryFrom<String> for QuotingText {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::measured::ModelMeasurements;
    use super::*;

    fn run() -> Measurements {
        let of = |median_ms| ModelMeasurements { median_ms, ..ModelMeasurements::default() };
        Measurements { models: vec![of(Some(400.0)), of(Some(200.0)), of(None)], cores: Some(2.0) }
    }

    #[test]
    fn figures_are_filled_in() {
        let text = QuotingText::parse("It was {speedup 2 1}: {time 2} on {cores} cores.").unwrap();
        assert_eq!(text.text(&run()), "It was 2.00×: 200 ms on 2 cores.");
        assert_eq!(text.check(2), Ok(()));
        assert!(text.check(1).is_err());
    }

    #[test]
    fn a_figure_that_was_not_measured_is_left_open() {
        let text = QuotingText::parse("{time 3} and {speedup 3 1}").unwrap();
        assert_eq!(text.text(&run()), "… and …");
    }

    #[test]
    fn texts_survive_being_written() {
        for text in ["", "plain", "{time 1}", "a {time 1} b {share copy 2} c"] {
            assert_eq!(String::from(QuotingText::parse(text).unwrap()), text);
        }
        assert!(matches!(QuotingText::parse("open {time 1"), Err(Problem::OpenBrace(_))));
        assert!(matches!(QuotingText::parse("{nothing}"), Err(Problem::NoSuchFigure(_))));
    }
}
