//! Texts of the reader's own: which encoding a file is in, and its text in UTF-8.

use crate::failure::{FileProblem, Result};
use crate::ui::lab::own::refusal::{empty, too_long};
use crate::workloads::answer;

/// What is plainly no text has more than one NUL in so many characters.
const NUL_IN: u64 = 1_000;
/// What is plainly not in the encoding that it is taken for has more than one character in
/// so many that is none, in UTF-16.
const BROKEN_IN: u64 = 100;
/// Fewer places than this that are no character are taken for damage.
const FEW_BROKEN: u64 = 8;

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// What is taken where there is no mark.
    Utf8,
    /// UTF-8 behind its byte order mark.
    Utf8WithMark,
    /// UTF-16, the low byte first, behind its byte order mark.
    Utf16Le,
    /// UTF-16, the high byte first, behind its byte order mark.
    Utf16Be,
}

impl Encoding {
    /// The encoding of a file that begins with these bytes, and how long its mark is.
    fn of(beginning: &[u8]) -> (Self, usize) {
        match beginning {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8WithMark, 3),
            [0xFF, 0xFE, ..] => (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16Be, 2),
            _ => (Self::Utf8, 0),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8WithMark => "UTF-8 with a byte order mark",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
        }
    }

    fn is_utf8(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf8WithMark)
    }
}

/// A text that was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Its bytes in UTF-8, without a mark. What is no character in a file in UTF-8 is left
    /// as it is.
    pub bytes: Vec<u8>,
    /// How the file writes it.
    pub encoding: Encoding,
    /// Places in it that are no character.
    pub broken: u64,
}

/// Decodes a file piece by piece.
pub struct Decoder<'a> {
    /// The file's name, for refusals.
    name: &'a str,
    /// Most bytes of the text.
    max_bytes: u64,
    text: Decoded,
    /// Whether the beginning was seen, and with it the encoding.
    begun: bool,
    /// How much of the text was looked through, in UTF-8.
    checked: usize,
    /// The first byte of a unit whose second is in the next piece, in UTF-16.
    half: Option<u8>,
    /// The first of two units that make a character, in UTF-16.
    high: Option<u16>,
    /// Characters so far; in UTF-8 those beyond ASCII.
    characters: u64,
    nuls: u64,
}

impl<'a> Decoder<'a> {
    /// A decoder of the file `name` of so many bytes, whose text may have `max_bytes`.
    ///
    /// # Errors
    /// `OutOfMemory` where there is no room for it.
    pub fn new(name: &'a str, bytes: u64, max_bytes: u64) -> Result<Self> {
        let bytes = answer::reserve(bytes as usize)?;
        let text = Decoded { bytes, encoding: Encoding::Utf8, broken: 0 };
        Ok(Self {
            name,
            max_bytes,
            text,
            begun: false,
            checked: 0,
            half: None,
            high: None,
            characters: 0,
            nuls: 0,
        })
    }

    /// Adds the next piece of the file. The first has three bytes at least, or is all.
    ///
    /// # Errors
    /// `InvalidInput` where it is plainly no text, or longer than allowed; `OutOfMemory`.
    pub fn push(&mut self, mut piece: &[u8]) -> Result<()> {
        let is_first = !self.begun;
        if is_first {
            let (encoding, mark) = Encoding::of(piece);
            (self.text.encoding, self.begun) = (encoding, true);
            piece = &piece[mark..];
        }
        if self.text.encoding.is_utf8() {
            self.reserve(piece.len())?;
            self.nuls += piece.iter().filter(|byte| **byte == 0).count() as u64;
            self.text.bytes.extend_from_slice(piece);
            self.check_utf8();
        } else {
            // A unit of two bytes is a character of three at most.
            self.reserve(piece.len() / 2 * 3 + 6)?;
            piece.iter().for_each(|byte| self.push_half(*byte));
        }
        // Whoever brings a film by mistake need not wait until all of it was read.
        if is_first { self.refuse_no_text() } else { Ok(()) }
    }

    /// The text, if it is one.
    ///
    /// # Errors
    /// `InvalidInput` where it is plainly no text, or has none; `OutOfMemory`.
    pub fn finish(mut self) -> Result<Decoded> {
        self.reserve(6)?;
        if self.half.is_some() || self.high.is_some() {
            self.push_broken();
        }
        if self.text.encoding.is_utf8() && self.checked < self.text.bytes.len() {
            self.text.broken += 1;
        }
        self.refuse_no_text()?;
        if self.text.bytes.is_empty() {
            return Err(empty(self.name));
        }
        Ok(self.text)
    }

    fn reserve(&mut self, more: usize) -> Result<()> {
        let bytes = &mut self.text.bytes;
        let len = bytes.len() + more;
        if len > bytes.capacity() {
            let most = len + len / 4;
            answer::reserve_in(bytes, most)?;
        }
        if bytes.len() as u64 > self.max_bytes {
            return Err(too_long(self.name, self.max_bytes));
        }
        Ok(())
    }

    /// Looks through what was added, but for a character at its end that may go on.
    fn check_utf8(&mut self) {
        loop {
            let left = &self.text.bytes[self.checked..];
            let (valid, broken) = match std::str::from_utf8(left) {
                Ok(_) => (left.len(), None),
                Err(error) => (error.valid_up_to(), error.error_len()),
            };
            let begins = |byte: &&u8| **byte >= 0xC0;
            self.characters += left[..valid].iter().filter(begins).count() as u64;
            self.checked += valid + broken.unwrap_or_default();
            match broken {
                Some(_) => self.text.broken += 1,
                None => return,
            }
        }
    }

    fn push_half(&mut self, byte: u8) {
        let Some(first) = self.half.take() else {
            self.half = Some(byte);
            return;
        };
        let unit = match self.text.encoding {
            Encoding::Utf16Be => u16::from_be_bytes([first, byte]),
            _ => u16::from_le_bytes([first, byte]),
        };
        let units = [self.high.take(), Some(unit)];
        let is_high = |unit: u16| (0xD800..0xDC00).contains(&unit);
        if is_high(unit) {
            if units[0].is_some() {
                self.push_broken();
            }
            self.high = Some(unit);
            return;
        }
        for decoded in char::decode_utf16(units.into_iter().flatten()) {
            match decoded {
                Ok(character) => self.push_character(character),
                Err(_) => self.push_broken(),
            }
        }
    }

    fn push_broken(&mut self) {
        self.text.broken += 1;
        self.push_character(char::REPLACEMENT_CHARACTER);
    }

    fn push_character(&mut self, character: char) {
        self.characters += 1;
        self.nuls += u64::from(character == '\0');
        let mut utf8 = [0; 4];
        self.text.bytes.extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
    }

    fn refuse_no_text(&self) -> Result<()> {
        let Decoded { bytes, encoding, broken } = &self.text;
        let all = if encoding.is_utf8() { bytes.len() as u64 } else { self.characters };
        let name = self.name;
        if self.nuls * NUL_IN > all {
            return Err(FileProblem::NotAnyText { name: name.into() }.into());
        }
        // A text in UTF-8 may be damaged here and there; one in another encoding has hardly
        // any character beyond ASCII that is one by chance.
        let most = if encoding.is_utf8() { self.characters } else { all / BROKEN_IN };
        if *broken >= FEW_BROKEN && *broken > most {
            let (name, encoding) = (name.into(), encoding.name().into());
            return Err(FileProblem::NotTextIn { name, encoding, broken: *broken }.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
