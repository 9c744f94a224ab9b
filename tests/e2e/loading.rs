//! What a first visit loads, and what is loaded after (`xtask/split`).

use crate::support::download::{MOST_AT_FIRST, Size, first_visit};
use crate::support::{Page, server::Host};
use concurrency_playground::guide::contents::{CHAPTERS, file_of};
use concurrency_playground::workloads::WorkloadId;
use serde_json::json;

const DEFERRED: &str = "app_deferred.wasm";
/// Nothing else is asked for by a request that holds up the page.
const WAITED_FOR: &str = "performance.getEntriesByType('resource')
    .filter(({ initiatorType }) => initiatorType === 'xmlhttprequest').length";

#[tokio::test]
async fn first_visit_stays_within_its_budget() {
    let site = Host::isolated().start();
    let chapters = CHAPTERS.iter().filter(|entry| entry.questions > 0);
    let largest = chapters.map(|entry| entry.id).max_by_key(|id| Size::of(&chapter(id)).brotli);
    let largest = largest.expect("there are chapters");
    for path in ["".to_owned(), "#/lab".to_owned(), format!("#/guide/{largest}")] {
        let page = Page::open_at(&site, &path).await;
        page.appears("h1").await;
        let mut files = first_visit(&page).await;
        if path.contains("guide") {
            // A chapter is there once its text is.
            files.push(chapter(largest));
        }
        assert!(files.iter().any(|file| file == "app_bg.wasm"), "{path:?}: {files:?}");
        assert!(!files.iter().any(|file| file == DEFERRED), "{path:?}: {files:?}");
        let size: Size = files.iter().map(|file| Size::of(file)).sum();
        println!("{path:?}: {} bytes after Brotli", size.brotli);
        assert!(size.brotli <= MOST_AT_FIRST, "{path:?}: {} bytes: {files:?}", size.brotli);
    }
}

fn chapter(id: &str) -> String {
    format!("guide/{}", file_of(id))
}

/// Texts that are put off leave zeros behind.
#[tokio::test]
async fn first_sight_has_all_of_its_texts() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let never = format!(
        "const real = fetch;
         window.fetch = (...args) => String(args[0]).endsWith('{DEFERRED}')
             ? new Promise(() => {{}}) : real(...args);"
    );
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": never })).await;
    let workloads = WorkloadId::ALL.into_iter().map(|id| format!("#/lab?workload={}", id.id()));
    let others = ["", "#/lab", "?embed=1", "#/guide/the-gil", "#/none"];
    for path in others.map(str::to_owned).into_iter().chain(workloads) {
        page.open("about:blank").await;
        page.visit(&site.url(&path)).await;
        page.appears("h1, #workload").await;
        let blank = "const html = document.documentElement.outerHTML, at = html.indexOf('\\0');
            return at < 0 ? null : html.slice(at - 60, at + 60)";
        assert_eq!(page.js(blank, &[]).await, json!(null), "at {path:?}");
        assert_eq!(page.js(&format!("return {WAITED_FOR}"), &[]).await, 0, "at {path:?}");
    }
}

/// What the first sight of a page needs is not put off.
#[tokio::test]
async fn first_visit_waits_for_no_deferred_part() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for path in [
        "",
        "?embed=1",
        "#/lab?workload=requests&models=threads:4",
        "#/decide",
        "#/guide/the-gil",
        "#/guide/is-it-so",
        "#/guide/none",
        "#/glossary",
        "#/cheatsheet",
        "#/pitfalls",
        "#/pitfalls/lost-update",
        "#/primitives",
        "#/primitives/lock",
        "#/no",
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(path)).await;
        assert_eq!(page.js(&format!("return {WAITED_FOR}"), &[]).await, 0, "at {path:?}");
    }
}

#[tokio::test]
async fn what_is_not_loaded_yet_is_waited_for_when_it_is_needed() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    // The page's own request for it fails, the one that waits does not.
    let fails = format!(
        "const real = fetch;
         window.fetch = (...args) => String(args[0]).endsWith('{DEFERRED}')
             ? Promise.reject(new Error('unreachable')) : real(...args);"
    );
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": fails })).await;
    page.visit(&site.url("#/lab?workload=primes&count=2000&repeats=2&warmup=1")).await;
    page.run_by_hand().await;
    for id in ["main-thread", "threads", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
    assert_eq!(page.js(&format!("return {WAITED_FOR}"), &[]).await, 1);
}

#[tokio::test]
async fn deferred_part_that_fails_to_load_is_reported() {
    let site = Host::isolated().without(DEFERRED).start();
    let page = Page::open(&site).await;
    page.click("#run").await;
    page.appears("#not-loaded").await;
    let said = page.text("#not-loaded").await;
    assert!(said.contains("app_deferred.wasm was answered with 404"), "{said}");
    assert!(said.contains("reload the page"), "{said}");
}
