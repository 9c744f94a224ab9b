//! A foreign JSON value, read piece by piece. Whatever is wrong is refused with the
//! path that leads to it: `results[0].samples[3].totalMs: …`.

use crate::coded::Record;
use crate::failure::{Failure, ReportProblem, Result, Wanted, names};
use crate::measure::report::reported::rounded;
use crate::workloads::params::shown;
use serde_json::{Map, Value};

/// No time in a report is longer than this, in ms: eleven days. Up to here times
/// with four decimals are the same after writing and reading.
pub const LONGEST_MS: f64 = 1e9;

/// A value, and where it stands.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    value: &'a Value,
    place: Place<'a>,
}

/// Where a value stands, as a way back to the whole.
#[derive(Clone, Copy)]
enum Place<'a> {
    Whole(&'a str),
    Key(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn path(&self) -> String {
        match self {
            Self::Whole(name) => (*name).to_owned(),
            Self::Key(Self::Whole(_), key) => shown_key(key),
            Self::Key(parent, key) => format!("{}.{}", parent.path(), shown_key(key)),
            Self::Item(parent, at) => format!("{}[{at}]", parent.path()),
        }
    }
}

/// A key as a path has it: in quotes, and cut, unless it is a plain word.
pub(super) fn shown_key(key: &str) -> String {
    const LONGEST: usize = 40;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    if key.len() <= LONGEST && key.chars().all(is_plain) {
        key.to_owned()
    } else {
        shown(&key.into())
    }
}

impl<'a> Reader<'a> {
    /// A reader of `value`, which is called `name` where it is wrong as a whole.
    pub fn new(name: &'a str, value: &'a Value) -> Self {
        Self { value, place: Place::Whole(name) }
    }

    /// The refusal of this value.
    pub fn wrong(&self, problem: ReportProblem) -> Failure {
        Failure::invalid(&self.place.path(), problem)
    }

    /// The refusal of something inside of this value, which `failure` names.
    pub fn wrong_inside(&self, failure: &Failure) -> Failure {
        let path = self.place.path();
        let key = failure.key.as_ref().map_or_else(|| path.clone(), |key| format!("{path}.{key}"));
        Failure { key: Some(key), ..failure.clone() }
    }

    /// The path that leads here.
    pub fn path(&self) -> String {
        self.place.path()
    }

    fn expected(&self, wanted: Wanted) -> Failure {
        let got = shown(self.value).into();
        self.wrong(match self.place {
            Place::Whole(_) => ReportProblem::WrongWhole { wanted, got },
            _ => ReportProblem::Wrong { wanted, got },
        })
    }

    /// The value as it came.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// The value as an object.
    pub fn object(&self) -> Result<&'a Map<String, Value>> {
        self.value.as_object().ok_or_else(|| self.expected(Wanted::Object))
    }

    /// Refuses what is no object, and any key that is not one of `keys`.
    pub fn only(&self, keys: &[&str]) -> Result<()> {
        match self.object()?.keys().find(|key| !keys.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let unknown = Reader { value: self.value, place: Place::Key(&self.place, key) };
                Err(unknown.wrong(ReportProblem::UnknownKey))
            }
        }
    }

    /// What stands under `key`.
    pub fn get<'b>(&'b self, key: &'b str) -> Result<Reader<'b>> {
        let place = Place::Key(&self.place, key);
        let value = self.value.get(key);
        let missing = || Failure::invalid(&place.path(), ReportProblem::NothingHere);
        Ok(Reader { value: value.ok_or_else(missing)?, place })
    }

    /// What stands under `key`, if anything does.
    pub fn optional<'b>(&'b self, key: &'b str) -> Option<Reader<'b>> {
        self.get(key).ok()
    }

    /// The record of the code and the figures of this object, where it has such.
    pub fn record(&self) -> Option<Record> {
        let figures = self.value.get("figures")?.as_object()?;
        Record::from_json(self.value.get("code")?.as_str()?, figures)
    }

    /// This, unless it is `null`.
    pub fn given(self) -> Option<Self> {
        (!self.value.is_null()).then_some(self)
    }

    /// The items of a list of at most `max`.
    pub fn list(&self, max: usize) -> Result<impl ExactSizeIterator<Item = Reader<'_>>> {
        let items = self.value.as_array().filter(|items| items.len() <= max);
        let items = items.ok_or_else(|| self.expected(Wanted::List { most: max as u64 }))?;
        let item = |(at, value)| Reader { value, place: Place::Item(&self.place, at) };
        Ok(items.iter().enumerate().map(item))
    }

    /// A number from `min` to `max`.
    pub fn number(&self, min: f64, max: f64) -> Result<f64> {
        let number = self.value.as_f64().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| self.expected(Wanted::Number { min, max }))
    }

    /// A length of time in ms, as reports round it.
    pub fn ms(&self) -> Result<f64> {
        self.number(0.0, LONGEST_MS).map(rounded)
    }

    /// A moment in ms, as reports round it. It may lie before the beginning.
    pub fn moment_ms(&self) -> Result<f64> {
        self.number(-LONGEST_MS, LONGEST_MS).map(rounded)
    }

    /// A whole number from `min` to `max`.
    pub fn integer(&self, min: u64, max: u64) -> Result<u64> {
        let number = self.value.as_u64().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| self.expected(Wanted::Whole { min, max }))
    }

    /// `true` or `false`.
    pub fn boolean(&self) -> Result<bool> {
        self.value.as_bool().ok_or_else(|| self.expected(Wanted::Flag))
    }

    /// A text of at most `max` characters.
    pub fn text(&self, max: usize) -> Result<&'a str> {
        let text = self.value.as_str().filter(|text| text.chars().nth(max).is_none());
        text.ok_or_else(|| self.expected(Wanted::Text { most: max as u64 }))
    }

    /// A name of letters, digits, spaces and a few marks, which begins with a letter or digit and
    /// does not end with a space, at most `max` characters long.
    pub fn plain(&self, max: usize) -> Result<&'a str> {
        let text = self.text(max)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || " ._+-".contains(c);
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if begins && !text.ends_with(' ') && text.chars().all(is_plain) {
            Ok(text)
        } else {
            Err(self.wrong(ReportProblem::NotPlainName))
        }
    }

    /// The one of `all` whose word this is.
    pub fn one_of<T: Copy>(&self, all: &[T], word: fn(T) -> &'static str) -> Result<T> {
        let text = self.value.as_str();
        let found = all.iter().find(|one| Some(word(**one)) == text);
        found.copied().ok_or_else(|| {
            self.expected(Wanted::OneOf { words: names(all.iter().map(|one| word(*one))) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused<T>(result: Result<T>) -> String {
        result.err().expect("is refused").message()
    }

    #[test]
    fn a_refusal_names_the_path() {
        let value = json!({ "a": [{ "b": -1 }], "<b>": 1, "n": null });
        let reader = Reader::new("report", &value);
        let list = reader.get("a").expect("is there");
        let item = list.list(1).expect("a list").next().expect("an item");
        let b = item.get("b").expect("is there");
        assert_eq!(refused(b.ms()), "a[0].b: give a number from 0 to 1000000000; got -1.");
        assert_eq!(
            refused(item.get("c").map(drop)),
            "a[0].c: is missing. Use the unmodified file."
        );
        assert_eq!(refused(item.only(&["c"])), "a[0].b: is not known. Remove it.");
        assert_eq!(refused(reader.only(&["a"])), "\"<b>\": is not known. Remove it.");
        assert!(refused(list.list(0).map(drop)).starts_with("a: give a list of 0 at most; got a"));
        assert_eq!(refused(list.only(&[])), "a: give an object; got a list of 1.");
        assert!(refused(reader.text(9)).starts_with("report: must be a text"));
        assert!(reader.get("n").expect("is there").given().is_none());
    }

    #[test]
    fn what_is_read_is_within_its_bounds() {
        let of = |value| value;
        let one = of(json!(1.00004));
        assert_eq!(Reader::new("x", &one).ms(), Ok(1.0));
        assert!(Reader::new("x", &one).integer(0, 9).is_err());
        let text = of(json!("äöü"));
        assert_eq!(Reader::new("x", &text).text(3), Ok("äöü"));
        assert!(Reader::new("x", &text).text(2).is_err());
        assert!(Reader::new("x", &text).boolean().is_err());
        let word = |flag: bool| if flag { "yes" } else { "no" };
        let yes = of(json!("yes"));
        assert_eq!(Reader::new("x", &yes).one_of(&[false, true], word), Ok(true));
        let message = refused(Reader::new("x", &text).one_of(&[false, true], word));
        assert_eq!(message, "x: must be one of no, yes; got \"äöü\".");
    }
}
