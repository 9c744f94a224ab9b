//! Models of other programs, which reports name and this page cannot run: known by what the
//! report says of them.
//!
//! A model is a small value that is copied everywhere, so what is said of a foreign one is kept
//! for as long as the page is open. The number of such models is bounded.

use super::definition::{Definition, Memory};
use super::option::WORKERS;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// Most foreign models that a page knows at once. A report has 16 models at most.
pub const MAX_FOREIGN: usize = 256;
/// Foreign models have as many styles, in `www/models.css`.
const STYLES: usize = 4;

static KNOWN: Mutex<Known> = Mutex::new(Known(Vec::new()));

/// The foreign models that are known, by their numbers.
struct Known(Vec<&'static Definition>);

/// A model of another program.
#[derive(Clone, Copy, Debug)]
pub struct ForeignModel {
    number: usize,
    definition: &'static Definition,
    /// Its place among the foreign models of its report.
    place: usize,
}

impl ForeignModel {
    /// The model with this id, title and memory, the `place`-th of the foreign ones of a report;
    /// `None` where as many others are known as there is room for.
    pub fn named(id: &str, title: &str, memory: Memory, place: usize) -> Option<Self> {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let (number, definition) = known.named(id, title, memory)?;
        Some(Self { number, definition, place })
    }

    /// What it is.
    pub fn definition(self) -> &'static Definition {
        self.definition
    }

    /// The class of its styles in `www/models.css`, one of a few in turn.
    pub fn class(self) -> String {
        format!("model-foreign-{}", self.place % STYLES + 1)
    }
}

impl Known {
    fn named(
        &mut self,
        id: &str,
        title: &str,
        memory: Memory,
    ) -> Option<(usize, &'static Definition)> {
        let mut models = self.0.iter().copied().enumerate();
        let same = models.find(|(_, one)| (one.id, one.title, one.memory) == (id, title, memory));
        if same.is_some() {
            return same;
        }
        let number = self.0.len();
        if number == MAX_FOREIGN {
            return None;
        }
        let title: &str = title.to_owned().leak();
        let definition = Box::leak(Box::new(Definition {
            id: id.to_owned().leak(),
            title,
            in_text: title,
            at_start: title,
            is_plural: false,
            python: "",
            here: "",
            memory,
            needs_stages: false,
            options: if memory == Memory::Page { &[] } else { &[WORKERS] },
        }));
        self.0.push(definition);
        Some((number, definition))
    }
}

impl PartialEq for ForeignModel {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for ForeignModel {}

impl Hash for ForeignModel {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl PartialOrd for ForeignModel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ForeignModel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_model() {
        let one =
            ForeignModel::named("asyncio", "asyncio", Memory::Page, 0).expect("there is room");
        let again = ForeignModel::named("asyncio", "asyncio", Memory::Page, 0);
        let pool =
            ForeignModel::named("asyncio", "asyncio", Memory::Own, 1).expect("there is room");
        assert_eq!(Some(one), again);
        assert_ne!(one, pool);
        assert_eq!((one.definition().options.len(), pool.definition().options.len()), (0, 1));
    }

    #[test]
    fn there_are_no_more_than_there_is_room_for() {
        let mut known = Known(Vec::new());
        for number in 0..MAX_FOREIGN {
            assert!(known.named(&format!("model-{number}"), "A model", Memory::Own).is_some());
        }
        assert!(known.named("one-more", "A model", Memory::Own).is_none());
        assert!(known.named("model-7", "A model", Memory::Own).is_some());
    }

    #[test]
    fn each_style_is_there() {
        let styles = include_str!("../../www/models.css");
        for number in 1..=STYLES {
            let rule = format!(".model-foreign-{number} {{");
            assert_eq!(styles.matches(&rule).count(), 1, "{rule}");
            let colour = format!(" --foreign-{number}: #");
            assert_eq!(styles.matches(&colour).count(), 3, "{colour}");
        }
    }
}
