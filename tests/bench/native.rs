//! What runs natively: a check whether this machine has two cores to give right now (the
//! same spinning on one thread and on two), and the kernels.

use serde_json::{Value, json};
use std::env;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Where two threads do less than this many times what one does, something else is
/// running, or there is no second core: no speedup can be shown.
const SCALES: f64 = 1.9;
const STEPS: u64 = 200_000_000;
const ROUNDS: usize = 3;

fn spin() -> u64 {
    // A chain of dependent steps, which nothing can shorten.
    (0..STEPS).fold(1, |state, i| (state ^ i).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn seconds(threads: usize) -> f64 {
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| black_box(spin()));
        }
    });
    started.elapsed().as_secs_f64()
}

/// Whether the machine is too busy for figures that hold, said in a line.
pub fn is_busy() -> bool {
    let mut ratios: Vec<_> = (0..ROUNDS).map(|_| 2.0 * seconds(1) / seconds(2)).collect();
    ratios.sort_by(f64::total_cmp);
    let scales = ratios[ROUNDS / 2];
    let busy = scales < SCALES;
    let meaning = if busy { "times and speedups are inconclusive" } else { "good" };
    println!("The machine scales {scales:.2} of 2 (two native threads against one): {meaning}.");
    busy
}

/// A program that takes a core for half of every second, until dropped.
pub struct Neighbour {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Neighbour {
    /// Starts it.
    pub fn start() -> Self {
        const HALF: Duration = Duration::from_millis(500);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                let began = Instant::now();
                while began.elapsed() < HALF {
                    black_box((0..100_000_u64).fold(1, |state, i| state ^ i.wrapping_mul(state)));
                }
                std::thread::sleep(HALF);
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Neighbour {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It cannot panic.
            let _ = thread.join();
        }
    }
}

/// The kernels as a native program, which answers a line with a line: see
/// `native_kernels.rs`.
pub struct Kernels {
    child: Child,
    asks: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Kernels {
    /// Starts the program that `NATIVE_KERNELS` names.
    pub fn start() -> Self {
        let program = env::var_os("NATIVE_KERNELS")
            .expect("NATIVE_KERNELS names the native kernels; `cargo xtask bench` builds them");
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the native kernels start");
        let asks = child.stdin.take().expect("a pipe was asked for");
        let answers = BufReader::new(child.stdout.take().expect("a pipe was asked for")).lines();
        Self { child, asks, answers }
    }

    /// The median of so many `times` in ms, and the answer's digest.
    pub fn run(
        &mut self,
        workload: &str,
        params: &Value,
        threads: usize,
        times: usize,
    ) -> (f64, String) {
        let asked = json!({ "workload": workload, "params": params, "threads": threads,
                            "times": times });
        writeln!(self.asks, "{asked}").expect("the native kernels listen");
        let line = self.answers.next().expect("the native kernels answer").expect("a line");
        let answer: Value = serde_json::from_str(&line).expect("the answer is JSON");
        let ms = answer["ms"].as_f64().unwrap_or_else(|| panic!("{asked}: {answer}"));
        (ms, answer["digest"].as_str().expect("a digest").to_owned())
    }
}

impl Drop for Kernels {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
