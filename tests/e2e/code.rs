//! Programs beside results and advice, and the cheatsheet.

use crate::files::Saved;
use crate::support::Page;
use crate::support::reference;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

/// A run of one small workload, with the tab of the code open.
const RUN: &str = "#/lab?workload=primes&start=1000&count=600&models=main-thread,processes:2\
                   &repeats=2&warmup=1&show=code";

/// The text of the program in the card `id`.
async fn program(page: &Page, id: &str) -> String {
    let body = "return document.getElementById(`${args[0]}-text`).textContent";
    page.js(body, &[id.into()]).await.as_str().expect("a text").to_owned()
}

/// Chooses the program called `title` in the card `id`.
async fn choose(page: &Page, id: &str, title: &str) {
    let body = "
        const buttons = [...document.querySelectorAll(`#${args[0]} .segment`)];
        buttons.find((button) => button.textContent === args[1]).click();";
    page.js(body, &[id.into(), title.into()]).await;
    let chosen = format!(
        "[...document.querySelectorAll('#{id} .segment[aria-pressed=true]')]
            .some((button) => button.textContent === '{title}')"
    );
    page.until(&chosen).await;
}

/// Chooses the model of the result that the views are about.
async fn show_model(page: &Page, at: usize) {
    page.click(&format!("#models-shown .segment:nth-child({})", at + 1)).await;
    page.appears(&format!("#models-shown .segment:nth-child({})[aria-pressed=true]", at + 1)).await;
}

/// What Python prints when it runs `text`: the digest is its first line.
fn digest_of(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("program.py");
    std::fs::write(&file, text).expect("a file can be written");
    let output = Command::new("python3").arg(&file).output();
    let output = output.expect("python3 runs: install Python 3.11 or newer");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout);
    printed.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn code_of_a_result_prints_its_digest_and_can_be_downloaded() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, RUN).await;
    let saved = Saved::by(&page).await;
    // Before the run, with the parameters of the form.
    page.appears("#code-text").await;
    assert!(program(&page, "code").await.contains("START = 1000\nCOUNT = 600\n"));
    page.run_by_hand().await;
    let digest = reference::digest("primes", &json!({ "start": 1000, "count": 600 }));
    assert_eq!(page.text("#code-digest").await, digest);
    show_model(&page, 1).await;
    choose(&page, "code", "Python: ProcessPoolExecutor").await;
    let text = program(&page, "code").await;
    assert!(text.contains("WORKERS = 2\n"), "{text}");
    assert_eq!(digest_of(&text), digest);
    page.click("#code-download").await;
    assert_eq!(saved.take_text("primes_processes.py").await, text);
    page.until("document.querySelector('#code-status').textContent === 'Downloaded.'").await;
    // The other model's programs, in the other language.
    show_model(&page, 0).await;
    choose(&page, "code", "Rust: a plain loop").await;
    page.click("#code-download").await;
    assert_eq!(saved.take_text("primes_loop.rs").await, program(&page, "code").await);
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn code_is_copied_and_where_that_is_forbidden_selected() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, RUN).await;
    page.appears("#code-text").await;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.devtools("Browser.grantPermissions", permissions).await;
    let text = program(&page, "code").await;
    page.click("#code-copy").await;
    page.until("document.querySelector('#code-status').textContent === 'Copied.'").await;
    assert_eq!(page.js("return await navigator.clipboard.readText()", &[]).await, text);
    // As in a frame, and as on a page without https.
    for without in [
        "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))",
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    ] {
        page.js(without, &[]).await;
        page.js("getSelection().removeAllRanges()", &[]).await;
        page.click("#code-copy").await;
        let said = "document.querySelector('#code-status').textContent.includes('Ctrl+C')";
        page.until(said).await;
        page.until("getSelection().toString().length > 0").await;
        let selected = page.js("return getSelection().toString()", &[]).await;
        assert_eq!(selected.as_str().map(str::trim), Some(text.trim()), "{without}");
    }
}

#[tokio::test]
async fn experiment_without_a_program_says_why() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for (link, why) in [
        ("#/lab?workload=requests&urls=./icon.svg&show=code", "your own addresses"),
        ("#/lab?workload=blur&source=own&show=code", "your own file"),
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(link)).await;
        page.appears("#code-none").await;
        let said = page.text("#code-none").await;
        assert!(said.contains(why), "{link}: {said}");
        assert!(!page.has("#code-text").await, "{link}");
    }
}

#[tokio::test]
async fn advice_has_its_programs() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    for (path, line) in [
        ("cpu.one.bytecode.heavy", "SharedMemory"),
        ("cpu.machines", "import ray"),
        ("io.thousands", "async with asyncio.TaskGroup"),
    ] {
        page.open("about:blank").await;
        page.visit(&site.url(&format!("#/decide?path={path}"))).await;
        page.appears("#advice-code-text").await;
        let text = program(&page, "advice-code").await;
        assert!(text.contains(line), "{path}: {text}");
    }
}

#[tokio::test]
async fn cheatsheet_has_all_programs_with_the_parameters_of_the_lab() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=sha256&chains=7&rounds=11").await;
    page.js("location.hash = '#/cheatsheet'", &[]).await;
    page.appears(".cheatsheet").await;
    let titles = "return [...document.querySelectorAll('.cheatsheet-list')]
        .flatMap((list) => list.textContent.split(' · '))";
    let titles = page.js(titles, &[]).await;
    assert_eq!(titles.as_array().map(Vec::len), Some(15), "{titles}");
    let mut seen = Vec::new();
    for group in ["loop", "event-loop", "threads", "processes", "hybrid", "machines"] {
        page.click(&format!("#cheatsheet-{group}-open")).await;
        page.appears(&format!("#{group}.code-card")).await;
        let of_group = "return [...document.querySelectorAll(`#${args[0]} .segment`)]
            .map((button) => button.textContent)";
        let of_group = page.js(of_group, &[group.into()]).await;
        for title in of_group.as_array().into_iter().flatten().filter_map(Value::as_str) {
            choose(&page, group, title).await;
            seen.push(title.to_owned());
            // Tokio is for waiting.
            if title == "Rust: Tokio" {
                assert!(page.text("#event-loop-none").await.contains("only compute"));
                continue;
            }
            let text = program(&page, group).await;
            // What only computes makes no pipeline: there it is the workload of that name.
            let line = if group == "hybrid" { "ROUNDS" } else { "CHAINS" };
            assert!(text.contains(line), "{title}: {text}");
        }
    }
    assert_eq!(Some(&seen.iter().map(|title| json!(title)).collect::<Vec<_>>()), titles.as_array());
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// WCAG 2.2, 1.4.3: a contrast of 4.5 between each token and what is behind it.
#[tokio::test]
async fn tokens_are_told_apart_in_light_and_in_dark() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, RUN).await;
    page.appears("#code-text").await;
    let contrasts = "
        const numbers = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
        const light = (color) => {
            const [r, g, b] = numbers(color).map((part) => part / 255)
                .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = light(getComputedStyle(document.querySelector('.code')).backgroundColor);
        return ['keyword', 'string', 'number', 'comment'].map((kind) => {
            const token = document.querySelector(`#code-text .tok-${kind}`);
            const ink = light(getComputedStyle(token).color);
            const [more, less] = [Math.max(ink, ground), Math.min(ink, ground)];
            return [kind, (more + 0.05) / (less + 0.05)];
        });";
    for theme in ["light", "dark"] {
        page.js("document.documentElement.dataset.theme = args[0]", &[theme.into()]).await;
        let found = page.js(contrasts, &[]).await;
        println!("{theme}: {found}");
        for pair in found.as_array().expect("pairs") {
            assert!(pair[1].as_f64().is_some_and(|contrast| contrast >= 4.5), "{theme}: {pair}");
        }
    }
}

#[tokio::test]
async fn on_a_phone_long_programs_scroll_in_their_own_box() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let metrics = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    for path in ["#/lab?workload=blur&show=code", "#/cheatsheet", "#/decide?path=mixed"] {
        page.open("about:blank").await;
        page.visit(&site.url(path)).await;
        page.js("document.querySelector('#cheatsheet-hybrid-open')?.click()", &[]).await;
        page.until_within(Duration::from_secs(10), "document.querySelector('.code')").await;
        let widths = "return [document.documentElement.scrollWidth,
            document.querySelector('.code').getBoundingClientRect().height]";
        let widths = page.js(widths, &[]).await;
        assert!(widths[0].as_u64() <= Some(360), "{path} scrolls sideways: {widths}");
        assert!(widths[1].as_f64() < Some(500.0), "{path}: {widths}");
        // The keyboard reaches the box, so that it can be scrolled.
        let stop = "return document.querySelector('.code').tabIndex";
        assert_eq!(page.js(stop, &[]).await, 0);
    }
}
