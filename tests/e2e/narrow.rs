//! A phone's window.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

const WIDTH: u64 = 360;

/// Windows of a headless browser are never narrower than 500 px: this one is made
/// to believe that it is.
async fn on_a_phone(page: &Page) {
    let metrics = json!({ "width": WIDTH, "height": 740, "deviceScaleFactor": 2, "mobile": true });
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
}

/// Nothing is wider than the window. Names what is, where something is.
async fn fits(page: &Page, what: &str) {
    let body = "
        const wide = [...document.querySelectorAll('body *')].filter((element) => {
            const { right, left, width } = element.getBoundingClientRect();
            return width > 0 && (right > args[0] + 0.5 || left < -0.5);
        });
        return { inner: innerWidth, scroll: document.documentElement.scrollWidth,
                 wide: wide.slice(0, 5).map(({ tagName, id, className }) => `${tagName}#${id}.${className?.baseVal ?? className}`) };";
    let measured = page.js(body, &[WIDTH.into()]).await;
    assert!(measured["scroll"].as_u64() <= Some(WIDTH), "{what} scrolls sideways: {measured}");
    assert_eq!(measured["inner"], WIDTH, "{what} is zoomed out: {measured}");
}

#[tokio::test]
async fn on_a_phone_nothing_scrolls_sideways_and_a_run_works() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    on_a_phone(&page).await;
    for workload in [
        "mandelbrot&width=320&height=200&maxIter=100",
        "primes&count=2000",
        "array-sum&n=100000",
        "sort&n=1000",
        "blur&width=200&height=150",
        "word-count&words=1000",
        "monte-carlo-pi&samples=100000",
        "requests&latencyMs=5",
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(&format!("#/lab?workload={workload}&repeats=2&warmup=1"))).await;
        fits(&page, &format!("the lab with {workload} before a run")).await;
        page.run_by_hand().await;
        for id in ["main-thread", "event-loop", "threads", "processes"] {
            assert_eq!(page.state(id).await, "done", "{workload}: the row of {id}");
        }
        fits(&page, &format!("the lab with {workload} after a run")).await;
    }
    page.js("document.querySelectorAll('details').forEach((more) => { more.open = true; })", &[])
        .await;
    fits(&page, "the lab with everything unfolded").await;
    for route in [
        "#/decide",
        "#/decide?path=cpu.one",
        "#/decide?path=io.thousands",
        "",
        "#/cheatsheet",
        "#/guide/when-processes",
        "#/guide/is-it-so",
        "#/glossary",
        "#/pitfalls",
        "#/pitfalls/lost-update",
        "#/pitfalls/queue-deadlock",
        "#/pitfalls/starved-event-loop",
        "#/primitives",
        "#/primitives/queue",
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(route)).await;
        fits(&page, route).await;
        page.js(
            "document.querySelectorAll('details').forEach((more) => { more.open = true; })",
            &[],
        )
        .await;
        fits(&page, &format!("{route}, everything unfolded")).await;
    }
}

#[tokio::test]
async fn on_a_phone_text_stays_readable_and_buttons_can_be_hit() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    on_a_phone(&page).await;
    page.visit(&site.url("#/lab?workload=primes&count=2000&repeats=2&warmup=1")).await;
    page.run_by_hand().await;
    let body = "
        const shown = ({ width, height }) => width > 1 && height > 1;
        const small = [...document.querySelectorAll('main *')].filter((element) =>
            [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
            && shown(element.getBoundingClientRect())
            && parseFloat(getComputedStyle(element).fontSize) < 12);
        const narrow = [...document.querySelectorAll('main button')].filter((button) => {
            const box = button.getBoundingClientRect();
            return shown(box) && (box.height < 24 || box.width < 24);
        });
        return [...small, ...narrow].slice(0, 5).map((element) => element.outerHTML.slice(0, 120));";
    assert_eq!(page.js(body, &[]).await, json!([]), "text below 12 px, or buttons below 24 px");
}

/// WCAG 2.2, 1.4.4 and 1.4.10: text twice as large loses nothing, and nothing scrolls sideways.
#[tokio::test]
async fn on_a_phone_text_may_be_twice_as_large() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    on_a_phone(&page).await;
    let enlarge = "document.documentElement.style.fontSize = '200%'";
    for workload in
        ["primes&count=2000", "requests&latencyMs=5", "custom", "blur&width=64&height=48"]
    {
        page.open("about:blank").await;
        page.visit(&site.url(&format!("#/lab?workload={workload}&repeats=2&warmup=1"))).await;
        page.js(enlarge, &[]).await;
        fits(&page, &format!("large text, {workload}, before a run")).await;
    }
    page.run_by_hand().await;
    fits(&page, "large text after a run").await;
    page.open("about:blank").await;
    page.visit(&site.url("#/decide?path=cpu.one")).await;
    page.js(enlarge, &[]).await;
    fits(&page, "large text on the tree").await;
}
