//! A host that any page may read, that takes its time, and that says what it was asked for and
//! what of it is still under way.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a connection is looked at.
const TICK: Duration = Duration::from_millis(50);

/// A host on a free port, stopped when dropped. Each connection serves one request.
///
/// | path | answers |
/// | --- | --- |
/// | `after/<ms>` | so late, with a word that no cache may keep |
/// | `cached/<ms>` | so late, with one that caches may keep |
/// | `drip` | with a byte at a time, for ever |
/// | `silent` | never |
/// | `flood` | with as many bytes as are taken, for ever |
/// | others | with status 404 |
pub struct SlowHost {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    open: AtomicUsize,
    asked: Mutex<Vec<String>>,
    stopped: AtomicBool,
}

impl SlowHost {
    /// Starts it.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the port's number");
        let state = Arc::<State>::default();
        let accepting = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if accepting.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let state = accepting.clone();
                // A connection that breaks is one that the browser has closed.
                std::thread::spawn(move || drop(state.serve(stream)));
            }
        });
        Self { address, state }
    }

    /// The address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// How many requests are under way.
    pub fn open(&self) -> usize {
        self.state.open.load(Ordering::SeqCst)
    }

    /// How often it was asked for anything since this was last called.
    pub fn asked(&self) -> usize {
        let mut asked = self.state.asked.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *asked).len()
    }

    /// Waits until nothing is under way any more, and says how long that took.
    pub async fn is_left_alone_within(&self, patience: Duration) -> Duration {
        let began = Instant::now();
        while self.open() > 0 {
            let open = self.open();
            assert!(began.elapsed() < patience, "{open} requests are open after {patience:?}");
            tokio::time::sleep(TICK).await;
        }
        began.elapsed()
    }
}

impl Drop for SlowHost {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::Relaxed);
        // The thread that accepts looks up for this one.
        let _ = TcpStream::connect(self.address);
    }
}

impl State {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            if stream.read(&mut byte)? == 0 {
                return Ok(());
            }
            head.push(byte[0]);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
        self.open.fetch_add(1, Ordering::SeqCst);
        let answered = self.answer(&mut stream, &path);
        self.open.fetch_sub(1, Ordering::SeqCst);
        answered
    }

    fn answer(&self, stream: &mut TcpStream, path: &str) -> std::io::Result<()> {
        let begin = |status: &str, cache: &str| {
            format!(
                "HTTP/1.1 {status}\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: {cache}\r\n\
                 Content-Type: text/plain\r\nConnection: close\r\n\r\n"
            )
        };
        let (name, ms) = path.split_once('/').unwrap_or((path, ""));
        let wait = Duration::from_millis(ms.parse().unwrap_or_default());
        let ok = begin("200 OK", if name == "cached" { "max-age=600" } else { "no-store" });
        match name {
            "after" | "cached" => {
                self.pause(stream, wait)?;
                write!(stream, "{ok}hello")
            }
            "silent" => self.pause(stream, Duration::MAX),
            "drip" => {
                write!(stream, "{ok}")?;
                loop {
                    stream.write_all(b"x")?;
                    self.pause(stream, Duration::from_millis(200))?;
                }
            }
            "flood" => {
                write!(stream, "{ok}")?;
                loop {
                    stream.write_all(&[b'x'; 1 << 16])?;
                    self.pause(stream, Duration::ZERO)?;
                }
            }
            _ => write!(stream, "{}", begin("404 Not Found", "no-store")),
        }
    }

    /// Waits for `time`, but no longer than the other side keeps the connection.
    fn pause(&self, stream: &mut TcpStream, time: Duration) -> std::io::Result<()> {
        let began = Instant::now();
        stream.set_read_timeout(Some(TICK))?;
        while began.elapsed() < time {
            match stream.read(&mut [0]) {
                Ok(0) => return Err(ErrorKind::ConnectionAborted.into()),
                Err(error)
                    if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return Err(error);
                }
                _ if self.stopped.load(Ordering::Relaxed) => {
                    return Err(ErrorKind::ConnectionAborted.into());
                }
                _ => {}
            }
        }
        Ok(())
    }
}
