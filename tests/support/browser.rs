//! A Chromium with a fresh profile, driven through ChromeDriver.

use super::{memory, threads};
use axum::http::Method;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// No script in these tests runs longer.
const SCRIPT_PATIENCE: Duration = Duration::from_secs(180);
/// How long a test waits for something to show.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How often a browser is started that exits before it has begun, as happens once in a few hundred
/// times.
const STARTS: u32 = 3;

/// WebDriver's code points for keys without a character.
pub const TAB: char = '\u{E004}';
/// See [`TAB`].
pub const ENTER: char = '\u{E007}';
/// The Escape key.
pub const ESCAPE: char = '\u{E00C}';

/// The name of a host that is this machine, which only the browser does not know.
pub const NAME: &str = "playground.test";

const FLAGS: [&str; 11] = [
    "--headless",
    // Containers run as root, where Chromium has no sandbox.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A shared-memory file system of 64 MB, as containers have, is soon full.
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP playground.test 127.0.0.1",
];

/// A browser that ends, with all its processes, when dropped.
///
/// Each has its own ChromeDriver: one that tests shared would have to live in a
/// static, and those are never dropped.
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    _profile: TempDir,
    notes_requests: bool,
    _share: SemaphorePermit<'static>,
}

/// So many browsers run at a time, whatever the number of test threads: what most tests do is wait,
/// for workers to start and for times that were ordered. One whose test measures takes all shares
/// (`Page::open_alone`).
const SHARES: u32 = 4;
static MACHINE: Semaphore = Semaphore::const_new(SHARES as usize);

/// What a script of the page threw.
#[derive(Clone, Debug, PartialEq)]
pub struct Thrown {
    /// The error's `name`.
    pub name: String,
    /// The error's `message`.
    pub message: String,
}

impl Browser {
    /// Starts a browser, perhaps beside another.
    pub async fn start() -> Self {
        Self::start_with(1, false).await
    }

    /// As [`Browser::start`], where [`Browser::requests`] will be asked for. Noting them takes all
    /// processes of a browser a tenth of their time.
    pub async fn start_noting_requests() -> Self {
        Self::start_with(1, true).await
    }

    /// As [`Browser::start_noting_requests`], with the machine to itself.
    pub async fn start_alone_noting_requests() -> Self {
        Self::start_with(SHARES, true).await
    }

    /// Starts a browser beside one other at the most, for a test of what has to be over in time.
    pub async fn start_with_half() -> Self {
        Self::start_with(SHARES / 2, false).await
    }

    /// Starts a browser that has the machine to itself, for a test that measures.
    pub async fn start_alone() -> Self {
        Self::start_with(SHARES, false).await
    }

    async fn start_with(shares: u32, notes_requests: bool) -> Self {
        let share = MACHINE.acquire_many(shares).await.expect("the machine is never closed");
        let driver = Driver::start();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut flags: Vec<_> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "goog:chromeOptions": { "binary": program("CHROME", "/usr/bin/chromium"), "args": flags },
            "goog:loggingPrefs": { "browser": "ALL", "performance": if notes_requests { "ALL" } else { "OFF" } },
            "timeouts": { "script": SCRIPT_PATIENCE.as_millis() as u64 },
        });
        let capabilities: Capabilities =
            capabilities.as_object().cloned().expect("capabilities are an object");
        let address = format!("http://127.0.0.1:{}", driver.port);
        let connect = async || {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone()).connect(&address).await
        };
        let mut client = connect().await;
        for _ in 1..STARTS {
            if client.is_err() {
                client = connect().await;
            }
        }
        let client = client.expect("ChromeDriver starts the browser");
        let session = client.session_id().await.expect("a session").expect("a session's id");
        Self { client, session, driver, _profile: profile, notes_requests, _share: share }
    }

    /// Opens `url` and waits until it is loaded.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
    }

    /// What drives the browser.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs the body of an async function in the page and gives what it returns.
    ///
    /// # Errors
    /// What it throws.
    pub async fn call(&self, body: &str, args: &[Value]) -> Result<Value, Thrown> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async (...args) => {{ {body} }})(...[...arguments].slice(0, -1)).then(
                 (value) => done({{ value: value ?? null }}),
                 (error) => done({{ name: String(error?.name), message: String(error?.message ?? error) }}),
             );"
        );
        let settled = self.client.execute_async(&script, args.to_vec()).await;
        let settled = settled.unwrap_or_else(|error| panic!("{error}, in\n{body}"));
        match settled.get("value") {
            Some(value) => Ok(value.clone()),
            None => Err(Thrown {
                name: settled["name"].as_str().unwrap_or_default().to_owned(),
                message: settled["message"].as_str().unwrap_or_default().to_owned(),
            }),
        }
    }

    /// As [`Browser::call`], where nothing may be thrown.
    pub async fn js(&self, body: &str, args: &[Value]) -> Value {
        let called = self.call(body, args).await;
        called.unwrap_or_else(|thrown| panic!("{thrown:?}, in\n{body}"))
    }

    /// Waits until an expression holds in the page.
    pub async fn until(&self, expression: &str) {
        self.until_within(PATIENCE, expression).await;
    }

    /// As [`Browser::until`], with a patience of its own.
    pub async fn until_within(&self, patience: Duration, expression: &str) {
        let started = Instant::now();
        // A page that reloads meanwhile loses the script: ask again.
        let body = format!("return Boolean({expression})");
        while !matches!(self.client.execute(&body, vec![]).await, Ok(Value::Bool(true))) {
            if started.elapsed() > patience {
                let body = "return document.body?.innerText";
                let shown = self.client.execute(body, vec![]).await.unwrap_or_default();
                panic!("not within {patience:?}: {expression}\nThe page shows: {shown}");
            }
            // Asking takes the browser time, too: what takes long is asked about less often.
            let often = started.elapsed() < Duration::from_millis(500);
            tokio::time::sleep(Duration::from_millis(if often { 25 } else { 100 })).await;
        }
    }

    /// Waits until something matches `css`.
    pub async fn appears(&self, css: &str) {
        self.until(&format!("document.querySelector({})", json!(css))).await;
    }

    /// Whether something matches `css`.
    pub async fn has(&self, css: &str) -> bool {
        self.js("return document.querySelector(args[0]) !== null", &[css.into()]).await == true
    }

    /// The text of the first match of `css`, as it is shown.
    pub async fn text(&self, css: &str) -> String {
        let text =
            self.js("return document.querySelector(args[0])?.innerText", &[css.into()]).await;
        text.as_str().unwrap_or_else(|| panic!("nothing matches {css}")).trim().to_owned()
    }

    /// Clicks the first match of `css`, as a reader would: it must be in view, or
    /// come into view, and nothing may cover it.
    pub async fn click(&self, css: &str) {
        let found = self.client.find(Locator::Css(css)).await;
        let found = found.unwrap_or_else(|error| panic!("{css}: {error}"));
        found.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Replaces what is in the field `css` by `text`, key by key.
    pub async fn fill(&self, css: &str, text: &str) {
        let select = "const field = document.querySelector(args[0]); field.focus(); field.select()";
        self.js(select, &[css.into()]).await;
        // "Element Send Keys" of WebDriver would move the caret behind what is there.
        self.type_keys(text).await;
    }

    /// Presses `key`, wherever the focus is.
    pub async fn press(&self, key: char) {
        self.type_keys(&key.to_string()).await;
    }

    /// Presses one key after another, wherever the focus is.
    async fn type_keys(&self, keys: &str) {
        let strokes = keys.chars().map(String::from).flat_map(|key| {
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        });
        let keyboard =
            json!({ "type": "key", "id": "keyboard", "actions": strokes.collect::<Vec<_>>() });
        self.extension("actions", json!({ "actions": [keyboard] })).await;
    }

    /// Sends a command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        self.extension("goog/cdp/execute", json!({ "cmd": command, "params": params })).await
    }

    /// The errors that the page and its workers wrote to the console since the last
    /// call, those of the browser about them among these.
    pub async fn errors(&self) -> Vec<String> {
        let entries = self.extension("se/log", json!({ "type": "browser" })).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(Value::to_string).collect()
    }

    /// The addresses that the page asked for since the last call.
    pub async fn requests(&self) -> Vec<String> {
        assert!(self.notes_requests, "this browser was started without noting requests");
        let entries = self.extension("se/log", json!({ "type": "performance" })).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let messages = entries.iter().filter_map(|entry| entry["message"].as_str());
        messages
            .filter_map(|message| serde_json::from_str::<Value>(message).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| {
                Some(entry["message"]["params"]["request"]["url"].as_str()?.to_owned())
            })
            .collect()
    }

    /// How many workers the operating system sees in this browser.
    pub fn workers(&self) -> usize {
        threads::workers_below(self.driver.child.id())
    }

    /// How much memory the process that shows the page has in use, in bytes; `None` where
    /// nobody can tell.
    pub fn memory_in_use(&self) -> Option<u64> {
        memory::in_use(self.driver.child.id())
    }

    /// The same once the page has let go of all that nobody refers to.
    pub async fn memory_left(&self) -> Option<u64> {
        self.devtools("HeapProfiler.collectGarbage", json!({})).await;
        // Memory is given back a little later.
        tokio::time::sleep(Duration::from_millis(500)).await;
        self.memory_in_use()
    }

    /// The most that it had in use since the last [`Self::forget_peak_memory`], in bytes.
    pub fn peak_memory(&self) -> Option<u64> {
        memory::peak(self.driver.child.id())
    }

    /// Has [`Self::peak_memory`] begin anew.
    pub fn forget_peak_memory(&self) {
        memory::forget_peak(self.driver.child.id());
    }

    /// How much processor time this browser's workers use in `period`, in ticks of
    /// 10 ms.
    pub async fn worker_ticks_in(&self, period: Duration) -> u64 {
        let before = threads::ticks_below(self.driver.child.id());
        tokio::time::sleep(period).await;
        // Those that have ended meanwhile take their ticks along.
        threads::ticks_below(self.driver.child.id()).saturating_sub(before)
    }

    /// Waits until at most `bound` workers are left, and says how long that took.
    pub async fn workers_are_at_most(&self, bound: usize, patience: Duration) -> Duration {
        match threads::at_most(bound, self.driver.child.id(), patience).await {
            Ok(took) => took,
            Err(left) => panic!("{left} workers are left after {patience:?}, not {bound}"),
        }
    }

    /// Waits for that long at most until no worker runs, and says how many still do.
    pub async fn all_workers_end(&self, patience: Duration) -> usize {
        threads::at_most(0, self.driver.child.id(), patience).await.err().unwrap_or_default()
    }

    async fn extension(&self, path: &'static str, body: Value) -> Value {
        let sent = self.client.issue_cmd(Extension { path, body }).await;
        sent.unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Drop for Browser {
    /// Ends the session without the async client, whose runtime may be unwinding:
    /// ChromeDriver ends a browser only when it is told to.
    fn drop(&mut self) {
        let ended =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.driver.port)).and_then(|mut stream| {
                stream.set_read_timeout(Some(Duration::from_secs(10)))?;
                let session = &self.session;
                write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
                stream.read(&mut [0; 64])
            });
        if let Err(error) = ended {
            eprintln!("The browser may still run: {error}");
        }
    }
}

/// A ChromeDriver on a free port, ended when dropped.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    fn start() -> Self {
        // It takes a free IPv4 port and then the IPv6 port of the same number, which
        // may not be free.
        (0..5).find_map(|_| Self::try_start()).expect("ChromeDriver says its port")
    }

    fn try_start() -> Option<Self> {
        let program = program("CHROMEDRIVER", "/usr/bin/chromedriver");
        let mut child =
            Command::new(&program).arg("--port=0").stdout(Stdio::piped()).spawn().unwrap_or_else(
                |error| panic!("{program}: {error}. Set CHROMEDRIVER to its path."),
            );
        let stdout = child.stdout.take().expect("its output is piped");
        let mut driver = Self { child, port: 0 };
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        driver.port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        })?;
        // What it says from here on must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        Some(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(variable: &str, default: &str) -> String {
    std::env::var(variable)
        .ok()
        .filter(|path| !path.is_empty())
        .unwrap_or_else(|| default.to_owned())
}

/// A command that ChromeDriver knows and fantoccini does not.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
