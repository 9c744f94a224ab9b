//! What requests wait for: a file, a database, addresses of the reader's own. The answers,
//! what is left behind, and what is said where there is none.

use crate::support::server::Host;
use crate::support::slow_host::SlowHost;
use crate::support::{Page, Site, reference};
use concurrency_playground::workloads::answer;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Every model, with pools of two.
fn every_model() -> Value {
    json!([{ "id": "main-thread" }, { "id": "event-loop" }, { "id": "threads", "workers": 2 },
           { "id": "processes", "workers": 2 }])
}

fn experiment(workload: &str, params: &Value) -> Value {
    json!({ "workload": workload, "params": params, "executors": every_model(), "repeats": 1,
            "warmup": 0 })
}

/// Comes back with everything that this origin has stored.
const STORED: &str = "
    const root = await navigator.storage.getDirectory();
    const files = [];
    for await (const name of root.keys()) files.push(name);
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return [...files, ...databases]";

async fn nothing_is_stored(page: &Page) {
    let stored = format!(
        "(() => {{ (async () => {{ {STORED} }})().then((all) => {{ window.stored = all; }});
                   return window.stored?.length === 0; }})()"
    );
    page.js("window.stored = undefined", &[]).await;
    page.until(&stored).await;
}

#[tokio::test]
async fn every_model_reads_what_was_stored_and_nothing_of_it_is_left() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for kind in ["disk", "database"] {
        for params in [
            json!({ "kind": kind, "count": 1, "bytes": 0 }),
            json!({ "kind": kind, "count": 40, "bytes": 1000, "seed": 7 }),
            // More than is written at once.
            json!({ "kind": kind, "count": 5, "bytes": 1 << 20 }),
        ] {
            let report = page.report(&experiment("requests", &params)).await;
            let digest = reference::digest("requests", &params);
            for result in report.results() {
                assert_eq!(result["answer"]["digest"], *digest, "{params} {}", result["executor"]);
            }
            let each = params["bytes"].as_u64().expect("a number");
            let all = params["count"].as_u64().expect("a number") * each;
            let sample = &report.result("event-loop")["samples"][0];
            assert!(sample["bytesReceived"].as_u64() >= Some(all), "{params}: {sample}");
            nothing_is_stored(&page).await;
        }
    }
}

/// What a tab that crashed has left is nobody's, and is in nobody's way.
#[tokio::test]
async fn what_an_earlier_run_left_behind_is_removed() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let leave = "
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('concurrency-playground', { create: true });
        await folder.getFileHandle('12-of-1024-seed-1', { create: true });
        await new Promise((resolve, reject) => {
            const request = indexedDB.open('concurrency-playground', 3);
            request.onupgradeneeded = () => request.result.createObjectStore('old');
            request.onsuccess = () => resolve(request.result.close());
            request.onerror = reject;
        });";
    page.js(leave, &[]).await;
    assert_eq!(page.js(STORED, &[]).await.as_array().map(Vec::len), Some(2));
    for kind in ["disk", "database"] {
        let params = json!({ "kind": kind });
        let report = page.report(&experiment("requests", &params)).await;
        assert_eq!(report.0["agreement"], true, "{kind}");
    }
    nothing_is_stored(&page).await;
}

#[tokio::test]
async fn a_cancelled_run_leaves_nothing_stored() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for (kind, stage) in
        [("disk", "measuring"), ("database", "measuring"), ("disk", ""), ("database", "")]
    {
        let params = json!({ "kind": kind, "count": 60, "bytes": 1 << 20 });
        let long = json!({ "workload": "requests", "params": params, "repeats": 100,
                           "executors": every_model() });
        // Without a stage, it is cancelled while things are being stored.
        let body = "
            const [experiment, stage] = args;
            const controller = new AbortController();
            const abort = () => controller.abort();
            if (stage === '') setTimeout(abort, 150);
            try {
                await playground.run(experiment, {
                    signal: controller.signal,
                    onProgress: (progress) => { if (progress.stage === stage) abort(); },
                });
            } catch ({ name }) { return name; }";
        assert_eq!(page.js(body, &[long, stage.into()]).await, "Cancelled", "{kind} {stage}");
        nothing_is_stored(&page).await;
        let params = json!({ "kind": kind, "count": 3 });
        assert_eq!(page.report(&experiment("requests", &params)).await.0["agreement"], true);
    }
}

#[tokio::test]
async fn two_tabs_do_not_store_at_a_time() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let hold = "
        await new Promise((held) => navigator.locks.request('concurrency-playground-storage',
            () => new Promise((release) => { window.release = release; held(); })));";
    page.js(hold, &[]).await;
    let disk = experiment("requests", &json!({ "kind": "disk" }));
    let thrown = page.run(&disk).await.expect_err("another has the storage");
    assert_eq!(thrown.name, "Unavailable", "{thrown:?}");
    assert!(thrown.message.contains("another tab"), "{thrown:?}");
    page.js("window.release()", &[]).await;
    assert_eq!(page.report(&disk).await.0["agreement"], true);
}

/// A host that lets anyone read two files, and one that lets nobody.
fn other_hosts() -> (Site, Site) {
    let with = |host: Host| {
        let large = "x".repeat(8_000_001);
        let host = host.with("one.txt", "text/plain", "one").with("two.txt", "text/plain", "zwei");
        host.with("large.txt", "text/plain", large).start()
    };
    (with(Host::plain().open_to_all()), with(Host::plain()))
}

#[tokio::test]
async fn every_model_asks_the_reader_s_own_addresses() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let (open, _closed) = other_hosts();
    let own = "./io/delay/5?bytes=4&seed=1&i=0";
    let urls =
        json!([open.url("one.txt"), own, open.url("two.txt"), open.url("one.txt"), "./sw.js"]);
    let params = json!({ "urls": urls });
    let report = page.report(&experiment("requests", &params)).await;
    let mut all = b"one".to_vec();
    let brought = json!({ "count": 1, "bytes": 4, "seed": 1 });
    all.extend(reference::workload("requests", &brought).solve(None).expect("fits"));
    all.extend(b"zweione");
    all.extend(
        page.js("return await (await fetch('sw.js')).text()", &[])
            .await
            .as_str()
            .map_or(Vec::new(), |text| text.as_bytes().to_vec()),
    );
    for result in report.results() {
        assert_eq!(result["answer"]["digest"], answer::digest(&all), "{}", result["executor"]);
    }
    assert_eq!(report.0["experiment"]["params"]["urls"], urls);

    let hashed = page.report(&experiment("pipeline", &json!({ "urls": urls, "rounds": 3 }))).await;
    assert_eq!(hashed.0["agreement"], true);
}

#[tokio::test]
async fn an_address_that_cannot_be_read_says_which_and_why() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let (open, closed) = other_hosts();
    let gone = {
        let (gone, _) = other_hosts();
        gone.url("one.txt")
    };
    for (url, words) in [
        (closed.url("one.txt"), "Access-Control-Allow-Origin"),
        (gone, "nothing answers there"),
        (open.url("none.txt"), "status 404"),
        (open.url("large.txt"), "returned more than 8,000,000 bytes"),
        (site.url("none.txt"), "status 404"),
    ] {
        let params = json!({ "urls": [open.url("one.txt"), url] });
        for executor in every_model().as_array().into_iter().flatten() {
            let alone = json!({ "workload": "requests", "params": params, "repeats": 1,
                                "executors": [executor] });
            let thrown = page.run(&alone).await.expect_err("it cannot be read");
            assert_eq!(thrown.name, "TaskFailed", "{executor}: {thrown:?}");
            assert!(thrown.message.contains(&url), "{executor}: {thrown:?}");
            assert!(thrown.message.contains(words), "{executor}: {thrown:?}");
        }
    }
}

#[tokio::test]
async fn addresses_in_a_link_are_in_sight_and_stand_in_for_the_rest() {
    let site = Host::isolated().start();
    let link =
        "#/lab?workload=requests&urls=.%2Fio%2Fdelay%2F5%3Fbytes%3D3&models=event-loop,threads:2";
    let page = Page::open_at(&site, link).await;
    page.appears("#param-urls").await;
    let shown = "return document.querySelector('#param-urls').value";
    assert_eq!(page.js(shown, &[]).await, "./io/delay/5?bytes=3");
    page.until("!document.querySelector('#param-count')").await;
    page.until("document.body.innerText.includes('Each model requests each address above')").await;
    page.run_by_hand().await;
    assert_eq!(page.state("event-loop").await, "done");
    assert_eq!(page.state("threads").await, "done");

    page.fill("#param-urls", "ftp://example.org/a").await;
    page.appears("#run:disabled").await;
    assert!(page.text("#error-urls").await.contains("https://"));
    page.fill("#param-urls", " ").await;
    page.appears("#run:enabled").await;
    page.appears("#param-count").await;
}

/// A cache would lend one answer to all of them, or let one of them at a time write it.
#[tokio::test]
async fn each_request_to_the_same_address_is_made_and_none_waits_for_another() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let slow = SlowHost::start();
    let executors = json!([{ "id": "main-thread" }, { "id": "event-loop" },
        { "id": "threads", "workers": 6 }, { "id": "processes", "workers": 6 }]);
    for path in ["after/300", "cached/300"] {
        let urls = vec![slow.url(path); 6];
        let experiment = json!({ "workload": "requests", "params": { "urls": urls },
            "executors": executors, "repeats": 1, "warmup": 0 });
        let _ = slow.asked();
        let report = page.report(&experiment).await;
        assert_eq!(slow.asked(), 6 * 4, "{path}");
        assert!(report.median_ms(0) > 6.0 * 300.0, "{path}: {}", report.median_ms(0));
        for model in 1..4 {
            let ms = report.median_ms(model);
            assert!(
                ms < 3.0 * 300.0,
                "{path}: {} took {ms} ms",
                report.results()[model]["executor"]
            );
        }
    }
}

#[tokio::test]
async fn a_body_without_end_is_given_up_when_it_is_too_long_and_not_after() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let slow = SlowHost::start();
    for executor in every_model().as_array().into_iter().flatten() {
        let began = Instant::now();
        let alone = json!({ "workload": "requests", "params": { "urls": [slow.url("flood")] },
                            "repeats": 1, "executors": [executor] });
        let thrown = page.run(&alone).await.expect_err("it is too long");
        assert_eq!(thrown.name, "TaskFailed", "{executor}: {thrown:?}");
        assert!(thrown.message.contains("more than 8,000,000 bytes"), "{executor}: {thrown:?}");
        assert!(began.elapsed() < Duration::from_secs(15), "{executor}: {:?}", began.elapsed());
        slow.is_left_alone_within(Duration::from_secs(1)).await;
    }
}

/// Half a minute for each of two models: one on the page, one in workers.
#[tokio::test]
async fn an_answer_that_never_ends_is_called_late_and_its_connection_is_closed() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let slow = SlowHost::start();
    for (executor, path) in [("event-loop", "drip"), ("processes", "silent")] {
        let alone = json!({ "workload": "requests", "params": { "urls": [slow.url(path)] },
                            "repeats": 1, "executors": [{ "id": executor }] });
        let began = Instant::now();
        let thrown = page.run(&alone).await.expect_err("it never ends");
        assert_eq!(thrown.name, "TimedOut", "{executor}: {thrown:?}");
        assert!(thrown.message.contains("within 30 s"), "{executor}: {thrown:?}");
        assert!(began.elapsed() > Duration::from_secs(29), "{executor}: {:?}", began.elapsed());
        slow.is_left_alone_within(Duration::from_secs(1)).await;
    }
}

/// Others' connections would be taken until the failed one's are let go.
#[tokio::test]
async fn a_model_that_failed_leaves_the_next_one_its_connections() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let slow = SlowHost::start();
    let mut urls = vec![slow.url("drip"); 8];
    urls[0] = slow.url("none");
    let failing = json!({ "workload": "requests", "params": { "urls": urls }, "repeats": 1,
        "executors": [{ "id": "event-loop" }, { "id": "threads", "workers": 2 }] });
    let began = Instant::now();
    let thrown = page.run(&failing).await.expect_err("one is not there");
    assert!(thrown.message.contains("status 404"), "{thrown:?}");
    // A thread that waits for its own request hears of nothing until that is given up.
    assert!(began.elapsed() < Duration::from_secs(45), "{:?}", began.elapsed());
    slow.is_left_alone_within(Duration::from_secs(1)).await;
}

/// Browsers stop service workers as they like, and start them again when they are asked.
#[tokio::test]
async fn a_service_worker_that_is_stopped_in_the_middle_of_a_run_holds_nothing_up() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    page.devtools("ServiceWorker.enable", json!({})).await;
    let experiment = json!({ "workload": "requests", "executors": every_model(), "repeats": 4,
        "warmup": 0, "params": { "count": 4, "bytes": 100_000, "latencyMs": 300 } });
    // Not while workers start: the service worker hands out their scripts.
    let start = "await new Promise((measuring) => {
        const onProgress = ({ stage }) => { if (stage === 'measuring') measuring(); };
        window.running = playground.run(args[0], { onProgress }).then(
            ({ results }) => results.map(({ error }) => error?.name ?? 'done'), ({ name }) => [name]);
    })";
    page.js(start, &[experiment]).await;
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(400)).await;
        page.devtools("ServiceWorker.stopAllWorkers", json!({})).await;
    }
    let ended = "return await Promise.race([window.running,
        new Promise((late) => setTimeout(() => late(['it hangs']), 60_000))]);";
    let ended = page.js(ended, &[]).await;
    println!("{ended}");
    for model in ended.as_array().into_iter().flatten() {
        let how = model.as_str().unwrap_or_default();
        assert!(["done", "TaskFailed", "TimedOut"].contains(&how), "{ended}");
    }
    assert_eq!(page.report(&experiment_of_one_wait()).await.0["agreement"], true);
}

fn experiment_of_one_wait() -> Value {
    experiment("requests", &json!({ "count": 1, "latencyMs": 1 }))
}
