//! Files that the reader brings and that are not taken.

use crate::coded;
use crate::coded::Words;
use crate::wording::grouped;

coded! {
    /// What is wrong with a file.
    #[derive(Clone, Debug, PartialEq)]
    pub enum FileProblem {
        /// It has no bytes.
        Empty {
            /// Its name.
            name: Words,
        },
        /// The text is too long.
        TextTooLong {
            /// Its name.
            name: Words,
            /// The most, in bytes.
            most: u64,
        },
        /// The picture's file is too large.
        PictureTooLarge {
            /// Its name.
            name: Words,
            /// The most, in bytes.
            most: u64,
        },
        /// The browser cannot read it as a picture.
        NotPicture {
            /// Its name.
            name: Words,
        },
        /// The drawing is too long and thin, or too large.
        NotDrawable {
            /// Its name.
            name: Words,
            /// Its width, in px.
            width: f64,
            /// Its height, in px.
            height: f64,
        },
        /// It has bytes that no text has.
        NotAnyText {
            /// Its name.
            name: Words,
        },
        /// It is no text in the encoding that it begins like.
        NotTextIn {
            /// Its name.
            name: Words,
            /// The encoding.
            encoding: Words,
            /// Places in it that are no characters.
            broken: u64,
        },
        /// The browser does not give its bytes.
        NotReadable {
            /// What the browser says.
            said: Words,
        },
        /// It became shorter while it was read.
        BecameShorter,
        /// It is no text, and so no report.
        NotReport,
        /// It is not what a profiler or `time` writes.
        NotProfile,
        /// The profile's file is too large.
        ProfileTooLarge {
            /// The most, in bytes.
            most: u64,
        },
        /// It begins like speedscope's JSON and goes on otherwise.
        NotSpeedscope {
            /// What is wrong.
            said: Words,
        },
    }
}

impl FileProblem {
    /// What is wrong and what to do, for a person. Where the message does not name the file, it
    /// follows the file's name and a colon.
    pub fn message(&self) -> String {
        match self {
            Self::Empty { name } => format!("“{name}” is empty. Choose another file."),
            Self::TextTooLong { name, most } => format!(
                "“{name}” is longer than the limit of {} MB. Choose a shorter text.",
                most / 1_000_000
            ),
            Self::PictureTooLarge { name, most } => format!(
                "“{name}” is larger than the limit of {} MB. Choose a smaller picture.",
                most / 1_000_000
            ),
            Self::NotPicture { name } => format!(
                "“{name}” is not a picture that this browser can read. Choose a JPEG, PNG, WebP \
                 or SVG file."
            ),
            Self::NotDrawable { name, width, height } => format!(
                "“{name}” measures {width} × {height} px, which cannot be drawn. Choose another \
                 picture."
            ),
            Self::NotAnyText { name } => format!(
                "“{name}” is not a text file: it contains bytes that no text contains. Choose a \
                 text file, or save this one as UTF-8."
            ),
            Self::NotTextIn { name, encoding, broken } => format!(
                "“{name}” is not valid {encoding}: {} places in it are not characters. Save it as \
                 UTF-8 and choose it again.",
                grouped(*broken)
            ),
            Self::NotReadable { said } => {
                format!("it could not be read ({said}). Choose it again.")
            }
            Self::BecameShorter => {
                "it became shorter while it was read. Choose it again.".to_owned()
            }
            Self::NotReport => "it is not a text file. Choose a report.".to_owned(),
            Self::NotProfile => {
                "it is no profile that this page can read. Choose what `python -m cProfile` or \
                 `time` printed, or what `py-spy record --format speedscope` wrote."
                    .to_owned()
            }
            Self::ProfileTooLarge { most } => format!(
                "it is larger than the limit of {} MB. Record a shorter run.",
                most / 1_000_000
            ),
            Self::NotSpeedscope { said } => format!(
                "it is not speedscope's JSON with samples ({said}). Choose what `py-spy record \
                 --format speedscope` wrote."
            ),
        }
    }
}
