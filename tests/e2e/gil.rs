//! Threads with a GIL: their options in form, link and scripts, and what the timeline says of the lock.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

const LINK: &str = "#/lab?workload=primes&repeats=3&warmup=1&models=threads-gil:3";

#[tokio::test]
async fn options_of_the_gil_are_in_the_form_and_in_the_link() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, LINK).await;
    page.click("#options-threads-gil summary").await;
    page.fill("#switchIntervalMs-threads-gil", "0.05").await;
    page.appears("#run:disabled").await;
    let error = page.text("#error-switchIntervalMs-threads-gil").await;
    assert!(error.contains("a number from 0.1 to 1000"), "{error}");
    page.fill("#switchIntervalMs-threads-gil", "0.5").await;
    page.appears("#run:enabled").await;
    page.click("#options-threads-gil input[value='true']").await;
    let changed = page.text("#changed-threads-gil").await;
    assert_eq!(changed, "Changed: switch interval 0.5 ms, GIL released in native code.");
    page.run_by_hand().await;
    let link = "return decodeURIComponent(document.querySelector('a.share').href)";
    let link = page.js(link, &[]).await;
    let model = "threads-gil:3;switchIntervalMs=0.5;releaseInNative=true";
    assert!(link.as_str().is_some_and(|link| link.contains(model)), "{link}");
    let experiment = json!({
        "workload": "primes", "params": { "count": 100 }, "repeats": 1, "warmup": 0,
        "executors": [{ "id": "threads-gil", "workers": 2, "switchIntervalMs": 12.5 }],
    });
    let report = page.report(&experiment).await;
    let executor = report.result("threads-gil")["executor"].clone();
    assert_eq!(executor["switchIntervalMs"], 12.5);
    assert_eq!(executor["releaseInNative"], false);
    for (key, value) in [
        ("switchIntervalMs", json!(0)),
        ("switchIntervalMs", json!("5")),
        ("releaseInNative", json!(1)),
        ("dataMode", json!("copy")),
    ] {
        let experiment = json!({ "workload": "primes",
            "executors": [{ "id": "threads-gil", key: value }] });
        let thrown = page.run(&experiment).await.expect_err("is refused");
        assert_eq!(thrown.name, "InvalidInput");
        assert!(thrown.message.contains(key), "{thrown:?}");
    }
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_timeline_shows_who_holds_the_gil() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, LINK).await;
    page.run_by_hand().await;
    page.open_tab("timeline").await;
    page.appears("#timeline .gil .name").await;
    let name = "return document.querySelector('#timeline .gil .name').textContent";
    assert_eq!(page.js(name, &[]).await, "Holds the GIL");
    let held = "return [...document.querySelectorAll('#timeline .gil path')]
        .filter((path) => path.getAttribute('d')).length";
    assert_eq!(page.js(held, &[]).await, 3, "each of three threads has held it");
    let legend = page.text("#timeline .legend").await;
    for said in ["compute, holding the GIL", "wait for the GIL", "thread 3 holds the GIL"] {
        assert!(legend.contains(said), "{said} is not in {legend}");
    }
    let finding = "return document.querySelector('.lab').innerText
        .includes('only its holder computes')";
    assert_eq!(page.js(finding, &[]).await, true);
    assert_eq!(page.errors().await, Vec::<String>::new());
}
