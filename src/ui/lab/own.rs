//! Loading a file of the reader's own: what is taken, in which pieces it is read, and
//! what is said about it.

mod drawing;
mod text;

pub use drawing::{Drawing, MAX_BYTES as MAX_DRAWING_BYTES};
pub use text::{Decoded, Decoder, Encoding};

use crate::failure::{Failure, FailureKind, Result};
use crate::measure::format;
use crate::workloads::answer;
use crate::workloads::own::{Media, OwnData};
use std::ops::Range;
use std::rc::Rc;

/// Bytes that are read at a time: a file is read within some dozens of steps, and Cancel
/// is heard between two of them.
const PIECE_BYTES: u64 = 4 << 20;

/// how far loading a file is.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum FileLoading {
    /// None is being read.
    #[default]
    Idle,
    /// One is being read.
    Reading {
        /// Its name.
        name: String,
        /// Bytes read, and bytes there are.
        bytes: [u64; 2],
    },
    /// The last was not taken.
    Refused(Failure),
}

/// A file that was brought.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedFile {
    /// What tasks read.
    pub data: OwnData,
    /// The parameters that the file decides, in the order in which the workload names
    /// them: a picture's width and height in px, a text's length in bytes.
    pub sizes: Vec<u64>,
    /// What was made of the file.
    pub taken: Taken,
}

/// What was made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A picture.
    Picture {
        /// Its size as it was, in px, if it was scaled down.
        scaled_from: Option<[u32; 2]>,
        /// Whether the browser alters what a page reads of a picture.
        altered: bool,
    },
    /// A text.
    Text {
        /// How the file writes it.
        encoding: Encoding,
        /// Places in it that are no character.
        broken: u64,
    },
}

/// What happens to a file on its way.
#[derive(Clone, Debug)]
pub enum FileStep {
    /// It was handed over.
    Began {
        /// Its name.
        name: String,
        /// How many bytes it has.
        bytes: u64,
    },
    /// So many bytes of it were read.
    Read(u64),
    /// It is there.
    Loaded(Rc<LoadedFile>),
    /// It was not taken.
    Refused(Failure),
    /// The reader did not want to wait.
    Cancelled,
}

impl FileLoading {
    /// Whether a file is being read.
    pub fn is_reading(&self) -> bool {
        matches!(self, Self::Reading { .. })
    }

    /// How far it is after `step`. Steps of a file that nobody waits for change nothing.
    pub fn after(&self, step: &FileStep) -> Self {
        match (step, self) {
            (FileStep::Began { name, bytes }, _) => {
                Self::Reading { name: name.clone(), bytes: [0, *bytes] }
            }
            (FileStep::Read(read), Self::Reading { name, bytes: [_, all] }) => {
                Self::Reading { name: name.clone(), bytes: [(*read).min(*all), *all] }
            }
            (FileStep::Refused(failure), Self::Reading { .. }) => Self::Refused(failure.clone()),
            (FileStep::Loaded(_) | FileStep::Cancelled, Self::Reading { .. }) => Self::Idle,
            _ => self.clone(),
        }
    }
}

impl LoadedFile {
    /// The file in a line: its name, what it measures, and what was made of it.
    pub fn line(&self) -> String {
        let size = match self.sizes.as_slice() {
            [width, height] => format!("{width} × {height} px"),
            sizes => format::bytes(sizes.iter().sum::<u64>() as f64),
        };
        let taken = match self.taken {
            Taken::Picture { scaled_from: Some([width, height]), .. } => {
                format!(", scaled down from {width} × {height} px")
            }
            Taken::Picture { scaled_from: None, .. } => String::new(),
            Taken::Text { encoding, broken: 0 } => format!(", read as {}", encoding.name()),
            Taken::Text { encoding, broken } => {
                let places = answer::counted(broken, "broken character");
                format!(", read as {}, with {places}", encoding.name())
            }
        };
        format!("{}: {size}{taken}.", self.data.name)
    }

    /// What a reader should know before it is used.
    pub fn warning(&self) -> Option<&'static str> {
        matches!(self.taken, Taken::Picture { altered: true, .. }).then_some(ALTERED)
    }
}

/// The pieces in which a file of so many bytes is read, one after another.
pub fn pieces(bytes: u64) -> impl Iterator<Item = Range<u64>> {
    let starts = (0..bytes).step_by(PIECE_BYTES as usize);
    starts.map(move |start| start..(start + PIECE_BYTES).min(bytes))
}

/// Refuses a file that cannot be taken, before it is read. `bytes` is its size.
///
/// # Errors
/// `InvalidInput` that says why and what to do.
pub fn check(media: Media, name: &str, bytes: u64) -> Result<()> {
    let said = match media {
        _ if bytes == 0 => return Err(empty(name)),
        Media::Text { max_bytes } if bytes > max_bytes => too_long(name, max_bytes),
        Media::Picture { .. } if bytes > MAX_PICTURE_FILE => refused(format!(
            "“{name}” is larger than {}, which is the most. Choose a smaller picture.",
            format::bytes(MAX_PICTURE_FILE as f64)
        )),
        Media::Text { .. } | Media::Picture { .. } => return Ok(()),
    };
    Err(said)
}

fn refused(said: String) -> Failure {
    Failure::new(FailureKind::InvalidInput, said)
}

/// The failure of reading the file `name`, which says which file it was.
pub fn about(name: &str, failure: Failure) -> Failure {
    // What is invalid about a file's contents says its name itself.
    match (failure.kind, &failure.key) {
        (FailureKind::InvalidInput, None) => failure,
        _ => Failure::new(failure.kind, format!("“{name}”: {}", failure.problem)),
    }
}

fn empty(name: &str) -> Failure {
    refused(format!("“{name}” is empty. Choose another file."))
}

fn too_long(name: &str, max_bytes: u64) -> Failure {
    refused(format!(
        "“{name}” is longer than {}, which is the most. Choose a shorter text.",
        format::bytes(max_bytes as f64)
    ))
}

/// That a file is no picture, as far as this browser can tell.
pub fn no_picture(name: &str) -> Failure {
    refused(format!(
        "“{name}” is no picture that this browser can read. Choose a JPEG, PNG, WebP or SVG file."
    ))
}

/// What to know of pictures in a browser that alters what a page reads of them.
const ALTERED: &str = "This browser alters what a page reads of a picture, to hide who you are \
                       (privacy.resistFingerprinting in Firefox): what is blurred is not quite your \
                       picture. Allow this page to extract canvas data, or use another browser.";

/// The largest picture file, in bytes: more than cameras make.
const MAX_PICTURE_FILE: u64 = 200_000_000;

/// The size at which a picture is taken, in px: its own, or else, at the same shape, the
/// largest of which no edge is longer than `max_edge`.
pub fn fit(size: [u32; 2], max_edge: u32) -> [u32; 2] {
    let longest = size[0].max(size[1]);
    if longest <= max_edge {
        return size;
    }
    let scaled = |edge: u32| {
        let scaled = u64::from(edge) * u64::from(max_edge) / u64::from(longest);
        (scaled as u32).max(1)
    };
    size.map(scaled)
}

/// What kind of file to bring, in words.
pub fn wanted(media: Media) -> &'static str {
    match media {
        Media::Picture { .. } => "a picture",
        Media::Text { .. } => "a text",
    }
}

/// The files that a chooser offers first.
pub fn accepted(media: Media) -> &'static str {
    match media {
        Media::Picture { .. } => "image/*",
        Media::Text { .. } => "text/*,.txt,.md,.csv,.json,.log,.xml,.html",
    }
}

/// What to say where the file is wanted and not there: it was `once` there, when the
/// experiment came from a link or was run before, or never.
pub fn missing(media: Media, once: bool) -> String {
    let what = wanted(media);
    if once {
        let it = what.trim_start_matches("a ");
        format!(
            "Links and reports do not hold your {it}. Bring it again, or choose generated data."
        )
    } else {
        format!("Choose {what} first.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            "“a.txt” is longer than 200 MB, which is the most. Choose a shorter text."
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
        let taken = Taken::Picture { scaled_from: Some([60, 40]), altered: true };
        let cat = LoadedFile { data: data.clone(), sizes: vec![30, 20], taken };
        assert_eq!(cat.line(), "cat.png: 30 × 20 px, scaled down from 60 × 40 px.");
        assert!(cat.warning().is_some_and(|said| said.contains("not quite your picture")));
        let text = |encoding, broken| {
            let taken = Taken::Text { encoding, broken };
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
        let failure =
            about("a.txt", Failure::invalid("file", "could not be read. Choose it again."));
        assert_eq!(failure.message(), "“a.txt”: could not be read. Choose it again.");
        assert_eq!(about("a.txt", failure.clone()), failure);
    }
}
