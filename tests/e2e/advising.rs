//! Advice with its reasons: on work of one's own, on a workload that is profiled, and put to the test.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;
use std::time::Duration;

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

/// Profiles, and again where something else kept the machine so busy that too little was done in time.
async fn profile(page: &Page) {
    for _ in 0..5 {
        page.click("#profile").await;
        page.until("document.querySelector('#profile:not([disabled])')").await;
        page.until("document.querySelector('#advised, #not-profiled')").await;
        if !page.has("#not-profiled").await {
            return;
        }
        eprintln!("{}", page.text("#not-profiled").await);
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

#[tokio::test]
async fn a_workload_is_profiled_advised_on_and_the_advice_put_to_the_test() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    page.visit(&site.url("#/lab?workload=custom&tasks=12&computeUnits=0&waitMs=40")).await;
    page.click("#profile-it").await;
    page.until("document.querySelector('#workload')?.value === 'custom'").await;
    page.until("document.querySelector('#profile:not([disabled])')").await;
    profile(&page).await;
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

#[tokio::test]
async fn a_profile_fills_in_the_times_and_another_text_is_refused() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/own-work?tasks=10&computeMs=1&cores=4").await;
    page.until(ADVISED).await;
    page.js("document.querySelector('#from-profile').open = true", &[]).await;
    page.fill("#profile-text", "hello").await;
    page.until("document.querySelector('#profile-refused')?.textContent.startsWith('The text: ')")
        .await;
    page.fill("#profile-text", "real 10.0\nuser 0.4\nsys 0.1\n").await;
    page.until(
        "document.querySelector('#profile-read')?.textContent.includes('at least 9.50 s of waiting')",
    )
    .await;
    page.until("document.querySelector('#param-computeMs').value === '50'").await;
    page.until("document.querySelector('#param-waitMs').value === '950'").await;
    // A file of another program, and one that is too large.
    let choose = "
        const [bytes, text] = args;
        const file = new File([text, new Uint8Array(bytes)], 'profile.json');
        const data = new DataTransfer();
        data.items.add(file);
        const input = document.querySelector('#profile-file');
        const began = performance.now();
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
        const refused = () => document.querySelector('#profile-refused')?.textContent;
        while (!refused()?.includes(args[2])) await new Promise((turn) => setTimeout(turn, 1));
        return performance.now() - began;";
    let deep = "[".repeat(100_000);
    for (bytes, text, said) in [
        (50_000_000, "", "larger than the limit"),
        (0, "{\"profiles\": 3}", "speedscope"),
        (0, &*format!("{{\"profiles\": {deep}"), "speedscope"),
    ] {
        page.fill("#profile-text", " ").await;
        page.until("!document.querySelector('#profile-refused')").await;
        let took_ms = page.js(choose, &[json!(bytes), json!(text), json!(said)]).await;
        println!("{bytes} bytes, {:.20}: refused after {took_ms} ms", text);
        // The promise is 100 ms.
        assert!(took_ms.as_f64().is_some_and(|ms| ms < 2_000.0), "{took_ms}");
    }
    // What was filled in stands.
    page.until("document.querySelector('#param-waitMs').value === '950'").await;
}

#[tokio::test]
async fn advice_fits_a_narrow_page() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/own-work?tasks=10&computeMs=5&cores=4").await;
    page.until(ADVISED).await;
    for width in [320, 360, 1280] {
        let metrics =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        page.until("document.documentElement.scrollWidth <= innerWidth").await;
    }
}

#[tokio::test]
async fn address_and_fields_of_ones_own_work_agree() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/decide/own-work").await;
    page.appears("#param-waitMs").await;
    page.fill("#param-waitMs", "500").await;
    page.until("location.hash.includes('waitMs=500')").await;
    page.click(".decide-ways [aria-current]").await;
    page.until("document.querySelector('#param-waitMs').value === '500' && location.hash.includes('waitMs=500')").await;
    page.js("location.hash = '#/decide/own-work'", &[]).await;
    page.until("document.querySelector('#param-waitMs').value !== '500'").await;
    page.client().back().await.expect("the browser goes back");
    page.until("document.querySelector('#param-waitMs').value === '500'").await;
}
