//! Work as a reader types it, what it means, and the link that holds it.

use crate::advice::own_work::{FIELDS, HOLDS_GIL, read};
use crate::advice::{Evidence, Lens};
use crate::exchange::profiles::TimeSpent;
use crate::experiment::link::{self, number_or_text};
use crate::experiment::typed_number::{NumberFormat, for_every_reader, plain_number};
use crate::failure::{Failure, InputProblem, NameProblem, Result, names};
use crate::measure::format;
use crate::ui::lab::slider::Slider;
use crate::workloads::params::{ParamSpec, Place};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The key of the lens.
const LENS: &str = "lens";

/// What is wrong, by the field's key.
pub type Errors = BTreeMap<String, String>;

/// Work as a reader types it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedWork {
    texts: BTreeMap<&'static str, String>,
    /// Whether the busy code holds the GIL.
    pub holds_gil: bool,
    /// For whom the advice is.
    pub lens: Lens,
    /// How the reader's language writes numbers.
    pub numbers: NumberFormat,
}

/// A change to the work.
#[derive(Clone, Debug)]
pub enum Change {
    /// The reader typed into a field, or set its slider.
    Typed(&'static ParamSpec, String),
    /// Another language.
    ForLens(Lens),
    /// Whether the busy code holds the GIL.
    HoldsGil(bool),
    /// A profile tells how long it takes.
    Profiled(TimeSpent),
    /// A link was followed.
    Linked(Box<TypedWork>),
}

impl TypedWork {
    /// Work to begin with, on so many cores.
    pub fn new(cores: u32, numbers: NumberFormat) -> Self {
        let text = |field: &ParamSpec| match (field.name, field.place) {
            ("cores", _) => cores.max(1).to_string(),
            (_, Place::More) => String::new(),
            _ => field
                .default_value()
                .and_then(|value| value.as_f64())
                .map(format::plain)
                .unwrap_or_default(),
        };
        let texts = FIELDS.iter().map(|field| (field.name, text(field))).collect();
        Self { texts, holds_gil: true, lens: Lens::ALL[0], numbers }
    }

    /// The work that a link holds, and what was refused of it.
    pub fn of_link(query: &str, cores: u32, numbers: NumberFormat) -> (Self, Vec<Failure>) {
        let mut work = Self::new(cores, numbers);
        let pairs = match link::pairs(query) {
            Ok(pairs) => pairs,
            Err(failure) => return (work, vec![failure]),
        };
        let refused = pairs.iter().filter_map(|(key, text)| work.take(key, text).err()).collect();
        (work, refused)
    }

    fn take(&mut self, key: &str, text: &str) -> Result<()> {
        let field = FIELDS.iter().find(|field| field.name == key);
        match (field, key) {
            // It is not typed by this reader.
            (Some(field), _) => self.type_text(field, for_every_reader(text.trim())),
            (None, LENS) => self.lens = Lens::read(&text.trim().into())?,
            (None, HOLDS_GIL) => {
                self.holds_gil = match text.trim() {
                    "true" => true,
                    "false" => false,
                    got => {
                        let problem = InputProblem::NotOneOf {
                            choices: names(["true", "false"]),
                            got: got.into(),
                        };
                        return Err(Failure::invalid(key, problem));
                    }
                }
            }
            (None, _) => {
                let known = FIELDS.iter().map(|field| field.name).chain([HOLDS_GIL, LENS]);
                let problem = NameProblem::NoSuchKey {
                    model: Some("Work of your own".into()),
                    known: names(known),
                };
                return Err(Failure::invalid(key, problem));
            }
        }
        Ok(())
    }

    /// The query of the link that holds all of it.
    pub fn query(&self) -> String {
        let mut pairs = vec![format!("{LENS}={}", self.lens.id())];
        let given = FIELDS.iter().map(|field| (field.name, self.text(field)));
        for (name, text) in given.filter(|(_, text)| !text.trim().is_empty()) {
            // Whatever the reader's language is, a link is read in the page's.
            let plain = plain_number(name, text, &self.numbers);
            pairs
                .push(format!("{name}={}", link::encoded(plain.as_deref().unwrap_or(text).trim())));
        }
        pairs.push(format!("{HOLDS_GIL}={}", self.holds_gil));
        pairs.join("&")
    }

    /// What stands in a field.
    pub fn text(&self, field: &ParamSpec) -> &str {
        self.texts.get(field.name).map_or("", String::as_str)
    }

    /// Notes what is typed into a field.
    fn type_text(&mut self, field: &ParamSpec, text: String) {
        self.texts.insert(field.name, text);
    }

    /// The work after a change to it.
    pub fn after(&self, change: Change) -> Self {
        let mut work = self.clone();
        match change {
            Change::Typed(field, text) => work.type_text(field, text),
            Change::ForLens(lens) => work.lens = lens,
            Change::HoldsGil(holds_gil) => work.holds_gil = holds_gil,
            Change::Profiled(spent) => work.fill_in(&spent),
            Change::Linked(linked) => return *linked,
        }
        work
    }

    /// Fills in what a profile tells, shared out among the tasks.
    fn fill_in(&mut self, spent: &TimeSpent) {
        let tasks = self.tasks().unwrap_or(1) as f64;
        for (name, all_ms) in [("computeMs", spent.computing_ms), ("waitMs", spent.waiting_ms)] {
            self.texts.insert(name, for_every_reader(&three_digits(all_ms / tasks)));
        }
    }

    /// How many tasks it has, where that is right.
    pub fn tasks(&self) -> Option<u64> {
        let field = FIELDS.iter().find(|field| field.name == "tasks")?;
        self.value(field).ok()??.as_u64()
    }

    /// What a field says; `None` where it is left empty and may be.
    ///
    /// # Errors
    /// `InvalidInput` that names the key.
    pub fn value(&self, field: &ParamSpec) -> Result<Option<Value>> {
        let text = self.text(field).trim();
        if text.is_empty() && field.place == Place::More {
            return Ok(None);
        }
        let value = number_or_text(&plain_number(field.name, text, &self.numbers)?);
        field.check(&value)?;
        Ok(Some(value))
    }

    /// What it means.
    ///
    /// # Errors
    /// A message for each field that is wrong.
    pub fn evidence(&self) -> std::result::Result<Evidence, Errors> {
        let (mut errors, mut given) = (Errors::new(), Map::new());
        given.insert(HOLDS_GIL.to_owned(), self.holds_gil.into());
        for field in &FIELDS {
            match self.value(field) {
                Ok(Some(value)) => drop(given.insert(field.name.to_owned(), value)),
                Ok(None) => {}
                Err(failure) => errors.extend([told(&failure)]),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        read(&given, 1).map_err(|failure| Errors::from([told(&failure)]))
    }

    /// How a figure reads in larger units, where it does.
    pub fn understood(&self, field: &ParamSpec) -> Option<String> {
        let number = self.value(field).ok()??.as_f64()?;
        match field.unit {
            "ms" if number >= 1_000.0 => Some(format::duration(number)),
            "bytes" if number >= 1_000.0 => Some(format::bytes(number)),
            _ => None,
        }
    }
}

/// A failure under its key, behind the field's label.
fn told(failure: &Failure) -> (String, String) {
    let key = failure.key.clone().unwrap_or_default();
    let label = FIELDS.iter().find(|field| field.name == key).map(|field| field.label);
    let message = failure.problem.message();
    let message = label.map_or(message.clone(), |label| format!("{label}: {message}"));
    (key, message)
}

/// The number with three digits that count, as a link has it.
fn three_digits(number: f64) -> String {
    if number <= 0.0 {
        return "0".to_owned();
    }
    let decimals = (2.0 - number.log10().floor()).clamp(0.0, 9.0) as usize;
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// The slider of a field: over what is usual, which is less than what is accepted.
pub fn slider(field: &ParamSpec) -> Option<Slider> {
    let (min, max, is_whole) = match field.name {
        "tasks" => (1.0, 1e6, true),
        "computeMs" => (0.001, 1e5, false),
        "waitMs" => (0.0, 1e4, true),
        "bytesIn" | "bytesOut" => (0.0, 1e9, true),
        "cores" => (1.0, 64.0, true),
        _ => return None,
    };
    Some(Slider::between(min, max, is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::profiles::Source;

    fn of_link(query: &str) -> (TypedWork, Vec<Failure>) {
        TypedWork::of_link(query, 8, NumberFormat::default())
    }

    fn field(name: &str) -> &'static ParamSpec {
        FIELDS.iter().find(|field| field.name == name).expect("a field")
    }

    #[test]
    fn what_it_begins_with_is_right_and_its_link_holds_it() {
        let work = TypedWork::new(8, NumberFormat::default());
        let evidence = work.evidence().expect("nothing is wrong");
        assert_eq!((evidence.work.tasks, evidence.cores.value), (1_000, 8.0));
        assert_eq!(of_link(&work.query()), (work, vec![]));
    }

    #[test]
    fn a_link_holds_all_of_it() {
        let query = "lens=rust&tasks=12&computeMs=0.5&waitMs=3&bytesIn=5&bytesOut=0&cores=2\
                     &memoryPerWorker=1000000000&memory=16000000000&targetMs=60000&holdsGil=false";
        let (work, refused) = of_link(query);
        assert_eq!((work.query().as_str(), refused), (query, vec![]));
        assert_eq!((work.lens, work.holds_gil), (Lens::Rust, false));
        let evidence = work.evidence().expect("nothing is wrong");
        assert_eq!(evidence.limits.most_workers(), Some(16));
        assert_eq!(evidence.work.wait_ms.mean, 3.0);
    }

    #[test]
    fn what_a_link_may_not_have_is_refused_by_name_and_the_rest_holds() {
        let (work, refused) = of_link("tasks=7&lens=go&holdsGil=perhaps&speed=9");
        let keys: Vec<_> = refused.iter().filter_map(|failure| failure.key.as_deref()).collect();
        assert_eq!(keys, ["lens", "holdsGil", "speed"]);
        assert_eq!(work.text(field("tasks")), "7");
        let (_, refused) = of_link(&"tasks=1&".repeat(2_000));
        assert_eq!(refused.len(), 1);
    }

    #[test]
    fn each_field_that_is_wrong_has_its_message() {
        let (work, refused) = of_link("tasks=0&computeMs=x&cores=-1&memory=");
        assert_eq!(refused, []);
        let errors = work.evidence().expect_err("three are wrong");
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["computeMs", "cores", "tasks"]);
        assert!(errors["tasks"].starts_with("Tasks: "), "{}", errors["tasks"]);
        // Together they are nothing.
        let errors = of_link("computeMs=0&waitMs=0").0.evidence().expect_err("no work");
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["computeMs"]);
    }

    #[test]
    fn numbers_are_read_in_the_readers_language_and_written_in_the_pages() {
        let german = NumberFormat { group: '.', decimal: ',', group_len: 3 };
        let mut work = TypedWork::new(4, german);
        work.type_text(field("computeMs"), "2,5".to_owned());
        work.type_text(field("bytesIn"), "2000000".to_owned());
        assert_eq!(work.evidence().expect("right").work.compute_ms.mean, 2.5);
        assert!(work.query().contains("computeMs=2.5&"), "{}", work.query());
        assert_eq!(work.understood(field("bytesIn")).as_deref(), Some("2.00 MB"));
        assert_eq!(work.understood(field("computeMs")), None);
        // Neither is a link ambiguous to them.
        let (work, refused) = TypedWork::of_link("computeMs=1.543&bytesIn=1543", 4, german);
        assert_eq!(refused, []);
        assert_eq!(work.evidence().expect("right").work.compute_ms.mean, 1.543);
    }

    #[test]
    fn a_profile_fills_in_what_it_tells_shared_out_among_the_tasks() {
        let (mut work, _) = of_link("tasks=8&bytesIn=5");
        let source = Source::Time;
        work.fill_in(&TimeSpent { computing_ms: 1_000.0, waiting_ms: 0.0, source });
        assert_eq!(["computeMs", "waitMs"].map(|name| work.text(field(name))), ["125", "0"]);
        assert_eq!(work.text(field("bytesIn")), "5");
        work.fill_in(&TimeSpent { computing_ms: 0.01, waiting_ms: 12_345.0, source });
        assert_eq!(["computeMs", "waitMs"].map(|name| work.text(field(name))), ["0.00125", "1543"]);
        assert!(work.evidence().is_ok());
    }

    #[test]
    fn every_place_on_a_slider_is_accepted() {
        for field in &FIELDS {
            let Some(slider) = slider(field) else { continue };
            for place in 0..=crate::ui::lab::slider::PLACES {
                let value = number_or_text(&slider.number(place));
                assert_eq!(field.check(&value), Ok(()), "{} {value}", field.name);
            }
        }
    }
}
