//! Advice with its reasons: on work of one's own, on a workload that is profiled, and put to the test.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

const ADVISED: &str = "document.querySelector('#advised h2')?.textContent";

#[tokio::test]
async fn advice_on_work_of_ones_own_follows_its_figures_and_its_link_holds_them() {
    let site = Host::isolated().start();
    let link = "#/decide/own-work?tasks=1000&computeMs=20&cores=8";
    let page = Page::open_at(&site, link).await;
    page.until(&format!("{ADVISED}?.startsWith('Processes × 8')")).await;
    // Without a GIL, threads do.
    page.click("#lens-free-threaded").await;
    page.until(&format!("{ADVISED}?.startsWith('Threads')")).await;
    page.until("location.hash.includes('lens=free-threaded')").await;
    // What only waits.
    page.fill("#param-waitMs", "500").await;
    page.fill("#param-computeMs", "0").await;
    page.until(&format!("{ADVISED} === 'Event loop'")).await;
    page.until("location.hash.includes('waitMs=500')").await;
    let reasons = page.js("return document.querySelector('#reasons').textContent", &[]).await;
    assert!(reasons.as_str().is_some_and(|text| text.contains("500 ms")), "{reasons}");
    // The link alone says the same.
    let hash = page.js("return location.hash", &[]).await;
    let again = site.url(hash.as_str().expect("a text"));
    page.visit(&site.url("#/cheatsheet")).await;
    page.visit(&again).await;
    page.until(&format!("{ADVISED} === 'Event loop'")).await;
    let shown = page.js("return document.querySelector('#param-waitMs').value", &[]).await;
    assert_eq!(shown, json!("500"));
}

#[tokio::test]
async fn a_slider_moves_the_advice_at_once() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/own-work?tasks=1000&computeMs=20&cores=8").await;
    page.until(&format!("{ADVISED}?.startsWith('Processes × 8')")).await;
    let moved = "
        const slider = document.querySelector('#param-computeMs').closest('.field').querySelector('[type=range]');
        slider.value = 0;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return document.querySelector('#advised h2').textContent;";
    assert_eq!(page.js(moved, &[]).await, json!("Main thread"));
}

#[tokio::test]
async fn what_is_wrong_with_ones_own_work_is_said_and_nothing_is_advised() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/own-work?tasks=none&lens=go").await;
    page.until("document.querySelector('[role=alert]')?.textContent.includes('lens')").await;
    page.until("document.querySelector('#error-tasks')?.textContent.startsWith('Tasks: ')").await;
    page.until("!document.querySelector('#advised')").await;
    page.fill("#param-tasks", "100").await;
    page.until(&format!("{ADVISED}?.startsWith('Processes')")).await;
}

#[tokio::test]
async fn a_workload_is_profiled_advised_on_and_the_advice_put_to_the_test() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    page.visit(&site.url("#/lab?workload=custom&tasks=12&computeUnits=0&waitMs=40")).await;
    page.click("#profile-it").await;
    page.until("location.hash.startsWith('#/decide/profile?workload=custom')").await;
    page.until("document.querySelector('#profile:not([disabled])')").await;
    page.click("#profile").await;
    page.until(&format!("{ADVISED} === 'Event loop'")).await;
    page.click("#run-race").await;
    page.until("document.querySelector('#verdict')?.textContent.length > 0").await;
    let verdict = page.js("return document.querySelector('#verdict').textContent", &[]).await;
    let verdict = verdict.as_str().expect("a text");
    println!("{verdict}");
    assert!(["Agreed", "Too close", "Disagreed"].iter().any(|word| verdict.starts_with(word)));
    // The score is kept, and can be reset.
    let score = "document.querySelector('#score')?.textContent";
    page.until(&format!("{score}?.startsWith('Of 1 test so far')")).await;
    page.click("#score button").await;
    page.until("!document.querySelector('#score')").await;
    // A lens has its own advice, which nothing was tested of.
    page.click("#lens-rust").await;
    page.until("document.querySelector('#verdict')?.textContent === ''").await;
}

#[tokio::test]
async fn work_that_cannot_be_profiled_leads_to_the_questions() {
    let site = Host::isolated().start();
    let faulty = "#/decide/profile?workload=faults&fault=panic&tasks=4";
    let page = Page::open_at(&site, faulty).await;
    page.until("document.querySelector('#profile:not([disabled])')").await;
    page.click("#profile").await;
    page.until("document.querySelector('#not-profiled a')?.hash === '#/decide'").await;
    page.until("!document.querySelector('#advised')").await;
}
