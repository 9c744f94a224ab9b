//! The map of where one model overtakes another.

use crate::support::Page;
use crate::support::server::Host;
use std::time::Duration;

const STATUS: &str = "document.querySelector('#map-status')?.textContent";
const CELLS: &str = "document.querySelectorAll('.model-map .fastest').length";

#[tokio::test]
async fn a_map_is_cancelled_and_measured_on_and_a_cell_leads_to_the_lab() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    page.visit(&site.url("#/decide/map?view=cores&threads=threads")).await;
    page.until("document.querySelector('#measure-map:not([disabled])')").await;
    page.click("#measure-map").await;
    // A coarse picture is there soon, and all of it is shown.
    page.until(&format!("{CELLS} >= 80")).await;
    page.click("#cancel-map").await;
    page.until(&format!("{STATUS}?.includes('measured so far')")).await;
    page.until("document.querySelector('#measure-map')?.textContent === 'Measure on'").await;
    page.click("#measure-map").await;
    let is_done = format!("{STATUS}?.startsWith('All ') || {STATUS}?.includes('lies between')");
    page.until_within(Duration::from_secs(120), &is_done).await;
    page.until("document.querySelector('#agreement')?.textContent.includes('same fastest model')")
        .await;
    let said = page.js("return document.querySelector('#agreement').textContent", &[]).await;
    println!("{said}");
    // By keyboard: from the first cell to the right and up.
    page.js("document.querySelector('.model-map').focus()", &[]).await;
    page.press('\u{E014}').await;
    page.press('\u{E013}').await;
    page.until("document.querySelector('#cell h2')?.textContent === 'Tasks 2, workers 2'").await;
    let rows = page.js("return document.querySelectorAll('#map table tbody tr').length", &[]).await;
    assert!(rows.as_u64() >= Some(12), "{rows}");
    page.click("#cell a.button").await;
    page.until(
        "location.hash.startsWith('#/lab?workload=custom') && location.hash.includes('tasks=2')",
    )
    .await;
    page.until("document.querySelector('#param-tasks')?.value === '2'").await;
    // What was measured is still there.
    page.client().back().await.expect("the browser goes back");
    page.until(&is_done).await;
    page.until("document.querySelector('#cell h2')?.textContent === 'Tasks 2, workers 2'").await;
}

#[tokio::test]
async fn a_map_that_is_left_is_cancelled_and_leaves_no_worker() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    page.visit(&site.url("#/decide/map")).await;
    page.until("document.querySelector('#measure-map:not([disabled])')").await;
    page.click("#measure-map").await;
    page.until(&format!("{CELLS} > 0")).await;
    page.visit(&site.url("#/decide")).await;
    page.workers_are_at_most(0, Duration::from_secs(20)).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_link_to_a_map_is_said_and_the_rest_holds() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/map?view=waiting&threads=fibers").await;
    page.until(
        "document.querySelector('[role=alert]')?.textContent.includes('threads: give one of')",
    )
    .await;
    page.until("document.querySelector('#view-waiting')?.ariaPressed === 'true'").await;
}
