//! A browser with a fresh profile, driven through its driver: Chromium, unless a test asks for Firefox.

use super::driver::{Driver, Engine};
use super::{memory, threads};
use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

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

/// A browser that ends, with all its processes, when dropped.
///
/// Each has its own driver: one that tests shared would have to live in a
/// static, and those are never dropped.
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    _profile: TempDir,
    engine: Engine,
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
        Self::start_with(1, Engine::Chromium { notes_requests: false }).await
    }

    /// As [`Browser::start`], where [`Browser::requests`] will be asked for. Noting them takes all
    /// processes of a browser a tenth of their time.
    pub async fn start_noting_requests() -> Self {
        Self::start_with(1, Engine::Chromium { notes_requests: true }).await
    }

    /// As [`Browser::start_noting_requests`], with the machine to itself.
    pub async fn start_alone_noting_requests() -> Self {
        Self::start_with(SHARES, Engine::Chromium { notes_requests: true }).await
    }

    /// Starts a browser beside one other at the most, for a test of what has to be over in time.
    pub async fn start_with_half() -> Self {
        Self::start_with(SHARES / 2, Engine::Chromium { notes_requests: false }).await
    }

    /// Starts a browser that has the machine to itself, for a test that measures.
    pub async fn start_alone() -> Self {
        Self::start_with(SHARES, Engine::Chromium { notes_requests: false }).await
    }

    /// Starts a Firefox with these preferences, which has the machine to itself.
    pub async fn start_firefox(preferences: Value) -> Self {
        Self::start_with(SHARES, Engine::Firefox { preferences }).await
    }

    async fn start_with(shares: u32, engine: Engine) -> Self {
        let share = MACHINE.acquire_many(shares).await.expect("the machine is never closed");
        let driver = Driver::start(&engine);
        let profile = tempfile::tempdir().expect("a temporary folder");
        let capabilities = engine.capabilities(profile.path());
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
        let client = client.expect("the driver starts the browser");
        let session = client.session_id().await.expect("a session").expect("a session's id");
        Self { client, session, driver, _profile: profile, engine, _share: share }
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

    /// Whether it is a Chromium: only that knows the DevTools protocol, and logs what can be asked for.
    pub fn is_chromium(&self) -> bool {
        matches!(self.engine, Engine::Chromium { .. })
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
        let notes_requests = matches!(self.engine, Engine::Chromium { notes_requests: true });
        assert!(notes_requests, "this browser was started without noting requests");
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

    /// What `work` comes to, while each worker of this browser is kept on one core.
    pub async fn with_workers_spread<T>(&self, work: impl Future<Output = T>) -> T {
        tokio::select! {
            came = work => came,
            never = threads::spread_below(self.driver.child.id()) => match never {},
        }
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
    /// a driver ends its browser only when it is told to.
    fn drop(&mut self) {
        let ended =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.driver.port)).and_then(|mut stream| {
                stream.set_read_timeout(Some(Duration::from_secs(10)))?;
                let session = &self.session;
                write!(
                    stream,
                    "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"
                )?;
                stream.read(&mut [0; 64])
            });
        if let Err(error) = ended {
            eprintln!("The browser may still run: {error}");
        }
    }
}

/// A command that a driver knows and fantoccini does not.
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
