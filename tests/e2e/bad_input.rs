//! What is not understood is refused by name, and nothing starts.

use crate::support::Page;
use crate::support::server::Host;

/// Experiments as a script may write them, with the key that the refusal must name.
const EXPERIMENTS: &[(&str, &str)] = &[
    // The experiment itself.
    ("undefined", "experiment"),
    ("null", "experiment"),
    ("'primes'", "experiment"),
    ("42", "experiment"),
    ("[]", "experiment"),
    ("() => 1", "experiment"),
    (
        "(() => { const circle = { workload: 'primes' }; circle.params = circle; return circle; })()",
        "experiment",
    ),
    ("({ workload: 'primes', seed: 5n })", "experiment"),
    ("({ get workload() { throw new Error('no'); } })", "experiment"),
    // Ids and keys.
    ("({})", "workload"),
    ("({ workload: 'prime' })", "workload"),
    ("({ workload: ['primes'] })", "workload"),
    ("({ workload: 'primes', param: {} })", "param"),
    ("({ workload: 'primes', params: { conut: 5 } })", "conut"),
    ("({ workload: 'primes', params: { width: 5 } })", "width"),
    ("({ workload: 'primes', executors: [{ id: 'fibers' }] })", "id"),
    ("({ workload: 'primes', executors: [{ id: 'threads', worker: 2 }] })", "worker"),
    ("({ workload: 'primes', executors: [{ id: 'threads', dataMode: 'copy' }] })", "dataMode"),
    ("({ workload: 'primes', executors: [{ id: 'main-thread', workers: 2 }] })", "workers"),
    // Types and bounds.
    ("({ workload: 'primes', params: 5 })", "params"),
    ("({ workload: 'primes', params: { count: NaN } })", "count"),
    ("({ workload: 'primes', params: { count: Infinity } })", "count"),
    ("({ workload: 'primes', params: { count: '5' } })", "count"),
    ("({ workload: 'primes', params: { count: 1.5 } })", "count"),
    ("({ workload: 'primes', params: { count: -1 } })", "count"),
    ("({ workload: 'primes', params: { count: 0 } })", "count"),
    ("({ workload: 'primes', params: { count: 1e12 } })", "count"),
    ("({ workload: 'primes', params: { start: 2 ** 53 } })", "start"),
    ("({ workload: 'primes', params: { numbers: [] } })", "numbers"),
    ("({ workload: 'primes', params: { numbers: [2, 'three'] } })", "numbers"),
    ("({ workload: 'primes', params: { numbers: [2], count: 3 } })", "count"),
    ("({ workload: 'mandelbrot', params: { width: 99999 } })", "width"),
    ("({ workload: 'mandelbrot', params: { span: 0 } })", "span"),
    ("({ workload: 'mandelbrot', params: { span: true } })", "span"),
    ("({ workload: 'requests', params: { kind: 'disc' } })", "kind"),
    ("({ workload: 'requests', params: { count: 1000, bytes: 1048576 } })", "bytes"),
    ("({ workload: 'requests', params: { kind: 'disk', latencyMs: 5 } })", "latencyMs"),
    ("({ workload: 'requests', params: { urls: 'https://example.org' } })", "urls"),
    ("({ workload: 'requests', params: { urls: ['ftp://example.org'] } })", "urls"),
    ("({ workload: 'requests', params: { urls: ['javascript:alert(1)'] } })", "urls"),
    ("({ workload: 'requests', params: { urls: ['http://example.org'] } })", "urls"),
    ("({ workload: 'requests', params: { urls: ['https://me:secret@example.org'] } })", "urls"),
    ("({ workload: 'requests', params: { urls: Array(101).fill('a') } })", "urls"),
    ("({ workload: 'requests', params: { urls: ['a'], count: 2 } })", "count"),
    ("({ workload: 'requests', params: { urls: ['https://['] } })", "urls"),
    ("({ workload: 'pipeline', params: { rounds: 0 } })", "rounds"),
    ("({ workload: 'custom', params: { resultBytes: 7 } })", "resultBytes"),
    ("({ workload: 'custom', params: { tasks: 10000, waitMs: 10 } })", "waitMs"),
    ("({ workload: 'primes', executors: {} })", "executors"),
    ("({ workload: 'primes', executors: [] })", "executors"),
    ("({ workload: 'primes', executors: ['threads'] })", "executors"),
    ("({ workload: 'primes', executors: Array(17).fill({ id: 'main-thread' }) })", "executors"),
    ("({ workload: 'primes', executors: [{ id: 'threads', workers: 0 }] })", "workers"),
    ("({ workload: 'primes', executors: [{ id: 'threads', workers: 33 }] })", "workers"),
    ("({ workload: 'primes', executors: [{ id: 'processes', dataMode: 'lent' }] })", "dataMode"),
    (
        "({ workload: 'primes', executors: [{ id: 'processes', startMethod: 'fork' }] })",
        "startMethod",
    ),
    ("({ workload: 'primes', repeats: 0 })", "repeats"),
    ("({ workload: 'primes', repeats: 101 })", "repeats"),
    ("({ workload: 'primes', repeats: '5' })", "repeats"),
    ("({ workload: 'primes', repeats: null })", "repeats"),
    ("({ workload: 'primes', warmup: -1 })", "warmup"),
    ("({ workload: 'primes', seed: 0.5 })", "seed"),
];

/// The second argument of `run`.
const OPTIONS: &[(&str, &str)] = &[
    ("{ onprogress() {} }", "onprogress"),
    ("{ onProgress: 5 }", "onProgress"),
    ("{ signal: true }", "signal"),
];

/// Counts what is started, in the page that the script runs in.
const COUNT_WORKERS: &str = "
    window.started = 0;
    window.Worker = class extends Worker {
        constructor(...given) { super(...given); window.started += 1; }
    };";

#[tokio::test]
async fn a_script_s_bad_input_is_refused_by_name_and_starts_nothing() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    page.js(COUNT_WORKERS, &[]).await;
    let calls =
        EXPERIMENTS.iter().map(|(experiment, key)| (format!("{experiment}, undefined"), key));
    let options = OPTIONS.iter().map(|(options, key)| {
        (format!("{{ workload: 'primes', repeats: 1, params: {{ count: 5 }} }}, {options}"), key)
    });
    let mut wrong = Vec::new();
    for (arguments, key) in calls.chain(options) {
        match page.call(&format!("await playground.run({arguments})"), &[]).await {
            Ok(_) => wrong.push(format!("run({arguments}) was not refused")),
            Err(thrown)
                if thrown.name == "InvalidInput"
                    && thrown.message.starts_with(&format!("{key}: ")) => {}
            Err(thrown) => {
                wrong.push(format!("run({arguments}) should name {key}, gave {thrown:?}"))
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(page.js("return window.started", &[]).await, 0, "workers were started");
    assert_eq!(page.workers(), 0);
    // Refusals do no harm.
    let run = "const run = { workload: 'primes', params: { count: 100 }, repeats: 1 };
               return (await playground.run(run)).agreement";
    assert_eq!(page.js(run, &[]).await, true);
    assert!(page.js("return window.started", &[]).await.as_u64() > Some(0), "nothing was counted");
}

#[tokio::test]
async fn a_bad_field_says_what_it_takes_and_holds_the_run_back() {
    let site = Host::isolated().start();
    let page =
        Page::open_at(&site, "#/lab?workload=mandelbrot&height=64&maxIter=50&repeats=1").await;
    for bad in ["99999", "0", "-5", "1.5", "1e999"] {
        page.fill("#param-width", bad).await;
        page.appears("#run:disabled").await;
        let error = page.text("#error-width").await;
        assert!(error.contains("2048"), "for {bad}, #error-width says {error:?}");
        let described =
            "return document.querySelector('#param-width').getAttribute('aria-invalid')";
        assert_eq!(page.js(described, &[]).await, "true", "for {bad}");
    }
    page.fill("#param-width", "64").await;
    page.appears("#run:enabled").await;
    page.until("!document.querySelector('#error-width')?.textContent.trim()").await;
    page.run_by_hand().await;
    assert_eq!(page.state("main-thread").await, "done");

    page.fill("#repeats", "1000").await;
    page.appears("#run:disabled").await;
    page.fill("#repeats", "2").await;
    page.fill("#workers-threads", "33").await;
    page.appears("#run:disabled").await;
    page.fill("#workers-threads", "2").await;
    page.appears("#run:enabled").await;
}

#[tokio::test]
async fn bad_link_opens_the_page_and_names_what_is_wrong() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let long = format!("#/lab?workload=primes&count={}", "9".repeat(10_000));
    for (link, words) in [
        ("#/lab?workload=mandelbrot&width=99999&maxIter=50&models=main-thread", &["width"][..]),
        (
            "#/lab?workload=nope&colour=red&repeats=x&models=main-thread",
            &["nope", "colour", "repeats"],
        ),
        ("#/lab?models=fibers", &["fibers"]),
        (long.as_str(), &["link"]),
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(link)).await;
        for word in words {
            let expression = format!("document.body.innerText.includes('{word}')");
            page.until(&expression).await;
        }
        page.appears("#run:enabled").await;
    }
    // Script in a link is text.
    page.open("about:blank").await;
    let link = "#/lab?workload=%3Cimg%20src=x%20onerror=%22window.harmed=1%22%3E&models=main-thread&maxIter=50";
    page.visit(&site.url(link)).await;
    page.until("document.body.innerText.includes('<img')").await;
    assert!(page.js("return window.harmed", &[]).await.is_null());

    page.run_by_hand().await;
    assert_eq!(page.state("main-thread").await, "done");
}

#[tokio::test]
async fn a_damaged_link_opens_what_it_was() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let shown = "return [document.querySelector('#workload').value,
        document.querySelector('#param-count').value, document.querySelector('#workers-threads').value,
        document.querySelector('#refused')?.innerText ?? '']";
    for link in [
        "#/lab%3Fworkload%3Dprimes%26count%3D50%26models%3Dthreads%3A3",
        "#/lab?workload=primes&amp;count=50&amp;models=threads:3",
        "#/lab?workload=primes&count=50&models=threads%253A3",
        "#/lab?utm_source=mail&workload=primes&count=50&models=threads:3&fbclid=x).",
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(link)).await;
        let found = page.js(shown, &[]).await;
        assert_eq!(found, serde_json::json!(["primes", "50", "3", ""]), "{link}");
    }
    page.open("about:blank").await;
    page.visit(&site.url("#/lab?workload=primes&count=50&count=70&models=fibers,threads:3")).await;
    let said = page.text("#refused").await;
    assert!(said.contains("count: is given more than once; \"70\" is used."), "{said}");
    assert!(said.contains("fibers"), "{said}");
    assert_eq!(page.js(shown, &[]).await[2], "3");
}

#[tokio::test]
async fn unknown_route_offers_the_lab() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for route in ["#/nowhere", "#/", "#", "#/decide?path=io.millions", "#/decide?path=..%2F"] {
        page.open("about:blank").await;
        page.visit(&site.url(route)).await;
        assert!(page.text("main").await.len() > 50, "{route} shows nothing");
    }
}
