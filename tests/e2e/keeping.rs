//! Reports that leave the page and come back, what is refused on the way, and the runs
//! that the page keeps.

use crate::files::Saved;
use crate::support::browser::ENTER;
use crate::support::page::Report;
use crate::support::reports::{
    DROP, NO_REPORTS, NoReport, choose_text, drop_text, refused_after_ms,
};
use crate::support::server::Host;
use crate::support::{Page, Site};
use concurrency_playground::measure::report::SCHEMA;
use serde_json::{Value, json};
use std::time::Duration;

const SMALL: &str =
    "#/lab?workload=mandelbrot&width=160&height=100&maxIter=100&repeats=3&warmup=1&models=";
/// What the keys of kept runs begin with.
const PREFIX: &str = "concurrency-playground.run.";

/// A picture under every model.
fn picture() -> Value {
    json!({ "workload": "mandelbrot", "repeats": 3, "warmup": 1,
            "params": { "width": 160, "height": 100, "maxIter": 100 } })
}

/// What `playground.exportReport` makes of a report.
async fn export(page: &Page, report: &Report, format: &str) -> String {
    let body = "return playground.exportReport(args[0], args[1])";
    let text = page.js(body, &[report.0.clone(), format.into()]).await;
    text.as_str().expect("text").to_owned()
}

fn headline(report: &Report) -> &str {
    report.0["verdict"]["headline"].as_str().expect("a headline")
}

/// Waits until the page shows a run with this headline.
async fn shows(page: &Page, headline: &str) {
    let shown = "document.querySelector('#headline')?.innerText.startsWith";
    page.until(&format!("{shown}({})", json!(headline))).await;
}

/// Waits until the page shows this report, all of it: the charts and the figures, too.
async fn shows_all_of(page: &Page, report: &Report) {
    shows(page, headline(report)).await;
    page.appears("#bars svg .bar").await;
    for (tab, css) in [
        ("timeline", "#timeline svg .span"),
        ("time", "#waterfall svg .choice"),
        ("table", "#results-table"),
    ] {
        page.open_tab(tab).await;
        page.appears(css).await;
    }
    let rows = "return document.querySelectorAll('#results-table tbody tr').length";
    assert_eq!(page.js(rows, &[]).await, report.results().len());
    for result in report.results() {
        let id = result["executor"]["id"].as_str().expect("an id");
        let state = page.state(id).await;
        assert_eq!(state == "done", result["error"].is_null(), "the row of {id} is {state}");
    }
}

/// Nothing was computed, and nothing that computes was fetched.
async fn nothing_ran(page: &Page) {
    assert_eq!(page.workers(), 0, "workers were started");
    let asked = page.requests().await;
    let computing: Vec<_> = asked.iter().filter(|url| url.contains("/compute")).collect();
    assert!(computing.is_empty(), "{computing:?} were fetched");
}

/// A page on which nothing has happened yet.
async fn afresh(page: &Page, url: &str) {
    // A page that is kept for the way back keeps the threads that have not ended.
    page.workers_are_at_most(0, Duration::from_secs(10)).await;
    page.open("about:blank").await;
    page.requests().await;
    page.visit(url).await;
}

/// Takes a report out of the page and into it again, either way, and out once more.
async fn survives(page: &Page, url: &str) {
    let saved = Saved::by(page).await;
    let body = "
        const report = await playground.run(args[0]);
        const text = playground.exportReport(report, 'json');
        return [text, JSON.stringify(JSON.parse(text)) === JSON.stringify(report)];";
    let exported = page.js(body, &[picture()]).await;
    let text = exported[0].as_str().expect("text").to_owned();
    assert_eq!(exported[1], true, "what is exported is not the report: {text}");
    let report = Report(serde_json::from_str(&text).expect("it is JSON"));
    // What tells below that nothing ran tells here that something did.
    assert!(page.requests().await.iter().any(|url| url.contains("/compute")));
    for how in ["dropped", "chosen"] {
        afresh(page, url).await;
        match how {
            "dropped" => drop_text(page, &text).await,
            _ => choose_text(page, &text).await,
        }
        shows_all_of(page, &report).await;
        nothing_ran(page).await;
        page.open_tab("keep").await;
        page.click("#save-json").await;
        let again = saved.take_text("playground-mandelbrot.json").await;
        assert!(again == text, "a file that was {how} is saved as {again}");
    }
    // The input has forgotten the file, so that the same one can be chosen once more.
    let forgotten = "return document.querySelector('#open-report').files.length";
    assert_eq!(page.js(forgotten, &[]).await, 0);
}

#[tokio::test]
async fn a_report_survives_export_and_import_unchanged() {
    let site = Host::isolated().start();
    let page = Page::open_noting_requests_at(&site, "").await;
    survives(&page, &site.url("#/lab")).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_report_with_a_model_that_could_not_run_survives_too() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_noting_requests_at(&site, "").await;
    survives(&page, &site.url("#/lab")).await;
    assert_eq!(page.state("threads").await, "unavailable");
    assert!(page.text("[data-result='threads']").await.len() > 40, "no reason is given");
}

/// What CPython measured, by `docs/producer.py`, beside what the page can run.
#[tokio::test]
async fn a_report_of_another_program_is_charted_and_not_run_here() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    drop_text(&page, include_str!("../golden/another-program.json")).await;
    let headline = "document.querySelector('#headline')?.textContent.startsWith('ProcessPool')";
    page.until(headline).await;
    let rows =
        "return [...document.querySelectorAll('.rows .row-name')].map((row) => row.textContent)";
    assert_eq!(
        page.js(rows, &[]).await,
        json!(["Main thread", "ThreadPoolExecutor × 2", "ProcessPoolExecutor × 2"])
    );
    // Neither a link nor more rounds: the page has no such models.
    let offered = "return document.querySelectorAll('.share, #measure-on').length";
    assert_eq!(page.js(offered, &[]).await, 0);
    for tab in ["time", "concurrency", "samples", "result", "scaling", "table", "timeline", "keep"]
    {
        page.open_tab(tab).await;
        let shown = page.text("#view").await;
        assert!(!shown.contains("gave no result") && !shown.contains("never"), "{tab}: {shown}");
    }
    assert!(page.text("#opened").await.starts_with("Measured by CPython"));
    assert!(!page.text(".rows").await.contains("never frozen"));
    let saved = Saved::by(&page).await;
    page.click("#save-json").await;
    let text = saved.take_text("playground-primes.json").await;
    let report: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(report["producer"]["name"], "CPython");
    assert_eq!(report["results"][2]["executor"]["title"], "ProcessPoolExecutor");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// A browser opens what is dropped in place of the page, unless the page says no.
#[tokio::test]
async fn a_file_that_is_dropped_in_the_middle_of_a_run_changes_nothing() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=requests&kind=timer&count=20&latencyMs=100&models=main-thread";
    let page = Page::open_at(&site, link).await;
    let text = export(&page, &page.report(&picture()).await, "json").await;
    page.click("#run").await;
    page.appears("#cancel").await;
    let body = format!(
        "{DROP}
        let stayed = [];
        const note = (event) => stayed.push(event.defaultPrevented);
        addEventListener('dragover', note, {{ once: true }});
        addEventListener('drop', note, {{ once: true }});
        const over = new DragEvent('dragover', {{ bubbles: true, cancelable: true }});
        document.querySelector('.lab').dispatchEvent(over);
        drop(new File([args[0]], 'report.json'));
        return stayed;"
    );
    assert_eq!(page.js(&body, &[text.into()]).await, json!([true, true]));
    page.until("document.querySelector('#headline')?.textContent.startsWith('Measuring')").await;
    assert!(!page.has("#bars .whisker").await && !page.has("#not-opened").await);
    page.press_cancel().await;
    page.until("document.querySelector('#run:enabled')").await;
    assert_eq!(shown_headline(&page).await, "Cancelled");
    assert!(history(&page).await.is_empty(), "a run that was cancelled is none");
}

#[tokio::test]
async fn what_the_page_saves_is_what_scripts_export() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}main-thread,threads:2,processes:2")).await;
    let saved = Saved::by(&page).await;
    page.run_by_hand().await;
    page.open_tab("keep").await;
    page.click("#save-json").await;
    let text = saved.take_text("playground-mandelbrot.json").await;
    let report = Report(serde_json::from_str(&text).expect("it is JSON"));
    shows(&page, headline(&report)).await;
    for (format, name) in [
        ("json", "playground-mandelbrot.json"),
        ("csv", "playground-mandelbrot.csv"),
        ("trace", "playground-mandelbrot.trace.json"),
    ] {
        page.click(&format!("#save-{format}")).await;
        let from_page = saved.take_text(name).await;
        let from_script = export(&page, &report, format).await;
        assert!(from_page == from_script, "{format}: {from_page}\nand {from_script}");
    }
}

/// The cells of a table without quotes: no cell of a report's has to be quoted.
fn cells(table: &str) -> Vec<Vec<&str>> {
    assert!(table.ends_with("\r\n") && !table.contains('"'), "{table}");
    table.trim_end_matches("\r\n").split("\r\n").map(|row| row.split(',').collect()).collect()
}

#[tokio::test]
async fn a_table_has_a_row_for_each_sample() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let experiment =
        json!({ "workload": "primes", "params": { "count": 3_000 }, "repeats": 4, "warmup": 1 });
    let report = page.report(&experiment).await;
    let table = export(&page, &report, "csv").await;
    let rows = cells(&table);
    let place = |name: &str| rows[0].iter().position(|head| *head == name).expect("a column");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{table}");
    let mut left = rows[1..].iter();
    for (at, result) in report.results().iter().enumerate() {
        for (number, sample) in result["samples"].as_array().expect("a list").iter().enumerate() {
            let row = left.next().expect("a row for each sample");
            let id = result["executor"]["id"].as_str().expect("an id");
            assert_eq!(row[place("result")], at.to_string());
            assert_eq!(row[place("sample")], number.to_string());
            assert_eq!(row[place("executor")], id);
            for (column, key) in [("total_ms", "totalMs"), ("rest_ms", "restMs")] {
                let number: f64 = row[place(column)].parse().expect("a number");
                assert_eq!(Some(number), sample[key].as_f64(), "{column} of {id}");
            }
            assert_eq!(row[place("answer_digest")], result["answer"]["digest"]);
        }
    }
    assert_eq!(left.len(), 0, "rows that are no sample's");
}

#[tokio::test]
async fn an_export_that_makes_no_sense_is_refused_by_name() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let experiment = json!({ "workload": "primes", "params": { "count": 500 }, "repeats": 1, "warmup": 1,
                             "executors": [{ "id": "main-thread" }] });
    let Report(report) = page.report(&experiment).await;
    let mut spoilt = report.clone();
    spoilt["results"][0]["samples"][0]["totalMs"] = json!(-1);
    for (report, format, key) in [
        (&report, "xml", "format"),
        (&report, "JSON", "format"),
        (&report, "", "format"),
        (&spoilt, "csv", "results[0].samples[0].totalMs"),
        (&json!({}), "json", "schema"),
        (&json!(5), "json", "report"),
        (&Value::Null, "trace", "report"),
    ] {
        let body = "return playground.exportReport(args[0], args[1])";
        let called = page.call(body, &[report.clone(), format.into()]).await;
        let thrown = called.expect_err(format);
        assert_eq!(thrown.name, "InvalidInput", "{format}: {thrown:?}");
        let named = thrown.message.starts_with(&format!("{key}: "));
        assert!(named, "{format} should name {key}: {thrown:?}");
    }
}

/// A span on a track: its name, when it begins and how long it lasts, in ms, and its
/// task.
type Traced = (String, f64, f64, Option<u64>);

/// The spans that a trace has of one lane of a model, on whichever of its tracks.
fn traced(events: &[Value], pid: usize, lane: &str, moved_by_ms: f64) -> Vec<Traced> {
    let of_model = || events.iter().filter(|event| event["pid"] == pid);
    let tracks: Vec<_> = of_model()
        .filter(|event| event["ph"] == "M" && event["name"] == "thread_name")
        .filter(|event| {
            let name = event["args"]["name"].as_str().expect("a name");
            name.strip_prefix(lane).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        })
        .map(|event| &event["tid"])
        .collect();
    assert!(!tracks.is_empty(), "{lane} has no track");
    let ms = |event: &Value, key: &str| event[key].as_f64().expect("a number") / 1000.0;
    of_model()
        .filter(|event| event["ph"] == "X" && tracks.contains(&&event["tid"]))
        .map(|event| {
            let name = event["name"].as_str().expect("a name").to_owned();
            let task = event["args"]["task"].as_u64();
            (name, ms(event, "ts") - moved_by_ms, ms(event, "dur"), task)
        })
        .collect()
}

#[tokio::test]
async fn a_trace_has_every_span_once_at_its_time() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for (workload, params) in [
        ("mandelbrot", json!({ "width": 200, "height": 200, "maxIter": 100 })),
        // Waits of an event loop overlap.
        ("requests", json!({ "kind": "network", "count": 8, "latencyMs": 20, "varianceMs": 30 })),
    ] {
        let experiment =
            json!({ "workload": workload, "params": params, "repeats": 3, "warmup": 1 });
        let report = page.report(&experiment).await;
        let text = export(&page, &report, "trace").await;
        let trace: Value = serde_json::from_str(&text).expect("a trace is JSON");
        let events = trace["traceEvents"].as_array().expect("a list");
        let moved_by_ms = trace["otherData"]["movedByMs"].as_f64().expect("a number");
        assert!(moved_by_ms >= 0.0 && moved_by_ms.fract() == 0.0, "{moved_by_ms}");
        let mut found = 0;
        for (at, result) in report.results().iter().enumerate() {
            for lane in result["lanes"].as_array().expect("a list") {
                let id = lane["id"].as_str().expect("a name");
                let mut left = traced(events, at + 1, id, moved_by_ms);
                for span in lane["spans"].as_array().expect("a list") {
                    let [start, end] = ["startMs", "endMs"].map(|key| span[key].as_f64());
                    let (start, end) = (start.expect("a time"), end.expect("a time"));
                    let is_it = |(name, ts, dur, task): &Traced| {
                        span["phase"] == name.as_str()
                            && span["task"].as_u64() == *task
                            && (ts - start).abs() <= 0.002
                            && (dur - (end - start)).abs() <= 0.002
                    };
                    let place = left.iter().position(is_it);
                    let place = place.unwrap_or_else(|| panic!("{span} of {id} is in no track"));
                    left.swap_remove(place);
                    found += 1;
                }
                assert!(left.is_empty(), "{left:?} are no spans of {id}");
            }
        }
        let spans = events.iter().filter(|event| event["ph"] == "X").count();
        assert_eq!(found, spans, "spans of no lane");
        assert!(found > 20, "{found} spans are no test");
    }
}

/// More files that are no reports.
const MORE: [NoReport; 13] = [
    ("50 MB of JSON", "['[' + '0,'.repeat(25_000_000) + '0]']", "larger than 16 MB"),
    ("5 MB of values", "['[' + '0,'.repeat(2_500_000) + '0]']", "more values"),
    ("two million values", "['[' + '0,'.repeat(1_999_000) + '0]']", "more values"),
    (
        "as many objects as are read",
        "['[' + '{\"a\":0},'.repeat(590_000) + '0]']",
        "must be an object",
    ),
    ("5 MB of spaces", "[' '.repeat(5_000_000)]", "is not JSON"),
    ("objects 100,000 deep", "['{\"a\":'.repeat(1e5) + '1' + '}'.repeat(1e5)]", "nested too deep"),
    (
        "a key that is markup",
        "[good.replace('{', '{\"<img id=injected src=x>\":1,')]",
        "<img id=injected src=x>",
    ),
    (
        "a program that is markup",
        "[changed((report) => { report.producer.name = '<img id=\"injected\" src=x>'; })]",
        "producer.name: ",
    ),
    ("an older schema", "[changed((report) => { report.schema = 1; })]", "older schema 1"),
    ("no JSON", "['This is my report.']", "is not JSON"),
    ("half a report", "[good.slice(0, good.length / 2)]", "is not JSON"),
    ("no text", "[new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 255])]", "is not JSON"),
    ("nothing", "[]", "is not JSON"),
];

#[tokio::test]
async fn what_is_no_report_is_refused_at_once_and_changes_nothing() {
    let site = Host::isolated().start();
    let page = Page::open_alone_noting_requests(&site).await;
    let report = page.report(&picture()).await;
    let good = export(&page, &report, "json").await;
    afresh(&page, &site.url("#/lab")).await;
    let results = "return document.querySelector('.results').innerText.includes(args[0])
        && document.querySelectorAll('#results-table tbody tr').length";
    let mut figures = Vec::new();
    for no_report @ (what, ..) in NO_REPORTS.into_iter().chain(MORE) {
        // A good one before each: what is said of it begins from nothing.
        drop_text(&page, &good).await;
        shows_all_of(&page, &report).await;
        page.until("!document.querySelector('#not-opened')").await;
        let took_ms = refused_after_ms(&page, &good, no_report).await;
        // Twice what the most values that are read take, as machines that test are busy.
        assert!(took_ms < 1_200.0, "{what} was refused after {took_ms:.0} ms");
        figures.push((took_ms, what));
        assert!(!page.has("#injected").await, "{what} became markup");
        let kept = page.js(results, &[headline(&report).into()]).await;
        assert_eq!(kept, report.results().len(), "{what} took the results away");
    }
    figures.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (took_ms, what) in &figures[..6] {
        eprintln!("refused after {took_ms:.1} ms: {what}");
    }
    assert!(page.js("return ({}).polluted", &[]).await.is_null());
    nothing_ran(&page).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// What nobody measured is not believed, whatever else a file says of it.
#[tokio::test]
async fn a_file_cannot_claim_a_verdict() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let report = page.report(&picture()).await;
    let mut claim = report.clone();
    let markup = "<img id='injected' src=x>Threads were 99 times as fast";
    claim.0["verdict"]["headline"] = json!(markup);
    claim.0["warnings"] = json!([{ "code": "Fine", "message": markup }]);
    drop_text(&page, &claim.0.to_string()).await;
    shows_all_of(&page, &report).await;
    let claimed = "return document.body.innerText.includes('99 times as fast')";
    assert_eq!(page.js(claimed, &[]).await, false);
    assert!(!page.has("#injected").await);
}

/// The lines of the history, the newest first.
async fn history(page: &Page) -> Vec<String> {
    page.open_tab("keep").await;
    let lines = "return [...document.querySelectorAll('#history li')].map((li) => li.innerText)";
    let lines = page.js(lines, &[]).await;
    let lines = lines.as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line.as_str().expect("text").to_owned()).collect()
}

/// The headline that is shown, without its interval.
async fn shown_headline(page: &Page) -> String {
    let text = "return document.querySelector('#headline').firstChild.textContent.trim()";
    page.js(text, &[]).await.as_str().expect("text").to_owned()
}

#[tokio::test]
async fn a_run_is_kept_over_a_reload_and_can_be_forgotten() {
    let site = Host::isolated().start();
    let link = format!("{SMALL}main-thread,processes:2");
    let page = Page::open_noting_requests_at(&site, &link).await;
    page.run_by_hand().await;
    let first = shown_headline(&page).await;
    let another = "#/lab?workload=requests&kind=timer&count=8&latencyMs=20&repeats=3&warmup=1\
                   &models=main-thread,event-loop";
    page.js("location.hash = args[0]", &[another.into()]).await;
    page.appears("#param-latencyMs").await;
    page.run_by_hand().await;
    let second = shown_headline(&page).await;
    let kept = |lines: &[String]| {
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].contains(&second) && lines[1].contains(&first), "{lines:?}");
    };
    kept(&history(&page).await);
    assert!(page.text("#keep").await.contains("Kept in this browser"));

    // The tab that was open last is open again.
    afresh(&page, &site.url(&link)).await;
    page.appears("#history").await;
    kept(&history(&page).await);
    assert!(!page.has("#bars .bar").await, "nothing is opened yet");
    page.click("#history li:nth-child(2) .link").await;
    shows(&page, &first).await;
    page.appears("#bars .bar").await;
    assert_eq!(page.state("processes").await, "done");
    page.click("#history li:nth-child(1) .link").await;
    shows(&page, &second).await;
    assert_eq!(page.state("event-loop").await, "done");
    nothing_ran(&page).await;

    let forget = "#history li:nth-child(1) button[aria-label^='Forget']";
    page.click(forget).await;
    page.until("document.querySelectorAll('#history li').length === 1").await;
    assert!(history(&page).await[0].contains(&first));
    page.click(forget).await;
    page.until("!document.querySelector('#history')").await;
    // What is shown stays.
    shows(&page, &second).await;
    let keys = "return Object.keys(localStorage).filter((key) => key.startsWith(args[0])).length";
    assert_eq!(page.js(keys, &[PREFIX.into()]).await, 0);
    afresh(&page, &site.url("#/lab")).await;
    assert!(history(&page).await.is_empty());
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// The page after a small run, which its history lists, and the headline of that.
async fn after_a_run(site: &Site) -> (Page, String) {
    let page =
        Page::open_noting_requests_at(site, &format!("{SMALL}main-thread,processes:2")).await;
    page.run_by_hand().await;
    let headline = shown_headline(&page).await;
    page.open_tab("keep").await;
    (page, headline)
}

/// Whoever opens a run far down the page sees what came of it.
#[tokio::test]
async fn what_is_opened_comes_into_view() {
    let site = Host::isolated().start();
    let (page, headline) = after_a_run(&site).await;
    page.js("scrollTo(0, document.body.scrollHeight)", &[]).await;
    page.click("#history li .link").await;
    shows(&page, &headline).await;
    page.until("document.querySelector('#headline').getBoundingClientRect().bottom > 0").await;
    assert!(page.text("#opened").await.contains("Opened from an earlier run"));
}

/// A report does not hold the picture: there is none to show, or it is drawn anew.
#[tokio::test]
async fn no_picture_is_claimed_where_none_is_drawn() {
    let site = Host::isolated().start();
    let (page, headline) = after_a_run(&site).await;
    page.click("#history li .link").await;
    shows(&page, &headline).await;
    page.open_tab("result").await;
    let honest = "(() => {
        const canvas = document.querySelector('#picture');
        if (!canvas?.getAttribute('aria-label').includes('Mandelbrot set')) return true;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size > 2;
    })()";
    page.until(honest).await;
}

#[tokio::test]
async fn whoever_forgets_a_run_by_key_does_not_lose_their_place() {
    let site = Host::isolated().start();
    let (page, _) = after_a_run(&site).await;
    page.run_by_hand().await;
    // The button that ran it gets the focus back first.
    page.until("document.activeElement?.id === 'run'").await;
    page.js("document.querySelector('#history li button.quiet').focus()", &[]).await;
    page.press(ENTER).await;
    page.until("document.querySelectorAll('#history li').length === 1").await;
    page.until("document.querySelector('#keep').contains(document.activeElement)").await;
}

/// Where the page does not take a file, the browser opens it in place of the page.
#[tokio::test]
async fn a_report_can_be_dropped_anywhere_on_the_page() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let taken = "
        const over = new DragEvent('dragover', { bubbles: true, cancelable: true });
        document.querySelector(args[0]).dispatchEvent(over);
        return over.defaultPrevented;";
    for place in [".lab", "header", "main", "body"] {
        assert_eq!(page.js(taken, &[place.into()]).await, true, "on {place}");
    }
    page.js("location.hash = '#/decide'", &[]).await;
    page.until("!document.querySelector('.lab')").await;
    assert_eq!(page.js(taken, &["main".into()]).await, true, "on the other page");
    // From there it leads to the lab, which says what became of it.
    let dropped = "
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['no report'], 'report.json'));
        const told = { dataTransfer, bubbles: true, cancelable: true };
        document.querySelector('main').dispatchEvent(new DragEvent('drop', told));";
    page.js(dropped, &[]).await;
    page.appears(".lab #not-opened").await;
    let said = page.text("#not-opened").await;
    assert!(said.starts_with("“report.json” was not opened: the report is not JSON"), "{said}");
    let in_view = "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)
        (document.querySelector('#not-opened').getBoundingClientRect())";
    page.until(in_view).await;
}

/// Storage as browsers refuse it: full, and forbidden.
const REFUSALS: [(&str, &str); 2] = [
    (
        "full",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    ),
    (
        "forbidden",
        "Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('forbidden', 'SecurityError'); },
    });",
    ),
];

#[tokio::test]
async fn where_nothing_can_be_kept_runs_are_kept_in_memory() {
    let site = Host::isolated().start();
    for (how, refusal) in REFUSALS {
        let page = Page::start().await;
        let source = json!({ "source": refusal });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
        let link = format!("{SMALL}main-thread,processes:2");
        page.visit(&site.url(&link)).await;
        page.run_by_hand().await;
        assert_eq!(page.state("processes").await, "done", "{how}");
        let first = shown_headline(&page).await;
        let lines = history(&page).await;
        assert!(lines.len() == 1 && lines[0].contains(&first), "{how}: {lines:?}");
        let said = page.text("#keep").await;
        assert!(said.contains("Kept until you close the page"), "{how}: {said}");

        // It opens again beside a second one.
        page.js("document.querySelector('#model-main-thread').click()", &[]).await;
        page.run_by_hand().await;
        page.until("document.querySelectorAll('#history li').length === 2").await;
        page.click("#history li:nth-child(2) .link").await;
        shows(&page, &first).await;
        assert_eq!(page.state("main-thread").await, "done", "{how}");
        page.visit(&site.url("?again")).await;
        assert!(history(&page).await.is_empty(), "{how}");
        assert_eq!(page.errors().await, Vec::<String>::new(), "{how}");
    }
}

#[tokio::test]
async fn invalid_storage_entries_do_not_break_the_history() {
    let site = Host::isolated().start();
    let link = format!("{SMALL}main-thread,processes:2");
    let page = Page::open_noting_requests_at(&site, &link).await;
    page.run_by_hand().await;
    let first = shown_headline(&page).await;
    let line = json!({ "schema": SCHEMA, "when": "2026-11-22T16:00:00.000Z", "workload": "primes",
                       "headline": "<img id='injected' src=x> were fastest", "bytes": 2 });
    let rubbish = [
        ("00000001", "{".to_owned()),
        ("0000000002", "{".to_owned()),
        ("0000000003", "null\n{}".to_owned()),
        ("0000000004", "[".repeat(100_000)),
        ("0000000005", format!("{}\n{{}}", line.to_string().replace("2026", "soon"))),
        ("9999999999", format!("{line}\n{{}}")),
        ("", "x".to_owned()),
    ];
    let keep = "localStorage.setItem(args[0], args[1])";
    for (number, text) in &rubbish {
        page.js(keep, &[format!("{PREFIX}{number}").into(), text.as_str().into()]).await;
    }
    // One that looks well until it is opened, and one that is somebody else's.
    let looks_well = format!("{PREFIX}0000000009");
    page.js(keep, &[looks_well.as_str().into(), format!("{line}\n{{}}").into()]).await;
    page.js(keep, &["somebody.else".into(), "theirs".into()]).await;

    afresh(&page, &site.url(&link)).await;
    let lines = history(&page).await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("<img") && lines[1].contains(&first), "{lines:?}");
    page.click("#history li:nth-child(2) .link").await;
    shows(&page, &first).await;
    page.click("#history li:nth-child(1) .link").await;
    page.appears("#not-opened").await;
    assert!(page.text("#not-opened").await.starts_with("Not opened: schema: "));
    shows(&page, &first).await;
    assert!(!page.has("#injected").await);
    assert!(page.text("#unreadable").await.starts_with("This page cannot read 7 more stored runs"));

    // Nothing was removed, until the reader wishes it.
    let keys = "return Object.keys(localStorage)
        .filter((key) => key.includes('.') && key !== 'concurrency-playground.tab').sort()";
    assert_eq!(page.js(keys, &[]).await.as_array().map(Vec::len), Some(rubbish.len() + 3));
    page.click("#forget-unreadable").await;
    page.until("!document.querySelector('#unreadable')").await;
    page.click("#history li:nth-child(1) button[aria-label^='Forget']").await;
    page.until("document.querySelectorAll('#history li').length === 1").await;
    let keys = page.js(keys, &[]).await;
    assert_eq!(keys, json!([format!("{PREFIX}0000000001"), "somebody.else"]));
    page.run_by_hand().await;
    assert_eq!(history(&page).await.len(), 2);
    assert_eq!(page.errors().await, Vec::<String>::new());
}
