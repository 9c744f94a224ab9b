//! The decision tree, by keyboard.

use crate::support::Page;
use crate::support::browser::{ENTER, TAB};
use crate::support::server::Host;
use std::time::Duration;

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

#[tokio::test]
async fn a_leaf_is_put_to_the_test_and_says_where_it_cannot_be() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    page.visit(&site.url("#/decide?path=cpu.machines")).await;
    page.until(
        "document.querySelector('#no-race')?.textContent.includes('cannot be put to the test')",
    )
    .await;
    assert!(!page.has("#run-race").await);
    page.visit(&site.url("#/decide?path=cpu.one.bytecode.light")).await;
    page.appears("#run-race:enabled").await;
    page.click("#run-race").await;
    page.until_within(
        Duration::from_secs(60),
        "/^(Agreed|Too close|Disagreed)/.test(document.querySelector('#verdict')?.textContent)",
    )
    .await;
    println!("{}", page.text("#verdict").await);
    // The rivals of whoever writes bytecode have a GIL.
    let names =
        "return [...document.querySelectorAll('.run-name')].map((name) => name.textContent)";
    let names = page.js(names, &[]).await.to_string();
    assert!(names.contains("Threads with a GIL") && names.contains("Processes"), "{names}");
    page.until("document.querySelector('#score')?.textContent.startsWith('Of 1 test so far')")
        .await;
    // A race that is left is cancelled, and scores nothing.
    page.visit(&site.url("#/decide?path=io.hundreds")).await;
    page.click("#run-race:enabled").await;
    page.appears("#cancel-race").await;
    page.visit(&site.url("#/decide?path=io.thousands")).await;
    page.appears("#run-race:enabled").await;
    page.until("document.querySelector('#score')?.textContent.startsWith('Of 1 test so far')")
        .await;
    page.workers_are_at_most(0, Duration::from_secs(30)).await;
}

#[tokio::test]
async fn the_tree_shows_the_figures_of_ones_own_work_until_it_is_answered_by_hand() {
    let site = Host::isolated().start();
    let own = "#/decide/own-work?tasks=2000&waitMs=49&computeMs=1";
    let page = Page::open_at(&site, own).await;
    let figures = "[...document.querySelectorAll('#evidence-tree .decide-node-figure')].map((text) => text.textContent)";
    page.until(&format!(
        "{figures}.includes('98% waiting') && {figures}.includes('2,000 at once')"
    ))
    .await;
    page.click("#reasons a[href='#/decide?path=io.thousands']").await;
    page.until("location.hash === '#/decide?path=io.thousands'").await;
    page.until(
        "document.querySelector('#evidence')?.textContent.includes('work that you described')",
    )
    .await;
    page.until("document.querySelector('.decide-steps')?.textContent.includes('98% waiting')")
        .await;
    page.click("#by-hand").await;
    page.until("!document.querySelector('#evidence')").await;
    page.until("!document.querySelector('.decide-steps').textContent.includes('98% waiting')")
        .await;
    page.until("document.activeElement.matches('h2')").await;
}
