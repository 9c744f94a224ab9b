//! Predicting first, and comparing with what was pinned.

use crate::predicting::{TO_THE_MIDDLE, WAITS, guess};
use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

/// What the page says of the prediction: which kind, and in words.
async fn judgement(page: &Page) -> (String, String) {
    page.appears("#judgement").await;
    let kind = page.js("return document.querySelector('#judgement').dataset.finding", &[]).await;
    (kind.as_str().unwrap_or_default().to_owned(), page.text("#judgement").await)
}

/// Runs until a run is no longer too noisy to tell, and says whether one was: of one that is,
/// nothing is judged, and where other work takes the machine away there is no other.
async fn run_conclusively(page: &Page, button: &str) -> bool {
    for _ in 0..6 {
        page.run_by(async || page.click(button).await).await;
        if !page.text("#headline").await.starts_with("Too ") {
            return true;
        }
        assert!(!page.has("#judgement").await, "nothing can be told");
    }
    eprintln!("no run of six was conclusive: something else is busy, and nothing is judged");
    false
}

#[tokio::test]
async fn a_guess_is_judged_after_the_run() {
    let site = Host::isolated().start();
    let page = Page::open_with_half_at(&site, WAITS).await;
    page.run_by_hand().await;
    assert!(!page.has("#judgement").await, "nothing was predicted");

    guess(&page, "threads").await;
    assert!(!page.has("#judgement").await, "it was predicted after the run");
    if !run_conclusively(&page, "#run").await {
        return;
    }
    let (kind, text) = judgement(&page).await;
    assert_eq!(kind, "Winner", "{text}");
    assert!(text.starts_with("Right: threads were the fastest"), "{text}");
    assert!(page.has("#judgement.right").await);

    // Of what is shown nothing changes when the reader thinks of the next.
    guess(&page, "main-thread").await;
    assert_eq!(judgement(&page).await, (kind, text));
    if !run_conclusively(&page, "#run").await {
        return;
    }
    let (kind, text) = judgement(&page).await;
    assert_eq!(kind, "OtherWinner", "{text}");
    assert!(text.starts_with("Not this time: threads were"), "{text}");
    assert!(!page.has("#judgement.right").await);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_pool_on_heavy_work_is_a_good_guess_and_the_main_thread_is_not() {
    let site = Host::isolated().start();
    let link =
        "#/lab?workload=mandelbrot&maxIter=3000&repeats=8&warmup=1&models=main-thread,threads:2";
    let page = Page::open_with_half_at(&site, link).await;
    // Where other work takes a core away, the two cannot be told apart.
    for (model, kinds) in
        [("threads", ["Winner", "Tied"]), ("main-thread", ["OtherWinner", "Tied"])]
    {
        guess(&page, model).await;
        if !run_conclusively(&page, "#run").await {
            return;
        }
        let (kind, text) = judgement(&page).await;
        eprintln!("guessed {model}: {kind}: {text}");
        assert!(kinds.contains(&kind.as_str()), "{model}: {kind}: {text}");
    }
}

/// The numbers of the sketch, in the order of the workers.
const NUMBERS: &str = "return [...document.querySelectorAll('#scale .sketch-numbers input')]
    .map((field) => Number(field.value))";

#[tokio::test]
async fn a_sketch_is_drawn_beside_what_was_measured_and_judged() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=mandelbrot&maxIter=60&warmup=1&show=scaling";
    let page = Page::open_alone_at(&site, link).await;
    let cores = page.capabilities().await["hardwareConcurrency"].as_u64().expect("a number");
    page.js(TO_THE_MIDDLE, &["#scale details summary".into()]).await;
    page.click("#scale details summary").await;
    let fields = page.js(NUMBERS, &[]).await.as_array().expect("a list").len();
    assert_eq!(fields as u64 + 1, (2 * cores).clamp(4, 32));
    // Far above what any machine does: with two workers already as fast as may be.
    let most = fields + 1;
    for at in 1..=fields {
        let field = format!("#scale .sketch-numbers label:nth-child({at}) input");
        page.fill(&field, &most.to_string()).await;
        page.js("document.activeElement.blur()", &[]).await;
    }
    assert_eq!(page.js(NUMBERS, &[]).await, json!(vec![most; fields]));
    // By key, too: the widest a little less.
    page.js("document.querySelector('#scale svg.pad').focus()", &[]).await;
    for key in ['\u{E010}', '\u{E015}'] {
        page.press(key).await;
    }
    let last =
        "Number([...document.querySelectorAll('#scale .sketch-numbers input')].at(-1).value)";
    page.until(&format!("{last} === {most} - 0.1")).await;

    if !run_conclusively(&page, "#run-scaling").await {
        return;
    }
    page.appears("#scaling").await;
    let in_view = "(({ top }) => top >= 0 && top < innerHeight)
        (document.querySelector('#headline').getBoundingClientRect())";
    page.until(in_view).await;
    let sketch = "return document.querySelector('#scaling svg[aria-label] path.curve.sketch')
        ?.getAttribute('d')";
    let sketch = page.js(sketch, &[]).await;
    let places = sketch.as_str().unwrap_or_default().matches(['M', 'L']).count();
    assert!(places >= most || places == 1, "the sketch is drawn as {sketch}");
    let widths = "return [...document.querySelectorAll('#scaling .data tbody th')]
        .map((head) => Number(head.innerText || head.textContent))";
    let widths = page.js(widths, &[]).await;
    let widths: Vec<_> =
        widths.as_array().expect("a list").iter().filter_map(|n| n.as_u64()).collect();
    assert_eq!(widths[..4], [1, 2, 3, 4]);
    assert_eq!(widths.last().copied(), Some(most as u64));
    let dots = "return document.querySelectorAll('#scaling svg[aria-label] .measured').length";
    assert_eq!(page.js(dots, &[]).await, widths.len());
    let results = "return document.querySelectorAll('#bars .row[data-result]').length";
    assert_eq!(page.js(results, &[]).await, widths.len() + 1, "the main thread is beside them");
    assert!(page.text("#scaling-text").await.contains("Efficiency with"));

    assert!(page.has("#scale #judgement").await, "it is judged beside the sketch");
    let all = "return document.querySelectorAll('#judgement').length";
    assert_eq!(page.js(all, &[]).await, 1);
    let (kind, text) = judgement(&page).await;
    eprintln!("sketched {most} at every width: {kind}: {text}");
    let too_much = ["TooMuch", "MissedDecline", "BeyondCores", "PeakElsewhere"];
    assert!(too_much.contains(&kind.as_str()), "{kind}: {text}");
    assert!(!page.has("#judgement.right").await);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_run_is_compared_with_the_one_that_was_pinned() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=requests&kind=timer&count=4&latencyMs=20&varianceMs=0&repeats=8&warmup=1\
                &models=main-thread,event-loop";
    let page = Page::open_with_half_at(&site, link).await;
    assert!(!page.has("#pin").await, "there is nothing to pin");
    page.run_by_hand().await;
    page.click("#pin").await;
    page.appears("#pin[aria-pressed='true']").await;
    page.open_tab("keep").await;
    assert!(!page.has("#comparison").await, "a run is not compared with itself");
    let pinned = page.text("#keep .pinned").await;
    assert!(pinned.starts_with("Pinned: "), "{pinned}");
    page.click("#history li .link").await;
    page.appears("#opened").await;
    assert!(!page.has("#comparison").await, "nor once it is opened again");

    // The same again.
    page.run_by_hand().await;
    page.appears("#comparison").await;
    let rows = "return [...document.querySelectorAll('#comparison tbody tr')]
        .map((row) => [...row.children].map((cell) => cell.textContent))";
    let same = page.js(rows, &[]).await;
    eprintln!("compared with the same again: {same}");
    for (row, label) in same.as_array().expect("a list").iter().zip(["Main thread", "Event loop"]) {
        assert_eq!(row[0], label);
        let said = row[3].as_str().expect("text");
        let is_ratio = said.starts_with("no difference (") || said.contains(" times as long (");
        assert!(is_ratio && said.contains(" to "), "{said}");
    }
    assert_eq!(same.as_array().map(Vec::len), Some(2));
    assert!(!page.has("#comparison .notice").await, "nothing differs");

    // Three times the wait takes about three times as long, and the page says why.
    page.fill("#param-latencyMs", "60").await;
    page.run_by_hand().await;
    page.until("document.querySelector('#comparison .notice')").await;
    let notice = page.text("#comparison .notice").await;
    assert!(notice.contains("latencyMs was 20 and is now 60"), "{notice}");
    let longer = page.js(rows, &[]).await;
    for row in longer.as_array().expect("a list") {
        let said = row[3].as_str().expect("text");
        let times: f64 = said.split(' ').next().and_then(|n| n.parse().ok()).expect("a ratio");
        assert!((2.0..=3.6).contains(&times), "{said}");
    }
    let name = "return document.querySelector('#comparison svg').getAttribute('aria-label')";
    let name = page.js(name, &[]).await;
    assert!(name.as_str().is_some_and(|name| name.contains("times as long")), "{name}");

    page.click("#pin").await;
    page.until("!document.querySelector('#comparison')").await;
    page.appears("#pin[aria-pressed='false']").await;
    page.run_by_hand().await;
    assert!(!page.has("#comparison").await);
    assert_eq!(page.errors().await, Vec::<String>::new());
}
