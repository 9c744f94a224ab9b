//! The decision tree, by keyboard.

use crate::support::Page;
use crate::support::browser::{ENTER, TAB};
use crate::support::server::Host;

/// Goes from one focusable element to the next until the one that has the focus
/// begins with `label`, and presses Enter.
async fn choose(page: &Page, label: &str) {
    for _ in 0..60 {
        page.press(TAB).await;
        let focused = page.js("return document.activeElement?.innerText ?? ''", &[]).await;
        if focused.as_str().is_some_and(|text| text.trim().starts_with(label)) {
            return page.press(ENTER).await;
        }
    }
    panic!("{label} cannot be reached by keyboard");
}

#[tokio::test]
async fn answers_given_by_keyboard_lead_to_advice_and_on_to_its_experiment() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide").await;
    choose(&page, "Waiting").await;
    page.until("location.hash === '#/decide?path=io'").await;
    // The focus is at the next question, so that its answers are the next stops.
    page.until("document.activeElement.matches('h1, h2, h3')").await;
    choose(&page, "Thousands").await;
    page.until("location.hash === '#/decide?path=io.thousands'").await;
    page.until("document.querySelector('main').innerText.includes('Event loop')").await;
    choose(&page, "Try it in the lab").await;
    page.until("location.hash.startsWith('#/lab?workload=requests&kind=timer')").await;
    page.appears("#param-count").await;
    assert_eq!(page.js("return document.querySelector('#param-count').value", &[]).await, "1000");
    assert_eq!(page.js("return document.querySelector('#workers-threads').value", &[]).await, "32");

    // Back takes an answer back.
    page.client().back().await.expect("the browser goes back");
    page.until("location.hash === '#/decide?path=io.thousands'").await;
    page.client().back().await.expect("the browser goes back");
    page.until("location.hash === '#/decide?path=io'").await;
    page.until("document.querySelector('main').innerText.includes('Thousands')").await;
}

#[tokio::test]
async fn every_experiment_of_the_tree_opens_in_the_lab_as_it_is_written() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide").await;
    let links = "return [...new Set([...document.querySelectorAll('a[href^=\"#/lab?\"]')]
        .map((link) => link.getAttribute('href')))]";
    let links = page.js(links, &[]).await;
    let links: Vec<_> =
        links.as_array().into_iter().flatten().filter_map(|link| link.as_str()).collect();
    assert!(links.len() >= 5, "only {} links to the lab", links.len());
    for link in links {
        page.js("location.hash = args[0]", &[link.into()]).await;
        let workload = link.split(['=', '&']).nth(1).unwrap_or_default();
        page.appears(&format!("#workload option[value='{workload}']:checked")).await;
        page.appears("#run:enabled").await;
        let refused = "return [...document.querySelectorAll('[role=alert]')]
            .map((alert) => alert.innerText.trim()).join('')";
        assert_eq!(page.js(refused, &[]).await, "", "{link} is refused");
    }
}
