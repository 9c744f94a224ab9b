//! Files of the reader's own, presets, and what came out of the work.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

/// Hands the file called `args[0]` with the text `args[1]` to the chooser.
const CHOOSE_TEXT: &str = "
    const transfer = new DataTransfer();
    transfer.items.add(new File([args[1]], args[0], { type: 'text/plain' }));
    const input = document.querySelector('#own-file');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

/// Draws a picture of `args[1]` by `args[2]` px, the left half red and the right half
/// blue, and hands it over as a PNG called `args[0]`: to the chooser, or by dropping it
/// where `args[3]` holds.
const BRING_PICTURE: &str = "
    const [name, width, height, drops] = args;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context.fillStyle = '#f00';
    context.fillRect(0, 0, width / 2, height);
    context.fillStyle = '#00f';
    context.fillRect(width / 2, 0, width / 2, height);
    const blob = await new Promise((give) => canvas.toBlob(give, 'image/png'));
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], name, { type: 'image/png' }));
    const input = document.querySelector('#own-file');
    if (drops) {
        const event = { bubbles: true, cancelable: true, dataTransfer: transfer };
        input.dispatchEvent(new DragEvent('drop', event));
    } else {
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
    }";

/// The RGBA of the pixel at `args[1]`, `args[2]` of the canvas `args[0]`.
const PIXEL: &str = "
    const canvas = document.querySelector(args[0]);
    return [...canvas.getContext('2d').getImageData(args[1], args[2], 1, 1).data];";

const QUICK: &str = "repeats=1&warmup=0&models=main-thread,event-loop,threads:2,processes:2";

/// Every way in which data reaches processes. Whatever changes hands comes back for the
/// next round.
const WAYS: &str = "repeats=3&warmup=0&models=main-thread,threads:2,processes:2,\
                    processes:2;dataMode=transfer,processes:2;dataMode=shared,\
                    processes:2;staticData=initializer,\
                    processes:2;dataMode=shared;staticData=initializer";

/// Hands a text of 60 MB to the chooser, of which the first piece is read at once and the
/// others wait until `window.goOn` is called. `window.reads` says how many were asked for.
const CHOOSE_TEXT_THAT_STALLS: &str = "
    window.original ??= Blob.prototype.arrayBuffer;
    window.reads = 0;
    const held = new Promise((goOn) => { window.goOn = goOn; });
    Blob.prototype.arrayBuffer = async function () {
        window.reads += 1;
        if (window.reads > 1) await held;
        return window.original.call(this);
    };
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(60).fill('word '.repeat(200_000)), 'long.txt'));
    const input = document.querySelector('#own-file');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

async fn said_of_file(page: &Page) -> String {
    page.text("#own-said").await
}

/// Chooses the radio button with this value. A label is what a reader clicks, wherever the
/// page is scrolled to.
async fn choose(page: &Page, value: &str) {
    let body = "document.querySelector(`input[value='${args[0]}']`).click()";
    page.js(body, &[value.into()]).await;
}

async fn every_model_is_done(page: &Page) {
    for id in ["main-thread", "event-loop", "threads", "processes"] {
        assert_eq!(page.state(id).await, "done", "the row of {id}: {}", page.text("main").await);
    }
}

#[tokio::test]
async fn a_picture_of_one_s_own_is_blurred_by_every_model_and_stays_here() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=blur&{QUICK}")).await;
    choose(&page, "own").await;
    page.appears("#run:disabled").await;
    assert_eq!(said_of_file(&page).await, "Choose a picture first.");
    for drops in [false, true] {
        let name = if drops { "dropped.png" } else { "chosen.png" };
        page.js(BRING_PICTURE, &[name.into(), 120.into(), 90.into(), drops.into()]).await;
        page.until(&format!(
            "document.querySelector('.drop')?.textContent.includes('{name}: 120 × 90 px')"
        ))
        .await;
    }
    // It was no report, though it was dropped on the page.
    assert!(!page.has("#not-opened").await);
    page.appears("#run:enabled").await;
    page.run_by_hand().await;
    every_model_is_done(&page).await;
    page.open_tab("result").await;
    page.until("document.querySelector('#after')?.width === 120").await;
    let pixel = async |css: &str, x: u32| page.js(PIXEL, &[css.into(), x.into(), 45.into()]).await;
    assert_eq!(pixel("#before", 58).await, json!([255, 0, 0, 255]));
    assert_eq!(pixel("#after", 5).await, json!([255, 0, 0, 255]));
    let middle = pixel("#after", 59).await;
    let [red, blue] = [0, 2].map(|channel| middle[channel].as_u64().unwrap_or_default());
    assert!((100..160).contains(&red) && (100..160).contains(&blue), "{middle}");
    let posted = site.requested().iter().filter(|path| path.contains("png")).count();
    assert_eq!(posted, 0, "the picture was asked for from the host");
}

/// Runs [`WAYS`], after which every one of them has come to the same answer.
async fn every_way_agrees(page: &Page) {
    page.appears("#run:enabled").await;
    page.run_by_hand().await;
    page.open_tab("table").await;
    let rows = "return [...document.querySelectorAll('#results-table tbody tr')]
        .map((row) => [row.cells[0].textContent, row.querySelector('code')?.title ?? ''])";
    let rows = page.js(rows, &[]).await;
    let rows: Vec<[String; 2]> = serde_json::from_value(rows).expect("a table");
    let labels: Vec<_> = rows.iter().map(|[label, _]| label.as_str()).collect();
    let expected = [
        "Main thread",
        "Threads × 2",
        "Processes × 2",
        "Processes × 2 (transferred)",
        "Processes × 2 (shared buffer)",
        "Processes × 2 (preloaded)",
        "Processes × 2 (shared buffer, preloaded)",
    ];
    assert_eq!(labels, expected);
    let digests: HashSet<_> = rows.iter().map(|[_, digest]| digest).collect();
    assert!(digests.len() == 1 && rows[0][1].len() == 64, "{rows:?}");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_picture_of_one_s_own_reaches_processes_in_every_way() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=blur&source=own&{WAYS}")).await;
    page.js(BRING_PICTURE, &["own.png".into(), 640.into(), 480.into(), false.into()]).await;
    every_way_agrees(&page).await;
    page.open_tab("result").await;
    page.until("document.querySelector('#after')?.width === 640").await;
}

#[tokio::test]
async fn a_text_of_one_s_own_reaches_processes_in_every_way() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=word-count&source=own&{WAYS}")).await;
    let text = "Zürich, zürich — and 中文。 and\n".repeat(50_000);
    page.js(CHOOSE_TEXT, &["cities.txt".into(), text.into()]).await;
    every_way_agrees(&page).await;
    page.open_tab("result").await;
    let most = "return document.querySelector('#came-out tbody tr').cells[2].textContent";
    assert_eq!(page.js(most, &[]).await, "100,000");
}

#[tokio::test]
async fn a_picture_that_is_too_large_is_scaled_down_and_it_says_so() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=blur&source=own&width=7&height=5").await;
    page.appears("#run:disabled").await;
    assert!(said_of_file(&page).await.contains("Choose it again"));
    page.js(BRING_PICTURE, &["wide.png".into(), 5120.into(), 100.into(), false.into()]).await;
    page.until(
        "document.querySelector('.drop')?.textContent
             .includes('wide.png: 2560 × 50 px, scaled down from 5120 × 100 px.')",
    )
    .await;
    page.appears("#run:enabled").await;
    assert_eq!(page.text("#own-said").await, "");
}

#[tokio::test]
async fn a_text_of_one_s_own_is_counted_and_its_words_are_shown() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=word-count&source=own&{QUICK}")).await;
    // Longer than a piece is read at a time and a task is long, and cut within characters.
    let text = "Zürich, zürich — and 中文。 and\n".repeat(200_000);
    let body = "const [name, line, times] = args;
        args = [name, line.repeat(times)];"
        .to_owned()
        + CHOOSE_TEXT;
    let line = "Zürich, zürich — and 中文。 and\n";
    page.js(&body, &["cities.txt".into(), line.into(), 200_000.into()]).await;
    page.until("document.querySelector('.drop')?.textContent.includes('cities.txt: 7.80 MB')")
        .await;
    assert_eq!(text.len(), 7_800_000);
    page.run_by_hand().await;
    every_model_is_done(&page).await;
    page.open_tab("result").await;
    let rows = "return [...document.querySelectorAll('#came-out tbody tr')]
        .map((row) => [row.cells[0].textContent, row.cells[2].textContent])";
    let expected = json!([["and", "400,000"], ["zürich", "400,000"], ["中文", "200,000"]]);
    assert_eq!(page.js(rows, &[]).await, expected);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_the_reason() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=blur&source=own").await;
    let bring = async |name: &str, text: &str| {
        page.js(CHOOSE_TEXT, &[name.into(), text.into()]).await;
        page.until(&format!(
            "document.querySelector('#own-said').textContent.includes('“{name}”')"
        ))
        .await;
        said_of_file(&page).await
    };
    let said = bring("cat.png", "This is no picture.").await;
    assert_eq!(
        said,
        "“cat.png” is not a picture that this browser can read. Choose a JPEG, PNG, WebP or SVG \
         file."
    );
    assert_eq!(bring("empty.png", "").await, "“empty.png” is empty. Choose another file.");
    page.appears("#run:disabled").await;

    page.choose_workload("word-count").await;
    choose(&page, "own").await;
    page.until("document.querySelector('#own-said')?.textContent === 'Choose a text first.'").await;
    assert_eq!(bring("empty.txt", "").await, "“empty.txt” is empty. Choose another file.");
    // A file that says it is long, so that nobody has to make one.
    let long = "
        const transfer = new DataTransfer();
        transfer.items.add(new File(['a'], 'long.txt'));
        const input = document.querySelector('#own-file');
        const file = transfer.files[0];
        Object.defineProperty(file, 'size', { value: 200_000_001 });
        Object.defineProperty(input, 'files', { value: { 0: file, length: 1, item: () => file } });
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    let refused = page.call(long, &[]).await;
    assert!(refused.is_ok(), "{refused:?}");
    page.until("document.querySelector('#own-said').textContent.includes('long.txt')").await;
    assert_eq!(
        said_of_file(&page).await,
        "“long.txt” is longer than the limit of 200 MB. Choose a shorter text."
    );
    page.appears("#run:disabled").await;
}

/// Hands the drawing `args[1]` to the chooser, as a file called `args[0]`.
const CHOOSE_SVG: &str = "
    const transfer = new DataTransfer();
    transfer.items.add(new File([args[1]], args[0], { type: 'image/svg+xml' }));
    const input = document.querySelector('#own-file');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

/// The addresses of files in the page's memory that were made and not given back.
const COUNT_ADDRESSES: &str = "
    window.addresses = new Set();
    const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = (blob) => {
        const address = make.call(URL, blob);
        addresses.add(address);
        return address;
    };
    URL.revokeObjectURL = (address) => {
        addresses.delete(address);
        revoke.call(URL, address);
    };";

#[tokio::test]
async fn a_drawing_in_svg_is_drawn_in_its_own_shape() {
    let site = Host::isolated().start();
    let page = Page::open_at(
        &site,
        "#/lab?workload=blur&source=own&passes=1&radius=1&repeats=1&warmup=0&models=main-thread",
    )
    .await;
    page.js(COUNT_ADDRESSES, &[]).await;
    let drawing = |attributes: &str| {
        format!(
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' {attributes}>
             <style>.a {{ fill: #f00 }}</style>
             <rect class='a' width='20' height='20'/><rect x='20' width='20' height='20' fill='#00f'/></svg>"
        )
    };
    for (name, attributes, size) in [
        ("own.svg", "width='400' height='200' viewBox='0 0 40 20'", "400 × 200 px."),
        ("box.svg", "viewBox='0 0 40 20'", "1024 × 512 px."),
        ("all.svg", "width='100%' height='100%' viewBox='0 0 40 20'", "1024 × 512 px."),
        (
            "large.svg",
            "width='5120' height='2560' viewBox='0 0 40 20'",
            "2560 × 1280 px, scaled down from 5120 × 2560 px.",
        ),
    ] {
        page.js(CHOOSE_SVG, &[name.into(), drawing(attributes).into()]).await;
        page.until(&format!(
            "document.querySelector('.drop')?.textContent.includes('{name}: {size}')"
        ))
        .await;
    }
    page.appears("#run:enabled").await;
    assert!(!page.has("#own-altered").await);
    page.js(CHOOSE_SVG, &["own.svg".into(), drawing("width='40' height='20'").into()]).await;
    page.until("document.querySelector('.drop')?.textContent.includes('own.svg: 40 × 20 px.')")
        .await;
    assert_eq!(page.js("return addresses.size", &[]).await, 0);
    page.run_by_hand().await;
    page.open_tab("result").await;
    page.until("document.querySelector('#before')?.width === 40").await;
    assert_eq!(
        page.js(PIXEL, &["#before".into(), 5.into(), 5.into()]).await,
        json!([255, 0, 0, 255])
    );
    assert_eq!(
        page.js(PIXEL, &["#before".into(), 35.into(), 5.into()]).await,
        json!([0, 0, 255, 255])
    );

    let broken = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect></svg>";
    page.js(CHOOSE_SVG, &["broken.svg".into(), broken.into()]).await;
    page.until(
        "document.querySelector('#own-said').textContent.includes('“broken.svg” is not a picture')",
    )
    .await;
    assert_eq!(page.js("return addresses.size", &[]).await, 0);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_browser_that_alters_what_is_read_of_a_canvas_is_named_before_the_run() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=blur&source=own").await;
    let alter = "
        const read = CanvasRenderingContext2D.prototype.getImageData;
        CanvasRenderingContext2D.prototype.getImageData = function (...place) {
            const image = read.apply(this, place);
            image.data[5] ^= 1;
            return image;
        };";
    page.js(alter, &[]).await;
    page.js(BRING_PICTURE, &["cat.png".into(), 30.into(), 20.into(), false.into()]).await;
    page.appears("#own-altered").await;
    let said = page.text("#own-altered").await;
    assert!(said.starts_with("To protect you from fingerprinting, this browser changes"), "{said}");
    page.appears("#run:enabled").await;
}

/// Hands the bytes `args[1]` to the chooser, as a file called `args[0]`.
const CHOOSE_BYTES: &str = "
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(args[1])], args[0]));
    const input = document.querySelector('#own-file');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));";

#[tokio::test]
async fn a_text_in_utf_16_is_counted_and_its_encoding_is_named() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=word-count&source=own&{QUICK}")).await;
    let text = "zwei Zürich zürich 中文 ZÜRICH";
    let units: Vec<u8> =
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    page.js(CHOOSE_BYTES, &["cities.txt".into(), json!(units)]).await;
    page.until("document.querySelector('.drop')?.textContent.includes('read as UTF-16 LE')").await;
    page.run_by_hand().await;
    every_model_is_done(&page).await;
    page.open_tab("result").await;
    let rows = "return [...document.querySelectorAll('#came-out tbody tr')]
        .map((row) => [row.cells[0].textContent, row.cells[2].textContent])";
    assert_eq!(page.js(rows, &[]).await, json!([["zürich", "3"], ["zwei", "1"], ["中文", "1"]]));

    let zip: Vec<u8> = [&b"PK\x03\x04"[..], &[0; 60]].concat();
    page.js(CHOOSE_BYTES, &["films.zip".into(), json!(zip)]).await;
    page.until(
        "document.querySelector('#own-said').textContent.includes('“films.zip” is not a text')",
    )
    .await;
    let latin: Vec<u8> = "Zürich, Köln, früh, schön, Äpfel, Süße, böse, größer, öde"
        .chars()
        .map(|c| c as u8)
        .collect();
    page.js(CHOOSE_BYTES, &["latin.txt".into(), json!(latin)]).await;
    page.until("document.querySelector('#own-said').textContent.includes('Save it as UTF-8')")
        .await;
}

/// A text whose words are all different, and one that is a single word: what merging them
/// takes is most of what there is.
#[tokio::test]
async fn a_text_of_all_different_words_and_one_of_a_single_word_are_counted() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=word-count&source=own&{QUICK}")).await;
    let bring = "
        const transfer = new DataTransfer();
        const parts = [];
        for (let piece = 0; piece < 40; piece += 1) {
            let text = '';
            for (let word = 0; word < 62_500 && args[1]; word += 1) {
                text += (piece * 62_500 + word).toString(36).padStart(7, '0') + ' ';
            }
            parts.push(text || 'LongWord'.repeat(62_500));
        }
        transfer.items.add(new File(parts, args[0]));
        const input = document.querySelector('#own-file');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    for (name, are_different, summary) in [
        ("different.txt", true, "2,500,000 words, 2,500,000 different;"),
        ("one.txt", false, "1 word, 1 different;"),
    ] {
        page.js(bring, &[name.into(), are_different.into()]).await;
        page.until(&format!(
            "document.querySelector('.drop')?.textContent.includes('{name}: 20.0 MB')"
        ))
        .await;
        page.run_by_hand().await;
        every_model_is_done(&page).await;
        page.open_tab("result").await;
        let said = page.text("#summary").await;
        assert!(said.starts_with(summary), "{said}");
    }
}

#[tokio::test]
async fn a_long_text_is_read_in_pieces_and_may_be_cancelled() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=word-count&source=own").await;
    let choose = "
        window.steps = new Set();
        new MutationObserver((_, observer) => {
            const progress = document.querySelector('#own-progress');
            if (progress) steps.add(progress.value);
            if (!args[0] || steps.size < 2) return;
            observer.disconnect();
            document.querySelector('#own-cancel').click();
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
        const transfer = new DataTransfer();
        const piece = 'word '.repeat(200_000);
        transfer.items.add(new File(Array(60).fill(piece), 'long.txt'));
        const input = document.querySelector('#own-file');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(choose, &[true.into()]).await;
    page.until("window.steps.size >= 2 && !document.querySelector('#own-progress')").await;
    page.until("document.querySelector('.drop').textContent.includes('Choose a text')").await;
    page.appears("#run:disabled").await;
    page.js(choose, &[false.into()]).await;
    page.until("document.querySelector('.drop').textContent.includes('long.txt: 60.0 MB')").await;
    let steps = page.js("return window.steps.size", &[]).await;
    assert!(steps.as_u64() > Some(3), "progress was shown {steps} times");
    page.appears("#run:enabled").await;
}

#[tokio::test]
async fn a_file_that_nobody_asks_for_any_more_is_read_no_further() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab").await;
    for other in ["blur", "generated"] {
        page.choose_workload("word-count").await;
        choose(&page, "own").await;
        page.appears("#own-file:enabled").await;
        page.js(CHOOSE_TEXT_THAT_STALLS, &[]).await;
        page.until("window.reads === 2 && document.querySelector('#own-progress')").await;
        match other {
            "generated" => choose(&page, other).await,
            workload => page.choose_workload(workload).await,
        }
        page.until("!document.querySelector('#own-progress')").await;
        page.js("window.goOn()", &[]).await;
        // The others would be read within this time.
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(page.js("return window.reads", &[]).await, 2, "{other}");
    }
    choose(&page, "own").await;
    page.until("document.querySelector('#own-said')?.textContent === 'Choose a text first.'").await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_preset_sets_the_form_and_is_told_to_scripts() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=sort&seed=7").await;
    let listed = "return playground.workloads().find(({ id }) => id === 'sort').presets";
    let presets: Value = page.js(listed, &[]).await;
    assert_eq!(
        presets[0],
        json!({ "name": "1.5 million numbers", "lesson": "threads",
                                  "params": { "n": 1_500_000 }, "options": {} })
    );
    assert!(!page.has(".preset[aria-pressed=true]").await);
    page.click(".preset").await;
    page.appears(".preset[aria-pressed=true]").await;
    let value = "return document.querySelector(args[0]).value";
    assert_eq!(page.js(value, &["#param-n".into()]).await, "1500000");
    assert_eq!(page.js(value, &["#param-seed".into()]).await, "1");
    assert_eq!(page.text(".why").await, "Threads should win: nothing has to be sent.");
    page.fill("#param-n", "1000").await;
    page.until("!document.querySelector('.preset[aria-pressed=true]')").await;
    assert!(page.text(".why").await.starts_with("Each task sorts its share"));
    page.run_by_hand().await;
    page.open_tab("result").await;
    assert!(page.text("#summary").await.starts_with("The smallest is "));
}

#[tokio::test]
async fn the_focus_stays_where_a_file_was_chosen() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=word-count&source=own").await;
    page.js("document.querySelector('#own-file').focus()", &[]).await;
    let text = "two one two ".repeat(1_000_000);
    page.js(CHOOSE_TEXT, &["long.txt".into(), text.into()]).await;
    page.until("document.querySelector('.drop').textContent.includes('long.txt: 12.0 MB')").await;
    assert_eq!(page.js("return document.activeElement.id", &[]).await, "own-file");
}

/// By the browser's own dragging, with a file that is on the disk.
#[tokio::test]
async fn a_file_can_be_dragged_onto_the_page() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, &format!("#/lab?workload=word-count&source=own&{QUICK}")).await;
    let name = format!("dragged-{}.txt", std::process::id());
    let file = std::env::temp_dir().join(&name);
    std::fs::write(&file, "two one two\n").expect("a file");
    let middle = "const drop = document.querySelector('.drop');
        drop.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { left, top, width, height } = drop.getBoundingClientRect();
        return [left + width / 2, top + height / 2];";
    let at = page.js(middle, &[]).await;
    let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": at[0], "y": at[1], "data": data });
        page.devtools("Input.dispatchDragEvent", event).await;
    }
    page.until(&format!("document.querySelector('.drop').textContent.includes('{name}')")).await;
    page.appears("#run:enabled").await;
    std::fs::remove_file(&file).expect("it is there");
    page.run_by_hand().await;
    every_model_is_done(&page).await;
    page.open_tab("result").await;
    let first = "return document.querySelector('#came-out tbody tr').cells[0].textContent";
    assert_eq!(page.js(first, &[]).await, "two");
}

#[tokio::test]
async fn a_preset_may_give_processes_their_data_beforehand() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=matmul").await;
    let listed = "return playground.workloads().find(({ id }) => id === 'matmul')
        .presets.find(({ lesson }) => lesson === 'processes')";
    let preset = page.js(listed, &[]).await;
    assert_eq!(preset["options"], json!({ "processes": { "staticData": "initializer" } }));
    // As a script would ask for it.
    let executor = json!({ "id": "processes", "workers": 2, "staticData": "initializer" });
    let experiment = json!({ "workload": "matmul", "params": { "n": 100 }, "repeats": 1,
                             "executors": [executor] });
    assert!(page.report(&experiment).await.result("processes")["error"].is_null());
    let press = "[...document.querySelectorAll('.preset')]
        .find(({ textContent }) => textContent === args[0]).click()";
    page.js(press, &[preset["name"].clone()]).await;
    page.until("document.querySelector('.why').textContent.startsWith('Processes should do')")
        .await;
    assert_eq!(page.text("#changed-processes").await, "Changed: preloaded.");
    // It goes with what it was chosen for.
    page.choose_workload("sort").await;
    page.until("!document.querySelector('#changed-processes')").await;
}
