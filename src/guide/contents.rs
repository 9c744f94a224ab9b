//! The chapters of the guide, in the order in which they are read.

/// A chapter in the table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, as in its address (`#/guide/<id>`) and its file (`www/guide/<id>.md`).
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// How many questions it asks.
    pub questions: usize,
}

const fn entry(id: &'static str, title: &'static str, questions: usize) -> Entry {
    Entry { id, title, questions }
}

/// All chapters. Tests compare them with what is written.
pub static CHAPTERS: [Entry; 14] = [
    entry("waiting-and-computing", "Waiting and computing", 5),
    entry("concurrency-and-parallelism", "Concurrency and parallelism", 5),
    entry("the-gil", "The GIL", 6),
    entry("when-threads", "When threads", 4),
    entry("when-processes", "When processes", 5),
    entry("threads-or-asyncio", "Threads or asyncio", 5),
    entry("the-apis", "The APIs", 4),
    entry("sharing-data", "Sharing data", 5),
    entry("what-it-costs", "What it costs", 6),
    entry("pitfalls", "Pitfalls", 5),
    entry("pipelines", "Pipelines", 5),
    entry("beyond-one-machine", "Beyond one machine", 5),
    entry("deciding", "Deciding", 5),
    entry("is-it-so", "Is it so?", 0),
];

/// The name of the glossary's file.
pub const GLOSSARY: &str = "glossary";

/// The name of the file with what pitfalls' experiments came to on another device.
pub const ATTEMPTS: &str = "attempts";

/// The file, in the folder of the guide, that the page loads for `name`: as postcard encodes it, which
/// takes less to read than JSON.
pub fn file_of(name: &str) -> String {
    format!("{name}.postcard")
}

/// The file with what the runs of a chapter, or of [`ATTEMPTS`], came to on another device.
pub fn recorded_file_of(name: &str) -> String {
    format!("{name}.recorded.postcard")
}

/// The number of the chapter that is called `name`, from 0, if there is one.
pub fn position(name: &str) -> Option<usize> {
    CHAPTERS.iter().position(|entry| entry.id == name)
}

/// The chapter that is called `name`, if there is one.
pub fn chapter(name: &str) -> Option<&'static Entry> {
    CHAPTERS.get(position(name)?)
}

/// The chapter behind the one that is called `name`.
pub fn next(name: &str) -> Option<&'static Entry> {
    CHAPTERS.get(position(name)? + 1)
}
