//! Charts: what can be done with them, by whom, and how fast.

use crate::files::Saved;
use crate::support::Page;
use crate::support::browser::ENTER;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::collections::HashSet;

/// A picture that is done in no time.
const SMALL: &str =
    "#/lab?workload=mandelbrot&width=160&height=100&maxIter=100&repeats=3&warmup=1&models=";

/// Shows the `at`-th model, counted from 1.
async fn show(page: &Page, at: usize) {
    let model = format!("#models-shown .segment:nth-child({at})");
    page.click(&model).await;
    page.appears(&format!("{model}[aria-pressed='true']")).await;
}

/// The phases of a timeline's spans, those that are dimmed and those that are not, and
/// the steps that are pressed.
const LIGHT: &str = "
    const phases = (css) => [...new Set([...document.querySelectorAll(css)].map((path) =>
        [...path.classList].find((name) => name.startsWith('phase-')).slice('phase-'.length)))];
    const pressed = document.querySelectorAll('#waterfall [aria-pressed=\"true\"]');
    return {
        dim: phases('#timeline .lane .span.dim').sort(),
        lit: phases('#timeline .lane .span:not(.dim)').sort(),
        pressed: [...pressed].map((step) => step.getAttribute('aria-label').split(':')[0]),
    };";

#[tokio::test]
async fn a_step_of_the_waterfall_lights_up_its_spans() {
    let site = Host::isolated().start();
    let link =
        "#/lab?workload=array-sum&n=2000000&repeats=3&warmup=1&models=main-thread,processes:2";
    let page = Page::open_at(&site, link).await;
    page.run_by_hand().await;
    show(&page, 2).await;
    let timeline = page.js(LIGHT, &[]).await;
    assert_eq!(timeline["dim"], json!([]));
    let lit = timeline["lit"].as_array().expect("a list");
    assert!(lit.contains(&json!("transfer")) && lit.contains(&json!("compute")), "{timeline}");
    page.open_tab("time").await;
    let before = page.js(LIGHT, &[]).await;
    assert_eq!(before, json!({ "dim": [], "lit": [], "pressed": [] }), "no timeline is drawn");

    // The array moves from memory to memory: there is such a step.
    let step = "#waterfall g[role='button'][aria-label^='Transfer']";
    let pressed = format!("{step}[aria-pressed='true']");
    let is_lit = async |how: &str| {
        page.appears(&pressed).await;
        let light = page.js(LIGHT, &[]).await;
        assert_eq!(light["pressed"], json!(["Transfer"]), "{how}");
        assert_eq!(light["lit"], json!(["transfer"]), "{how}");
        assert!(light["dim"].as_array().expect("a list").contains(&json!("compute")), "{how}");
        let said = page.text("#waterfall .notes").await;
        assert!(said.contains("highlighted"), "{how}: {said}");
        // Dimmed is what a reader sees, too.
        let opacity = "const of = (css) => getComputedStyle(document.querySelector(css)).opacity;
            return [of('#timeline .lane .dim'), of('#timeline .lane .span:not(.dim)')].map(Number)";
        let opacity = page.js(opacity, &[]).await;
        assert!(opacity[0].as_f64() < Some(0.6) && opacity[1] == 1, "{how}: {opacity}");
    };
    let is_over = async |how: &str| {
        page.until("!document.querySelector('#waterfall [aria-pressed=\"true\"]')").await;
        assert_eq!(page.js(LIGHT, &[]).await, before, "{how}");
    };
    page.click(step).await;
    is_lit("by mouse").await;
    page.click(step).await;
    is_over("by mouse").await;

    page.js("document.querySelector(args[0]).focus()", &[step.into()]).await;
    for (key, name) in [(ENTER, "Enter"), (' ', "Space")] {
        page.press(key).await;
        is_lit(name).await;
        // The focus stays where it was.
        let focused = "return document.activeElement === document.querySelector(args[0])";
        assert_eq!(page.js(focused, &[step.into()]).await, true, "{name}");
        page.press(key).await;
        is_over(name).await;
    }

    // Another step takes its place; another model ends it.
    page.click(step).await;
    is_lit("again").await;
    let others = "return [...document.querySelectorAll('#waterfall g[role=\"button\"]')]
        .map((step) => step.getAttribute('aria-label').split(':')[0])";
    let others = page.js(others, &[]).await;
    let other = others.as_array().expect("a list").iter().find(|name| **name != "Transfer");
    let other = other.and_then(Value::as_str).expect("another step");
    page.click(&format!("#waterfall g[role='button'][aria-label^='{other}']")).await;
    page.until(&format!("!document.querySelector(`{pressed}`)")).await;
    assert_eq!(page.js(LIGHT, &[]).await["pressed"], json!([other]));
    // It stays lit in the timeline's own tab.
    page.click(step).await;
    is_lit("once more").await;
    page.open_tab("timeline").await;
    page.appears("#timeline .lane .span.dim").await;
    show(&page, 1).await;
    let light = page.js(LIGHT, &[]).await;
    assert_eq!((&light["dim"], &light["pressed"]), (&json!([]), &json!([])));
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// What is wrong with the charts in these sections, and with the document around them.
const FAULTS: &str = "
    const faults = [];
    for (const id of args) {
        const chart = document.getElementById(id);
        if (!chart) { faults.push(`${id} is missing`); continue; }
        if (!chart.querySelector('h2')?.innerText.trim()) faults.push(`${id} has no title`);
        const drawn = [...chart.querySelectorAll('svg:not([aria-hidden])')];
        if (drawn.length !== 1) faults.push(`${id} has ${drawn.length} drawings`);
        for (const svg of drawn) {
            if (!svg.getAttribute('aria-label')?.trim()) faults.push(`${id} has no name`);
            if (!svg.getAttribute('role')) faults.push(`the drawing of ${id} has no role`);
            if (svg.querySelectorAll('path, rect, circle, text').length < 5) {
                faults.push(`${id} is empty`);
            }
        }
        const table = chart.querySelector('details table');
        const cells = [...table?.querySelectorAll('tbody td') ?? []];
        if (!cells.length) faults.push(`${id} has no table of its data`);
        if (cells.some((cell) => !cell.textContent.trim())) faults.push(`${id} has empty cells`);
        if (table && !table.querySelector('thead th')) faults.push(`${id}'s table has no head`);
    }
    const seen = new Set();
    for (const { id } of document.querySelectorAll('[id]')) {
        if (seen.has(id)) faults.push(`#${id} is there twice`);
        seen.add(id);
    }
    for (const name of ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls']) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            for (const id of element.getAttribute(name).split(' ')) {
                if (!seen.has(id)) faults.push(`${name} names #${id}, which is not there`);
            }
        }
    }
    for (const element of document.querySelectorAll('[style]')) {
        faults.push(`an inline style: ${element.outerHTML.slice(0, 80)}`);
    }
    for (const element of document.querySelectorAll('svg *')) {
        const { fill } = getComputedStyle(element);
        const pattern = fill.match(/url\\(\"#(.*)\"\\)/)?.[1];
        if (pattern && !seen.has(pattern)) faults.push(`the pattern ${pattern} is not there`);
    }
    return faults;";

/// The tabs with a chart, and the chart in each.
const CHARTS: [(&str, &str); 4] = [
    ("timeline", "timeline"),
    ("time", "waterfall"),
    ("concurrency", "concurrency"),
    ("samples", "distribution"),
];

async fn has_no_faults(page: &Page, charts: &[&str], when: &str) {
    let charts: Vec<Value> = charts.iter().map(|id| json!(id)).collect();
    let faults = page.js(FAULTS, &charts).await;
    assert_eq!(faults, json!([]), "{when}");
}

/// Looks at the charts of all tabs, and at the rows, which are text.
async fn tabs_have_no_faults(page: &Page, when: &str) {
    for (tab, chart) in CHARTS {
        page.open_tab(tab).await;
        page.appears(&format!("#{chart} svg[aria-label]")).await;
        has_no_faults(page, &[chart], &format!("{when}, {tab}")).await;
    }
    for tab in ["result", "scaling", "sharing", "table", "keep"] {
        page.open_tab(tab).await;
        has_no_faults(page, &[], &format!("{when}, {tab}")).await;
    }
    let rows = "return [...document.querySelectorAll('#bars .row[data-result]')].every((row) =>
        row.querySelector('.bar .solid') && /[0-9] [mµ]?s/.test(row.innerText)
        && row.innerText.includes('95% CI') && /frozen/.test(row.innerText))";
    assert_eq!(page.js(rows, &[]).await, true, "{when}: {}", page.text("#bars").await);
}

#[tokio::test]
async fn every_chart_has_a_title_a_name_and_its_data_as_a_table() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}main-thread,processes:2")).await;
    has_no_faults(&page, &[], "before a run").await;
    page.run_by_hand().await;
    for model in 1..=2 {
        show(&page, model).await;
        tabs_have_no_faults(&page, &format!("of the {model}. model")).await;
        page.open_tab("timeline").await;
    }
    // The same model several times.
    let link = format!("{SMALL}threads:1,processes:2,threads:2,processes:1");
    page.js("location.hash = args[0]", &[link.into()]).await;
    page.appears("#model-threads-2").await;
    has_no_faults(&page, &[], "with models twice in the form").await;
    page.run_by_hand().await;
    tabs_have_no_faults(&page, "of a run with models twice").await;
    page.open_tab("scaling").await;
    page.run_by(async || page.click("#run-scaling").await).await;
    page.appears("#scaling").await;
    has_no_faults(&page, &["scaling"], "of a scaling run").await;
    page.click("#pin").await;
    page.run_by_hand().await;
    page.click("#to-comparison").await;
    page.appears("#comparison").await;
    has_no_faults(&page, &["comparison"], "beside a pinned run").await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// Of models that are there twice a reader can tell which is which.
#[tokio::test]
async fn models_that_are_there_twice_can_be_told_apart() {
    let site = Host::isolated().start();
    let link = format!("{SMALL}threads:1,processes:2,threads:2");
    let page = Page::open_at(&site, &link).await;
    page.run_by_hand().await;
    let tabs = "return [...document.querySelectorAll('#models-shown .segment')]
        .map((tab) => tab.innerText.trim())";
    let tabs = page.js(tabs, &[]).await;
    let distinct: HashSet<_> = tabs.as_array().expect("a list").iter().collect();
    assert_eq!(distinct.len(), 3, "the models are {tabs}");
}

/// Notes which addresses of files in memory are made and given back.
const NOTE_ADDRESSES: &str = "
    window.made = new Map();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
        const url = createObjectURL.call(URL, blob);
        made.set(url, { type: blob.type, revoked: false });
        return url;
    };
    URL.revokeObjectURL = (url) => {
        if (made.has(url)) made.get(url).revoked = true;
        revokeObjectURL.call(URL, url);
    };";

/// What of an SVG file would look different without the page, and how many shapes it
/// has, how large it is and what it is called.
const STANDS_ALONE: &str = "
    const text = args[0];
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    const faults = [...svg.querySelectorAll('parsererror')].map((error) => error.textContent);
    const root = svg.documentElement;
    if (root.namespaceURI !== 'http://www.w3.org/2000/svg') faults.push('it is no SVG');
    for (const word of ['var(', 'currentcolor', 'color(srgb', 'http://127', 'class=', 'style=']) {
        if (text.toLowerCase().includes(word)) faults.push(`it has ${word}`);
    }
    const shapes = [...svg.querySelectorAll('rect, path, circle, line, text')];
    for (const shape of shapes) {
        const { fill, stroke } = Object.fromEntries([...shape.attributes].map((a) => [a.name, a.value]));
        if (!fill && !stroke) faults.push(`no fill and no stroke: ${shape.outerHTML.slice(0, 80)}`);
        const pattern = fill?.match(/url\\(['\"]?#(.*?)['\"]?\\)/)?.[1];
        if (pattern && !svg.getElementById(pattern)) faults.push(`the pattern ${pattern} is missing`);
    }
    return {
        faults, shapes: shapes.length, title: root.querySelector('title')?.textContent,
        size: ['width', 'height'].map((name) => Number(root.getAttribute(name))),
    };";

/// How many colours a picture has.
const COLOURS: &str = "
    const bytes = Uint8Array.from(atob(args[0]), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(data.buffer)).size;";

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |three: &[u8]| {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(*three.get(at).unwrap_or(&0)));
        let digit = |at: usize| match at <= three.len() {
            true => char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]),
            false => '=',
        };
        [0, 1, 2, 3].map(digit)
    };
    bytes.chunks(3).flat_map(digits).collect()
}

/// The width and height that a PNG file says it has.
fn png_size(png: &[u8]) -> [u32; 2] {
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n", "it is no PNG");
    assert_eq!(png[12..16], *b"IHDR");
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")))
}

#[tokio::test]
async fn every_chart_can_be_saved_as_a_picture_that_stands_alone() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("{SMALL}main-thread,threads:2,processes:2")).await;
    let saved = Saved::by(&page).await;
    page.js(NOTE_ADDRESSES, &[]).await;
    assert!(page.has("#bars .chart-tools button:disabled").await, "nothing can be saved yet");
    page.run_by_hand().await;
    let more = [("timeline", "bars"), ("scaling", "scaling"), ("keep", "comparison")];
    for (tab, chart) in CHARTS.into_iter().chain(more) {
        page.open_tab(tab).await;
        if chart == "scaling" {
            page.click("#pin").await;
            page.run_by(async || page.click("#run-scaling").await).await;
            // With the focus the chart comes into view, away from under a click.
            page.until("document.activeElement?.id === 'run'").await;
        }
        page.appears(&format!("#{chart} svg[aria-label]")).await;
        let button = |at: usize| format!("#{chart} .chart-tools button:nth-of-type({at})");
        page.js("made.clear()", &[]).await;
        page.click(&button(1)).await;
        let svg = saved.take_text(&format!("playground-{chart}-mandelbrot.svg")).await;
        let found = page.js(STANDS_ALONE, &[svg.as_str().into()]).await;
        assert_eq!(found["faults"], json!([]), "{chart}: {svg}");
        assert!(found["shapes"].as_u64() > Some(10), "{chart}: {found}");
        let name = "return document.querySelector(`#${args[0]} svg[aria-label]`)
            .getAttribute('aria-label')";
        assert_eq!(found["title"], page.js(name, &[chart.into()]).await, "{chart}");

        page.click(&button(2)).await;
        let png = saved.take(&format!("playground-{chart}-mandelbrot.png")).await;
        let twice = |at: usize| (2.0 * found["size"][at].as_f64().expect("a size")).ceil() as u32;
        assert_eq!(png_size(&png), [twice(0), twice(1)], "{chart}");
        let colours = page.js(COLOURS, &[base64(&png).into()]).await;
        assert!(colours.as_u64() > Some(8), "{chart} has {colours} colours");
        // Of the three addresses, that of the drawing from which the picture was made.
        let made = page.js("return [...made.values()]", &[]).await;
        let made = made.as_array().expect("a list");
        assert_eq!(made.len(), 3, "{chart}: {made:?}");
        let revoked: Vec<_> = made.iter().filter(|one| one["revoked"] == true).collect();
        assert_eq!(revoked, [&json!({ "type": "image/svg+xml", "revoked": true })], "{chart}");
    }
    assert_eq!(page.errors().await, Vec::<String>::new());
}
