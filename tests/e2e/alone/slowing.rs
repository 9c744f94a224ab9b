//! The pitfalls that make a program slow: the figures that their texts speak of are there after a run, and
//! show what the texts say.

use crate::support::Page;
use crate::support::server::Host;
use std::time::Duration;

/// An experiment runs until its times have settled.
const RUN_WITHIN: Duration = Duration::from_secs(120);
/// A page that stands still for longer than this, in ms, is felt to.
const FROZEN_MS: f64 = 100.0;

/// Runs the experiment of an attempt.
async fn run(page: &Page, attempt: &str) {
    page.click(&format!("#run-{attempt}:enabled")).await;
    let ran =
        format!("document.querySelector('#run-{attempt}:enabled')?.innerText === 'Run again'");
    page.until_within(RUN_WITHIN, &ran).await;
    println!("{attempt}: {}", page.text(&format!("[data-attempt='{attempt}']")).await);
    println!("{}", page.text("#costs").await);
}

/// A figure that the page shows of an attempt.
async fn figure(page: &Page, attempt: &str, figure: &str) -> f64 {
    let value = "return Number(document.querySelector(args[0])?.dataset.value)";
    let shown = format!("[data-attempt='{attempt}'] [data-figure='{figure}']");
    page.js(value, &[shown.into()]).await.as_f64().expect("a number")
}

/// How many times as fast the `number`-th model is as the first.
async fn ratio(page: &Page, attempt: &str, number: u32) -> f64 {
    let bar = format!("[data-attempt='{attempt}'] .run-bar:nth-child({number}) .run-ratio");
    page.text(&bar).await.trim_end_matches('×').parse().expect("a number")
}

async fn open(pitfall: &str) -> (Page, crate::support::Site) {
    let site = Host::isolated().start();
    let page = Page::open_alone_at(&site, &format!("#/pitfalls/{pitfall}")).await;
    (page, site)
}

#[tokio::test]
async fn more_workers_than_cores_take_longer_to_start() {
    let (page, _site) = open("too-many-workers").await;
    run(&page, "beyond-cores").await;
    let fewer_ms = figure(&page, "beyond-cores", "startup 1").await;
    let more_ms = figure(&page, "beyond-cores", "startup 2").await;
    assert!(fewer_ms < more_ms, "{fewer_ms} ms, {more_ms} ms");
    run(&page, "as-many-as-cores").await;
    assert!(figure(&page, "as-many-as-cores", "startup 2").await > 0.0);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_message_for_each_task_is_slower_than_one_for_many() {
    let (page, _site) = open("chatty-queue").await;
    run(&page, "one-by-one").await;
    run(&page, "chunks").await;
    let one_by_one = ratio(&page, "one-by-one", 2).await;
    let in_chunks = ratio(&page, "chunks", 2).await;
    assert!(one_by_one < in_chunks, "{one_by_one}×, {in_chunks}×");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn sending_copies_takes_longer_than_one_loop() {
    let (page, _site) = open("large-payload").await;
    run(&page, "copy").await;
    let ratio = ratio(&page, "copy", 2).await;
    assert!(ratio < 1.0, "{ratio}×");
    assert!(figure(&page, "copy", "bytes 2").await > 3e7);
    run(&page, "shared").await;
    let (threads, processes) =
        (figure(&page, "shared", "bytes 2").await, figure(&page, "shared", "bytes 3").await);
    assert!(threads < 1e6 && processes > 3e7, "{threads} bytes, {processes} bytes");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_task_that_computes_on_the_loop_freezes_the_page_and_elsewhere_it_does_not() {
    let (page, _site) = open("starved-event-loop").await;
    run(&page, "on-the-loop").await;
    let frozen_ms = figure(&page, "on-the-loop", "freeze 1").await;
    assert!(frozen_ms > FROZEN_MS, "{frozen_ms} ms");
    run(&page, "elsewhere").await;
    let frozen_ms = figure(&page, "elsewhere", "freeze 3").await;
    assert!(frozen_ms < FROZEN_MS, "{frozen_ms} ms");
    let (on_loop_ms, elsewhere_ms) = (
        figure(&page, "elsewhere", "latency 1").await,
        figure(&page, "elsewhere", "latency 3").await,
    );
    assert!(elsewhere_ms < on_loop_ms, "{elsewhere_ms} ms, {on_loop_ms} ms");
    let costs = page.text("#costs").await;
    assert!(costs.contains("page frozen for"), "{costs}");
    assert_eq!(page.errors().await, Vec::<String>::new());
}
