//! Predicting first: what is asked, of which models, and what cannot be predicted here.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

/// Waits that no busy machine makes any longer: eight workers wait side by side.
pub const WAITS: &str = "#/lab?workload=requests&kind=timer&count=8&latencyMs=40&varianceMs=0\
                     &repeats=8&warmup=1&models=main-thread,threads:8";

/// Guesses that this model will be the fastest.
pub async fn guess(page: &Page, model: &str) {
    let radio = format!(".guess input[value='{model}']");
    page.js("document.querySelector(args[0]).click()", &[radio.as_str().into()]).await;
    page.appears(&format!("{radio}:checked")).await;
}

/// Scrolls something to where nothing can stick to it.
pub const TO_THE_MIDDLE: &str =
    "document.querySelector(args[0]).scrollIntoView({ block: 'center' })";

#[tokio::test]
async fn a_model_that_is_there_twice_can_be_guessed_once() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=primes&models=threads:1,processes:2,threads:2";
    let page = Page::open_at(&site, link).await;
    let guesses = "return [...document.querySelectorAll('.guess input')].map(({ value }) => value)";
    assert_eq!(page.js(guesses, &[]).await, json!(["none", "threads", "processes"]));
}

#[tokio::test]
async fn a_guess_for_a_model_that_is_left_out_counts_as_none() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, WAITS).await;
    guess(&page, "threads").await;
    page.js("document.querySelector('#model-threads').click()", &[]).await;
    page.appears(".guess input[value='none']:checked").await;
    page.run_by_hand().await;
    assert!(!page.has("#judgement").await, "a guess was judged that was taken back");
}

#[tokio::test]
async fn what_cannot_be_scaled_here_says_why() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_at(&site, "#/lab?show=scaling").await;
    page.appears("#cannot-scale").await;
    let said = page.text("#cannot-scale").await;
    assert!(said.starts_with("Cannot run here. ") && said.len() > 40, "{said}");
    assert!(page.has("#run-scaling:disabled").await);
    page.js("document.querySelector('#scale .segment:last-child').click()", &[]).await;
    page.appears("#run-scaling:enabled").await;
    assert!(!page.has("#cannot-scale").await);
}

/// Whoever walks to it by key sees it.
#[tokio::test]
async fn what_has_the_focus_below_the_sketch_is_not_covered() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?show=scaling").await;
    for css in ["#scale svg.pad", "#scale details summary"] {
        let covered = "
            const element = document.querySelector(args[0]);
            element.scrollIntoView({ block: 'end' });
            element.focus();
            const { left, bottom } = element.getBoundingClientRect();
            const there = document.elementFromPoint(left + 8, bottom - 4);
            return element.contains(there) ? null : there?.outerHTML.slice(0, 60) ?? 'nothing'";
        assert_eq!(page.js(covered, &[css.into()]).await, json!(null), "{css} is covered");
    }
}
