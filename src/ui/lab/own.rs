//! Loading a file of the reader's own: what is taken, in which pieces it is read, and
//! what is said about it.

mod drawing;
mod refusal;
mod text;

pub use drawing::{Drawing, MAX_BYTES as MAX_DRAWING_BYTES};
pub use refusal::{about, no_picture};
pub use text::{Decoded, Decoder, Encoding};

use crate::failure::{Failure, FileProblem, Result};
use crate::measure::format;
use crate::wording::counted;
use crate::workloads::own::{Media, OwnData};
use refusal::{empty, too_long};
use std::ops::Range;
use std::rc::Rc;

/// Bytes that are read at a time: a file is read within some dozens of steps, and Cancel
/// is heard between two of them.
const PIECE_BYTES: u64 = 4 << 20;

/// The progress of loading a file.
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
    /// The last file was refused.
    Refused(Failure),
}

/// A file that was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedFile {
    /// What tasks read.
    pub data: OwnData,
    /// The parameters that the file decides, in the order in which the workload names
    /// them: a picture's width and height in px, a text's length in bytes.
    pub sizes: Vec<u64>,
    /// How the file was read.
    pub taken: FileDetails,
}

/// How a file was read: what a reader should know about the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDetails {
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

/// A step of loading a file.
#[derive(Clone, Debug)]
pub enum FileStep {
    /// Reading it began.
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
            FileDetails::Picture { scaled_from: Some([width, height]), .. } => {
                format!(", scaled down from {width} × {height} px")
            }
            FileDetails::Picture { scaled_from: None, .. } => String::new(),
            FileDetails::Text { encoding, broken: 0 } => format!(", read as {}", encoding.name()),
            FileDetails::Text { encoding, broken } => {
                let places = counted(broken, "broken character");
                format!(", read as {}, with {places}", encoding.name())
            }
        };
        format!("{}: {size}{taken}.", self.data.name)
    }

    /// What a reader should know before it is used.
    pub fn warning(&self) -> Option<&'static str> {
        matches!(self.taken, FileDetails::Picture { altered: true, .. }).then_some(ALTERED)
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
        Media::Picture { .. } if bytes > MAX_PICTURE_FILE => {
            FileProblem::PictureTooLarge { name: name.into(), most: MAX_PICTURE_FILE }.into()
        }
        Media::Text { .. } | Media::Picture { .. } => return Ok(()),
    };
    Err(said)
}

/// What to know of pictures in a browser that alters what a page reads of them.
const ALTERED: &str = "To protect you from fingerprinting, this browser changes the pixels that a \
                       page reads from a picture (privacy.resistFingerprinting in Firefox), so the \
                       blurred picture is not quite your picture. Allow this page to extract \
                       canvas data, or use another browser.";

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
        let it = match media {
            Media::Picture { .. } => "picture",
            Media::Text { .. } => "text",
        };
        format!("Links and reports do not hold your {it}. Choose it again, or use generated data.")
    } else {
        format!("Choose {what} first.")
    }
}

#[cfg(test)]
mod tests;
