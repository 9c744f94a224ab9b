use super::*;
use crate::failure::{Failure, FileProblem};
use proptest::prelude::*;

const TEXT: Media = Media::Text { max_bytes: 200_000_000 };
const PICTURE: Media = Media::Picture { max_edge: 100 };

proptest! {
    #[test]
    fn pieces_are_the_file(bytes in 0..300_000_000_u64) {
        let mut next = 0;
        for piece in pieces(bytes) {
            prop_assert_eq!(piece.start, next);
            prop_assert!(piece.end > next && piece.end - next <= PIECE_BYTES);
            next = piece.end;
        }
        prop_assert_eq!(next, bytes);
    }

    #[test]
    fn a_picture_fits_and_keeps_its_shape(width in 1..40_000_u32, height in 1..40_000_u32) {
        let [w, h] = fit([width, height], 2560);
        prop_assert!((1..=2560).contains(&w) && (1..=2560).contains(&h));
        let (before, after) = (f64::from(width) * f64::from(h), f64::from(height) * f64::from(w));
        prop_assert!((before - after).abs() <= f64::from(width.max(height)));
    }
}

#[test]
fn a_picture_that_fits_is_left_alone() {
    assert_eq!(fit([100, 7], 100), [100, 7]);
    assert_eq!(fit([200, 7], 100), [100, 3]);
    assert_eq!(fit([40_000, 1], 100), [100, 1]);
}

#[test]
fn what_is_too_large_or_empty_is_refused_by_name_and_limit() {
    assert_eq!(check(TEXT, "a.txt", 200_000_000), Ok(()));
    let failure = check(TEXT, "a.txt", 200_000_001).unwrap_err();
    assert_eq!(
        failure.message(),
        "“a.txt” is longer than the limit of 200 MB. Choose a shorter text."
    );
    for media in [TEXT, PICTURE] {
        let failure = check(media, "b", 0).unwrap_err();
        assert_eq!(failure.message(), "“b” is empty. Choose another file.");
    }
}

#[test]
fn a_file_that_nobody_waits_for_changes_nothing() {
    let idle = FileLoading::Idle;
    assert_eq!(idle.after(&FileStep::Read(5)), FileLoading::Idle);
    let reading = idle.after(&FileStep::Began { name: "a".into(), bytes: 10 });
    let further = reading.after(&FileStep::Read(5));
    assert_eq!(further, FileLoading::Reading { name: "a".into(), bytes: [5, 10] });
    assert_eq!(further.after(&FileStep::Cancelled), FileLoading::Idle);
    let refused = further.after(&FileStep::Refused(no_picture("a")));
    assert_eq!(refused, FileLoading::Refused(no_picture("a")));
    assert_eq!(refused.after(&FileStep::Read(6)), refused);
}

#[test]
fn a_file_is_described_in_a_line() {
    let data = OwnData { name: "cat.png".into(), bytes: Rc::default() };
    let taken = FileDetails::Picture { scaled_from: Some([60, 40]), altered: true };
    let cat = LoadedFile { data: data.clone(), sizes: vec![30, 20], taken };
    assert_eq!(cat.line(), "cat.png: 30 × 20 px, scaled down from 60 × 40 px.");
    assert!(cat.warning().is_some_and(|said| said.contains("not quite your picture")));
    let text = |encoding, broken| {
        let taken = FileDetails::Text { encoding, broken };
        LoadedFile { data: data.clone(), sizes: vec![1_500], taken }
    };
    let utf_16 = text(Encoding::Utf16Le, 0);
    assert_eq!(utf_16.line(), "cat.png: 1.50 KB, read as UTF-16 LE.");
    assert_eq!(utf_16.warning(), None);
    assert_eq!(
        text(Encoding::Utf8, 1).line(),
        "cat.png: 1.50 KB, read as UTF-8, with 1 broken character."
    );
}

#[test]
fn every_refusal_names_the_file() {
    let failure = about("a.txt", Failure::invalid("file", FileProblem::BecameShorter));
    assert_eq!(failure.message(), "“a.txt”: it became shorter while it was read. Choose it again.");
    assert_eq!(about("a.txt", failure.clone()), failure);
}
