//! Answers came late because of the server, the disk or the network, not because of the model.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::span::{Lane, Phase, Span};
use crate::models::Executor;
use crate::workloads::request::RequestKind;
use crate::workloads::urls;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "slow-answers",
    title: "Slow answers",
    summary: "Servers and disks have limits, too. If they answer one request after another, \
              sending all requests at once does not help.",
    is_about_the_time: true,
};

/// A part of the time above which waiting for answers that were due is what to look at. Handing
/// one out takes the browser some milliseconds, which is less beside the waits of most runs.
const MOST_LATE: f64 = 0.4;
/// Connections that browsers open to one host at a time over HTTP/1.1.
const CONNECTIONS: usize = 6;

/// Answers that came later than they were due. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How the requests were waited for.
    pub request: RequestKind,
    /// For how long a lane waited for nothing else, on average, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// How long requests took on average, in ms.
    pub took_ms: f64,
    /// How long they should have, in ms.
    pub due_ms: f64,
    /// Most requests to one host at a time, where the addresses are the reader's.
    pub requests_at_a_time: usize,
}

/// Checks whether most of the time went by although answers were due.
pub fn check(case: &Case) -> Check<Figures> {
    let Some(request) = kind(case) else { return Ok(None) };
    let measured_ms = case.waterfall()?.measured_ms;
    let late = late(case, request, measured_ms);
    Ok(late.filter(|late| late.cost_ms > MOST_LATE * measured_ms))
}

/// Whether late answers are what a model mostly waited for. Workers that wait for others are then
/// no matter of how the work is cut.
pub fn are_late(case: &Case) -> bool {
    matches!(check(case), Ok(Some(_)))
}

/// How requests that somebody else answers are waited for.
fn kind(case: &Case) -> Option<RequestKind> {
    // How another program makes its requests is not known.
    case.run.environment.browser.as_ref()?;
    let kind = case.run.experiment.workload.requests()?.kind();
    (kind != RequestKind::Timer).then_some(kind)
}

/// What the waits of a case come to; `None` where nobody knows when answers were due.
fn late(case: &Case, request: RequestKind, measured_ms: f64) -> Option<Figures> {
    let lanes = case.waiting_lanes();
    let waits: Vec<&Span> = lanes.iter().flat_map(|lane| requests_in(lane)).collect();
    let due = |span: &Span| due_ms(case, span, &waits);
    let dues: Option<Vec<f64>> = waits.iter().map(|span| due(span)).collect();
    let count = waits.len().max(1) as f64;
    let due_ms = dues?.iter().sum::<f64>() / count;
    let only_late_ms: f64 = lanes.iter().map(|lane| only_late_ms(lane, due)).sum();
    let is_url = request == RequestKind::Url;
    let at_once = waits.iter().filter(|_| is_url).map(|span| at_a_time(case, span, &waits));
    Some(Figures {
        request,
        cost_ms: only_late_ms / (lanes.len().max(1) as f64 * case.computations()),
        measured_ms,
        took_ms: waits.iter().map(|span| span.duration_ms()).sum::<f64>() / count,
        due_ms,
        requests_at_a_time: at_once.max().unwrap_or(0),
    })
}

fn requests_in(lane: &Lane) -> impl Iterator<Item = &Span> {
    lane.spans.iter().filter(|span| span.phase == Phase::IoWait && span.task.is_some())
}

/// When the answer that `span` waited for was due after its beginning, in ms: when it was ordered
/// for, else after what it took the main thread, which makes one request at a time, else after
/// what the fastest took of those that share a host's connections.
fn due_ms(case: &Case, span: &Span, waits: &[&Span]) -> Option<f64> {
    let request = request(case, span)?;
    if request.kind == RequestKind::Network {
        return Some(request.delay_ms as f64);
    }
    let alone = case.main_thread().map(|main| {
        let same = main.lanes.iter().flat_map(requests_in).filter(|one| one.task == span.task);
        same.map(Span::duration_ms).fold(f64::INFINITY, f64::min)
    });
    alone.filter(|ms| ms.is_finite()).or_else(|| {
        if request.kind != RequestKind::Url || at_a_time(case, span, waits) <= CONNECTIONS {
            return None;
        }
        let mut took: Vec<_> = sharing_host(case, span, waits).map(Span::duration_ms).collect();
        took.sort_by(f64::total_cmp);
        took.get(CONNECTIONS - 1).map(|ms| ms.min(span.duration_ms()))
    })
}

fn request(case: &Case, span: &Span) -> Option<crate::workloads::request::Request> {
    case.run.experiment.workload.work().request(span.task? as usize)
}

/// The waits for answers of the host that `span` waited for.
fn sharing_host<'a>(
    case: &'a Case,
    span: &Span,
    waits: &'a [&'a Span],
) -> impl Iterator<Item = &'a Span> {
    let host = |span: &Span| {
        request(case, span).map(|request| urls::host(&request.address).unwrap_or("").to_owned())
    };
    let own = host(span);
    waits.iter().copied().filter(move |one| host(one) == own)
}

/// How many requests to the host of `span` were under way when it began.
fn at_a_time(case: &Case, span: &Span, waits: &[&Span]) -> usize {
    let at_ms = span.start_ms;
    sharing_host(case, span, waits)
        .filter(|one| one.start_ms <= at_ms && at_ms < one.end_ms)
        .count()
}

/// For how long a lane neither computed nor waited for an answer that was not yet due, but for
/// one that was, in ms.
fn only_late_ms(lane: &Lane, due_ms: impl Fn(&Span) -> Option<f64>) -> f64 {
    // Moments at which something begins or ends: (when, late ones, others).
    let mut changes: Vec<(f64, i32, i32)> = Vec::new();
    for span in &lane.spans {
        let due = match span.phase {
            Phase::IoWait => due_ms(span).unwrap_or(f64::INFINITY),
            Phase::Idle => continue,
            _ => f64::INFINITY,
        };
        let due_at_ms = (span.start_ms + due).min(span.end_ms);
        changes.extend([(span.start_ms, 0, 1), (due_at_ms, 1, -1), (span.end_ms, -1, 0)]);
    }
    changes.sort_by(|(a_ms, ..), (b_ms, ..)| a_ms.total_cmp(b_ms));
    let (mut late, mut others, mut sum_ms, mut since_ms) = (0, 0, 0.0, 0.0);
    for (at_ms, more_late, more_others) in changes {
        if late > 0 && others == 0 {
            sum_ms += at_ms - since_ms;
        }
        (late, others, since_ms) = (late + more_late, others + more_others, at_ms);
    }
    sum_ms
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        let [cost, measured] = [self.cost_ms, self.measured_ms].map(format::duration);
        let [took, due] = [self.took_ms, self.due_ms].map(format::duration);
        let waited = format!("for {cost} of {measured}, answers were overdue");
        let alone = format!("requests took {took} on average, and {due} one at a time");
        match self.request {
            RequestKind::Network | RequestKind::Timer => format!(
                "{waited}: requests took {took} on average instead of {due}. The page's service \
                 worker, which answers all of them, and the browser were the limit, not this \
                 model. Request fewer bytes, make fewer requests, or choose longer waits."
            ),
            RequestKind::Database => format!(
                "{waited}: {alone}. The service worker and the database, which look up one record \
                 after another, were the limit, not this model. Compare models on fewer or \
                 smaller records."
            ),
            RequestKind::Disk => format!(
                "{waited}: {alone}. The disk, or the browser's way to it, was the limit, not this \
                 model. Compare models on fewer or smaller reads."
            ),
            RequestKind::Url if self.requests_at_a_time > CONNECTIONS => format!(
                "{waited}: {} requests to one host were in flight at a time and took {took} on \
                 average instead of {due}. Over HTTP/1.1 browsers open {CONNECTIONS} connections \
                 to a host, and further requests wait for one. Ask a host that speaks HTTP/2, or \
                 several hosts.",
                self.requests_at_a_time
            ),
            RequestKind::Url => format!(
                "{waited}: {alone}. The server or the network was the limit, not this model. Use \
                 several hosts, or one that answers more requests at a time."
            ),
        }
    }
}
