//! The lab in a frame of somebody else's page.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

/// A course page on another site that knows nothing of the playground's headers.
async fn in_a_frame(playground: Host, attributes: &str) -> (Page, [crate::support::Site; 2]) {
    let playground = playground.start();
    let frame = playground
        .url_on_another_site("?embed=1#/lab?workload=primes&count=3000&repeats=1&warmup=1&models=main-thread,event-loop,threads:2,processes:2");
    let course = format!(
        "<!doctype html><title>Course</title><h1>Lesson 4</h1>
         <iframe src='{frame}' width='900' height='800' {attributes}></iframe>"
    );
    let course = Host::plain().with("lesson.html", "text/html", course).start();
    let page = Page::start().await;
    page.open(&course.url("lesson.html")).await;
    page.client().enter_frame(0).await.expect("the frame");
    (page, [playground, course])
}

/// The frame shows the lab with the link's workload, and it runs.
async fn the_lab_runs(page: &Page) {
    page.is_ready().await;
    assert!(!page.has("nav").await, "an embedded page has no navigation");
    assert_eq!(page.js("return document.querySelector('#param-count').value", &[]).await, "3000");
    page.run_by_hand().await;
    for id in ["main-thread", "event-loop", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}");
    }
    match page.capabilities().await["crossOriginIsolated"].as_bool() {
        Some(true) => assert_eq!(page.state("threads").await, "done"),
        _ => {
            assert_eq!(page.state("threads").await, "unavailable");
            assert!(page.text("[data-result='threads']").await.len() > 40, "no reason is given");
        }
    }
}

#[tokio::test]
async fn a_course_page_on_another_site_embeds_the_lab() {
    for host in [Host::plain(), Host::isolated(), Host::plain().without("sw.js")] {
        let (page, _sites) = in_a_frame(host, "").await;
        // Whatever the frame does to isolate itself, it comes to rest.
        page.is_ready().await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        the_lab_runs(&page).await;
    }
}

/// Such a frame has neither storage nor workers nor service workers, and an origin
/// of its own, so that its host must let it read the page's very scripts.
#[tokio::test]
async fn a_frame_without_rights_shows_the_lab_and_says_what_cannot_run() {
    let (page, _sites) = in_a_frame(Host::plain().open_to_all(), "sandbox='allow-scripts'").await;
    page.is_ready().await;
    page.run_by_hand().await;
    assert_eq!(page.state("main-thread").await, "done");
    assert_eq!(page.state("event-loop").await, "done");
    for id in ["threads", "processes"] {
        let state = page.state(id).await;
        assert!(["failed", "unavailable"].contains(&state.as_str()), "the row of {id} is {state}");
    }
    let experiment =
        json!({ "workload": "primes", "params": { "count": 500 }, "repeats": 1, "warmup": 1 });
    let report = page.run(&experiment).await.expect("the others run");
    assert!(report.result("processes")["error"]["message"].as_str().is_some());
    // Nor may it store anything.
    for kind in ["disk", "database"] {
        let stored = json!({ "workload": "requests", "params": { "kind": kind }, "repeats": 1, "warmup": 1 });
        let thrown = page.run(&stored).await.expect_err("nothing can be stored");
        assert_eq!(thrown.name, "Unavailable", "{kind}: {thrown:?}");
        assert!(thrown.message.len() > 40, "{kind}: {thrown:?}");
    }
}

/// Modules of another origin are blocked there, so that nothing of the page itself can run.
#[tokio::test]
async fn a_frame_without_rights_on_a_closed_host_says_why_and_offers_a_tab() {
    let (page, [playground, _course]) = in_a_frame(Host::plain(), "sandbox='allow-scripts'").await;
    page.appears("#not-started").await;
    let text = page.text("#not-started").await;
    assert!(text.contains("sandboxed frame") && text.contains("its own tab"), "{text}");
    let href = "return document.querySelector('#not-started a').href";
    let same = "#/lab?workload=primes&count=3000&repeats=1&warmup=1&models=main-thread,event-loop,threads:2,processes:2";
    assert_eq!(page.js(href, &[]).await, playground.url_on_another_site(same));
}
