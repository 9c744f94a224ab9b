//! The experiment's form: it fits, says what Run will do, and what cannot be done here.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::{Value, json};

/// Runs that are over in no time.
const QUICK: &str = "repeats=3&warmup=1&models=main-thread,threads:2,processes:2";

async fn sized(page: &Page, width: u64, height: u64) {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
}

async fn ids_of_workloads(page: &Page) -> Vec<String> {
    let ids = page.js("return playground.workloads().map(({ id }) => id)", &[]).await;
    serde_json::from_value(ids).expect("a list of ids")
}

#[tokio::test]
async fn the_form_of_every_workload_fits_into_a_window() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    sized(&page, 1280, 900).await;
    page.visit(&site.url("#/lab")).await;
    let end = "const { bottom } = document.querySelector('.experiment').getBoundingClientRect();
               return [Math.ceil(bottom), scrollY]";
    let mut tall = Vec::new();
    for id in ids_of_workloads(&page).await {
        page.choose_workload(&id).await;
        let ended = page.js(end, &[]).await;
        println!("{id}: {ended}");
        if ended[0].as_u64() > Some(900) || ended[1] != 0 {
            tall.push(format!("{id}: {ended}"));
        }
    }
    assert!(tall.is_empty(), "{}", tall.join("\n"));
}

/// At any width, and however much is unfolded.
#[tokio::test]
async fn run_covers_no_field() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for (width, height) in [(360, 740), (900, 620), (1280, 900), (1280, 620)] {
        sized(&page, width, height).await;
        page.open("about:blank").await;
        page.visit(&site.url("#/lab?workload=requests")).await;
        let body = "
            document.querySelectorAll('.experiment details').forEach((fold) => { fold.open = true; });
            const fields = document.querySelectorAll('.experiment :is(input, select, textarea)');
            const covered = [...fields].filter((field) => {
                field.scrollIntoView({ block: 'end', behavior: 'instant' });
                const { left, top, width, height } = field.getBoundingClientRect();
                const there = document.elementFromPoint(left + width / 2, top + height / 2);
                return there?.closest('.go');
            });
            return covered.map(({ id }) => id);";
        assert_eq!(page.js(body, &[]).await, json!([]), "at {width} by {height}");
    }
}

#[tokio::test]
async fn help_is_there_where_it_is_asked_for_by_key() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=primes").await;
    let visible = "return document.querySelector('#help-count').checkVisibility({ contentVisibilityAuto: true })
        && document.querySelector('#help-count').getBoundingClientRect().height > 0";
    assert_eq!(page.js(visible, &[]).await, false);
    // Whoever does not see the page hears it with the field.
    let described =
        "return document.querySelector('#param-count').getAttribute('aria-describedby')";
    assert_eq!(page.js(described, &[]).await, "help-count");
    let ask = "const ask = document.querySelector('.field:has(#param-count) > .ask > summary');
               ask.focus(); return ask.innerText";
    let name = page.js(ask, &[]).await;
    assert!(name.as_str().is_some_and(|name| name.contains("About: How many")), "{name}");
    page.press(crate::support::browser::ENTER).await;
    page.until("document.querySelector('.field:has(#param-count) > .ask').open").await;
    assert_eq!(page.js(visible, &[]).await, true);
    assert!(page.text("#help-count").await.ends_with("1 to 2,000,000."));
    // The slider is there, too.
    let slide = "const slider = document.querySelector('#slider-count');
        slider.value = 1000; slider.dispatchEvent(new Event('input', { bubbles: true }))";
    page.js(slide, &[]).await;
    page.until("document.querySelector('#param-count').value === '2000000'").await;
}

#[tokio::test]
async fn a_double_click_on_run_starts_and_does_not_cancel() {
    let site = Host::isolated().start();
    let page =
        Page::open_at(&site, "#/lab?workload=requests&kind=timer&repeats=2&models=event-loop")
            .await;
    let body = "
        document.querySelector('#run').click();
        await new Promise((done) => setTimeout(done, 150));
        document.querySelector('#cancel')?.click();
        const escape = { key: 'Escape', bubbles: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', escape));";
    page.run_by(async || drop(page.js(body, &[]).await)).await;
    assert_eq!(page.state("event-loop").await, "done", "{}", page.text("#headline").await);
}

#[tokio::test]
async fn while_something_is_measured_nothing_in_the_form_can_be_changed() {
    let site = Host::isolated().start();
    let link =
        "#/lab?workload=requests&kind=timer&count=30&latencyMs=100&repeats=5&models=main-thread";
    let page = Page::open_at(&site, link).await;
    let open =
        "return [...document.querySelectorAll('.experiment :is(input, select, textarea, .preset)')]
        .filter((field) => !field.matches(':disabled')).map(({ id, name }) => id || name)";
    assert!(page.js(open, &[]).await.as_array().is_some_and(|open| open.len() > 8));
    page.click("#run").await;
    page.appears("#cancel").await;
    assert_eq!(page.js(open, &[]).await, json!([]), "during a run");
    page.press_cancel().await;
    page.appears("#run:enabled").await;

    let script = "
        const cancel = new AbortController();
        window.stop = () => cancel.abort();
        window.ran = playground.run({ workload: 'requests', params: { kind: 'timer', latencyMs: 2000 },
            executors: [{ id: 'main-thread' }] }, { signal: cancel.signal }).catch(() => {});";
    page.js(script, &[]).await;
    page.appears("#run:disabled").await;
    assert_eq!(page.js(open, &[]).await, json!([]), "while a script measures");
    assert!(page.text(".go .help").await.starts_with("A script is measuring"));
    page.js("stop(); await ran", &[]).await;
    page.appears("#run:enabled").await;
    assert!(page.js(open, &[]).await.as_array().is_some_and(|open| open.len() > 8));
}

#[tokio::test]
async fn numbers_are_read_as_the_page_and_the_reader_s_language_write_them() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for (locale, text, understood, refused) in [
        ("en", "1,000", "= 1,000", ""),
        ("en", "1’000 ", "= 1,000", ""),
        ("de", "1_000", "= 1,000", ""),
        ("de", "1.000", "", "Width: “1.000” may mean 1 or 1000. Type one of these."),
        ("de", "1,000", "", "Width: “1,000” may mean 1000 or 1. Type one of these."),
        ("fr", "1\u{202f}000", "= 1,000", ""),
        ("hi-IN", "1,000", "= 1,000", ""),
    ] {
        page.open("about:blank").await;
        page.devtools("Emulation.setLocaleOverride", json!({})).await;
        page.devtools("Emulation.setLocaleOverride", json!({ "locale": locale })).await;
        page.visit(&site.url("#/lab")).await;
        page.fill("#param-width", text).await;
        let shown = "const text = (id) => document.querySelector(id)?.innerText ?? '';
            return [text('#understood-width'), text('#error-width'), document.querySelector('#run').disabled]";
        let expected = json!([understood, refused, !refused.is_empty()]);
        page.until(&format!(
            "document.querySelector('#{}-width')",
            if refused.is_empty() { "understood" } else { "error" }
        ))
        .await;
        assert_eq!(page.js(shown, &[]).await, expected, "{text} in {locale}");
    }
}

#[tokio::test]
async fn the_button_says_how_long_it_will_take() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=primes").await;
    assert_eq!(page.text("#run").await, "Run · about 6 s");
    let link = "#/lab?workload=requests&kind=timer&count=10&latencyMs=100&varianceMs=0&repeats=2&warmup=0&models=main-thread";
    page.js("location.hash = args[0]", &[link.into()]).await;
    page.until("document.querySelector('#workload').value === 'requests'").await;
    // Nobody can tell yet how long so many rounds take.
    page.until("document.querySelector('#run').innerText === 'Run'").await;
    page.run_by_hand().await;
    page.until("document.querySelector('#run').innerText.startsWith('Run again · about ')").await;
    page.fill("#repeats", "20").await;
    page.until("/^Run · about (2[0-9]|3[0-5]) s$/.test(document.querySelector('#run').innerText)")
        .await;
}

#[tokio::test]
async fn a_preset_says_what_it_is_about_and_then_whether_it_came_out_so() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=array-sum&{QUICK}")).await;
    let press = "[...document.querySelectorAll('.preset')]
        .find(({ textContent }) => textContent === args[0]).click()";
    page.js(press, &["A thousand numbers".into()]).await;
    page.until("document.querySelector('.why').innerText === 'Neither pool should help.'").await;
    assert!(!page.has("#lesson-outcome").await);
    page.fill("#repeats", "12").await;
    page.run_by_hand().await;
    let told = page.text("#lesson-outcome").await;
    assert!(told.starts_with("“A thousand numbers”: Neither pool should help. "), "{told}");
    let outcome = "return document.querySelector('#lesson-outcome').dataset.outcome";
    assert!(["confirmed", "too-noisy"].contains(&text(&page.js(outcome, &[]).await)), "{told}");
    // What is no preset has no lesson.
    page.fill("#param-n", "5000").await;
    page.run_by_hand().await;
    assert!(!page.has("#lesson-outcome").await);
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn what_cannot_be_asked_here_is_said_before_and_led_around_in_one_press() {
    let site = Host::plain().without("sw.js").start();
    for link in ["#/lab?workload=requests", "#/lab?workload=pipeline&kind=database"] {
        let page = Page::open_at(&site, &format!("{link}&{QUICK}")).await;
        page.appears("#run:disabled").await;
        assert!(page.text(".go .help").await.len() > 40, "no reason is given");
        page.click("#timer-instead").await;
        page.appears("#run:enabled").await;
        assert!(!page.has("#timer-instead").await);
        page.run_by_hand().await;
        assert_eq!(page.state("main-thread").await, "done");
    }
    let link = "#/lab?workload=primes&models=main-thread,processes:2;dataMode=shared";
    let page = Page::open_at(&site, link).await;
    page.click("#copy-instead").await;
    page.until("!document.querySelector('#copy-instead')").await;
    assert!(!page.has("#changed-processes").await);
}

/// Where nothing can be stored, trying is what tells.
#[tokio::test]
async fn a_store_that_could_not_be_had_offers_timed_waits() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=requests&kind=disk&{QUICK}")).await;
    page.js("StorageManager.prototype.getDirectory = () => Promise.reject(new Error('no'))", &[])
        .await;
    assert!(!page.has("#timer-instead").await);
    page.run_by_hand().await;
    page.appears("#timer-instead").await;
    page.click("#timer-instead").await;
    page.until("!document.querySelector('#timer-instead')").await;
    page.run_by_hand().await;
    assert_eq!(page.state("main-thread").await, "done");
}
