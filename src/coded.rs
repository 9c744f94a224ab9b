//! Values that are sent and stored as a code and named figures. Sentences are made of them only
//! where a person reads one.
//!
//! [`coded!`](crate::coded!) declares such a value as an enum. The code of a case is its name,
//! and its figures are its fields, so that renaming either changes what is stored.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The longest text in a figure, in characters. Longer ones are cut where they come in.
pub const MAX_WORDS: usize = 300;
/// Most items of a list in a figure.
const MAX_ITEMS: usize = 100;
/// The greatest whole number that JSON's readers keep: 2⁵³ - 1.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// A value as it is sent and stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Which case of the value it is.
    pub code: String,
    /// Its figures by their names.
    pub figures: Vec<(String, Figure)>,
}

/// One figure of a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Figure {
    /// A whole number.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A text that is data.
    Text(String),
    /// A list of texts that are data.
    Texts(Vec<String>),
    /// A coded value.
    Coded(Record),
}

/// A text that is data: what a browser, a host or a person said, or a name. It is never one of
/// this program's sentences, and at most [`MAX_WORDS`] characters long.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words(String);

/// A value that is sent and stored as a [`Record`].
pub trait Coded: Sized {
    /// The value as a record.
    fn record(&self) -> Record;

    /// The value that `record` is, if it is one of these.
    fn from_record(record: &Record) -> Option<Self>;
}

/// What can be a field of a coded value.
pub trait Figured: Sized {
    /// The figure, if there is one.
    fn figure(&self) -> Option<Figure>;

    /// The value of a figure, or of none.
    fn from_figure(figure: Option<&Figure>) -> Option<Self>;
}

impl Record {
    /// The record of a case, with those of its fields that have a figure.
    pub fn of(code: &str, fields: Vec<(&str, Option<Figure>)>) -> Self {
        let figures =
            fields.into_iter().filter_map(|(field, figure)| Some((spelled(field), figure?)));
        Self { code: code.to_owned(), figures: figures.collect() }
    }

    /// The figure called `name`.
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|(other, _)| other == name).map(|(_, figure)| figure)
    }

    /// The figures as an object of JSON.
    pub fn figures_to_json(&self) -> Map<String, Value> {
        self.figures.iter().map(|(name, figure)| (name.clone(), figure.to_json())).collect()
    }

    /// The record of a code and an object of figures; `None` where they are none that this
    /// program would write.
    pub fn from_json(code: &str, figures: &Map<String, Value>) -> Option<Self> {
        let figure = |(name, value): (&String, &Value)| Some((name.clone(), Figure::of(value)?));
        let figures = figures.iter().map(figure).collect::<Option<_>>()?;
        Some(Self { code: code.to_owned(), figures })
    }
}

impl Figure {
    fn to_json(&self) -> Value {
        match self {
            Self::Whole(n) if *n > MAX_SAFE => n.to_string().into(),
            Self::Whole(n) => (*n).into(),
            Self::Number(x) => (*x).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Texts(texts) => texts.as_slice().into(),
            Self::Coded(of) => json!({ "code": of.code, "figures": of.figures_to_json() }),
        }
    }

    fn of(value: &Value) -> Option<Self> {
        let text = |value: &Value| {
            let text = value.as_str().filter(|text| text.chars().nth(MAX_WORDS).is_none());
            text.map(str::to_owned)
        };
        Some(match value {
            Value::Number(number) => match number.as_u64() {
                Some(n) => Self::Whole(n),
                None => Self::Number(number.as_f64()?),
            },
            Value::String(_) => Self::Text(text(value)?),
            Value::Array(items) if items.len() <= MAX_ITEMS => {
                Self::Texts(items.iter().map(text).collect::<Option<_>>()?)
            }
            Value::Object(of) => Self::Coded(Record::from_json(
                &text(of.get("code")?)?,
                of.get("figures")?.as_object()?,
            )?),
            _ => return None,
        })
    }
}

impl Words {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        let mut text = text.into();
        cut(&mut text, MAX_WORDS);
        Self(text)
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a coded value is a field of what serde derives.
pub mod as_record {
    use super::{Coded, Record};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the value as a record.
    ///
    /// # Errors
    /// Those of `serializer`.
    pub fn serialize<T: Coded, S: Serializer>(of: &T, serializer: S) -> Result<S::Ok, S::Error> {
        of.record().serialize(serializer)
    }

    /// Reads the value of a record.
    ///
    /// # Errors
    /// Those of `deserializer`, and where the record is none of these values.
    pub fn deserialize<'de, T: Coded, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let record = Record::deserialize(from)?;
        T::from_record(&record).ok_or_else(|| D::Error::custom(record.code))
    }
}

/// `text`, cut where it is longer than `max` characters, with an ellipsis in the place of
/// the last.
pub fn cut(text: &mut String, max: usize) {
    let mut chars = text.char_indices();
    let last = chars.nth(max.saturating_sub(1)).map(|(at, _)| at);
    if let Some(last) = last.filter(|_| chars.next().is_some()) {
        text.truncate(last);
        text.push('…');
    }
}

/// A field's name as JSON spells it: `in_use` is `inUse`.
pub fn spelled(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut is_start = false;
    for c in field.chars() {
        match c {
            '_' => is_start = true,
            c if is_start => {
                name.push(c.to_ascii_uppercase());
                is_start = false;
            }
            c => name.push(c),
        }
    }
    name
}

impl Figured for u64 {
    fn figure(&self) -> Option<Figure> {
        Some(Figure::Whole(*self))
    }

    fn from_figure(figure: Option<&Figure>) -> Option<Self> {
        match figure? {
            Figure::Whole(n) => Some(*n),
            Figure::Text(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl Figured for f64 {
    fn figure(&self) -> Option<Figure> {
        Some(Figure::Number(*self))
    }

    fn from_figure(figure: Option<&Figure>) -> Option<Self> {
        match figure? {
            Figure::Number(x) => Some(*x),
            Figure::Whole(n) => Some(*n as f64),
            _ => None,
        }
    }
}

impl Figured for Words {
    fn figure(&self) -> Option<Figure> {
        Some(Figure::Text(self.0.clone()))
    }

    fn from_figure(figure: Option<&Figure>) -> Option<Self> {
        match figure? {
            Figure::Text(text) => Some(text.as_str().into()),
            _ => None,
        }
    }
}

impl Figured for Vec<Words> {
    fn figure(&self) -> Option<Figure> {
        Some(Figure::Texts(self.iter().map(|words| words.0.clone()).collect()))
    }

    fn from_figure(figure: Option<&Figure>) -> Option<Self> {
        match figure? {
            Figure::Texts(texts) => Some(texts.iter().map(|text| text.as_str().into()).collect()),
            _ => None,
        }
    }
}

impl<T: Figured> Figured for Option<T> {
    fn figure(&self) -> Option<Figure> {
        self.as_ref()?.figure()
    }

    fn from_figure(figure: Option<&Figure>) -> Option<Self> {
        match figure {
            None => Some(None),
            figure => T::from_figure(figure).map(Some),
        }
    }
}

/// Declares an enum whose values are sent and stored by the names of their cases and fields,
/// and with it `CODES`, the names of all cases.
#[macro_export]
macro_rules! coded {
    (
        $(#[$about:meta])*
        pub enum $Name:ident {
            $(
                $(#[$about_case:meta])*
                $Case:ident $({ $( $(#[$about_field:meta])* $field:ident: $Type:ty, )* })?,
            )*
        }
    ) => {
        $(#[$about])*
        pub enum $Name {
            $( $(#[$about_case])* $Case $({ $( $(#[$about_field])* $field: $Type, )* })?, )*
        }

        impl $Name {
            /// The code of each case.
            pub const CODES: &[&str] = &[$( stringify!($Case), )*];
        }

        impl $crate::coded::Coded for $Name {
            fn record(&self) -> $crate::coded::Record {
                match self {
                    $(
                        Self::$Case $({ $( $field, )* })? => $crate::coded::Record::of(
                            stringify!($Case),
                            vec![$($(
                                (stringify!($field), $crate::coded::Figured::figure($field)),
                            )*)?],
                        ),
                    )*
                }
            }

            fn from_record(record: &$crate::coded::Record) -> Option<Self> {
                match record.code.as_str() {
                    $(
                        stringify!($Case) => Some(Self::$Case $({
                            $(
                                $field: {
                                    let figure = record.figure(&$crate::coded::spelled(stringify!($field)));
                                    $crate::coded::Figured::from_figure(figure)?
                                },
                            )*
                        })?),
                    )*
                    _ => None,
                }
            }
        }

        impl $crate::coded::Figured for $Name {
            fn figure(&self) -> Option<$crate::coded::Figure> {
                Some($crate::coded::Figure::Coded($crate::coded::Coded::record(self)))
            }

            fn from_figure(figure: Option<&$crate::coded::Figure>) -> Option<Self> {
                match figure? {
                    $crate::coded::Figure::Coded(of) => $crate::coded::Coded::from_record(of),
                    _ => None,
                }
            }
        }
    };
}

#[cfg(test)]
mod tests;
