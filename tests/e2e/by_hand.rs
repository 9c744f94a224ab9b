//! A run by a reader's hand: the button, the fields, the rows.

use crate::support::browser::ENTER;
use crate::support::server::Host;
use crate::support::{Page, reference};
use serde_json::json;

const MODELS: [&str; 5] = ["main-thread", "event-loop", "threads", "threads-gil", "processes"];
/// A picture that is done in no time.
const SMALL: &str =
    "#/lab?workload=mandelbrot&width=320&height=200&maxIter=200&repeats=3&warmup=1&models=";

async fn every_row_is_done(page: &Page) {
    for id in MODELS {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
}

/// The link that a reader passes on.
const SHARED: &str = "return document.querySelector('a.share').getAttribute('href')";

/// Whether the picture shows more than one colour.
const PICTURE_IS_DRAWN: &str = "
    const canvas = document.querySelector('#picture');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 2;";

#[tokio::test]
async fn a_press_of_the_button_runs_every_model_and_says_what_came_out() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}{}", MODELS.join(","))).await;
    page.run_by_hand().await;
    let headline = page.text("#headline").await;
    assert!(!headline.is_empty());
    every_row_is_done(&page).await;
    assert!(page.text("#agreement").await.contains("same"), "{}", page.text("#agreement").await);
    page.open_tab("result").await;
    assert_eq!(page.js(PICTURE_IS_DRAWN, &[]).await, true, "the picture is empty");
    page.open_tab("table").await;
    let rows = "return document.querySelectorAll('#results-table tbody tr').length";
    assert_eq!(page.js(rows, &[]).await, MODELS.len());
    page.open_tab("timeline").await;
    for chart in ["#timeline", "#bars"] {
        let drawn =
            "return document.querySelector(args[0]).querySelectorAll('svg *, canvas').length";
        let drawn = page.js(drawn, &[chart.into()]).await;
        assert!(drawn.as_u64() > Some(4), "{chart} has {drawn} shapes");
    }
    assert!(!page.text("#environment").await.is_empty());
}

#[tokio::test]
async fn what_is_typed_is_what_the_next_run_computes() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}{}", MODELS.join(","))).await;
    page.run_by_hand().await;
    every_row_is_done(&page).await;
    page.run_by_hand().await;
    every_row_is_done(&page).await;

    page.fill("#param-width", "123").await;
    page.fill("#param-maxIter", "77").await;
    page.run_by_hand().await;
    every_row_is_done(&page).await;
    page.open_tab("result").await;
    let size =
        "const { width, height } = document.querySelector('#picture'); return [width, height]";
    assert_eq!(page.js(size, &[]).await, json!([123, 200]));
    // The link to pass on says what was run.
    let address = page.js(SHARED, &[]).await;
    let address = address.as_str().unwrap_or_default();
    assert!(address.contains("width=123") && address.contains("maxIter=77"), "{address}");
}

#[tokio::test]
async fn the_page_runs_every_workload_that_is_chosen() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for (workload, field, value) in [
        ("primes", "count", "5000"),
        ("array-sum", "n", "500000"),
        ("requests", "latencyMs", "5"),
        ("mandelbrot", "maxIter", "50"),
    ] {
        page.choose_workload(workload).await;
        page.appears(&format!("#param-{field}")).await;
        page.fill(&format!("#param-{field}"), value).await;
        // Once is enough to see it run.
        page.fill("#repeats", "1").await;
        page.run_by_hand().await;
        every_row_is_done(&page).await;
    }
}

#[tokio::test]
async fn enter_in_a_field_runs() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}event-loop")).await;
    page.fill("#param-width", "64").await;
    page.run_by(async || page.press(ENTER).await).await;
    assert_eq!(page.state("event-loop").await, "done");
}

#[tokio::test]
async fn a_model_that_is_not_ticked_does_not_run() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}{}", MODELS.join(","))).await;
    page.js("document.querySelector('#model-processes').click()", &[]).await;
    page.fill("#workers-threads", "3").await;
    page.run_by_hand().await;
    assert_eq!(page.state("threads").await, "done");
    assert!(!page.has("[data-result='processes']").await);
    let address = page.js(SHARED, &[]).await;
    let address = address.as_str().unwrap_or_default();
    assert!(address.contains("threads:3") && !address.contains("processes"), "{address}");
}

#[tokio::test]
async fn a_script_and_the_page_compute_the_same() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let params = json!({ "start": 500, "count": 500 });
    let experiment = json!({ "workload": "primes", "params": params, "repeats": 1, "warmup": 1 });
    let report = page.report(&experiment).await;
    assert_eq!(report.results().len(), MODELS.len());
    let digest = reference::digest("primes", &params);
    assert!(report.results().iter().all(|result| result["answer"]["digest"] == *digest));
}

#[tokio::test]
#[ignore = "writes the README's picture, docs/lab.png"]
async fn the_picture_in_the_readme() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let metrics = json!({ "width": 1280, "height": 1010, "deviceScaleFactor": 1, "mobile": false });
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    page.visit(&site.url("#/lab")).await;
    page.run_by_hand().await;
    page.js("scrollTo(0, 0)", &[]).await;
    let png = page.client().screenshot().await.expect("a picture");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(format!("{folder}/lab.png"), png).expect("a file");
}
