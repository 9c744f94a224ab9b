//! How fast the page draws a large timeline, and refuses what is no report.

use super::support::reports::{NO_REPORTS, drop_text, refused_after_ms};
use super::support::{Page, many_spans};
use super::table::{self, Bar};
use serde_json::json;

const SHOWN: usize = 7;
const STEPS: usize = 120;
/// Zoom and pan, from the whole and back to it.
const KEYS: &str = "+, +, Shift ArrowRight, +, Shift ArrowLeft, -, Shift ArrowRight, -, \
                    Shift ArrowLeft, 0";
/// What the browser calls a long task, and tells of.
const LONG_MS: f64 = 50.0;

/// Shown again and again, then moved by a key in every frame.
pub async fn timeline(page: &Page, busy: bool) {
    table::section(&format!(
        "A timeline of 10,000 spans: shown {SHOWN} times, then {STEPS} steps of zoom and pan, one a frame"
    ));
    many_spans::open(page).await;
    let mut shown = Vec::new();
    for _ in 0..SHOWN {
        shown.push(many_spans::show(page).await.after_ms);
    }
    let (median, spread) = table::spread(shown);
    let name = "from a click until it is painted, in ms";
    table::figure(name, &spread, median, Bar::Below(100.0), busy);

    let moved = many_spans::press(page, KEYS, STEPS).await;
    assert!(moved.views >= 6, "the view did not move: {moved:?}");
    // Of shorter tasks the browser does not tell: then the page's clock has to do.
    let [task, step] = [moved.longest_task_ms, moved.longest_step_ms];
    let long = if task == 0.0 { format!("none of {LONG_MS}") } else { format!("{task:.0}") };
    table::plain("longest task that the browser tells of, in ms", &long);
    let longest = task.max(step);
    let name = "longest step, from its key until painted, in ms";
    table::figure(name, &format!("{longest:.1}"), longest, Bar::Below(LONG_MS), busy);
    let fps = moved.frames_per_second;
    table::figure("frames per second", &format!("{fps:.1}"), fps, Bar::AtLeast(55.0), busy);
}

/// Every kind once, from a drop until the page says why.
pub async fn refusals(page: &Page, busy: bool) {
    table::section("Refusing what is no report, from the drop until the page says why, in ms");
    let experiment =
        json!({ "workload": "mandelbrot", "params": { "maxIter": 100 }, "repeats": 3 });
    let good = page.report(&experiment).await.0.to_string();
    let mut worst = 0.0_f64;
    for no_report @ (what, ..) in NO_REPORTS {
        let took_ms = refused_after_ms(page, &good, no_report).await;
        table::plain(what, &format!("{took_ms:.1}"));
        worst = worst.max(took_ms);
        // A good one after each: what is said of the next begins from nothing.
        drop_text(page, &good).await;
        page.until("!document.querySelector('#not-opened')").await;
    }
    table::figure("the worst of them", &format!("{worst:.1}"), worst, Bar::Below(100.0), busy);
}
