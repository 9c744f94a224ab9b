//! Hosts that set no headers, with and without a service worker, at the root and
//! below it.

use crate::support::download::all_files;
use crate::support::server::Host;
use crate::support::{Page, reference};
use serde_json::json;
use std::time::Duration;

/// What a run comes to where everything can run.
async fn everything_runs(page: &Page) {
    for params in [
        json!({ "kind": "network", "count": 4, "latencyMs": 20, "varianceMs": 20, "bytes": 300 }),
        json!({ "kind": "timer", "count": 4, "latencyMs": 20, "varianceMs": 20, "bytes": 300 }),
    ] {
        let experiment =
            json!({ "workload": "requests", "params": params, "repeats": 1, "warmup": 1 });
        let report = page.report(&experiment).await;
        let digest = reference::digest("requests", &params);
        assert!(report.results().iter().all(|result| result["answer"]["digest"] == *digest));
    }
    page.choose_workload("primes").await;
    page.appears("#param-count").await;
    page.fill("#param-count", "3000").await;
    page.run_by_hand().await;
    for id in ["main-thread", "event-loop", "threads", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
}

#[tokio::test]
async fn without_headers_and_service_worker_threads_say_why_not_and_the_others_run() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open(&site).await;
    let capabilities = page.capabilities().await;
    assert_eq!(capabilities["crossOriginIsolated"], false);
    assert_eq!(capabilities["sharedMemory"]["available"], false);
    assert_eq!(capabilities["serviceWorker"]["available"], false);
    let threads = page.executor("threads").await;
    assert_eq!(threads["available"], false);
    assert!(threads["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{threads}");
    assert_eq!(page.executor("threads-gil").await["reason"], threads["reason"]);
    assert_eq!(page.executor("processes").await["available"], true);

    // A script's run: threads fail, the others stand.
    let experiment = json!({ "workload": "primes", "params": { "start": 0, "count": 1000 }, "repeats": 2, "warmup": 1 });
    let report = page.run(&experiment).await.expect("the others run");
    let error = &report.result("threads")["error"];
    assert_eq!(error["name"], "Unavailable");
    assert_eq!(error["message"], threads["reason"]);
    for id in ["main-thread", "event-loop", "processes"] {
        assert_eq!(
            report.result(id)["answer"]["digest"],
            "ecc916542ac351d473ee2f629b27f45a14df9ba6b79a2d00297d169478e27d34"
        );
    }
    assert_eq!(report.0["agreement"], true);

    // Requests through a service worker that is not there name the way out.
    let network = json!({ "workload": "requests", "params": { "kind": "network", "count": 2 }, "repeats": 1, "warmup": 1 });
    match page.run(&network).await {
        Err(thrown) => {
            assert_eq!(thrown.name, "Unavailable", "{thrown:?}");
            assert!(thrown.message.contains("timed waits"), "{thrown:?}");
        }
        Ok(report) => {
            for result in report.results() {
                let error = &result["error"];
                assert_eq!(error["name"], "Unavailable", "{error}");
                let message = error["message"].as_str().unwrap_or_default();
                assert!(
                    message.contains("timed waits") || result["executor"]["id"] == "threads",
                    "{error}"
                );
            }
        }
    }
    let timer = json!({ "workload": "requests", "repeats": 1, "warmup": 1,
        "params": { "kind": "timer", "count": 3, "latencyMs": 10 },
        "executors": [{ "id": "main-thread" }, { "id": "event-loop" }, { "id": "processes" }] });
    assert_eq!(page.report(&timer).await.0["agreement"], true);
    // Files need neither; what the database holds only a service worker looks up.
    let stored = |kind: &str| {
        json!({ "workload": "requests", "params": { "kind": kind }, "repeats": 1, "warmup": 1,
                "executors": [{ "id": "event-loop" }, { "id": "processes" }] })
    };
    assert_eq!(page.report(&stored("disk")).await.0["agreement"], true);
    let thrown = page.run(&stored("database")).await.expect_err("nobody looks it up");
    assert_eq!(thrown.name, "Unavailable", "{thrown:?}");

    // By hand: a model that cannot run says so before anyone has pressed anything.
    page.open("about:blank").await;
    let link = "#/lab?workload=primes&count=2000&repeats=1&warmup=1&models=main-thread,event-loop,threads,processes";
    page.visit(&site.url(link)).await;
    page.run_by_hand().await;
    assert_eq!(page.state("threads").await, "unavailable");
    assert!(page.text("[data-result='threads']").await.contains("isolated"));
    for id in ["main-thread", "event-loop", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
}

#[tokio::test]
async fn without_headers_the_service_worker_isolates_the_page_after_one_reload() {
    let site = Host::plain().start();
    let page = Page::start().await;
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    assert_eq!(page.loads().await, 2, "one visit and one reload");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(page.loads().await, 2, "the page reloads again and again");
    assert_eq!(page.executor("threads").await["available"], true);
    everything_runs(&page).await;

    // A later visit comes isolated at once, and a hard reload, which goes past the
    // service worker, mends itself.
    page.open("about:blank").await;
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    let loads = page.loads().await;
    assert_eq!(loads, 3, "a later visit needs no reload");
    // A browser that is busy may drop a reload that is asked for while it still loads.
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        page.devtools("Page.reload", json!({ "ignoreCache": true })).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        if page.loads().await > loads {
            break;
        }
    }
    page.until(&format!("Number(sessionStorage.loads) > {loads}")).await;
    page.isolates_itself().await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(page.loads().await <= loads + 2, "{} loads", page.loads().await);
}

#[tokio::test]
async fn everything_works_below_a_path_on_a_host_without_headers() {
    let site = Host::plain().below("/courses/playground/").start();
    let page = Page::start().await;
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    everything_runs(&page).await;
    let outside: Vec<_> = site
        .requested()
        .into_iter()
        // The browser asks for this one by itself where the page names no icon.
        .filter(|path| !path.starts_with("/courses/playground/") && path != "/favicon.ico")
        .collect();
    assert_eq!(outside, [] as [String; 0], "asked for outside of the sub-path");
}

#[tokio::test]
async fn nothing_that_the_page_asks_for_is_missing() {
    for site in [Host::isolated().start(), Host::plain().start()] {
        let page = Page::start().await;
        page.open(&site.url("#/lab")).await;
        page.isolates_itself().await;
        everything_runs(&page).await;
        let missing = site.missed();
        assert_eq!(missing, [] as [String; 0], "asked for and not there");
    }
}

/// Its service worker is passed by, and the browser may show an earlier document instead.
#[tokio::test]
async fn hard_reloads_straight_after_a_first_visit_leave_the_page_isolated() {
    let site = Host::plain().start();
    let page = Page::start().await;
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    for _ in 0..4 {
        page.js("window.isOld = true", &[]).await;
        page.devtools("Page.reload", json!({ "ignoreCache": true })).await;
        page.until("!window.isOld").await;
        page.isolates_itself().await;
        assert_eq!(page.capabilities().await["sharedMemory"]["available"], true);
    }
}

/// At the root of a domain every page is in the service worker's scope.
#[tokio::test]
async fn another_page_beside_the_site_is_as_it_was_after_a_visit() {
    let opener = "<!doctype html><title>Opener</title>";
    let other = "<!doctype html><title>Other</title><p>Beside";
    let host = Host::plain().with("opener.html", "text/html", opener);
    let site = host.with("other.html", "text/html", other).start();
    let page = Page::start().await;
    let look = "
        const opened = window.open('other.html');
        await new Promise((loaded) => opened.addEventListener('load', loaded));
        const { headers } = await opened.fetch('other.html');
        const found = {
            opener: opened.opener === window, isolated: opened.crossOriginIsolated,
            headers: [...headers.keys()].filter((name) => /cross-origin|isolation/.test(name)),
        };
        opened.close();
        return found;";
    page.open(&site.url("opener.html")).await;
    let before = page.js(look, &[]).await;
    assert_eq!(before, json!({ "opener": true, "isolated": false, "headers": [] }));
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    page.open(&site.url("opener.html")).await;
    assert_eq!(page.js("return Boolean(navigator.serviceWorker.controller)", &[]).await, true);
    assert_eq!(page.js(look, &[]).await, before);
}

/// Every file of the build comes by way of the service worker, and its list has no other.
#[tokio::test]
async fn the_service_worker_knows_the_files_of_the_build_and_no_others() {
    let site = Host::plain().start();
    let page = Page::start().await;
    page.open(&site.url("#/lab")).await;
    page.isolates_itself().await;
    let policy = "
        const { headers } = await fetch(args[0]);
        return headers.get('cross-origin-resource-policy') === 'cross-origin'";
    // The page is none of its files, nor are the guide's static pages, which need no headers.
    let names: Vec<_> = all_files().into_iter().filter(|name| !name.ends_with(".html")).collect();
    for name in &names {
        assert_eq!(page.js(policy, &[name.as_str().into()]).await, true, "{name}");
    }
    let in_folders = |name: &&String| name.contains("snippets/") || name.starts_with("guide/");
    let listed = names.iter().filter(|name| !in_folders(name)).count();
    let files = "
        const text = await (await fetch('sw.js')).text();
        return text.match(/FILES = \\[([^\\]]*)\\]/)[1].match(/\"/g).length / 2";
    assert_eq!(page.js(files, &[]).await, listed);
}

#[tokio::test]
async fn over_plain_http_by_name_the_reason_is_that_it_is_not_https() {
    let site = Host::plain().start();
    let page = Page::start().await;
    page.visit(&site.url_by_name("")).await;
    let capabilities = page.capabilities().await;
    for of in ["serviceWorker", "sharedMemory"] {
        let reason = capabilities[of]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("https"), "{of}: {reason}");
    }
    for kind in ["network", "disk", "database"] {
        let experiment = json!({ "workload": "requests", "params": { "kind": kind },
                                 "executors": [{ "id": "event-loop" }], "repeats": 1, "warmup": 1 });
        let thrown = page.run(&experiment).await.expect_err("nothing of it is allowed");
        assert_eq!(thrown.name, "Unavailable", "{kind}: {thrown:?}");
        assert!(thrown.message.contains("https"), "{kind}: {thrown:?}");
    }
}
