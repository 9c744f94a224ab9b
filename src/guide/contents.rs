//! The chapters of the guide, in the order in which they are read.

/// The ids of the chapters, as in their addresses (`#/guide/<id>`) and files (`www/guide/<id>.md`).
pub const CHAPTERS: [&str; 14] = [
    "waiting-and-computing",
    "concurrency-and-parallelism",
    "the-gil",
    "when-threads",
    "when-processes",
    "threads-or-asyncio",
    "the-apis",
    "sharing-data",
    "what-it-costs",
    "pitfalls",
    "pipelines",
    "beyond-one-machine",
    "deciding",
    "is-it-so",
];

/// The name of the glossary's file.
pub const GLOSSARY: &str = "glossary";

/// The file, in the folder of the guide, that the page loads for `name`: as postcard encodes it, which
/// takes less to read than JSON.
pub fn file_of(name: &str) -> String {
    format!("{name}.postcard")
}

/// The file with what the runs of a chapter came to on another device.
pub fn recorded_file_of(chapter: &str) -> String {
    format!("{chapter}.recorded.postcard")
}

/// The id of the chapter that is called `name`, if there is one.
pub fn chapter(name: &str) -> Option<&'static str> {
    CHAPTERS.into_iter().find(|id| *id == name)
}
