//! A static host, with the faults that hosts have: no headers, a sub-path,
//! missing and wrong files.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use tower_http::services::ServeDir;

/// The headers that isolate a page, as `trunk serve` sends them.
const ISOLATION: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A host of the built site, stopped when dropped.
pub struct Site {
    address: SocketAddr,
    host: Arc<Host>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How a host differs from one that serves the site from `/`, as it is.
pub struct Host {
    root: String,
    isolated: bool,
    open_to_all: bool,
    missing: Vec<String>,
    replaced: Vec<(String, Replacement)>,
    requested: Mutex<Vec<(String, StatusCode)>>,
    files: ServeDir,
    beside: Option<(String, ServeDir)>,
}

#[derive(Clone)]
struct Replacement {
    content_type: &'static str,
    body: String,
}

/// The folder with the built site.
pub fn site_dir() -> PathBuf {
    let given = std::env::var_os("SITE_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let dir = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"));
    let index = dir.join("index.html");
    assert!(index.is_file(), "{} is missing: run `cargo xtask build` first", index.display());
    dir
}

impl Host {
    /// A host that sends no headers of its own, as most static hosts do.
    pub fn plain() -> Self {
        Self {
            root: "/".into(),
            isolated: false,
            open_to_all: false,
            missing: Vec::new(),
            replaced: Vec::new(),
            requested: Mutex::default(),
            files: ServeDir::new(site_dir()),
            beside: None,
        }
    }

    /// A host whose headers isolate the page.
    pub fn isolated() -> Self {
        Self { isolated: true, ..Self::plain() }
    }

    /// Lets pages of any origin read its files, as GitHub Pages does.
    pub fn open_to_all(mut self) -> Self {
        self.open_to_all = true;
        self
    }

    /// Serves the site below `root`, which begins and ends with a slash, and
    /// nothing outside of it.
    pub fn below(mut self, root: &str) -> Self {
        self.root = root.to_owned();
        self
    }

    /// Does not have the file at `path`, which is relative to the site's root.
    pub fn without(mut self, path: &str) -> Self {
        self.missing.push(path.to_owned());
        self
    }

    /// Has `body` at `path`, in place of the site's own file if there is one.
    pub fn with(mut self, path: &str, content_type: &'static str, body: impl Into<String>) -> Self {
        self.replaced.push((path.to_owned(), Replacement { content_type, body: body.into() }));
        self
    }

    /// Has the files of `folder`, too, below `path`, which is relative to the site's
    /// root and ends with a slash.
    pub fn beside(mut self, path: &str, folder: &Path) -> Self {
        self.beside = Some((path.to_owned(), ServeDir::new(folder)));
        self
    }

    fn requested(&self) -> MutexGuard<'_, Vec<(String, StatusCode)>> {
        self.requested.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts serving on a free port, on a thread of its own: what is measured in
    /// the page must not wait for the test.
    pub fn start(self) -> Site {
        let host = Arc::new(self);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the port's number");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&host));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime for the server").block_on(async {
                let listener = listener.try_into().expect("a listener for the runtime");
                tokio::select! {
                    served = axum::serve::<tokio::net::TcpListener, _, _>(listener, router) => {
                        served.expect("the server runs");
                    }
                    _ = stopped => {}
                }
            });
        });
        Site { address, host, stop: Some(stop), thread: Some(thread) }
    }
}

impl Site {
    /// The address of `path`, which is relative to the site's root.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{}{path}", self.address, self.host.root)
    }

    /// The same address under the name `localhost`: to a browser another site.
    pub fn url_on_another_site(&self, path: &str) -> String {
        format!("http://localhost:{}{}{path}", self.address.port(), self.host.root)
    }

    /// The same address under a name that is not this machine's: to a browser it comes by plain
    /// http from anywhere.
    pub fn url_by_name(&self, path: &str) -> String {
        format!("http://{}:{}{}{path}", super::browser::NAME, self.address.port(), self.host.root)
    }

    /// The beginning of all its addresses.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every path that was asked for so far, from the host's root on.
    pub fn requested(&self) -> Vec<String> {
        self.host.requested().iter().map(|(path, _)| path.clone()).collect()
    }

    /// Those that were not there.
    pub fn missed(&self) -> Vec<String> {
        let requested = self.host.requested();
        let missed =
            requested.iter().filter(|(_, status)| !status.is_success() && !status.is_redirection());
        missed.map(|(path, _)| path.clone()).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn answer(State(host): State<Arc<Host>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = match path.strip_prefix(&host.root) {
        Some(path) => file(&host, path, request.headers().clone()).await,
        None => StatusCode::NOT_FOUND.into_response(),
    };
    host.requested().push((path, response.status()));
    if host.open_to_all {
        let anyone = HeaderValue::from_static("*");
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, anyone);
    }
    if host.isolated {
        for (name, value) in ISOLATION {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

async fn file(host: &Host, path: &str, headers: HeaderMap) -> Response {
    if host.missing.iter().any(|missing| missing == path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some((_, Replacement { content_type, body })) =
        host.replaced.iter().find(|(replaced, _)| replaced == path)
    {
        return ([(header::CONTENT_TYPE, *content_type)], body.clone()).into_response();
    }
    let beside = host.beside.as_ref();
    let beside =
        beside.and_then(|(below, files)| Some((files, path.strip_prefix(below.as_str())?)));
    let (files, path) = beside.unwrap_or((&host.files, path));
    let Ok(uri) = format!("/{path}").parse::<Uri>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    match files.clone().try_call(request).await {
        Ok(response) => response.map(Body::new).into_response(),
        Err(error) if error.kind() == ErrorKind::NotFound => StatusCode::NOT_FOUND.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
