//! The playground's processes beside bare workers and the libraries that people use for
//! the same: what a task costs, what a pool costs, what a payload costs.
//!
//! All are measured in one load of the page, in turns. The scripts are in `peers/`:
//! `measures.js` says what is measured, `playground.js` how our side is.

use super::support::Page;
use super::support::server::Host;
use super::table::{self, Bar};
use concurrency_playground::measure::stats;
use serde_json::json;
use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

/// How often every figure is taken of each. A round of all takes half a minute at most.
const ROUNDS: usize = 7;

/// By their names in `peers.js`: ours, what they are built on, and then the libraries.
const PEERS: [(&str, &str); 7] = [
    ("playground", "the playground's processes"),
    ("pool", "a script's playground.pool"),
    ("raw", "bare workers, postMessage"),
    ("comlink", "comlink, tasks dealt in turn"),
    ("workerpool", "workerpool"),
    ("threads", "threads.js"),
    ("poolifier", "poolifier-web-worker"),
];
const OURS: usize = 0;
const POOL: usize = 1;
const RAW: usize = 2;
const FIRST_LIBRARY: usize = 3;

/// By their names in `measures.js`, with what the figures are.
const MEASURES: [(&str, &str); 9] = [
    ("roundTrip", "One tiny task to one worker and back, in ms"),
    (
        "tasks",
        "10,000 tiny tasks on two workers, in thousands per second: theirs a promise and a message \
         each, ours as many to a message as go well together",
    ),
    ("alone", "The same, ours in a message each as well (chunkSize 1)"),
    ("chunked", "The same in chunks of 256"),
    ("ready", "From nothing until both workers of a pool have answered, in ms"),
    ("copied", "16 MB copied to a worker, a byte of every page read there, in ms"),
    ("transferred", "16 MB transferred to a worker, a byte of every page read there, in ms"),
    ("copiedThere", "16 MB copied, one way, until a worker has them, in ms"),
    ("transferredThere", "16 MB transferred, one way, until a worker has them, in ms"),
];

/// Measures all of it, unless the libraries are not there.
pub async fn beside_libraries(busy: bool) {
    table::section(&format!(
        "Our processes beside bare workers and other libraries, in turns: medians of {ROUNDS} rounds"
    ));
    let Some(built) = env::var_os("PEERS_DIR").filter(|dir| !dir.is_empty()) else {
        println!("  Left out: the libraries are not there. `cargo xtask bench` says why.");
        return;
    };
    let site = Host::isolated().beside("peers/", &PathBuf::from(built)).start();
    let page = Page::open(&site).await;
    let mut turns = Turns { page, script: site.url("peers/peers.js"), failed: Default::default() };
    for peer in 0..PEERS.len() {
        turns.figure(peer, "warmUp").await;
    }
    let evened = "const { evenTrips } = await import(args[0]); return evenTrips()";
    if let Ok(trips) = turns.page.call(evened, &[json!(turns.script)]).await {
        println!("  Round trips are taken {trips} in a row, as the playground's clock wants it.");
    }
    let mut taken = BTreeMap::new();
    for (what, title) in MEASURES {
        let figures = turns.measure(what).await;
        table::section(title);
        figures.print();
        taken.insert(what, figures);
    }
    judge(&taken, busy);
}

/// The page in which all of them take turns.
struct Turns {
    page: Page,
    script: String,
    failed: [bool; PEERS.len()],
}

impl Turns {
    /// One figure of one of them; none where it has none of this name, or has failed.
    async fn figure(&mut self, peer: usize, what: &str) -> Option<f64> {
        if self.failed[peer] {
            return None;
        }
        let body = "const { measure } = await import(args[0]); return measure(args[1], args[2])";
        let (id, name) = PEERS[peer];
        match self.page.call(body, &[json!(self.script), json!(id), json!(what)]).await {
            Ok(figure) => figure.as_f64(),
            Err(thrown) => {
                println!("  {name} is left out from here on, {what}: {}", thrown.message);
                self.failed[peer] = true;
                None
            }
        }
    }

    /// One measure of all. Each pair of rounds begins with another of them, and the
    /// second of a pair goes backwards: nobody always comes after the same.
    async fn measure(&mut self, what: &str) -> Figures {
        let mut figures = Figures::default();
        for round in 0..ROUNDS {
            let mut order: Vec<_> = (0..PEERS.len()).collect();
            order.rotate_left(round / 2 % PEERS.len());
            if round % 2 == 1 {
                order.reverse();
            }
            for peer in order {
                let figure = self.figure(peer, what).await;
                figures.0[peer].extend(figure);
            }
        }
        figures
    }
}

/// What was taken of one measure: a figure per round of each that has any.
#[derive(Default)]
struct Figures([Vec<f64>; PEERS.len()]);

impl Figures {
    fn median(&self, peer: usize) -> Option<f64> {
        median(self.0[peer].clone())
    }

    /// The library with the greatest median.
    fn best_library(&self) -> usize {
        let libraries = FIRST_LIBRARY..PEERS.len();
        let best = libraries.max_by(|a, b| {
            let [a, b] = [*a, *b].map(|peer| self.median(peer).unwrap_or_default());
            a.total_cmp(&b)
        });
        best.unwrap_or(FIRST_LIBRARY)
    }

    fn print(&self) {
        for (figures, (_, name)) in self.0.iter().zip(PEERS) {
            if let Some(median) = median(figures.clone()) {
                let digits = match median {
                    ..1.0 => 3,
                    ..10.0 => 2,
                    ..100.0 => 1,
                    _ => 0,
                };
                table::plain(name, &table::spread_to(digits, figures.clone()).1);
            }
        }
    }
}

fn median(figures: Vec<f64>) -> Option<f64> {
    (!figures.is_empty()).then(|| stats::median(figures.into_iter()))
}

/// The median of what the first is in times of the second, round by round.
fn ratio(of: (&Figures, usize), over: (&Figures, usize)) -> Option<f64> {
    let [of, over] = [of, over].map(|(figures, peer)| &figures.0[peer]);
    median(of.iter().zip(over).map(|(of, over)| of / over).collect())
}

/// What is promised of them.
fn judge(taken: &BTreeMap<&str, Figures>, busy: bool) {
    table::section("Ours in times of theirs: medians of the rounds' ratios");
    let [trip, tasks, alone, chunked, ready, copied, copied_there, transferred_there] = [
        "roundTrip",
        "tasks",
        "alone",
        "chunked",
        "ready",
        "copied",
        "copiedThere",
        "transferredThere",
    ]
    .map(|what| &taken[what]);
    let line = |name: &str, ratio: Option<f64>, bar: Bar| match ratio {
        Some(ratio) => table::figure(name, &format!("{ratio:.2}"), ratio, bar, busy),
        None => table::plain(name, "not measured"),
    };

    let round_trip = ratio((trip, OURS), (trip, RAW));
    line("round trip, ours over bare workers'", round_trip, Bar::AtMost(1.15));
    let best = tasks.best_library();
    let (id, _) = PEERS[best];
    let name = format!("10,000 tiny tasks, ours over {id}, the best");
    line(&name, ratio((tasks, OURS), (tasks, best)), Bar::AtLeast(2.0));
    let each_alone = ratio((alone, OURS), (tasks, best));
    line("the same, ours in a message each", each_alone, Bar::AtLeast(1.0));
    let in_chunks = ratio((chunked, OURS), (tasks, best));
    line("the same, ours in chunks", in_chunks, Bar::AtLeast(10.0));
    let pool_trip = ratio((trip, POOL), (trip, RAW));
    line("round trip, a script's pool over bare workers'", pool_trip, Bar::AtMost(1.3));
    let by_pool = ratio((tasks, POOL), (tasks, best));
    line("10,000 tiny tasks, a script's pool over the best", by_pool, Bar::AtLeast(1.0));
    // Rates, so the times the other way round.
    let rate = ratio((copied, RAW), (copied, OURS));
    line("16 MB, our rate over bare workers'", rate, Bar::AtLeast(0.8));
    for (peer, whose) in [(RAW, "bare workers"), (OURS, "ours")] {
        let ratio = ratio((copied_there, peer), (transferred_there, peer));
        let name = format!("16 MB one way, copying over transferring, {whose}");
        line(&name, ratio, Bar::AtLeast(100.0));
    }
    let two_ready = ratio((ready, OURS), (ready, RAW));
    line("two ready, ours over bare workers", two_ready, Bar::AtMost(1.3));
}
