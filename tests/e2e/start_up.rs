//! The card that measures what starting workers costs.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::Value;
use std::time::Duration;

/// What each row of the table says: the way, the two times here, and CPython's.
const ROWS: &str = "return [...document.querySelectorAll('#start-up-table tbody tr')]
    .map((row) => [row.dataset.way, ...[...row.cells].slice(1).map((cell) => cell.textContent)])";

async fn rows(page: &Page) -> Vec<Vec<String>> {
    let rows: Value = page.js(ROWS, &[]).await;
    serde_json::from_value(rows).expect("a table of texts")
}

#[tokio::test]
async fn starting_is_measured_in_every_way_beside_what_cpython_takes() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?show=start-up").await;
    let before = rows(&page).await;
    assert_eq!(
        before.iter().map(|row| &row[0]).collect::<Vec<_>>(),
        ["threads", "forkserver", "spawn"]
    );
    assert!(before.iter().all(|row| row[1] == "—" && row[2] == "—" && row[3].contains("ms")));
    page.click("#run-start-up").await;
    let measured = "document.querySelector('#start-up-status').textContent === 'Measured.'";
    page.until_within(Duration::from_secs(90), measured).await;
    let after = rows(&page).await;
    println!("{after:?}");
    for row in &after {
        assert!(["s", "ms", "µs"].iter().any(|unit| row[1].ends_with(unit)), "{row:?}");
        assert!(["ms", "µs"].iter().any(|unit| row[2].ends_with(unit)), "{row:?}");
    }
    let said = page.text("#start-up-text").await;
    assert!(said.starts_with("Compared with threads, processes took"), "{said}");
    page.workers_are_at_most(0, Duration::from_secs(10)).await;
}

#[tokio::test]
async fn without_shared_memory_threads_say_why_not_and_processes_are_started() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_at(&site, "#/lab?show=start-up").await;
    assert!(page.text("#start-up-table tr[data-way='threads']").await.contains("isolated"));
    page.click("#run-start-up").await;
    page.until("document.querySelector('#cancel-start-up')").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.click("#cancel-start-up").await;
    let ended = "document.querySelector('#start-up-status').textContent.startsWith('Cancelled.')";
    page.until(ended).await;
}
