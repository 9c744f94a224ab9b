//! The playground in a browser: its elements and its scripting interface.

use super::browser::{Browser, Thrown};
use super::server::Site;
use serde_json::{Value, json};
use std::ops::Deref;
use std::time::Duration;

/// Where the lab is.
pub const LAB: &str = "#/lab";

/// Counts the page's loads and notes when the first began, whatever the page does.
const COUNT_LOADS: &str = "
    if (window.top === window) try {
        sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0);
        sessionStorage.began ??= performance.timeOrigin;
    } catch {}";

/// Holds once the Run button can be used and `playground.ready` has settled. An
/// expression rather than an `await`, which a reload would break off.
const READY: &str = "document.documentElement.matches('[data-ready]') && window.playground
    && (playground.ready.then(() => { window.readyHasSettled = true; }), window.readyHasSettled)";

/// Cancel stands in for Run while something runs, which may be for too short a time
/// to be seen by asking again and again.
const NOTICE_CANCEL: &str = "
    window.cancelWasThere = false;
    new MutationObserver((_, observer) => {
        if (!document.querySelector('#cancel')) return;
        window.cancelWasThere = true;
        observer.disconnect();
    }).observe(document.body, { subtree: true, childList: true, attributes: true });";

/// Starts a run that `window.abort` ends, and waits until it measures.
const BEGIN: &str = "
    const controller = new AbortController();
    window.abort = () => controller.abort();
    await new Promise((measuring, reject) => {
        window.running = playground.run(args[0], {
            signal: controller.signal,
            onProgress: ({ stage }) => { if (stage === 'measuring') measuring(); },
        });
        window.running.catch(reject);
    });";

/// Ends it and tells how it ended, and how long that took.
const ABORT: &str = "
    const aborted = performance.now();
    window.abort();
    try {
        await window.running;
        return { name: 'it finished' };
    } catch ({ name, message }) {
        return { name, message, tookMs: performance.now() - aborted };
    }";

/// A run that is not over after this time never will be. On a busy machine blocks are
/// taken again and again.
const RUN_PATIENCE: Duration = Duration::from_secs(120);

/// The playground, in a browser of its own.
pub struct Page {
    browser: Browser,
}

impl Deref for Page {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Page {
    /// Opens the site's lab in a fresh browser and waits until it is ready.
    pub async fn open(site: &Site) -> Self {
        Self::open_at(site, LAB).await
    }

    /// Opens `path` of the site in a fresh browser and waits until it is ready.
    pub async fn open_at(site: &Site, path: &str) -> Self {
        let page = Self::start().await;
        page.visit(&site.url(path)).await;
        page
    }

    /// As [`Page::open`], with the machine to itself: for a test that measures.
    pub async fn open_alone(site: &Site) -> Self {
        Self::open_alone_at(site, LAB).await
    }

    /// As [`Page::open_at`], with the machine to itself.
    pub async fn open_alone_at(site: &Site, path: &str) -> Self {
        let page = Self::start_alone().await;
        page.visit(&site.url(path)).await;
        page
    }

    /// As [`Page::open`], beside one other test at the most: for what has to be over in time, or measures what a second
    /// test hardly disturbs.
    pub async fn open_with_half(site: &Site) -> Self {
        Self::open_with_half_at(site, LAB).await
    }

    /// As [`Page::open_at`], beside one other test at the most.
    pub async fn open_with_half_at(site: &Site, path: &str) -> Self {
        let page = Self::start_with_half().await;
        page.visit(&site.url(path)).await;
        page
    }

    /// As [`Page::start`], beside one other test at the most.
    pub async fn start_with_half() -> Self {
        Self::in_browser(Browser::start_with_half().await).await
    }

    /// A fresh browser that has not opened anything yet.
    pub async fn start() -> Self {
        Self::in_browser(Browser::start().await).await
    }

    /// As [`Page::open_at`], where [`Browser::requests`] will be asked for.
    pub async fn open_noting_requests_at(site: &Site, path: &str) -> Self {
        let page = Self::start_noting_requests().await;
        page.visit(&site.url(path)).await;
        page
    }

    /// As [`Page::open_alone`], where [`Browser::requests`] will be asked for.
    pub async fn open_alone_noting_requests(site: &Site) -> Self {
        let page = Self::in_browser(Browser::start_alone_noting_requests().await).await;
        page.visit(&site.url(LAB)).await;
        page
    }

    /// As [`Page::start`], where [`Browser::requests`] will be asked for.
    pub async fn start_noting_requests() -> Self {
        Self::in_browser(Browser::start_noting_requests().await).await
    }

    /// As [`Page::start`], with the machine to itself.
    pub async fn start_alone() -> Self {
        Self::in_browser(Browser::start_alone().await).await
    }

    /// Opens the site's lab in a fresh Firefox with these preferences, which has the machine to itself.
    pub async fn open_in_firefox(site: &Site, preferences: Value) -> Self {
        let page = Self::in_browser(Browser::start_firefox(preferences).await).await;
        page.visit(&site.url(LAB)).await;
        page
    }

    async fn in_browser(browser: Browser) -> Self {
        // Nothing but DevTools runs a script before those of every page: loads of Firefox are not counted.
        if browser.is_chromium() {
            // Else the script below is lost where a reload changes the page's process.
            browser.devtools("Page.enable", json!({})).await;
            let source = json!({ "source": COUNT_LOADS });
            browser.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
        }
        Self { browser }
    }

    /// Opens `url` and waits until the playground there is ready.
    pub async fn visit(&self, url: &str) {
        self.browser.open(url).await;
        self.is_ready().await;
    }

    /// Waits until the page can run something and knows what the browser can do.
    pub async fn is_ready(&self) {
        self.until(READY).await;
    }

    /// Waits until the page's service worker has isolated the page.
    pub async fn isolates_itself(&self) {
        self.until(&format!("crossOriginIsolated && {READY}")).await;
    }

    /// What the page says this browser can do.
    pub async fn capabilities(&self) -> Value {
        self.js("return JSON.parse(JSON.stringify(await playground.ready))", &[]).await
    }

    /// What the page says of the model `id`.
    pub async fn executor(&self, id: &str) -> Value {
        let found = "return playground.executors().find(({ id }) => id === args[0])";
        self.js(found, &[id.into()]).await
    }

    /// How often the page was loaded, reloads included.
    pub async fn loads(&self) -> u64 {
        let loads = self.js("return Number(sessionStorage.loads)", &[]).await;
        loads.as_u64().expect("a count")
    }

    /// From when the reader first set out for the page until its Run button could
    /// be used, in ms, over all reloads.
    pub async fn ready_after_ms(&self) -> f64 {
        let body = "const [ready] = performance.getEntriesByName('ready');
                    return performance.timeOrigin + ready.startTime - Number(sessionStorage.began)";
        self.js(body, &[]).await.as_f64().expect("a time")
    }

    /// Runs an experiment through the scripting interface.
    ///
    /// # Errors
    /// What it rejects with.
    pub async fn run(&self, experiment: &Value) -> Result<Report, Thrown> {
        // As text, so that what is not plain JSON would be missed.
        let body = "return JSON.stringify(await playground.run(args[0]))";
        let text = self.call(body, std::slice::from_ref(experiment)).await?;
        let text = text.as_str().expect("JSON.stringify gives text");
        Ok(Report(serde_json::from_str(text).expect("a report is JSON")))
    }

    /// As [`Page::run`], where every model must give a result.
    pub async fn report(&self, experiment: &Value) -> Report {
        let report = self.run(experiment).await;
        let report = report.unwrap_or_else(|thrown| panic!("{thrown:?}, of {experiment}"));
        for result in report.results() {
            assert!(result["error"].is_null(), "{}: {}", result["executor"], result["error"]);
        }
        report
    }

    /// Begins a run and waits until it measures; [`Page::abort`] ends it.
    pub async fn begin(&self, experiment: &Value) {
        self.js(BEGIN, std::slice::from_ref(experiment)).await;
    }

    /// Ends the run that was begun: what it rejects with, and how long it took until then.
    pub async fn abort(&self) -> Value {
        self.js(ABORT, &[]).await
    }

    /// Chooses a workload from the menu.
    pub async fn choose_workload(&self, id: &str) {
        let body = "const menu = document.querySelector('#workload');
                    menu.value = args[0];
                    menu.dispatchEvent(new Event('change', { bubbles: true }));";
        self.js(body, &[id.into()]).await;
        self.appears(&format!("#workload option[value='{id}']:checked")).await;
    }

    /// Presses the Cancel button, once that counts: not within half a second of Run.
    pub async fn press_cancel(&self) {
        tokio::time::sleep(Duration::from_millis(600)).await;
        self.click("#cancel").await;
    }

    /// Presses the Run button and waits until the run is over.
    pub async fn run_by_hand(&self) {
        self.run_by(async || self.click("#run").await).await;
    }

    /// Does what starts a run and waits until the run is over.
    pub async fn run_by(&self, start: impl AsyncFnOnce()) {
        self.js(NOTICE_CANCEL, &[]).await;
        start().await;
        self.until("window.cancelWasThere").await;
        self.until_within(RUN_PATIENCE, "document.querySelector('#run:enabled')").await;
    }

    /// Opens the tab `id` of the result, as a reader does.
    pub async fn open_tab(&self, id: &str) {
        let tab = format!("#tab-{id}");
        self.click(&tab).await;
        self.appears(&format!("{tab}[aria-selected='true']")).await;
    }

    /// The state of the row of the model `id`.
    pub async fn state(&self, id: &str) -> String {
        let state = "return document.querySelector(`[data-result=\"${args[0]}\"]`)?.dataset.state";
        self.js(state, &[id.into()]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The parameters of a Mandelbrot picture that takes the main thread about
    /// `target_ms`.
    pub async fn mandelbrot_of(&self, target_ms: f64) -> Value {
        let mut iterations = 1_000_u64;
        // Once to come near it, once more to hit it.
        for _ in 0..2 {
            let report = self
                .report(&json!({
                    "workload": "mandelbrot", "params": { "maxIter": iterations },
                    "executors": [{ "id": "main-thread" }], "repeats": 3,
                }))
                .await;
            // What is inside the set costs nearly all of the time.
            let median_ms = report.median_ms(0);
            let wanted = iterations as f64 * target_ms / median_ms;
            iterations = wanted.round().clamp(100.0, 10_000.0) as u64;
        }
        json!({ "maxIter": iterations })
    }
}

/// A report, as a script gets it.
#[derive(Clone, Debug)]
pub struct Report(pub Value);

impl Report {
    /// What each model did, in the experiment's order.
    pub fn results(&self) -> &[Value] {
        self.0["results"].as_array().expect("results are a list")
    }

    /// The result of the model `id`, the first where there are several.
    pub fn result(&self, id: &str) -> &Value {
        let result = self.results().iter().find(|result| result["executor"]["id"] == id);
        result.unwrap_or_else(|| panic!("no result of {id}"))
    }

    /// The median of the `i`-th result, in ms.
    pub fn median_ms(&self, i: usize) -> f64 {
        self.results()[i]["summary"]["medianMs"].as_f64().expect("a median")
    }
}

/// The longest freeze of the page in any of a result's samples, in ms.
pub fn longest_freeze_ms(result: &Value) -> f64 {
    let samples = result["samples"].as_array().expect("samples are a list");
    samples.iter().filter_map(|sample| sample["mainThreadBlockedMs"].as_f64()).fold(0.0, f64::max)
}

/// The longest freeze of the page in a result's typical sample, in ms. On a machine
/// that has other things to do, the worst sample says little about the page.
pub fn typical_freeze_ms(result: &Value) -> f64 {
    let samples = result["samples"].as_array().expect("samples are a list");
    let freezes = samples.iter().filter_map(|sample| sample["mainThreadBlockedMs"].as_f64());
    let mut freezes: Vec<_> = freezes.collect();
    freezes.sort_by(f64::total_cmp);
    freezes[freezes.len() / 2]
}

/// The longest a task computed without a break in a result's median sample, in ms.
pub fn longest_task_ms(result: &Value) -> f64 {
    let lanes = result["lanes"].as_array().expect("lanes are a list");
    let spans = lanes.iter().filter_map(|lane| lane["spans"].as_array()).flatten();
    spans
        .filter(|span| span["phase"] == "compute")
        .filter_map(|span| Some(span["endMs"].as_f64()? - span["startMs"].as_f64()?))
        .fold(0.0, f64::max)
}
