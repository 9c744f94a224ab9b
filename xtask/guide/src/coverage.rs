//! Which section of the background article is in which chapter. `www/guide/coverage.md` is the table
//! of it; a test compares the two.

use crate::error::{Error, Flaw};
use crate::source::Written;

/// The article's sections, in order, its title as the first.
pub const SECTIONS: [&str; 53] = [
    "Multithreading vs Multiprocessing — Choosing the Right Concurrency Model",
    "What You Will Gain",
    "At a Glance: The Essential Distinction",
    "Concurrency vs Parallelism: Two Paths to Speed",
    "The Python GIL: Understanding the Constraint",
    "What the GIL Does",
    "How the GIL Shapes Your Choices",
    "The GIL's Future",
    "When to Use Multithreading",
    "Recognizing I/O-Bound Workloads",
    "A Practical Example: Concurrent HTTP Requests",
    "How Thread Pools Work",
    "Threads vs Asyncio: A Brief Comparison",
    "When to Use Multiprocessing",
    "Recognizing CPU-Bound Workloads",
    "A Practical Example: Parallel Prime Checking",
    "How Process Pools Work",
    "Memory and Serialization Trade-offs",
    "The `if __name__ == \"__main__\"` Guard",
    "The Concurrency API Landscape",
    "High-Level Executors (Recommended Starting Point)",
    "Lower-Level Threading APIs",
    "Lower-Level Multiprocessing APIs",
    "Asyncio for Massive Concurrency",
    "Data Sharing and Communication",
    "Threads: Shared Memory with Synchronization",
    "Processes: Isolated Memory with Explicit Communication",
    "Performance Considerations and Optimization",
    "Startup Overhead: Threads vs Processes",
    "Serialization Cost in Multiprocessing",
    "Oversubscription: Matching Workers to Cores",
    "Libraries That Release the GIL",
    "Measuring and Profiling",
    "Common Pitfalls and How to Avoid Them",
    "Deadlocks: Circular Waiting",
    "Race Conditions in Shared State",
    "Fork vs Spawn: Platform-Specific Start Methods",
    "Pickling Errors: What Cannot Be Serialized",
    "Global State Does Not Transfer",
    "Hybrid Patterns: Combining Threads and Processes",
    "The Two-Stage Pipeline Pattern",
    "Concurrent Producers with Process Consumers",
    "When to Use Hybrid Approaches",
    "Scaling Beyond One Machine",
    "Ray: Distributed Python with Minimal Refactoring",
    "Dask: Parallel Computing for Data Science",
    "Joblib: Lightweight Parallelism for Scikit-Learn",
    "Spark and Big Data Ecosystems",
    "Choosing the Right Tool",
    "Decision Framework: Choosing Your Concurrency Strategy",
    "Quick Reference Cheatsheet",
    "Further Learning and Resources",
    "Closing Thoughts",
];

/// Whether the article has this section.
///
/// # Errors
/// [`Flaw::NoSuchSection`].
pub fn check_section(section: &str) -> Result<(), Flaw> {
    match SECTIONS.contains(&section) {
        true => Ok(()),
        false => Err(Flaw::NoSuchSection(section.to_owned())),
    }
}

/// Whether every section is in a chapter, and every chapter names sections that are there.
///
/// # Errors
/// The first that is not.
pub fn check(written: &[Written]) -> Result<(), Error> {
    for chapter in written {
        for section in &chapter.front.article {
            check_section(section).map_err(|flaw| Error::at(format!("{}.md", chapter.id), flaw))?;
        }
    }
    let missing = SECTIONS.iter().find(|section| chapter_of(written, section).is_none());
    match missing {
        None => Ok(()),
        Some(section) => Err(Error::at("the guide", Flaw::NotCovered((*section).to_owned()))),
    }
}

fn chapter_of<'a>(written: &'a [Written], section: &str) -> Option<&'a Written> {
    written.iter().find(|it| it.front.article.iter().any(|covered| covered == section))
}

/// The table of it, in Markdown, with the experiments of each chapter.
#[cfg(test)]
pub fn table(written: &[Written], runs: impl Fn(&Written) -> Vec<String>) -> String {
    use std::fmt::Write as _;
    let mut table = String::from(
        "# Which section of the background article is where\n\n\
         | section | chapter | experiments in it |\n| --- | --- | --- |\n",
    );
    for section in SECTIONS {
        let Some(chapter) = chapter_of(written, section) else { continue };
        let runs = runs(chapter).iter().map(|id| format!("`{id}`")).collect::<Vec<_>>();
        // Writing to a text does not fail.
        let _ = writeln!(
            table,
            "| {section} | [{}]({}.md) | {} |",
            chapter.front.title,
            chapter.id,
            runs.join(", ")
        );
    }
    table
}
