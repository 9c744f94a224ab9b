//! Running tasks in sequence: how long they compute and wait, and what requests cost beside that.

use super::limit::late;
use super::probe::Probe;
use crate::advice::{Spread, Uncertain};
use crate::failure::Result;
use crate::workloads::Workload;
use crate::workloads::request::{Request, RequestKind};
use crate::workloads::task_order::TaskOrder;

/// The first calls of a program are its slowest, until the browser has compiled it with care: for
/// so long tasks are run and their times thrown away, in ms.
const WARM_MS: f64 = 80.0;
/// A time must be so many steps of the clock for it to be known to half a percent.
const STEPS: f64 = 200.0;
/// Tasks are run for so long, in ms, all of them once or not.
const ENOUGH_MS: f64 = 250.0;
/// The same of tasks that wait: how long timers are set for is known.
const ENOUGH_WAITING_MS: f64 = 150.0;
/// Requests that are made at once, to see what each costs beside waiting: more tell no more.
const AT_ONCE: usize = 24;
/// How often that is looked at, and how late the longest timer comes, where there is time.
const LOOKS: usize = 3;
/// What is left of the time for requests that are made at once must be so many times what the
/// longest took.
const ROOM_FOR_ALL: f64 = 2.0;
/// By which part what a request costs beside waiting may be off.
const REQUEST_PART: f64 = 0.3;

/// What tasks came to.
pub(super) struct Ran {
    /// How many were run.
    pub tasks: u64,
    pub compute_ms: Spread,
    pub wait_ms: Spread,
    pub late_ms: Uncertain,
    pub last_late_ms: Uncertain,
    pub request_ms: Uncertain,
    pub served_ms: Uncertain,
    pub result_bytes: f64,
    pub body_bytes: f64,
    pub merge_ms: Option<f64>,
}

/// How long each task took that was timed, in ms, in the order of [`TaskOrder::spread`].
#[derive(Default)]
struct Times {
    compute_ms: Vec<f64>,
    wait_ms: Vec<f64>,
    requests: Vec<Request>,
    /// By how much later than it was due each timer came, in ms.
    late_ms: Vec<f64>,
}

/// Runs tasks from all over the work until there was enough of them, or `until_ms`.
///
/// # Errors
/// `TimedOut` where no task was done by then; whatever a task fails with.
pub(super) async fn run<P: Probe>(probe: &P, workload: &Workload, until_ms: f64) -> Result<Ran> {
    let work = workload.work();
    let tasks = work.task_count();
    let order = TaskOrder::spread(tasks);
    let times = if (0..tasks).any(|task| probe.request(task).is_some()) {
        waiting(probe, order, tasks, until_ms).await?
    } else {
        computing(probe, order, tasks, until_ms)?
    };
    let run = times.compute_ms.len();
    if run == 0 {
        return Err(late());
    }
    let bytes = order.tasks(0..run).map(|task| probe.result_bytes(task));
    let bytes = bytes.collect::<Result<Vec<_>>>()?;
    let result_bytes = bytes.iter().map(|bytes| f64::from(*bytes)).sum::<f64>() / run as f64;
    let merge_ms = if run == tasks {
        let began_ms = probe.now_ms();
        probe.merge()?;
        Some(probe.now_ms() - began_ms)
    } else {
        None
    };
    let by_timer = times.requests.iter().all(|one| one.kind == RequestKind::Timer);
    let measured = Spread::of(&times.wait_ms, tasks as u64);
    let mut ran = Ran {
        tasks: run as u64,
        compute_ms: Spread::of(&times.compute_ms, tasks as u64),
        wait_ms: measured,
        late_ms: Uncertain::exact(0.0),
        last_late_ms: Uncertain::exact(0.0),
        request_ms: Uncertain::exact(0.0),
        served_ms: Uncertain::exact(0.0),
        result_bytes,
        body_bytes: times.requests.iter().map(|one| one.bytes as f64).sum::<f64>() / run as f64,
        merge_ms,
    };
    if times.requests.is_empty() {
        return Ok(ran);
    }
    if by_timer {
        // A worker that blocks wakes when it is due.
        let due_ms = |task| probe.request(task).map_or(0.0, |request| request.delay_ms as f64);
        let due_ms: Vec<_> = (0..tasks).map(due_ms).collect();
        ran.wait_ms = Spread::of(&due_ms, tasks as u64);
        ran.late_ms = Uncertain::of(&times.late_ms, REQUEST_PART).unwrap_or(ran.late_ms);
        ran.last_late_ms = ran.late_ms;
    }
    let requests = (0..tasks).filter_map(|task| probe.request(task)).filter(|_| by_timer);
    let longest = requests.max_by_key(|one| one.delay_ms);
    let (mut request_ms, mut late_ms) = (Vec::new(), Vec::new());
    for _ in 0..LOOKS {
        request_ms.extend(at_once(probe, &times, until_ms).await?);
        if let Some(longest) = &longest {
            late_ms.extend(late_by(probe, longest, until_ms).await?);
        }
    }
    // Whatever else is under way makes requests take longer, never shorter.
    if let Some(request_ms) = request_ms.into_iter().reduce(f64::min) {
        ran.request_ms = Uncertain::new(request_ms, REQUEST_PART * request_ms);
        if !by_timer {
            ran.served_ms = ran.request_ms;
        }
    }
    ran.last_late_ms = Uncertain::of(&late_ms, REQUEST_PART).unwrap_or(ran.last_late_ms);
    Ok(ran)
}

/// Tasks that only compute: several together where one is too short for the clock.
fn computing<P: Probe>(probe: &P, order: TaskOrder, tasks: usize, until_ms: f64) -> Result<Times> {
    let began_ms = probe.now_ms();
    let least_ms = STEPS * probe.resolution_us() / 1_000.0;
    for task in order.tasks(0..tasks) {
        probe.compute(task, None)?;
        if probe.now_ms() - began_ms >= WARM_MS.min((until_ms - began_ms) / 2.0) {
            break;
        }
    }
    let mut times = Times::default();
    let from_ms = probe.now_ms();
    let mut next = 0;
    while next < tasks && (probe.now_ms() - from_ms < ENOUGH_MS) && probe.now_ms() < until_ms {
        let (batch, start_ms) = (next, probe.now_ms());
        let took_ms = loop {
            probe.compute(order.task(next), None)?;
            next += 1;
            let took_ms = probe.now_ms() - start_ms;
            if next == tasks || took_ms >= least_ms {
                break took_ms;
            }
        };
        // What is timed together counts as alike.
        let each_ms = took_ms / (next - batch) as f64;
        times.compute_ms.extend(std::iter::repeat_n(each_ms, next - batch));
    }
    Ok(times)
}

/// Tasks that wait, each timed by itself; the first one's time is thrown away if there are others.
async fn waiting<P: Probe>(
    probe: &P,
    order: TaskOrder,
    tasks: usize,
    until_ms: f64,
) -> Result<Times> {
    let mut times = Times::default();
    let from_ms = probe.now_ms();
    for task in order.tasks(0..tasks) {
        let start_ms = probe.now_ms();
        if start_ms >= until_ms
            || start_ms - from_ms >= ENOUGH_WAITING_MS && times.wait_ms.len() > 1
        {
            break;
        }
        let body = match probe.request(task) {
            // It is one of few that wait for nothing.
            None => None,
            Some(request) => {
                let Some(body) = probe.wait(&request, until_ms).await? else { break };
                let due_ms = start_ms + request.delay_ms as f64;
                times.late_ms.push((probe.now_ms() - due_ms).max(0.0));
                times.requests.push(request);
                Some(body)
            }
        };
        let waited_ms = probe.now_ms();
        probe.compute(task, body)?;
        times.compute_ms.push(probe.now_ms() - waited_ms);
        times.wait_ms.push(waited_ms - start_ms);
    }
    if let [first, others @ ..] = times.compute_ms.as_mut_slice()
        && !others.is_empty()
    {
        *first = others.iter().sum::<f64>() / others.len() as f64;
    }
    Ok(times)
}

/// By how much later than it is due the page hears of a timer, in ms; `None` where there is no time to see. Browsers
/// may let timers that are set for long come later than others.
async fn late_by<P: Probe>(probe: &P, timer: &Request, until_ms: f64) -> Result<Option<f64>> {
    let due_ms = probe.now_ms() + timer.delay_ms as f64;
    if due_ms >= until_ms {
        return Ok(None);
    }
    let is_over = probe.wait(timer, until_ms).await?.is_some();
    Ok(is_over.then(|| (probe.now_ms() - due_ms).max(0.0)))
}

/// What a request costs beside waiting, in ms: so many at once take longer than the longest of
/// them. `None` where there is no time to see.
async fn at_once<P: Probe>(probe: &P, times: &Times, until_ms: f64) -> Result<Option<f64>> {
    let longest_ms = times.wait_ms.iter().copied().fold(0.0, f64::max);
    let start_ms = probe.now_ms();
    // Other people's hosts are asked for no more than is needed.
    let is_others = times.requests.iter().any(|one| one.kind == RequestKind::Url);
    if is_others || start_ms + ROOM_FOR_ALL * longest_ms > until_ms {
        return Ok(None);
    }
    let requests: Vec<_> = times.requests.iter().cycle().take(AT_ONCE).cloned().collect();
    let all_done = probe.wait_for_all(requests, until_ms).await?;
    let took_ms = probe.now_ms() - start_ms;
    Ok(all_done.then(|| (took_ms - longest_ms).max(0.0) / AT_ONCE as f64))
}
