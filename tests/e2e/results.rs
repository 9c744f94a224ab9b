//! What comes of a run, as a reader takes it in: a sentence, a row for each model, and
//! one view at a time below.

use crate::support::browser::{ESCAPE, PATIENCE};
use crate::support::server::Host;
use crate::support::{Page, reference};
use serde_json::{Value, json};
use std::time::Duration;

/// WebDriver's code points for keys without a character.
const LEFT: char = '\u{E012}';
const RIGHT: char = '\u{E014}';
const HOME: char = '\u{E011}';
const END: char = '\u{E010}';

/// Every workload, so small that it is over at once: the page's height does not depend on
/// how long it takes.
const WORKLOADS: [&str; 14] = [
    "mandelbrot&maxIter=20",
    "primes&count=500",
    "array-sum&n=100000",
    "matmul&n=32",
    "monte-carlo-pi&samples=100000",
    "sha256&chains=4&rounds=10",
    "sort&n=1000",
    "blur&radius=1",
    "word-count&words=1000",
    "requests&latencyMs=5",
    "pipeline&latencyMs=5",
    "mixed-threads&computeUnits=1000",
    "custom",
    "faults",
];
const TABS: [&str; 11] = [
    "timeline",
    "time",
    "concurrency",
    "samples",
    "result",
    "scaling",
    "sharing",
    "start-up",
    "code",
    "table",
    "keep",
];

/// A run of some seconds, in many short samples.
const LONG: &str = "#/lab?workload=mandelbrot&width=400&height=300&maxIter=200&repeats=100\
                    &models=main-thread,threads:2,processes:2";

async fn in_a_window(page: &Page, width: u64, height: u64) {
    let mobile = width < 500;
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
}

async fn page_height(page: &Page) -> u64 {
    let height = page.js("return document.documentElement.scrollHeight", &[]).await;
    height.as_u64().expect("a height")
}

/// What each model beyond five adds on a phone, in px: its rows in the form, the bars and the charts.
const ANOTHER_MODEL: u64 = 190;

/// Two screens at 1280 × 900, four at 360 × 740, of five models. In several tests, which run side by
/// side.
async fn is_at_most_two_screens_high_and_four_on_a_phone(workloads: &[&str]) {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let mut too_high = Vec::new();
    for workload in workloads {
        in_a_window(&page, 1280, 900).await;
        page.open("about:blank").await;
        page.visit(&site.url(&format!("#/lab?workload={workload}&repeats=2&warmup=1"))).await;
        page.run_by_hand().await;
        let id = workload.split('&').next().unwrap_or(workload);
        let beyond_five = reference::models_of(id).len().saturating_sub(5) as u64;
        for (width, height, most) in [(1280, 900, 1800), (360, 740, 2960)] {
            let more = if width == 360 { beyond_five * ANOTHER_MODEL } else { 0 };
            in_a_window(&page, width, height).await;
            for tab in TABS {
                page.open_tab(tab).await;
                let found = page_height(&page).await;
                println!("{workload}, {tab}, at {width} px: {found} px");
                if found > most + more {
                    too_high.push(format!("{workload}, {tab}, at {width} px: {found} px"));
                }
            }
        }
    }
    assert!(too_high.is_empty(), "{too_high:#?}");
}

#[tokio::test]
async fn after_a_run_the_page_is_at_most_two_screens_high_and_four_on_a_phone() {
    is_at_most_two_screens_high_and_four_on_a_phone(&WORKLOADS[..5]).await;
}

#[tokio::test]
async fn after_a_run_of_others_it_is_no_higher() {
    is_at_most_two_screens_high_and_four_on_a_phone(&WORKLOADS[5..9]).await;
}

#[tokio::test]
async fn after_a_run_that_makes_requests_it_is_no_higher() {
    is_at_most_two_screens_high_and_four_on_a_phone(&WORKLOADS[9..]).await;
}

/// Where the rows end, in px from the top of the page.
async fn rows_end(page: &Page) -> f64 {
    let body =
        "return document.querySelector('#bars .rows').getBoundingClientRect().bottom + scrollY";
    page.js(body, &[]).await.as_f64().expect("a place")
}

#[tokio::test]
async fn sentence_and_rows_are_on_the_first_screen_and_do_not_jump() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    in_a_window(&page, 1280, 900).await;
    page.visit(&site.url("#/lab?workload=mandelbrot&maxIter=100&repeats=3&warmup=1")).await;
    let rows = "return [...document.querySelectorAll('#bars .row[data-result]')]
        .map((row) => [row.dataset.result, row.dataset.state])";
    let before = page.js(rows, &[]).await;
    let kinds = reference::models_of("mandelbrot");
    let all = |state: &str| json!(kinds.iter().map(|kind| [*kind, state]).collect::<Vec<_>>());
    assert_eq!(before, all("pending"));
    let height = "return document.querySelector('#bars .rows').getBoundingClientRect().height";
    let height_before = page.js(height, &[]).await;
    page.run_by_hand().await;
    assert_eq!(page.js(rows, &[]).await, all("done"));
    assert_eq!(page.js(height, &[]).await, height_before, "the rows jump");
    assert!(rows_end(&page).await <= 900.0, "the rows end at {}", rows_end(&page).await);
    for kind in kinds {
        let said = page.text(&format!("#bars .row[data-result='{kind}']")).await;
        assert!(said.contains("×") && said.contains("frozen"), "{said}");
    }
}

#[tokio::test]
async fn tabs_are_opened_by_keys_and_kept_in_the_link_and_in_the_browser() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=primes&count=500&repeats=2&warmup=1").await;
    page.run_by_hand().await;
    let open = "return [...document.querySelectorAll('[role=tab][aria-selected=true]')]
        .map((tab) => [tab.id, tab.tabIndex, document.activeElement === tab])";
    page.js("document.querySelector('#tab-timeline').focus()", &[]).await;
    for (key, id) in [
        (RIGHT, "tab-time"),
        (END, "tab-keep"),
        (RIGHT, "tab-timeline"),
        (LEFT, "tab-keep"),
        (HOME, "tab-timeline"),
        (LEFT, "tab-keep"),
        (LEFT, "tab-table"),
    ] {
        page.press(key).await;
        page.appears(&format!("#{id}[aria-selected='true']")).await;
        assert_eq!(page.js(open, &[]).await, json!([[id, 0, true]]), "one tab is open");
    }
    // One stop for the Tab key, and one panel, that says what it is.
    let stops = "return document.querySelectorAll('[role=tab][tabindex=\"0\"]').length";
    assert_eq!(page.js(stops, &[]).await, 1);
    let panels = "return [...document.querySelectorAll('[role=tabpanel]')]
        .map((panel) => panel.getAttribute('aria-labelledby'))";
    assert_eq!(page.js(panels, &[]).await, json!(["tab-table"]));
    assert!(page.has("#results-table").await && !page.has("#timeline").await);

    let link = page.js("return document.querySelector('a.share').getAttribute('href')", &[]).await;
    assert!(link.as_str().is_some_and(|link| link.ends_with("&show=table")), "{link}");
    // A link goes before what was open last, and what it gets wrong is named.
    page.open("about:blank").await;
    page.visit(&site.url("#/lab?workload=primes&show=samples")).await;
    page.appears("#tab-samples[aria-selected='true']").await;
    page.open("about:blank").await;
    page.visit(&site.url("#/lab?workload=primes&show=everything")).await;
    page.appears("#tab-table[aria-selected='true']").await;
    assert!(page.text("#refused").await.contains("show: "));
}

/// The samples that are drawn, and whether they are of warming up.
const DRAWN: &str = "return {
    measured: document.querySelectorAll('#bars .bar:not(.warm-up) .dot').length,
    warmUp: document.querySelectorAll('#bars .bar.warm-up .dot').length,
    inert: document.querySelector('.views').inert && document.querySelector('.head').inert,
}";

#[tokio::test]
async fn bars_move_while_a_run_is_under_way() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, LONG).await;
    page.click("#run").await;
    page.until("document.querySelector('#bars .bar .dot')").await;
    page.until("document.querySelectorAll('#bars .bar:not(.warm-up) .dot').length >= 6").await;
    let first = page.js(DRAWN, &[]).await;
    assert_eq!(first["inert"], true, "what would draw can be used");
    let more = format!(
        "document.querySelectorAll('#bars .bar:not(.warm-up) .dot').length > {}",
        first["measured"]
    );
    page.until(&more).await;
    assert!(page.text("#headline").await.starts_with("Measuring"));
    // Scripts compute nothing meanwhile, either.
    let export = "return playground.exportReport({}, 'json')";
    let thrown = page.call(export, &[]).await.expect_err("something is measured");
    assert_eq!(thrown.name, "Unavailable", "{thrown:?}");
    page.press_cancel().await;
    page.appears("#run:enabled").await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn enough_ends_a_run_and_keeps_what_it_has_and_measuring_goes_on_from_there() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, LONG).await;
    page.click("#run").await;
    page.appears("#enough:enabled").await;
    assert!(page.text("#left").await.contains("left"), "how long it still takes");
    let first = page.js(DRAWN, &[]).await;
    page.click("#enough").await;
    page.until_within(PATIENCE, "document.querySelector('#run:enabled')").await;
    for id in ["main-thread", "threads", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
    let last = page.js(DRAWN, &[]).await;
    let measured = |drawn: &Value| drawn["measured"].as_u64().expect("a count");
    assert!(measured(&last) >= measured(&first) && measured(&last) < 300, "{last}");
    assert_eq!(last["inert"], false);
    // Who pressed it does not lose their place.
    page.until("document.activeElement?.id === 'run'").await;

    // More of the same.
    page.click("#measure-on").await;
    page.until("document.querySelector('#cancel')").await;
    page.until_within(Duration::from_secs(60), "document.querySelector('#run:enabled')").await;
    assert!(measured(&page.js(DRAWN, &[]).await) > measured(&last));
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn escape_cancels() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, LONG).await;
    // Where nothing runs it does nothing.
    page.press(ESCAPE).await;
    page.click("#run").await;
    page.until("document.querySelector('#bars .bar .dot')").await;
    // Within half a second of Run it would not count.
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.press(ESCAPE).await;
    page.until("document.querySelector('#headline').textContent === 'Cancelled'").await;
    page.appears("#run:enabled").await;
}

/// How light the page is on paper, and what is shown there.
const ON_PAPER: &str = "
    const shown = (css) => {
        const element = document.querySelector(css);
        return Boolean(element) && getComputedStyle(element).display !== 'none';
    };
    const light = (css, name) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d');
        canvas.fillStyle = getComputedStyle(document.querySelector(css))[name];
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((a, b) => a + b) / 765;
    };
    const right = Math.max(...[...document.querySelectorAll('.results *')]
        .filter((element) => element.getClientRects().length)
        .map((element) => element.getBoundingClientRect().right));
    return {
        hidden: ['.head', '.experiment', '.tabs', '.actions', '.chart-tools'].filter(shown),
        shown: ['#headline', '#bars .whisker', '.view svg', '.legend', '.printed'].filter(shown),
        ink: light('#headline', 'color'), whisker: light('#bars .whisker', 'stroke'),
        label: light('.view svg text', 'fill'), card: light('.verdict', 'backgroundColor'),
        right, width: innerWidth,
    };";

#[tokio::test]
async fn on_paper_a_result_is_dark_on_light_and_nothing_is_cut_off() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    in_a_window(&page, 1280, 900).await;
    page.visit(&site.url("#/lab?workload=primes&count=500&repeats=3&warmup=1&show=timeline")).await;
    page.run_by_hand().await;
    page.js("document.documentElement.dataset.theme = 'dark'", &[]).await;
    page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    // As wide as a sheet of A4, whose charts were laid out for the window.
    let on_paper = page.js(ON_PAPER, &[]).await;
    assert_eq!(on_paper["hidden"], json!([]));
    assert_eq!(
        on_paper["shown"],
        json!(["#headline", "#bars .whisker", ".view svg", ".legend", ".printed"])
    );
    for (what, is_light) in [("ink", false), ("whisker", false), ("label", false), ("card", true)] {
        let light = on_paper[what].as_f64().expect("a number");
        assert_eq!(light > 0.5, is_light, "{what} on paper: {on_paper}");
    }
    let pdf = page.devtools("Page.printToPDF", json!({ "printBackground": false })).await;
    assert!(pdf["data"].as_str().is_some_and(|data| data.len() > 5_000), "nothing is printed");
    in_a_window(&page, 700, 1000).await;
    let on_paper = page.js(ON_PAPER, &[]).await;
    assert!(on_paper["right"].as_f64() <= Some(701.0), "something is cut off: {on_paper}");
}
