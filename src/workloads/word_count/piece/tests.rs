use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The definition, word by word.
fn naive(text: &[u8]) -> Vec<u8> {
    let mut counts = BTreeMap::<String, u64>::new();
    let text = String::from_utf8_lossy(text);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    let lines = counts.iter().map(|(word, count)| format!("{word}\t{count}\n"));
    lines.collect::<String>().into_bytes()
}

fn in_pieces(text: &[u8], cuts: &[usize]) -> Vec<u8> {
    let mut bounds: Vec<_> = cuts.iter().map(|cut| cut % (text.len() + 1)).collect();
    bounds.extend([0, text.len()]);
    bounds.sort_unstable();
    let pieces =
        bounds.windows(2).map(|ends| Piece::bytes_of(&text[ends[0]..ends[1]], Safepoint::never()));
    join(pieces.collect()).expect("fits in memory")
}

/// Bytes of which many make characters, and many do not.
fn any_text() -> impl Strategy<Value = Vec<u8>> {
    let atoms = prop_oneof![
        4 => "[aBz9 ,\\n]".prop_map(String::into_bytes),
        4 => "[éÉßΣς中。—🦀İ٣]".prop_map(String::into_bytes),
        1 => prop::sample::select(vec![0x80_u8, 0xBF, 0xC3, 0xE2, 0xF0, 0xC0, 0xFF, 0xED, 0xA0, 0x9F])
            .prop_map(|byte| vec![byte]),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
    ];
    prop::collection::vec(atoms, 0..60).prop_map(|atoms| atoms.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_cut_anywhere_counts_as_the_whole(
        text in any_text(), cuts in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        prop_assert_eq!(in_pieces(&text, &cuts), naive(&text));
    }

    #[test]
    fn any_text_cut_into_single_bytes_counts_as_the_whole(text in any_text()) {
        let cuts: Vec<_> = (0..text.len()).collect();
        prop_assert_eq!(in_pieces(&text, &cuts), naive(&text));
    }
}

#[test]
fn a_text_without_separators_is_one_word() {
    let text = "a".repeat(1_000).into_bytes();
    assert_eq!(in_pieces(&text, &[1, 10, 999]), format!("{}\t1\n", "a".repeat(1_000)).as_bytes());
}

/// What a final sigma is depends on the whole word.
#[test]
fn a_long_word_is_in_lower_case_as_a_whole() {
    for word in ["ΣΑΣΑΣΑΣΑΣΑΣ", "AbCdEfGhIjKl", "İİİİİİİİ", "ΣΣΣΣΣΣΣΣ.ΣΣΣΣ"]
    {
        let text = word.as_bytes();
        let cuts: Vec<_> = (0..text.len()).collect();
        assert_eq!(in_pieces(text, &cuts), naive(text), "{word}");
    }
}
