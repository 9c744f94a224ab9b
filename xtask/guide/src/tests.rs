//! The guide as it stands is whole, and what is wrong in one is refused.

use super::*;
use crate::error::Flaw;
use crate::links::{For, address};
use crate::markdown::{Context, parts};
use concurrency_playground::guide::chapter::Part;
use concurrency_playground::pitfalls::content::ALL;

fn guide() -> Guide {
    Guide::read(&folder()).unwrap_or_else(|error| panic!("{error}"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/guide")
}

fn read(text: &str) -> Result<Vec<Part>, Flaw> {
    parts(text, For::Page, &Context { terms: &["gil"], claims: &[] })
}

#[test]
fn guide_is_whole() {
    let guide = guide();
    for chapter in guide.chapters().unwrap_or_else(|error| panic!("{error}")) {
        let live = &chapter.live;
        assert!((5..=10).contains(&live.minutes), "{}: {} minutes", live.id, live.minutes);
        assert!(!live.goal.ends_with('.'), "{}: the goal ends a sentence", live.id);
    }
}

/// Static pages and readers whose browser cannot run something see what was recorded.
#[test]
fn every_experiment_is_recorded() {
    let guide = guide();
    for chapter in guide.chapters().unwrap_or_else(|error| panic!("{error}")) {
        for run in chapter.live.parts.iter().flat_map(source::runs) {
            let is_recorded = chapter.recorded.runs.contains_key(run);
            let id = &chapter.live.id;
            assert!(is_recorded, "{id}: `{run}` is not recorded: run `cargo xtask record`");
        }
    }
    for query in ALL.iter().flat_map(|pitfall| pitfall.queries()) {
        let is_recorded = guide.recorded.runs.contains_key(query);
        assert!(is_recorded, "`{query}` is not recorded: run `cargo xtask record`");
    }
}

#[test]
fn coverage_table_is_the_truth() {
    let guide = guide();
    let chapters = guide.chapters().unwrap_or_else(|error| panic!("{error}"));
    let runs = |written: &source::Written| {
        let chapter = chapters.iter().find(|it| it.live.id == written.id);
        let parts = chapter.into_iter().flat_map(|it| &it.live.parts);
        parts.filter_map(|part| Some(part.run()?.0.to_owned())).collect()
    };
    let table = coverage::table(&guide.written, runs);
    let path = folder().join("coverage.md");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), table, "run with UPDATE_GOLDEN=1");
}

#[test]
fn markdown_is_cut_into_parts() {
    let read = read(
        "Text with a [GIL](term:gil).\n\n```python\nx = 1 < 2\n```\n\n\
         ```experiment\nid = \"a\"\ntitle = \"A\"\nrun = \"workload=primes\"\n```\n\nMore.\n",
    )
    .unwrap_or_else(|flaw| panic!("{flaw}"));
    let [Part::Html(before), Part::Experiment(block), Part::Html(after)] = &read[..] else {
        panic!("{read:?}");
    };
    assert!(before.contains("<a href=\"#/glossary/gil\">GIL</a>"), "{before}");
    assert!(before.contains("&lt; <span class=\"tok-number\">2</span>"), "{before}");
    assert_eq!((block.id.as_str(), after.trim()), ("a", "<p>More.</p>"));
}

#[test]
fn wrong_markdown_is_refused() {
    let wrong = [
        ("<b>bold</b>", "HTML is not allowed here"),
        ("![a](b.png)", "an image is not allowed here"),
        ("```predikt\nid = \"a\"\n```", "a block cannot be `predikt`"),
        ("[a](term:none)", "the link to `term:none` leads nowhere"),
        ("[a](http://example.org)", "the link to `http://example.org` leads nowhere"),
        ("```experiment\nid = \"a\"\n```", "missing field"),
        ("```lesson\nof = \"a\"\ntext = \"{speed}\"\n```", "there is no figure `speed`"),
        (
            "```experiment\nid = \"a\"\ntitle = \"A\"\nrun = \"workload=none\"\n```",
            "in `a` the query is refused",
        ),
    ];
    for (text, why) in wrong {
        let flaw = read(text).expect_err(text).to_string();
        assert!(flaw.contains(why), "{text}: {flaw}");
    }
}

#[test]
fn links_lead_to_both_kinds_of_pages() {
    let both =
        |to| [For::Page, For::StaticPages].map(|reader| address(to, reader, &["gil"]).expect(to));
    assert_eq!(both("term:gil"), ["#/glossary/gil", "glossary.html#gil"]);
    assert_eq!(both("chapter:the-gil"), ["#/guide/the-gil", "the-gil.html"]);
    assert_eq!(
        both("pitfall:lost-update"),
        ["#/pitfalls/lost-update", "../#/pitfalls/lost-update"]
    );
    assert_eq!(both("primitive:lock"), ["#/primitives/lock", "../#/primitives/lock"]);
    assert_eq!(both("page:decide"), ["#/decide", "../#/decide"]);
    assert_eq!(both("lab:workload=primes"), ["#/lab?workload=primes", "../#/lab?workload=primes"]);
}
