//! The timelines: who did what, from when to when.

use crate::exchange::reader::Reader;
use crate::experiment::MAX_EXECUTORS;
use crate::failure::{ReportProblem, Result};
use crate::measure::queue_depth::{DepthChange, MAX_CHANGES, QueueDepth};
use crate::measure::report::limits::{MAX_BEATS, MAX_LANES, MAX_SPANS};
use crate::measure::{ClockCheck, Lane, LaneKind, Phase, Span};

/// How much more may come.
pub struct Room {
    spans: usize,
    beats: usize,
    changes: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { spans: MAX_SPANS, beats: MAX_BEATS, changes: MAX_EXECUTORS * MAX_CHANGES }
    }
}

/// Reads the lanes of one model.
pub fn read(lanes: &Reader, room: &mut Room) -> Result<Vec<Lane>> {
    let mut found: Vec<Lane> = Vec::new();
    for given in lanes.list(MAX_LANES)? {
        let lane = lane(&given, room)?;
        if found.iter().any(|other| other.id == lane.id) {
            return Err(given.get("id")?.wrong(ReportProblem::LaneTwice));
        }
        found.push(lane);
    }
    Ok(found)
}

fn lane(lane: &Reader, room: &mut Room) -> Result<Lane> {
    lane.only(&["id", "kind", "spans", "beatsMs", "clock", "queue"])?;
    let kind = lane.get("kind")?.one_of(&LaneKind::ALL, LaneKind::id)?;
    let (spans, beats) = (lane.get("spans")?, lane.get("beatsMs")?);
    let (spans, beats) = (spans.list(room.spans)?, beats.list(room.beats)?);
    room.spans -= spans.len();
    room.beats -= beats.len();
    Ok(Lane {
        id: name(&lane.get("id")?, kind)?,
        kind,
        spans: spans.map(|one| span(&one)).collect::<Result<_>>()?,
        beats_ms: beats.map(|beat| beat.moment_ms()).collect::<Result<_>>()?,
        clock: lane.get("clock")?.given().map(|given| clock(&given)).transpose()?,
        // Reports of before there were queues have none.
        queue: match lane.value().get("queue") {
            Some(_) => lane.get("queue")?.given().map(|given| queue(&given, room)).transpose()?,
            None => None,
        },
    })
}

/// The name of a lane, which its kind and a number make up and nobody else.
fn name(id: &Reader, kind: LaneKind) -> Result<String> {
    let text = id.text(32)?;
    let number = text.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(1);
    if (1..=MAX_LANES).contains(&number) && kind.title(number) == text {
        return Ok(text.to_owned());
    }
    Err(id.wrong(ReportProblem::NotLane { example: kind.title(1).into() }))
}

fn span(span: &Reader) -> Result<Span> {
    span.only(&["phase", "task", "startMs", "endMs"])?;
    let task = span.get("task")?.given().map(|task| task.integer(0, u32::MAX.into()));
    let start_ms = span.get("startMs")?.moment_ms()?;
    let end = span.get("endMs")?;
    let end_ms = end.moment_ms()?;
    if end_ms < start_ms {
        return Err(end.wrong(ReportProblem::EndsBefore { start_ms }));
    }
    Ok(Span {
        phase: span.get("phase")?.one_of(&Phase::ALL, Phase::id)?,
        task: task.transpose()?.map(|task| task as u32),
        start_ms,
        end_ms,
    })
}

fn queue(queue: &Reader, room: &mut Room) -> Result<QueueDepth> {
    queue.only(&["bound", "changes"])?;
    let changes = queue.get("changes")?;
    let changes = changes.list(room.changes)?;
    room.changes -= changes.len();
    Ok(QueueDepth {
        bound: queue.get("bound")?.integer(1, u32::MAX.into())? as u32,
        changes: changes.map(|one| change(&one)).collect::<Result<_>>()?,
    })
}

fn change(change: &Reader) -> Result<DepthChange> {
    change.only(&["atMs", "depth"])?;
    Ok(DepthChange {
        at_ms: change.get("atMs")?.moment_ms()?,
        depth: change.get("depth")?.integer(0, u32::MAX.into())? as u32,
    })
}

fn clock(clock: &Reader) -> Result<ClockCheck> {
    clock.only(&["offsetMs", "residualMs"])?;
    Ok(ClockCheck {
        offset_ms: clock.get("offsetMs")?.moment_ms()?,
        residual_ms: clock.get("residualMs")?.ms()?,
    })
}
