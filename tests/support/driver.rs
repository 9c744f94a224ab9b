//! Chromium by ChromeDriver, or Firefox by geckodriver: how each is started.

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// No script in these tests runs longer.
const SCRIPT_PATIENCE: Duration = Duration::from_secs(180);

const CHROMIUM_FLAGS: [&str; 11] = [
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

/// Which browser is started, and how.
#[derive(Clone, Debug)]
pub enum Engine {
    /// Chromium.
    Chromium {
        /// Whether it notes which addresses it asks for.
        notes_requests: bool,
    },
    /// Firefox.
    Firefox {
        /// Its preferences by name, as in `about:config`.
        preferences: Value,
    },
}

impl Engine {
    /// What to ask the driver for, where Chromium keeps its profile in `profile`. Firefox's is
    /// geckodriver's business.
    pub fn capabilities(&self, profile: &Path) -> Capabilities {
        let mut capabilities = match self {
            Self::Chromium { notes_requests } => {
                let mut flags = CHROMIUM_FLAGS.map(str::to_owned).to_vec();
                flags.push(format!("--user-data-dir={}", profile.display()));
                json!({
                    "goog:chromeOptions": {
                        "binary": program("CHROME", "/usr/bin/chromium"),
                        "args": flags,
                    },
                    "goog:loggingPrefs": {
                        "browser": "ALL",
                        "performance": if *notes_requests { "ALL" } else { "OFF" },
                    },
                })
            }
            Self::Firefox { preferences } => json!({
                "moz:firefoxOptions": {
                    "binary": program("FIREFOX", "/usr/bin/firefox"),
                    "args": ["-headless", "--width=1280", "--height=900"],
                    "prefs": preferences,
                },
            }),
        };
        capabilities["timeouts"] = json!({ "script": SCRIPT_PATIENCE.as_millis() as u64 });
        capabilities.as_object().cloned().expect("capabilities are an object")
    }

    /// The variable that names its driver, the driver, and what that says before its port.
    fn driver(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Chromium { .. } => {
                ("CHROMEDRIVER", "/usr/bin/chromedriver", "started successfully on port ")
            }
            Self::Firefox { .. } => ("GECKODRIVER", "geckodriver", "Listening on 127.0.0.1:"),
        }
    }
}

/// A browser's driver on a free port, ended when dropped.
pub struct Driver {
    /// Its process, which the browser's descend from.
    pub child: Child,
    /// Where it listens.
    pub port: u16,
}

impl Driver {
    /// Starts the driver of `engine`.
    pub fn start(engine: &Engine) -> Self {
        // ChromeDriver takes a free IPv4 port and then the IPv6 port of the same number, which
        // may not be free.
        (0..5).find_map(|_| Self::try_start(engine)).expect("the driver says its port")
    }

    fn try_start(engine: &Engine) -> Option<Self> {
        let (variable, default, before_port) = engine.driver();
        let program = program(variable, default);
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}. Set {variable} to its path."));
        let stdout = child.stdout.take().expect("its output is piped");
        let mut driver = Self { child, port: 0 };
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        driver.port = lines.find_map(|line| {
            let (_, port) = line.split_once(before_port)?;
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
