//! A timeline of ten thousand spans, and how fast the page shows and moves it.

use super::Page;
use super::reports::drop_text;
use serde::Deserialize;

/// A report with ten thousand spans in the four lanes of its second model: work and
/// messages by turns.
const TEN_THOUSAND: &str = "
    const report = await playground.run({
        workload: 'mandelbrot', params: { width: 160, height: 100, maxIter: 2000 }, repeats: 3,
        executors: [{ id: 'main-thread' }, { id: 'processes', workers: 3 }],
    });
    const result = report.results[1];
    const totals = result.samples.map(({ totalMs, computations }) => totalMs * computations);
    const step = Math.min(...totals) / 2500;
    const rounded = (ms) => Math.round(ms * 1e4) / 1e4;
    for (const lane of result.lanes) {
        lane.spans = Array.from({ length: 2500 }, (_, at) => ({
            phase: at % 2 ? 'transfer' : 'compute', task: at,
            startMs: rounded(at * step), endMs: rounded((at + 0.75) * step),
        }));
    }
    return JSON.stringify(report);";

/// Long tasks from here on, in `window.tasks`. Gives one of 80 ms as it was seen.
const WATCH: &str = "
    window.tasks = [];
    window.observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: 'longtask' });
    await new Promise((over) => setTimeout(() => {
        for (const begun = performance.now(); performance.now() - begun < 80;);
        setTimeout(over, 200);
    }));
    return tasks.at(-1)?.duration;";

/// What the next two have in common. The browser tells of a task some time after it.
const FRAMES: &str = "
    const frame = () => new Promise((painted) => requestAnimationFrame(painted));
    const longestTask = async () => {
        for (let i = 0; i < 10; i += 1) await frame();
        tasks.push(...observer.takeRecords());
        return Math.max(0, ...tasks.map(({ duration }) => duration));
    };";

const SHOW_IT: &str = "
    const [before, tab] = document.querySelectorAll('#models-shown .segment');
    before.click();
    for (let i = 0; i < 10; i += 1) await frame();
    tasks.length = 0;
    const clicked = performance.now();
    tab.click();
    // The next frame draws it, and has been painted when the one after it begins.
    await frame();
    await frame();
    const afterMs = performance.now() - clicked;
    const drawn = document.querySelector('#timeline svg[role=application]').ariaLabel;
    if (!drawn.includes('10,000 spans')) throw new Error(`after two frames: ${drawn}`);
    return { afterMs, longestTaskMs: await longestTask() };";

const MOVE_IT: &str = "
    const [keys, steps] = [args[0].split(', '), args[1]];
    const svg = document.querySelector('#timeline svg[role=application]');
    const views = new Set();
    tasks.length = 0;
    // A message that is sent within a frame comes when that frame has been painted.
    const { port1, port2 } = new MessageChannel();
    let longestStepMs = 0;
    port1.onmessage = ({ data }) => {
        longestStepMs = Math.max(longestStepMs, performance.now() - data);
    };
    const begun = await frame();
    let last = begun;
    let longestFrameMs = 0;
    for (let i = 0; i < steps; i += 1) {
        const pressed = keys[i % keys.length].split(' ');
        const [key, shiftKey] = [pressed.at(-1), pressed.length > 1];
        port2.postMessage(performance.now());
        svg.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
        const now = await frame();
        views.add(svg.querySelector('.span').getAttribute('d'));
        longestFrameMs = Math.max(longestFrameMs, now - last);
        last = now;
    }
    const framesPerSecond = steps / (last - begun) * 1000;
    return {
        longestFrameMs, framesPerSecond, views: views.size,
        longestTaskMs: await longestTask(), longestStepMs,
    };";

/// How the timeline came to be shown.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// From a click of the model's tab until it was painted.
    pub after_ms: f64,
    /// The longest task that the browser told of: 0 where all were below 50 ms.
    pub longest_task_ms: f64,
}

/// How the timeline moved.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The longest time from one frame to the next.
    pub longest_frame_ms: f64,
    /// Of the page, while it moved: as many as the screen has, at best.
    pub frames_per_second: f64,
    /// How many views there were.
    pub views: usize,
    /// As [`Shown::longest_task_ms`].
    pub longest_task_ms: f64,
    /// The longest time from a key until its frame was painted: handling it, rendering,
    /// layout and paint.
    pub longest_step_ms: f64,
}

/// Has the page show the report, and the browser tell of long tasks from here on.
pub async fn open(page: &Page) {
    let text = page.js(TEN_THOUSAND, &[]).await;
    let seen = page.js(WATCH, &[]).await;
    assert!(seen.as_f64() >= Some(75.0), "this browser tells no long tasks: {seen}");
    drop_text(page, text.as_str().expect("text")).await;
    page.appears("#timeline svg[aria-label*='4 lanes with 10,000 spans']").await;
    page.js("document.querySelector('#timeline').scrollIntoView()", &[]).await;
}

/// Shows another model, and this one again.
pub async fn show(page: &Page) -> Shown {
    let shown = page.js(&format!("{FRAMES}{SHOW_IT}"), &[]).await;
    serde_json::from_value(shown).expect("how it was shown")
}

/// Presses one of these keys in each frame, such as `0, Shift ArrowLeft`, over and
/// over.
pub async fn press(page: &Page, keys: &str, steps: usize) -> Moved {
    let moved = page.js(&format!("{FRAMES}{MOVE_IT}"), &[keys.into(), steps.into()]).await;
    serde_json::from_value(moved).expect("how it moved")
}
