//! Tasks that fail on purpose, over and over, and what a page is left with that starts and ends pools all the time.

use super::support::Page;
use super::support::fault_matrix::{Case, FAULTS, experiment};
use super::support::server::Host;
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often the whole matrix is run.
const ROUNDS: usize = 100;
/// In how many pages at once: a page waits most of the time for workers to start and to end.
const PAGES: usize = 3;
/// How long a task may run, in ms.
const TIMEOUT_MS: u64 = 300;
/// How often models are switched, and runs cancelled.
const TIMES: usize = 50;
/// Workers that have ended are gone after this time.
const GONE_WITHIN: Duration = Duration::from_secs(15);

/// A fault in a script's pool of two: what the task fails as, how long after its start in ms, how many others have their
/// results, how long after the failure both workers compute again, and how many futures have not settled at the end.
const IN_A_POOL: &str = "
    const { fault, tasks, at, timeoutMs } = args[0];
    const call = (params) => ({ workload: 'faults', params: { tasks: 1, computeUnits: 200, ...params } });
    const failing = call({ fault, at: 0 });
    const endless = call({ fault: 'hang', at: 0 });
    const until = async (holds) => {
        while (!holds()) await new Promise((turn) => setTimeout(turn, 2));
        return performance.now();
    };
    const pool = await playground.pool({ workers: 2, start: 'at-once' });
    const both = async () => {
        const probes = [endless, endless].map((probe) => pool.submit(probe));
        const atMs = await until(() => probes.every((probe) => probe.running()));
        return { probes, atMs };
    };
    // One worker may still be starting.
    await Promise.all([1, 2, 3, 4].map(() => pool.submit(call({})).result()));
    await until(() => pool.state.workers === 2);
    const futures = Array.from({ length: tasks }, (_, task) =>
        pool.submit(task === at ? failing : call({}), { timeoutMs }));
    const lost = futures[at];
    let failedMs;
    lost.addDoneCallback(() => { failedMs = performance.now(); });
    const startedMs = await until(() => lost.running() || lost.done());
    await until(() => failedMs);
    const whole = await both();
    const { name } = await lost.exception();
    const others = futures.filter((future) => future !== lost);
    const kept = (await Promise.all(others.map((future) => future.exception()))).filter((why) => !why);
    await pool.terminateWorkers();
    return {
        name, kept: kept.length, noticedMs: failedMs - startedMs, wholeMs: whole.atMs - failedMs,
        pending: [...futures, ...whole.probes].filter((future) => !future.done()).length,
    };";

/// What came of all rounds, by fault.
#[derive(Default)]
struct Taken {
    noticed_ms: BTreeMap<&'static str, Vec<f64>>,
    whole_ms: Vec<f64>,
    flaws: Vec<String>,
    workers: usize,
    memory: Vec<f64>,
}

impl Taken {
    fn add(&mut self, other: Self) {
        for (fault, noticed_ms) in other.noticed_ms {
            self.noticed_ms.entry(fault).or_default().extend(noticed_ms);
        }
        self.whole_ms.extend(other.whole_ms);
        self.flaws.extend(other.flaws);
        self.workers += other.workers;
        self.memory.extend(other.memory);
    }

    fn note(&mut self, case: &Case, came: &Value) {
        if came["name"] != case.name || came["kept"] != case.tasks - 1 || came["pending"] != 0 {
            self.flaws.push(format!("{case:?}, in a pool: {came}"));
        }
        let ms = |key: &str| came[key].as_f64().unwrap_or(f64::NAN);
        self.noticed_ms.entry(case.fault).or_default().push(ms("noticedMs"));
        self.whole_ms.push(ms("wholeMs"));
    }
}

/// Every fault in every place, many times over: in the lab under every model, and in a script's pool.
pub async fn matrix(busy: bool) {
    table::section(&format!(
        "Faults on purpose: {} faults in four places, {ROUNDS} times, in {PAGES} pages at once",
        FAULTS.len()
    ));
    let rounds = |page: usize| ROUNDS / PAGES + usize::from(page < ROUNDS % PAGES);
    let pages = (0..PAGES).map(|page| tokio::spawn(rounds_in_a_page(rounds(page))));
    let mut taken = Taken::default();
    for page in pages.collect::<Vec<_>>() {
        taken.add(page.await.expect("a page does not panic"));
    }
    for flaw in taken.flaws.iter().take(10) {
        println!("  {flaw}");
    }
    let all = |figures: &[f64]| {
        let most = figures.iter().copied().fold(0.0, f64::max);
        (most, format!("{most:.0}; {:.0}", median(figures.iter().copied())))
    };
    let flaws = taken.flaws.len() as f64;
    let cases = taken.whole_ms.len();
    let name = format!("of {cases} cases, those that came out otherwise");
    table::figure(&name, &format!("{flaws}"), flaws, Bar::AtMost(0.0), busy);
    for (fault, noticed_ms) in &taken.noticed_ms {
        let (most, shown) = all(noticed_ms);
        let bar = if *fault == "hang" { TIMEOUT_MS as f64 + 200.0 } else { 1_500.0 };
        let name = format!("{fault}: until its task fails, most; median, in ms");
        table::figure(&name, &shown, most, Bar::AtMost(bar), busy);
    }
    let (most, shown) = all(&taken.whole_ms);
    let name = "until both workers compute again, most; median, in ms";
    table::figure(name, &shown, most, Bar::AtMost(1_000.0), busy);
    left(taken.workers, &taken.memory, busy);
}

async fn rounds_in_a_page(rounds: usize) -> Taken {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let mut taken = Taken::default();
    let cases = Case::of(&FAULTS, TIMEOUT_MS);
    let mut before = None;
    for _ in 0..rounds {
        for case in &cases {
            match page.run(&case.experiment()).await {
                Ok(report) => taken.flaws.extend(case.check(&report).err()),
                Err(thrown) => taken.flaws.push(format!("{case:?}: {thrown:?}")),
            }
            let about = json!({
                "fault": case.fault, "tasks": case.tasks, "at": case.at, "timeoutMs": case.timeout_ms,
            });
            match page.call(IN_A_POOL, &[about]).await {
                Ok(came) => taken.note(case, &came),
                Err(thrown) => taken.flaws.push(format!("{case:?}, in a pool: {thrown:?}")),
            }
        }
        let next = page.run(&experiment(json!({ "computeUnits": 20 }))).await;
        if !next.is_ok_and(|report| report.0["agreement"] == true) {
            taken.flaws.push("the run after a round fails".into());
        }
        if before.is_none() {
            page.all_workers_end(GONE_WITHIN).await;
            before = page.memory_left().await;
        }
    }
    taken.workers = page.all_workers_end(GONE_WITHIN).await;
    taken.memory.extend(ratio(page.memory_left().await, before));
    taken
}

/// What is left behind after many switches of the model, and after many runs that were cancelled.
pub async fn switching_and_cancelling(busy: bool) {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let models = json!([
        { "id": "main-thread" }, { "id": "event-loop" }, { "id": "threads", "workers": 2 },
        { "id": "threads-gil", "workers": 2 }, { "id": "processes", "workers": 2 },
        { "id": "hybrid", "cpuStage": "threads", "cpuWorkers": 2 },
    ]);
    let models = models.as_array().expect("a list");
    let of = |model: &Value, repeats: u32| {
        json!({
            "workload": "custom", "executors": [model], "repeats": repeats, "warmup": 0,
            "params": { "tasks": 40, "computeUnits": 2_000, "waitMs": 0, "payloadBytes": 100_000 },
        })
    };
    for model in models {
        page.report(&of(model, 2)).await;
    }
    page.all_workers_end(GONE_WITHIN).await;
    let before = page.memory_left().await;
    table::section(&format!("After {TIMES} switches of the model, a run each"));
    for model in models.iter().cycle().take(TIMES) {
        page.report(&of(model, 2)).await;
    }
    let workers = page.all_workers_end(GONE_WITHIN).await;
    left(workers, ratio(page.memory_left().await, before).as_slice(), busy);

    table::section(&format!("After {TIMES} runs that were cancelled"));
    let mut not_cancelled = 0.0;
    for (model, pause) in models.iter().cycle().zip((0..5).cycle()).take(TIMES) {
        page.begin(&of(model, 100)).await;
        tokio::time::sleep(Duration::from_millis(40 * pause)).await;
        let ended = page.abort().await;
        if ended["name"] != "Cancelled" {
            not_cancelled += 1.0;
            println!("  {model}: {ended}");
        }
    }
    let shown = format!("{not_cancelled}");
    table::figure("not cancelled", &shown, not_cancelled, Bar::AtMost(0.0), busy);
    let workers = page.all_workers_end(GONE_WITHIN).await;
    left(workers, ratio(page.memory_left().await, before).as_slice(), busy);
}

/// Workers that did not end, and memory in times of what it was.
fn left(workers: usize, memory: &[f64], busy: bool) {
    let shown = format!("{workers}");
    table::figure("workers that are left", &shown, workers as f64, Bar::AtMost(0.0), busy);
    match memory.iter().copied().reduce(f64::max) {
        Some(most) => {
            let name = "memory in use, over that before";
            table::figure(name, &format!("{most:.2}"), most, Bar::AtMost(1.1), busy);
        }
        None => table::plain("memory in use", "not known here"),
    }
}

fn ratio(after: Option<u64>, before: Option<u64>) -> Option<f64> {
    Some(after? as f64 / before? as f64)
}
