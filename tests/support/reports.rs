//! Reports on their way into the page, and files that are none.

use super::Page;

/// Hands the page the files that `file` makes, as if the reader had dropped them.
pub const DROP: &str = "
    const drop = (file) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        const told = { dataTransfer, bubbles: true, cancelable: true };
        document.querySelector('.lab').dispatchEvent(new DragEvent('drop', told));
    };";

/// Drops a file with this text on the page.
pub async fn drop_text(page: &Page, text: &str) {
    let body = format!("{DROP} drop(new File([args[0]], 'report.json'))");
    page.js(&body, &[text.into()]).await;
}

/// Chooses a file with this text where the page opens reports.
pub async fn choose_text(page: &Page, text: &str) {
    page.open_tab("keep").await;
    let body = "
        const given = new DataTransfer();
        given.items.add(new File([args[0]], 'report.json', { type: 'application/json' }));
        const input = document.querySelector('#open-report');
        input.files = given.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js(body, &[text.into()]).await;
}

/// A file that is no report: what it is, an expression for its parts that may use
/// `good`, the text of one that is, and what is said of it.
pub type NoReport = (&'static str, &'static str, &'static str);

/// Those that are promised to be refused in no time.
pub const NO_REPORTS: [NoReport; 7] = [
    ("50 MB", "[new Uint8Array(50_000_000).fill(32)]", "larger than 16 MB"),
    ("nested 100,000 deep", "['['.repeat(1e5) + ']'.repeat(1e5)]", "nested too deep"),
    ("NaN", "[good.replace(/\"startupMs\":[^,]+/, '\"startupMs\":NaN')]", "is not JSON"),
    (
        "1e309",
        "[good.replace(/\"startupMs\":[^,]+/, '\"startupMs\":1e309')]",
        "too large for a number",
    ),
    ("a key __proto__", "[good.replace('{', '{\"__proto__\":{\"polluted\":1},')]", "__proto__: "),
    (
        "a lane that is markup",
        "[changed((report) => {
            report.results[0].lanes[0].id = '<img id=\"injected\" src=x>';
        })]",
        "results[0].lanes[0].id: ",
    ),
    ("another schema", "[changed((report) => { report.schema = 99; })]", "newer schema 99"),
];

/// Drops a file and settles with what the page says of it, and after how many ms.
const SAYS_WHY: &str = "
    const [good] = args;
    const changed = (change) => {
        const report = JSON.parse(good);
        change(report);
        return JSON.stringify(report);
    };
    const said = () => document.querySelector('#not-opened')?.innerText;
    if (said()) throw new Error(`#not-opened says already: ${said()}`);
    const file = new File(PARTS, 'report.json', { type: 'application/json' });
    return await new Promise((settle) => {
        let dropped;
        const observer = new MutationObserver(() => {
            if (!said()) return;
            observer.disconnect();
            settle([said(), performance.now() - dropped]);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => settle([said() ?? '', Infinity]), 20_000);
        dropped = performance.now();
        drop(file);
    });";

/// Drops a file that is no report, and gives after how many ms the page says why.
pub async fn refused_after_ms(page: &Page, good: &str, (what, parts, words): NoReport) -> f64 {
    let body = format!("{DROP}{}", SAYS_WHY.replace("PARTS", parts));
    let told = page.js(&body, &[good.into()]).await;
    let said = told[0].as_str().unwrap_or_default();
    assert!(said.contains(words), "{what}: the page says {said:?}");
    told[1].as_f64().unwrap_or_else(|| panic!("nothing is said of {what}"))
}
