//! The pitfalls' pages: cancelling, the keyboard, unknown names, and browsers that cannot run them. That
//! they fail and that cures hold is in `alone/breaking.rs`.

use crate::support::Page;
use crate::support::browser::{ENTER, TAB};
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

/// Chromium takes up to 2 s to end threads that are blocked.
const GONE_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn while_an_attempt_runs_all_else_waits_and_cancel_ends_it() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls/lock-order").await;
    // The page does it by itself: the deadlock is found after a second.
    let cancel_by = "const until = async (css) => {
            while (!document.querySelector(css)) await new Promise((go) => setTimeout(go, 10));
            return document.querySelector(css);
        };
        (await until('#run-opposite:enabled')).click();
        const button = await until('#cancel-opposite');
        await until('.head[inert]');
        const locked = document.querySelector('#run-same').disabled;
        const thrown = await playground.run({ workload: 'primes', params: { count: 100 } })
            .then(() => undefined, (error) => error.name);
        await new Promise((go) => setTimeout(go, 550));
        if (args[0] === 'button') button.click();
        else window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
        await until('#run-opposite:enabled');
        return { locked, thrown };";
    for way in ["button", "Escape"] {
        let came = page.js(cancel_by, &[way.into()]).await;
        assert_eq!(came, json!({ "locked": true, "thrown": "Unavailable" }), "{way}");
        let said = page.text("[data-attempt='opposite'] .outcome > p").await;
        assert_eq!(said, "Cancelled.", "{way}");
        page.workers_are_at_most(0, GONE_WITHIN).await;
    }
    // Whoever goes elsewhere cancels, too.
    page.click("#run-opposite").await;
    page.appears("#cancel-opposite").await;
    page.js("location.hash = '#/lab?workload=primes&count=100&repeats=1&warmup=0'", &[]).await;
    page.appears("#run:enabled").await;
    page.run_by_hand().await;
    assert_eq!(page.state("threads").await, "done");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_pitfall_can_be_run_by_keyboard() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls").await;
    choose(&page, "Lost update").await;
    page.until("location.hash === '#/pitfalls/lost-update'").await;
    page.until("document.activeElement.matches('h1')").await;
    choose(&page, "See it fail").await;
    page.appears("[data-attempt='apart'][data-runs='1']").await;
    page.until("document.activeElement.id === 'run-apart'").await;
    let told = page.text("#pitfall-status").await;
    assert!(told.contains("Expected 2,000,000"), "{told}");
}

/// Goes from one focusable element to the next until the one that has the focus begins with `label`, and
/// presses Enter.
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
async fn a_program_in_python_is_coloured_named_and_copied() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls/unsendable").await;
    page.appears("[role=region][aria-label='In Python: program 1 of 2'] .tok-keyword").await;
    page.appears("[role=region][aria-label='What program 1 of 2 prints']").await;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.devtools("Browser.grantPermissions", permissions).await;
    let text = page.js("return document.querySelector('#python-1').textContent", &[]).await;
    assert!(text.as_str().is_some_and(|it| it.contains("import PicklingError")), "{text}");
    page.click("#python-1-copy").await;
    page.until(
        "document.querySelector('#python-1-copy + [role=status]').textContent === 'Copied.'",
    )
    .await;
    assert_eq!(page.js("return await navigator.clipboard.readText()", &[]).await, text);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_unknown_name_leads_to_the_list() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls/%3Cimg%20src=x%3E").await;
    let said = page.text("[role=alert]").await;
    assert!(said.starts_with("There is no pitfall named “") && said.contains("img"), "{said}");
    assert!(!page.has("main img").await);
    let links = "return document.querySelectorAll('.pitfall-list a').length";
    assert!(page.js(links, &[]).await.as_u64() >= Some(7));
    for name in ["", "/"] {
        page.js("location.hash = args[0]", &[format!("#/pitfalls{name}").into()]).await;
        page.until("!document.querySelector('[role=alert]')").await;
        page.appears(".pitfall-list").await;
    }
}

#[tokio::test]
async fn every_pitfall_opens_and_its_experiments_are_accepted() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls").await;
    let links = |css: &'static str| {
        format!("return [...document.querySelectorAll('{css}')].map((a) => a.getAttribute('href'))")
    };
    let pitfalls = page.js(&links(".pitfall-list a"), &[]).await;
    let pitfalls = pitfalls.as_array().cloned().unwrap_or_default();
    let mut experiments = Vec::new();
    for pitfall in pitfalls {
        page.js("location.hash = args[0]", std::slice::from_ref(&pitfall)).await;
        page.appears(".pitfall-case").await;
        page.until(&format!("location.hash === '{}'", pitfall.as_str().unwrap_or_default())).await;
        let found = page.js(&links("a[href^=\"#/lab?\"]"), &[]).await;
        experiments.extend(found.as_array().cloned().unwrap_or_default());
    }
    assert!(experiments.len() >= 9, "{experiments:?}");
    for link in experiments {
        page.js("location.hash = args[0]", std::slice::from_ref(&link)).await;
        page.appears("#run:enabled").await;
        let refused = "return [...document.querySelectorAll('[role=alert]')]
            .map((alert) => alert.innerText.trim()).join('')";
        assert_eq!(page.js(refused, &[]).await, "", "{link} is refused");
    }
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// A page that is not isolated says what is missing, and shows what came of it elsewhere.
#[tokio::test]
async fn without_shared_memory_a_recorded_result_is_shown_and_marked() {
    let site = Host::plain().without("sw.js").start();
    for name in ["lost-update", "lock-order", "queue-deadlock"] {
        let page = Page::open_at(&site, &format!("#/pitfalls/{name}")).await;
        let missing = page.text("#missing").await;
        assert!(missing.contains("isolated"), "{missing}");
        let shown = "return [...document.querySelectorAll('.attempt')].map((attempt) => ({
            name: attempt.dataset.attempt, button: attempt.querySelector('button') !== null,
            said: attempt.querySelector('.recorded')?.innerText ?? '' }))";
        let shown = page.js(shown, &[]).await;
        for attempt in shown.as_array().into_iter().flatten() {
            let said = attempt["said"].as_str().unwrap_or_default();
            assert!(said.contains("Recorded on"), "{attempt}");
            assert_eq!(attempt["button"], Value::Bool(false), "{attempt}");
        }
        let costs = page.text("#costs").await;
        assert!(costs.contains("right (recorded)") && !costs.contains('—'), "{costs}");
        assert!(costs.contains("Recorded on") && !costs.contains("Run an attempt"), "{costs}");
    }
    // Experiments of the lab: threads need isolation, requests a service worker.
    for name in ["large-payload", "starved-event-loop"] {
        let page = Page::open_at(&site, &format!("#/pitfalls/{name}")).await;
        page.appears(".lack .recorded").await;
        let said = page.text(".lack").await;
        assert!(said.contains("Recorded on Chromium"), "{said}");
    }
}
