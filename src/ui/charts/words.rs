//! The most frequent words as bars.

use crate::wording::grouped;

/// A word's bar.
#[derive(Clone, Debug, PartialEq)]
pub struct WordBar {
    /// The word.
    pub word: String,
    /// How often it occurs, for a person.
    pub count: String,
    /// How long the bar is, as a part of the room there is, for an attribute: "37.5%".
    pub width: String,
}

/// A bar for each of `words`, the most frequent of which comes first and has the longest.
pub fn bars(words: &[(String, u64)]) -> Vec<WordBar> {
    let most = words.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let bar = |(word, count): &(String, u64)| WordBar {
        word: word.clone(),
        count: grouped(*count),
        width: format!("{:.1}%", *count as f64 / most as f64 * 100.0),
    };
    words.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_words_are_frequent() {
        let words = [("the", 4000), ("of", 1000), ("rare", 1)];
        let words = words.map(|(word, count)| (word.to_owned(), count));
        let bars = bars(&words);
        let widths: Vec<_> = bars.iter().map(|bar| bar.width.as_str()).collect();
        assert_eq!(widths, ["100.0%", "25.0%", "0.0%"]);
        assert_eq!(bars[0].count, "4,000");
        assert_eq!(super::bars(&[]), []);
    }
}
