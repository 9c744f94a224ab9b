//! Ways of sharing: the pools' options in the form and in links, and the card that
//! compares the ways.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

/// A sum that is done in no time.
const SUM: &str = "#/lab?workload=array-sum&n=100000&repeats=3&warmup=1";
/// Two sizes of the card are measured within this time, on a busy machine, too.
const TWO_SIZES: Duration = Duration::from_secs(120);

/// Unfolds the options of processes, scrolled to where nothing sticks to the window.
async fn unfold(page: &Page) {
    let summary = "#options-processes summary";
    let scroll = "document.querySelector(args[0]).scrollIntoView({ block: 'center' })";
    page.js(scroll, &[summary.into()]).await;
    page.click(summary).await;
    page.appears("#options-processes[open]").await;
}

/// Chooses a word of an option of processes, as a click on its segment does.
async fn choose(page: &Page, option: &str, word: &str) {
    let radio = format!("#options-processes input[name='{option}-processes'][value='{word}']");
    page.js("document.querySelector(args[0]).click()", &[radio.as_str().into()]).await;
    page.appears(&format!("{radio}:checked")).await;
}

/// The experiment of the report that the page shows, as its link says it.
async fn shared_link(page: &Page) -> String {
    let link = "return document.querySelector('.verdict .share').getAttribute('href')";
    page.js(link, &[]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn options_that_are_chosen_reach_the_report() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SUM}&models=main-thread,processes:2")).await;
    assert!(page.has("#options-processes:not([open])").await, "it is folded away at first");
    let name = page.text("#options-processes summary .visually-hidden").await;
    assert_eq!(name, "Processes: options");
    unfold(&page).await;
    choose(&page, "dataMode", "shared").await;
    choose(&page, "startMethod", "spawn").await;
    page.fill("#chunkSize-processes", "many").await;
    page.appears("#error-chunkSize-processes").await;
    assert!(page.has("#run:disabled").await);
    let said = page.text(".model-processes > .error").await;
    assert_eq!(said, "An option needs another value.");
    page.fill("#chunkSize-processes", "3").await;
    page.appears("#run:enabled").await;
    let said = page.text("#changed-processes").await;
    assert_eq!(said, "Changed: chunks of 3, spawn, shared buffer.");
    page.run_by_hand().await;
    assert_eq!(page.state("processes").await, "done");
    let label = page.text("[data-result='processes'] .row-name").await;
    assert_eq!(label, "Processes × 2 (chunks of 3, spawn, shared buffer)");
    let link = shared_link(&page).await;
    let models = "models=main-thread,processes:2;chunkSize=3;startMethod=spawn;dataMode=shared";
    assert!(link.contains(models), "{link}");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_link_brings_options_and_pools_that_differ_by_them_are_told_apart() {
    let site = Host::isolated().start();
    let models = "processes:2,processes:2;dataMode=transfer,processes:2;staticData=initializer";
    let page = Page::open_at(&site, &format!("{SUM}&models={models}")).await;
    assert!(!page.has("#refused").await);
    page.run_by_hand().await;
    page.open_tab("table").await;
    let rows = "return [...document.querySelectorAll('#results-table tbody tr')]
        .map((row) => [...row.children].map((cell) => cell.textContent))";
    let rows = page.js(rows, &[]).await;
    let labels: Vec<_> = rows.as_array().expect("a list").iter().map(|row| &row[0]).collect();
    assert_eq!(
        labels,
        ["Processes × 2", "Processes × 2 (transferred)", "Processes × 2 (preloaded)"]
    );
    // 400 KB move each time, unless every process has them beforehand.
    for (at, moves) in [(0, true), (1, true), (2, false)] {
        let (sent, rate) = (rows[at][7].as_str(), rows[at][8].as_str());
        assert_eq!(sent.is_some_and(|sent| sent.starts_with("400 KB")), moves, "{rows}");
        assert!(rate.is_some_and(|rate| rate.ends_with("B/s")), "{rows}");
    }
    // What was handed over comes back; else the answer alone does.
    for (at, comes_back) in [(0, false), (1, true), (2, false)] {
        let received = rows[at][7].as_str().and_then(|moved| moved.split_once(", "));
        let is_all = received.is_some_and(|(_, received)| received.starts_with("400 KB"));
        assert_eq!(is_all, comes_back, "{rows}");
    }
    let names = "return [...document.querySelectorAll('#bars .row-name')]
        .map((name) => name.textContent)";
    let names = page.js(names, &[]).await;
    assert!(names.as_array().is_some_and(|names| names.contains(labels[2])), "{names}");

    page.open("about:blank").await;
    page.visit(&site.url(&format!("{SUM}&models=processes;dataMode=telepathy"))).await;
    page.appears("#refused").await;
    assert!(page.text("#refused").await.contains("dataMode: "));
}

/// The rows of the card's table.
async fn table(page: &Page) -> Vec<Vec<String>> {
    let rows = "return [...document.querySelectorAll('#sharing .data tbody tr')]
        .map((row) => [...row.children].map((cell) => cell.textContent))";
    serde_json::from_value(page.js(rows, &[]).await).expect("a table")
}

#[tokio::test]
async fn the_card_compares_the_ways_size_by_size_until_it_is_cancelled() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, SUM).await;
    page.open_tab("sharing").await;
    assert!(!page.has("#sharing").await, "there is nothing to show yet");
    page.click("#run-sharing").await;
    page.appears("#cancel-sharing").await;
    assert!(!page.has("#run").await, "one thing at a time");
    let third = "document.querySelector('#sharing-status').textContent === '1 MB, 3 of 7'";
    page.until_within(TWO_SIZES, third).await;
    page.click("#cancel-sharing").await;
    page.appears("#run-sharing:enabled").await;
    assert!(page.text("#sharing-status").await.starts_with("Cancelled."));

    let rows = table(&page).await;
    let heads: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    let ways = ["Main thread", "Threads", "Copied", "Transferred", "Shared buffer", "Preloaded"];
    let expected: Vec<_> = ["64 KB", "256 KB"]
        .iter()
        .flat_map(|size| ways.map(|way| format!("{size}, {way}")))
        .collect();
    assert_eq!(heads, expected);
    for row in &rows {
        assert!(row[1].ends_with('s'), "a time: {row:?}");
        let is_sent = row[0].ends_with("Copied") || row[0].ends_with("Transferred");
        let sent = if row[0].starts_with("64 KB") { "65.5 KB" } else { "262 KB" };
        assert_eq!(row[3] == sent, is_sent, "{row:?}");
    }
    let said = page.text("#sharing-text").await;
    assert!(said.contains("Copying ") && said.contains("256 KB"), "{said}");
    let drawn = "return {
        lines: document.querySelectorAll('#sharing svg[aria-label] .way .curve').length,
        name: document.querySelector('#sharing svg[aria-label]').getAttribute('aria-label'),
    }";
    let drawn: Value = page.js(drawn, &[]).await;
    assert_eq!(drawn["lines"], json!(ways.len()));
    assert!(drawn["name"].as_str().is_some_and(|name| name.contains("Copied")), "{drawn}");
    // The lab is free again.
    page.run_by_hand().await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_shared_here_says_why() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_at(&site, &format!("{SUM}&models=main-thread,processes:2")).await;
    page.open_tab("sharing").await;
    for way in ["threads", "shared"] {
        let said = page.text(&format!("#share [data-way='{way}'] .reason")).await;
        assert!(said.contains("Cannot run here. ") && said.len() > 40, "{way}: {said}");
    }
    assert!(!page.has("#share [data-way='copy'] .reason").await);
    unfold(&page).await;
    page.appears("#options-processes input[value='shared']:disabled").await;
    let said = page.text("#options-processes .reason").await;
    assert!(said.starts_with("Not here: shared buffer. "), "{said}");

    // The others are measured all the same.
    page.click("#run-sharing").await;
    let second = "document.querySelector('#sharing-status').textContent === '256 KB, 2 of 7'";
    page.until_within(TWO_SIZES, second).await;
    page.click("#cancel-sharing").await;
    page.appears("#run-sharing:enabled").await;
    let rows = table(&page).await;
    let heads: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    let ways = ["Main thread", "Copied", "Transferred", "Preloaded"];
    assert_eq!(heads, ways.map(|way| format!("64 KB, {way}")));
}
