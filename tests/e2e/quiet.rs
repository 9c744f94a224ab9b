//! A page without errors, that talks to nobody but its host.

use crate::support::Page;
use crate::support::server::Host;

#[tokio::test]
async fn no_error_is_logged_and_nothing_leaves_the_host() {
    for host in [Host::isolated(), Host::plain()] {
        let site = host.start();
        let page = Page::start_noting_requests().await;
        page.open(
            &site.url(
                "#/lab?workload=mandelbrot&width=320&height=200&maxIter=100&repeats=2&warmup=1",
            ),
        )
        .await;
        page.isolates_itself().await;
        page.run_by_hand().await;
        page.js("document.querySelector('#theme').click()", &[]).await;
        page.js("location.hash = '#/decide?path=cpu.one'", &[]).await;
        page.until("document.querySelector('.decide-page')").await;
        page.js("location.hash = '#/lab?workload=requests&latencyMs=5&repeats=1&warmup=1'", &[])
            .await;
        page.appears("#param-latencyMs").await;
        page.run_by_hand().await;
        for id in ["main-thread", "event-loop", "threads", "processes"] {
            assert_eq!(page.state(id).await, "done", "the row of {id}");
        }

        assert_eq!(page.errors().await, [] as [String; 0], "in the console");
        let origin = format!("{}/", site.origin());
        // The browser's own new tab is not of the network.
        let foreign = |url: &String| !url.starts_with(&origin) && url.starts_with("http");
        let others: Vec<_> = page.requests().await.into_iter().filter(foreign).collect();
        assert_eq!(others, [] as [String; 0], "asked of others");
    }
}

#[tokio::test]
async fn the_page_forbids_itself_scripts_of_others_and_scripts_in_text() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let body = "
        const script = document.createElement('script');
        script.textContent = 'window.harmed = 1';
        document.body.append(script);
        const foreign = document.createElement('script');
        foreign.src = 'http://localhost:1/harm.js';
        const refused = new Promise((resolve) => {
            addEventListener('securitypolicyviolation', () => resolve(true));
            setTimeout(resolve, 1000, false);
        });
        document.body.append(foreign);
        return { refused: await refused, harmed: window.harmed ?? null };";
    let tried = page.js(body, &[]).await;
    assert_eq!(tried["refused"], true, "a Content-Security-Policy is missing");
    assert!(tried["harmed"].is_null(), "a script in the page's text ran");
}

#[tokio::test]
async fn the_theme_is_the_reader_s_and_is_kept() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let background = "return getComputedStyle(document.documentElement).backgroundColor";
    let before = page.js(background, &[]).await;
    let mut seen = vec![before.clone()];
    // A button may go round light, dark and the system's own.
    for _ in 0..3 {
        page.js("document.querySelector('#theme').click()", &[]).await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        let now = page.js(background, &[]).await;
        seen.push(now.clone());
        if now != before {
            page.visit(&site.url("#/decide")).await;
            page.client().refresh().await.expect("the page reloads");
            page.is_ready().await;
            assert_eq!(page.js(background, &[]).await, now, "the theme is forgotten");
            return;
        }
    }
    panic!("#theme changes nothing: {seen:?}");
}
