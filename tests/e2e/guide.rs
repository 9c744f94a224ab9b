//! The guide: chapters, claims, the glossary, static pages.

use crate::support::Page;
use crate::support::browser::ESCAPE;
use crate::support::page::Report;
use crate::support::server::{Host, Site, site_dir};
use concurrency_playground::exchange;
use concurrency_playground::guide::block;
use concurrency_playground::guide::chapter::{Chapter, Part};
use concurrency_playground::guide::claim::{Claim, ClaimVerdict};
use concurrency_playground::guide::contents::{CHAPTERS, Entry, file_of};
use concurrency_playground::guide::measured::Measurements;
use concurrency_playground::guide::recorded::Recorded;
use concurrency_playground::pitfalls;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An experiment of a chapter is over after so long, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn chapter(id: &str) -> Chapter {
    let path = site_dir().join("guide").join(file_of(id));
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{id}: {error}"));
    postcard::from_bytes(&bytes).unwrap_or_else(|error| panic!("{id}: {error}"))
}

async fn open(site: &Site, page: &Page, id: &str) {
    page.open("about:blank").await;
    page.visit(&site.url(&format!("#/guide/{id}"))).await;
    page.appears(".chapter h1").await;
}

/// Chooses the answer at this place of the question `id`.
async fn choose(page: &Page, id: &str, at: usize) {
    let body = "document.querySelectorAll(`input[name='guess-${args[0]}']`)[args[1]].click()";
    page.js(body, &[id.into(), at.into()]).await;
}

/// Presses the button that runs `id` and waits until it has run.
async fn run(page: &Page, id: &str) {
    page.appears(&format!("#run-{id}:enabled")).await;
    page.click(&format!("#run-{id}")).await;
    page.appears(&format!("#cancel-{id}")).await;
    page.until_within(PATIENCE, &format!("document.querySelector('#run-{id}:enabled')")).await;
}

/// Runs all that a chapter has, as a reader does, and looks for failures.
async fn walk(entries: &[Entry]) {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for Entry { id, .. } in entries {
        open(&site, &page, id).await;
        for part in &chapter(id).parts {
            let Some((block, query)) = part.run() else { continue };
            if matches!(part, Part::Predict(_) | Part::Question(_)) {
                choose(&page, block, 0).await;
            }
            run(&page, block).await;
            let body = "const block = document.querySelector(`#run-${args[0]}`).closest('.block');
                        return { status: block.querySelector('.run-status').innerText,
                                 failed: block.querySelectorAll('.failed').length }";
            let found = page.js(body, &[block.into()]).await;
            assert_eq!(found["status"], "Done.", "{id}: {block} ({query}): {found}");
            assert_eq!(found["failed"], 0, "{id}: {block} ({query})");
        }
        let unfilled = "return [...document.querySelectorAll('.figure')]
            .filter((figure) => figure.innerText === '…').length";
        assert_eq!(page.js(unfilled, &[]).await, 0, "{id}: a figure was not measured");
        // Whoever has answered all questions has done the chapter.
        let done = "return document.querySelector('.contents [aria-current]').textContent";
        let done = page.js(done, &[]).await;
        assert!(done.as_str().is_some_and(|text| text.contains('✓')), "{id}: {done}");
    }
}

#[tokio::test]
async fn first_chapters_run_as_they_are_read() {
    walk(&CHAPTERS[..4]).await;
}

#[tokio::test]
async fn middle_chapters_run_as_they_are_read() {
    walk(&CHAPTERS[4..7]).await;
}

#[tokio::test]
async fn later_chapters_run_as_they_are_read() {
    walk(&CHAPTERS[7..10]).await;
}

#[tokio::test]
async fn last_chapters_run_as_they_are_read() {
    walk(&CHAPTERS[10..13]).await;
}

#[tokio::test]
async fn a_prediction_is_made_before_its_run_and_kept() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    open(&site, &page, "when-processes").await;
    let asked = chapter("when-processes").parts.into_iter().find_map(|part| match part {
        Part::Predict(asked) => Some(asked),
        _ => None,
    });
    let asked = asked.expect("the chapter has a prediction");
    let button = format!("#run-{}", asked.id);
    let is_disabled = format!("return document.querySelector('{button}').disabled");
    assert_eq!(page.js(&is_disabled, &[]).await, true, "it runs before the reader predicts");
    choose(&page, &asked.id, 1).await;
    run(&page, &asked.id).await;
    let said = format!("return document.querySelector('{button}').closest('.block').innerText");
    let said = page.js(&said, &[]).await.as_str().expect("a text").to_owned();
    assert!(said.contains(&format!("You said “{}”", asked.choices[1].text)), "{said}");
    assert!(said.contains("×"), "{said}");
    let kept = "return localStorage['concurrency-playground.guide']";
    let kept = page.js(kept, &[]).await;
    assert!(kept.as_str().is_some_and(|text| text.contains(&asked.id)), "{kept}");
    page.js("document.querySelector('.contents details').open = true", &[]).await;
    page.click("#reset-progress").await;
    page.until("localStorage['concurrency-playground.guide'] === undefined").await;
}

#[tokio::test]
async fn one_experiment_runs_at_a_time_and_escape_cancels_it() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    open(&site, &page, "is-it-so").await;
    let buttons = "return [...document.querySelectorAll('[id^=\"run-\"]')].map(({ id }) => id)";
    let buttons = page.js(buttons, &[]).await;
    let first = buttons[0].as_str().expect("a claim can be tested").to_owned();
    page.click(&format!("#{first}")).await;
    page.until("document.querySelectorAll('[id^=\"run-\"]:enabled').length === 0").await;
    let cancels = "return document.querySelectorAll('[id^=\"cancel-\"]').length";
    assert_eq!(page.js(cancels, &[]).await, 1);
    let inert = "return document.querySelector('.contents').inert
        && document.querySelector('.head').inert";
    assert_eq!(page.js(inert, &[]).await, true, "links can be followed while something runs");
    let followed =
        "document.querySelector('.chapter a[href^=\"#/\"]').click(); return location.hash";
    assert_eq!(page.js(followed, &[]).await, "#/guide/is-it-so");
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.press(ESCAPE).await;
    page.appears(&format!("#{first}:enabled")).await;
    let status = "return document.querySelector(`#${args[0]}`).closest('.block')
        .querySelector('.run-status').innerText";
    assert_eq!(page.js(status, &[first.into()]).await, "Cancelled.");
}

#[tokio::test]
async fn all_claims_are_tested_one_after_another_until_escape() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    open(&site, &page, "is-it-so").await;
    page.click("#test-all").await;
    page.until_within(PATIENCE, "document.querySelectorAll('[data-verdict]').length >= 3").await;
    page.press(ESCAPE).await;
    page.appears("#test-all:enabled").await;
    let cancelled = "return [...document.querySelectorAll('.run-status')]
        .filter((status) => status.innerText === 'Cancelled.').length";
    let cancelled = page.js(cancelled, &[]).await;
    assert!(cancelled == 0 || cancelled == 1, "{cancelled} were cancelled");
    tokio::time::sleep(Duration::from_secs(1)).await;
    page.appears("#test-all:enabled").await;
}

/// Whoever looks a term up finds their answers again. Whoever goes on begins at the top, told where
/// they are.
#[tokio::test]
async fn a_reader_goes_to_the_glossary_and_back_and_on() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    open(&site, &page, "when-processes").await;
    assert_eq!(
        page.js("return document.title", &[]).await,
        "When processes · Concurrency Playground"
    );
    choose(&page, "two-processes", 1).await;
    run(&page, "two-processes").await;
    let link = "document.querySelectorAll('.chapter a[href^=\"#/glossary/\"]')[10]";
    page.js(&format!("{link}.scrollIntoView(); {link}.click()"), &[]).await;
    page.until("document.activeElement?.id.startsWith('term-')").await;
    page.js("history.back()", &[]).await;
    page.until("document.querySelector('.block-outcome')?.innerText.includes('You said')").await;
    page.until(&format!("Math.abs({link}.getBoundingClientRect().top) < innerHeight")).await;
    page.click(".next a").await;
    page.until("document.querySelector('.chapter h1')?.innerText === 'Threads or asyncio'").await;
    let focus = "return { top: scrollY, focus: document.activeElement.id }";
    assert_eq!(page.js(focus, &[]).await, json!({ "top": 0, "focus": "main" }));
    assert_eq!(
        page.js("return document.title", &[]).await,
        "Threads or asyncio · Concurrency Playground"
    );
}

#[tokio::test]
async fn unknown_chapters_and_terms_lead_to_the_lists() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    page.visit(&site.url("#/guide/none")).await;
    let said = page.text("main").await;
    assert!(said.contains("No chapter is called “none”"), "{said}");
    let links = "return document.querySelectorAll('.lost a').length";
    assert_eq!(page.js(links, &[]).await, CHAPTERS.len());
    page.click(".lost a").await;
    page.appears(".chapter h1").await;
    page.open("about:blank").await;
    page.visit(&site.url("#/glossary/none")).await;
    page.appears(".glossary dt").await;
    assert!(page.text("main [role=alert]").await.contains("There is no term “none”"));
    page.open("about:blank").await;
    page.visit(&site.url("#/glossary/gil")).await;
    page.until("document.activeElement?.id === 'term-gil'").await;
}

#[tokio::test]
async fn a_chapter_that_cannot_be_loaded_says_so_and_can_be_tried_again() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let fails = "const real = fetch;
        window.isDown = true;
        window.fetch = (...args) => window.isDown && String(args[0]).endsWith('the-gil.postcard')
            ? Promise.reject(new TypeError('unreachable')) : real(...args);";
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": fails })).await;
    page.visit(&site.url("#/guide/the-gil")).await;
    page.appears(".guide [role=alert]").await;
    let said = page.text(".guide [role=alert]").await;
    assert!(said.contains("could not be loaded (unreachable)"), "{said}");
    let ways =
        "return [...document.querySelectorAll('.guide a')].map((it) => it.getAttribute('href'))";
    let ways = page.js(ways, &[]).await.to_string();
    for way in ["#/guide/deciding", "#/lab", "guide/the-gil.html"] {
        assert!(ways.contains(way), "{ways}");
    }
    page.js("window.isDown = false", &[]).await;
    page.click(".guide [role=alert] button").await;
    page.appears(".chapter h1").await;
}

#[tokio::test]
async fn without_shared_memory_a_recorded_result_is_marked_as_recorded() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::start().await;
    open(&site, &page, "the-gil").await;
    page.until("document.querySelector('.chapter').innerText.includes('Recorded on ')").await;
    let lack = page.text(".lack").await;
    assert!(lack.contains("isolated") || lack.contains("shared memory"), "{lack}");
    // Whoever predicts is answered by what was recorded.
    choose(&page, "compute-with-gil", 1).await;
    page.until("document.querySelector('.block-outcome')?.innerText.includes('That is right.')")
        .await;
    // Requests are answered by a service worker, whatever the model.
    open(&site, &page, "beyond-one-machine").await;
    choose(&page, "wait-for-each", 0).await;
    let block = "document.querySelector('#run-wait-for-each').closest('.block').innerText";
    page.until(&format!("/Recorded on Chromium .*, 20\\d\\d-/.test({block})")).await;
}

/// On this machine no claim is refuted that the same test confirms.
#[tokio::test]
#[ignore = "tests every claim several times, which takes about ten minutes"]
async fn claims_come_out_the_same_each_time() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let mut verdicts: BTreeMap<String, Vec<ClaimVerdict>> = BTreeMap::new();
    let chapter = chapter("is-it-so");
    for claim in (0..5).flat_map(|_| claims(&chapter)) {
        let Some(query) = &claim.run else { continue };
        let measured = measured(&page, query).await;
        let verdict = claim.verdict(&measured);
        let value = claim.measure.and_then(|figure| figure.value(&measured));
        println!("{}: {verdict:?} {value:?}", claim.id);
        verdicts.entry(claim.id.clone()).or_default().push(verdict);
    }
    for (id, verdicts) in verdicts {
        let both =
            [ClaimVerdict::Confirmed, ClaimVerdict::Refuted].iter().all(|it| verdicts.contains(it));
        assert!(!both, "{id}: {verdicts:?}");
    }
}

fn claims(chapter: &Chapter) -> impl Iterator<Item = &Claim> {
    chapter.parts.iter().flat_map(|part| match part {
        Part::Claims(claims) => claims.as_slice(),
        _ => &[],
    })
}

#[tokio::test]
async fn every_claim_has_a_verdict_or_a_reason() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    open(&site, &page, "is-it-so").await;
    for claim in claims(&chapter("is-it-so")) {
        if claim.run.is_none() {
            let body = "return document.querySelector(`[data-claim='${args[0]}']`).innerText";
            let said = page.js(body, &[claim.id.as_str().into()]).await;
            let said = said.as_str().expect("a text");
            assert!(said.contains("Not testable in a browser."), "{}: {said}", claim.id);
            continue;
        }
        run(&page, &claim.id).await;
        let body = "return document.querySelector(`[data-claim='${args[0]}'] [data-verdict]`)
            ?.dataset.verdict";
        let verdict = page.js(body, &[claim.id.as_str().into()]).await;
        assert!(
            ["confirmed", "refuted", "not-clear"].iter().any(|word| verdict == *word),
            "{}: {verdict}",
            claim.id
        );
    }
}

/// The run of `query`, as the guide quotes it.
async fn measured(page: &Page, query: &str) -> Measurements {
    let experiment = block::checked(query).expect("checked when it was built");
    let Report(report) = page.report(&experiment.to_json()).await;
    let report = exchange::read::read(&report.to_string()).expect("the page's own report");
    Measurements::of(&report)
}

#[tokio::test]
#[ignore = "writes www/guide/recorded.json"]
async fn record() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/guide/recorded.json");
    let before = fs::read_to_string(&path).ok();
    let before: Recorded =
        before.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let agent = page.js("return navigator.userAgent", &[]).await;
    let agent = agent.as_str().unwrap_or_default();
    let version = agent.split("Chrome/").nth(1).and_then(|rest| rest.split('.').next());
    let cores = page.js("return navigator.hardwareConcurrency", &[]).await;
    let date = page.js("return new Date().toISOString().slice(0, 10)", &[]).await;
    let device = format!(
        "Chromium {} on Linux with {cores} cores",
        version.unwrap_or("of an unknown version")
    );
    let mut recorded = Recorded {
        device,
        date: date.as_str().unwrap_or_default().to_owned(),
        runs: BTreeMap::new(),
    };
    let chapters = CHAPTERS.each_ref().map(|entry| chapter(entry.id));
    let mut queries: BTreeSet<_> =
        pitfalls::content::ALL.iter().flat_map(|it| it.queries()).map(str::to_owned).collect();
    for part in chapters.iter().flat_map(|chapter| &chapter.parts) {
        queries.extend(part.run().map(|(_, query)| query.to_owned()));
        if let Part::Claims(claims) = part {
            queries.extend(claims.iter().filter_map(|claim| claim.run.clone()));
        }
    }
    let all = std::env::var_os("RECORD_ALL").is_some();
    for query in queries {
        // Whatever is kept has to be of the same day, as there is one date for all.
        let is_same = (&before.device, &before.date) == (&recorded.device, &recorded.date);
        let known = before.runs.get(&query).filter(|_| is_same && !all);
        let run = match known {
            Some(run) => run.clone(),
            None => measured(&page, &query).await,
        };
        println!("{query}: {} models", run.models.len());
        recorded.runs.insert(query, rounded(run));
    }
    let text = serde_json::to_string_pretty(&recorded).expect("it can be written");
    fs::write(&path, text + "\n").expect("the file can be written");
}

/// Figures with so many digits as anybody reads.
fn rounded(run: Measurements) -> Measurements {
    fn short(value: &mut Value) {
        match value {
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                let digits = 4 - (number.abs().max(1e-9).log10().floor() as i32);
                let scale = 10_f64.powi(digits.clamp(0, 6));
                *value = json!((number * scale).round() / scale);
            }
            Value::Array(items) => items.iter_mut().for_each(short),
            Value::Object(fields) => fields.values_mut().for_each(short),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(run).expect("it can be written");
    short(&mut value);
    serde_json::from_value(value).expect("it can be read")
}

/// Whether a static page has this text.
fn has(page: &str, text: &str) {
    let entities = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")];
    let text = entities.iter().fold(text.to_owned(), |text, (of, as_)| text.replace(of, as_));
    assert!(page.contains(&text), "“{text}” is missing");
}

#[test]
fn static_pages_read_without_javascript_and_have_no_broken_link() {
    let folder = site_dir().join("guide");
    for id in CHAPTERS.iter().map(|entry| entry.id) {
        let chapter = chapter(id);
        let page = fs::read_to_string(folder.join(format!("{id}.html"))).expect("a static page");
        assert!(!page.contains("<script"), "{id} has a script");
        assert!(page.contains(&format!("<h1>{}</h1>", chapter.title)), "{id} has no heading");
        let mut runs = 0;
        for part in &chapter.parts {
            match part {
                Part::Experiment(block) => has(&page, &block.title),
                Part::Predict(asked) | Part::Question(asked) => has(&page, &asked.ask),
                Part::Claims(claims) => claims.iter().for_each(|claim| has(&page, &claim.says)),
                // Links lead elsewhere there.
                Part::Html(html) => {
                    let heading = html.split_once("<h2>").and_then(|it| it.1.split_once("</h2>"));
                    assert!(heading.is_none_or(|it| page.contains(it.0)), "{id}: {heading:?}");
                }
                Part::Lesson(_) => {}
            }
            runs += usize::from(part.run().is_some());
        }
        let tables = page.matches("aria-label=\"Results\"").count();
        assert_eq!(tables, runs, "{id} does not show what came out of each run");
    }
    let pages = fs::read_dir(&folder).expect("the guide is built").flatten();
    let pages: Vec<PathBuf> = pages
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    assert_eq!(pages.len(), CHAPTERS.len() + 2);
    for path in pages {
        let page = fs::read_to_string(&path).expect("a static page");
        for link in attributes(&page, "href=\"") {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            if file.starts_with("https://") {
                continue;
            }
            let target = match file {
                "" => path.clone(),
                "../" => site_dir().join("index.html"),
                file => folder.join(file),
            };
            assert!(target.exists(), "{}: {link} leads nowhere", path.display());
            if !anchor.is_empty() && !anchor.starts_with('/') {
                let there = fs::read_to_string(&target).expect("a static page");
                let id = format!("id=\"{anchor}\"");
                assert!(there.contains(&id), "{}: {link} leads nowhere", path.display());
            }
        }
    }
}

fn attributes<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    page.split(name).skip(1).filter_map(|rest| rest.split('"').next())
}
