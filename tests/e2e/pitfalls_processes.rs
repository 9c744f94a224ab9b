//! The pitfalls on processes: each fails for real, each cure holds, and nothing is left behind.

use crate::support::Page;
use crate::support::server::Host;
use std::collections::BTreeMap;
use std::time::Duration;

/// How often each attempt is run.
const TIMES: usize = 10;
/// How often a fork that ends in a deadlock is.
const TIMES_FORKED: usize = 20;
/// Chromium takes up to 2 s to end a worker that is blocked.
const GONE_WITHIN: Duration = Duration::from_secs(10);
/// On a busy machine it sometimes never ends workers that workers started: three of a tree of 14 were once left.
const NESTED_LEFT: usize = 7;
/// By how much more memory may be in use after all runs than after the first, in bytes: each makes
/// several copies of a memory of 17 MB.
const MOST_LEFT: u64 = 64 << 20;
/// An attempt that is not over after this time never will be.
const PATIENCE: Duration = Duration::from_secs(60);

const REFUSED: [&str; 10] = [
    "function",
    "generator",
    "promise",
    "node",
    "wasm-instance",
    "proxy",
    "holder",
    "port",
    "weakmap",
    "detached",
];

async fn open(host: Host, pitfall: &str) -> (Page, crate::support::Site) {
    let site = host.start();
    let page = Page::open_at(&site, &format!("#/pitfalls/{pitfall}")).await;
    (page, site)
}

/// How often an attempt was run.
async fn runs(page: &Page, attempt: &str) -> u64 {
    let runs = "return Number(document.querySelector(`[data-attempt='${args[0]}']`).dataset.runs)";
    page.js(runs, &[attempt.into()]).await.as_u64().expect("a count")
}

async fn press(page: &Page, attempt: &str) {
    let button = format!("#run-{attempt}");
    page.until_within(PATIENCE, &format!("document.querySelector('{button}:enabled')")).await;
    page.click(&button).await;
}

/// Runs an attempt by its button; gives its verdict and its sentence.
async fn run(page: &Page, attempt: &str) -> (String, String) {
    let before = runs(page, attempt).await;
    press(page, attempt).await;
    let more = format!(
        "Number(document.querySelector(\"[data-attempt='{attempt}']\").dataset.runs) > {before}"
    );
    page.until_within(PATIENCE, &more).await;
    let verdict = "return document.querySelector(`[data-attempt='${args[0]}']`).dataset.verdict";
    let verdict = page.js(verdict, &[attempt.into()]).await;
    let said = page.text(&format!("[data-attempt='{attempt}'] .outcome p")).await;
    (verdict.as_str().expect("a verdict").to_owned(), said)
}

/// What stands in a table's cell.
async fn cell(page: &Page, attempt: &str, row: &str, column: usize) -> String {
    page.text(&format!("[data-attempt='{attempt}'] {row} :nth-child({column})")).await
}

/// What became of each value.
async fn fates(page: &Page) -> BTreeMap<String, (String, String)> {
    let rows = "return [...document.querySelectorAll(`[data-attempt='send'] tr[data-kind]`)].map(
        row => [row.dataset.kind, row.dataset.fate, row.querySelector('td code').textContent])";
    let rows = page.js(rows, &[]).await;
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| (text(&row[0]), (text(&row[1]), text(&row[2])))).collect()
}

#[tokio::test]
async fn values_that_cannot_be_sent_are_refused_in_the_browser_s_words() {
    let (page, _site) = open(Host::isolated(), "unsendable").await;
    for _ in 0..TIMES {
        let (verdict, said) = run(&page, "send").await;
        assert_eq!(verdict, "wrong", "{said}");
        assert!(said.contains("refused 10. 2 arrived whole, and 2 without"), "{said}");
        let fates = fates(&page).await;
        assert_eq!(fates.len(), 14);
        for kind in REFUSED {
            let (fate, words) = &fates[kind];
            assert_eq!(fate, "refused", "{kind}: {words}");
            assert!(words.starts_with("DataCloneError: "), "{kind}: {words}");
        }
        assert_eq!(fates["map"].1, "arrives: Map (balance: 10)");
        assert_eq!(fates["shared"].1, "arrives: SharedArrayBuffer (8 bytes)");
        assert_eq!(fates["instance"].1, "arrives: Object (balance: 10), without deposit");
        assert_eq!(
            fates["error"].1,
            "arrives: RangeError (message: the balance is 10), without code"
        );
        let (verdict, said) = run(&page, "send-instead").await;
        assert_eq!(verdict, "right", "{said}");
        assert!(said.contains("14 values: 14 arrived whole."), "{said}");
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn a_global_stays_what_it_was_and_the_cures_count_all() {
    let (page, _site) = open(Host::isolated(), "global-state").await;
    for _ in 0..TIMES {
        let (verdict, said) = run(&page, "globals").await;
        assert_eq!(verdict, "wrong", "{said}");
        assert!(said.contains("The page's counter is 0."), "{said}");
        let mut all = 0;
        for process in ["1", "2"] {
            let row = format!("[data-process='{process}']");
            let global = cell(&page, "globals", &row, 3).await;
            assert_eq!(cell(&page, "globals", &row, 2).await, global);
            let global: u32 = global.parse().expect("a number");
            assert!(global > 0, "process {process} had no task: {said}");
            all += global;
        }
        assert_eq!(all, 400);
        assert_eq!(cell(&page, "globals", "[data-process='page']", 3).await, "0");
        for cure in ["results", "shared-memory"] {
            let (verdict, said) = run(&page, cure).await;
            assert_eq!(verdict, "right", "{cure}: {said}");
            assert!(said.contains(": 400. It took"), "{cure}: {said}");
            assert_eq!(cell(&page, cure, "[data-process='count']", 2).await, "400");
        }
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn errors_are_known_only_where_results_are_read() {
    let (page, _site) = open(Host::isolated(), "global-state").await;
    for _ in 0..TIMES {
        let (verdict, said) = run(&page, "unread").await;
        assert_eq!(verdict, "wrong", "{said}");
        assert!(said.contains("ended without an error"), "{said}");
        assert!(said.contains("all 10 calls failed"), "{said}");
        let (verdict, said) = run(&page, "read").await;
        assert_eq!(verdict, "right", "{said}");
        assert!(said.contains("increment takes 0 arguments, but 1 was given."), "{said}");
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn without_a_main_guard_workers_start_workers_and_all_of_them_end() {
    let (page, _site) = open(Host::isolated(), "main-guard").await;
    for _ in 0..TIMES {
        let before = runs(&page, "unguarded").await;
        let left = page.workers();
        press(&page, "unguarded").await;
        // The operating system sees them, whatever the page says.
        let mut most = 0;
        while runs(&page, "unguarded").await == before {
            most = most.max(page.workers());
        }
        let all = if cfg!(target_os = "linux") { 14 } else { 0 };
        // Of those that were left, some may have ended meanwhile.
        assert!((all..=all + left).contains(&most), "{most} workers, {left} of them before");
        let said = page.text("[data-attempt='unguarded'] .outcome p").await;
        assert!(said.contains("14 workers: 2 + 4 + 8 in 3 generations"), "{said}");
        let boxes = "return document.querySelectorAll('.worker-tree [data-worker]').length";
        assert_eq!(page.js(boxes, &[]).await, 15);
        page.workers_are_at_most(NESTED_LEFT, GONE_WITHIN).await;
    }
    for _ in 0..TIMES {
        let (verdict, said) = run(&page, "guarded").await;
        assert_eq!(verdict, "right", "{said}");
        assert!(said.contains("The page started 2 workers, and they started none."), "{said}");
    }
    page.workers_are_at_most(NESTED_LEFT, GONE_WITHIN).await;
}

#[tokio::test]
async fn a_forked_child_inherits_a_held_lock_and_others_do_not() {
    let (page, _site) = open(Host::isolated(), "start-methods").await;
    let inherits = async |attempt: &str, what: &str| {
        cell(&page, attempt, &format!("[data-inherited='{what}']"), 3).await
    };
    let mut in_use = Vec::new();
    for _ in 0..TIMES_FORKED {
        let (verdict, said) = run(&page, "fork").await;
        assert_eq!(verdict, "deadlock", "{said}");
        assert_eq!(inherits("fork", "counter").await, "42");
        assert_eq!(inherits("fork", "data").await, "16 MB");
        assert!(inherits("fork", "lock").await.starts_with("waits for it: ended after 1.0"));
        for (attempt, counter, data) in
            [("fork-unlocked", "42", "16 MB"), ("forkserver", "0", "0 B"), ("spawn", "0", "0 B")]
        {
            let (verdict, said) = run(&page, attempt).await;
            assert_eq!(verdict, "right", "{attempt}: {said}");
            assert_eq!(inherits(attempt, "counter").await, counter, "{attempt}");
            assert_eq!(inherits(attempt, "data").await, data, "{attempt}");
            assert_eq!(inherits(attempt, "lock").await, "gets it", "{attempt}");
        }
        assert_eq!(inherits("spawn", "copied").await, "0 B");
        page.workers_are_at_most(0, GONE_WITHIN).await;
        in_use.extend(page.memory_left().await);
    }
    println!("in use after each, in MB: {:?}", in_use.iter().map(|b| b >> 20).collect::<Vec<_>>());
    assert!(!in_use.is_empty() || cfg!(not(target_os = "linux")), "nobody could tell");
    if let [first, .., last] = in_use[..] {
        assert!(last < first + MOST_LEFT, "{first} bytes after the first, {last} after the last");
    }
    // The page is alive, and nothing is left behind.
    page.click("nav a[href='#/pitfalls']").await;
    page.appears(".pitfall-list").await;
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn a_cancelled_attempt_ends_its_workers() {
    let (page, _site) = open(Host::isolated(), "start-methods").await;
    press(&page, "fork").await;
    page.appears("#cancel-fork").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.click("#cancel-fork").await;
    page.appears("#run-fork:enabled").await;
    assert_eq!(page.text("#pitfall-status").await, "Cancelled.");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    let (verdict, said) = run(&page, "spawn").await;
    assert_eq!(verdict, "right", "{said}");
}

#[tokio::test]
async fn a_page_that_is_left_ends_its_workers() {
    let (page, site) = open(Host::isolated(), "start-methods").await;
    press(&page, "fork").await;
    page.appears("#cancel-fork").await;
    page.open(&site.url("icon.svg")).await;
    // On a busy machine Chromium was once not done after ten seconds.
    page.workers_are_at_most(0, 3 * GONE_WITHIN).await;
}

/// Processes need no shared memory: only what shares it says what is missing.
#[tokio::test]
async fn without_isolation_only_shared_memory_is_missing() {
    let (page, site) = open(Host::plain().without("sw.js"), "global-state").await;
    assert_eq!(page.js("return crossOriginIsolated", &[]).await, false);
    assert_eq!(run(&page, "globals").await.0, "wrong");
    assert_eq!(run(&page, "results").await.0, "right");
    let said = page.text("[data-missing='shared-memory']").await;
    assert!(said.contains("isolated"), "{said}");
    assert!(!page.has("#run-shared-memory").await);
    let said = page.text("[data-attempt='shared-memory'] .recorded").await;
    assert!(said.contains("Recorded on") && said.contains("memory: 400."), "{said}");
    let cost = page.text("[data-cost='shared-memory']").await;
    assert!(cost.contains("right (recorded)"), "{cost}");
    let costs = page.text("#costs .help").await;
    assert!(costs.contains("recorded on a PC"), "{costs}");
    page.visit(&site.url("#/pitfalls/unsendable")).await;
    let (_, said) = run(&page, "send").await;
    assert!(said.ends_with("1 does not exist here."), "{said}");
    assert_eq!(fates(&page).await["shared"].0, "none");
    page.visit(&site.url("#/pitfalls/start-methods")).await;
    assert_eq!(run(&page, "fork").await.0, "deadlock");
    assert_eq!(run(&page, "fork-unlocked").await.0, "right");
    page.visit(&site.url("#/pitfalls/main-guard")).await;
    assert!(run(&page, "unguarded").await.1.contains("14 workers"));
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn a_script_that_is_missing_is_named_and_the_page_works_on() {
    for (file, pitfall, attempt) in [
        ("pitfalls/values.js", "unsendable", "send"),
        ("pitfalls/receiver.js", "unsendable", "send"),
        ("pitfalls/program.js", "main-guard", "unguarded"),
    ] {
        let (page, _site) = open(Host::isolated().without(file), pitfall).await;
        let (verdict, said) = run(&page, attempt).await;
        assert_eq!(verdict, "failed", "{file}: {said}");
        assert!(said.len() > 20, "{file}: {said}");
        page.appears(&format!("#run-{attempt}:enabled")).await;
        page.workers_are_at_most(0, GONE_WITHIN).await;
    }
}
