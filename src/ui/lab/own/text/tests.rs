use super::*;
use proptest::prelude::*;

fn decode_in(bytes: &[u8], piece: usize) -> Result<Decoded> {
    let mut decoder = Decoder::new("a", bytes.len() as u64, 1_000_000)?;
    for piece in bytes.chunks(piece.max(3)) {
        decoder.push(piece)?;
    }
    decoder.finish()
}

fn decode(bytes: &[u8]) -> Result<Decoded> {
    decode_in(bytes, usize::MAX)
}

/// `text` as a file, and how it is written.
fn files(text: &str) -> [(Vec<u8>, Encoding); 4] {
    let units = || text.encode_utf16();
    let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (with(&[0xEF, 0xBB, 0xBF], text.into()), Encoding::Utf8WithMark),
        (with(&[0xFF, 0xFE], units().flat_map(u16::to_le_bytes).collect()), Encoding::Utf16Le),
        (with(&[0xFE, 0xFF], units().flat_map(u16::to_be_bytes).collect()), Encoding::Utf16Be),
    ]
}

proptest! {
    #[test]
    fn every_encoding_gives_the_same_text(
        text in "[a-z ,\\n]{1,20}[ -~äΣ中🦀]{0,40}", piece in 3usize..40,
    ) {
        for (file, encoding) in files(&text) {
            let decoded = decode_in(&file, piece);
            let expected = Decoded { bytes: text.clone().into(), encoding, broken: 0 };
            prop_assert_eq!(decoded, Ok(expected));
        }
    }

    #[test]
    fn any_bytes_cut_anywhere_come_to_the_same(
        bytes in prop::collection::vec(
            prop_oneof![4 => any::<u8>(), 4 => b'a'..=b'z', 1 => Just(0xFF), 1 => Just(0xFE),
                1 => Just(0xD8), 1 => Just(0xC3)],
            0..60,
        ),
        mark in prop::sample::select(vec![&[][..], &[0xEF, 0xBB, 0xBF], &[0xFF, 0xFE], &[0xFE, 0xFF]]),
        piece in 3usize..20,
    ) {
        let bytes = [mark, &bytes].concat();
        let whole = decode(&bytes);
        let pieces = decode_in(&bytes, piece);
        // What is plainly no text may show earlier.
        if whole.is_ok() && pieces.is_ok() {
            prop_assert_eq!(&whole, &pieces);
        }
        if let Ok(Decoded { bytes: text, encoding, broken }) = whole {
            if encoding.is_utf8() {
                prop_assert!(bytes.ends_with(&text));
                prop_assert_eq!(std::str::from_utf8(&text).is_ok(), broken == 0);
            } else {
                prop_assert!(std::str::from_utf8(&text).is_ok());
            }
        }
    }
}

#[test]
fn what_is_plainly_no_text_is_refused_with_what_to_do() {
    let said = |bytes: &[u8]| decode(bytes).expect_err("is refused").message();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0";
    assert!(said(png).starts_with("“a” is not a text file: it contains bytes"), "{}", said(png));
    // UTF-16 whose mark was lost.
    let unmarked: Vec<_> = "Hello, world".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(said(&unmarked).contains("save this one as UTF-8"));
    let latin1: Vec<_> = "Zürich, Köln, Gründe für Äpfel, schön, früh, Süße, böse, größer"
        .chars()
        .map(|c| c as u8)
        .collect();
    assert!(said(&latin1).contains("Save it as UTF-8 and choose it again"), "{}", said(&latin1));
    let noise: Vec<_> =
        (1..5_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
    said(&noise);
    said(&[&[0xFF, 0xFE][..], &noise].concat());
    assert_eq!(said(&[0xFF, 0xFE]), "“a” is empty. Choose another file.");
    assert_eq!(said(b""), "“a” is empty. Choose another file.");
}

#[test]
fn a_text_with_some_damage_is_taken_and_counted() {
    let mut bytes = "naïve café, größer ".repeat(100).into_bytes();
    bytes[300] = 0xFF;
    bytes.push(0xC3);
    let decoded = decode(&bytes).expect("is a text");
    assert!((1..=3).contains(&(decoded.broken - 1)), "{}", decoded.broken);
    assert_eq!(decoded.bytes, bytes);
    let odd = decode(&[0xFE, 0xFF, 0, b'a', 0xD8, 0x00, 0, b'b', 0]).expect("is a text");
    assert_eq!((odd.bytes.as_slice(), odd.broken), ("a\u{FFFD}b\u{FFFD}".as_bytes(), 2));
}

#[test]
fn a_text_that_grows_too_long_is_refused() {
    let file = &files(&"中".repeat(500))[2].0;
    let mut decoder = Decoder::new("a", 1_002, 1_000).expect("fits");
    let pushed = decoder.push(file).and_then(|()| decoder.finish());
    let failure = pushed.expect_err("has 1,500 bytes");
    assert!(failure.message().contains("is longer than"), "{failure}");
}
