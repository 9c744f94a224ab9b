//! A report's timelines as a trace that opens in Perfetto (<https://ui.perfetto.dev>)
//! and in `chrome://tracing`: the JSON Object Format of the Trace Event Format.
//!
//! A model is a process and a lane is a thread. Spans of a thread may not overlap
//! there, and requests that wait side by side do; so a lane has as many tracks as it
//! did things at a time: `Page`, `Page (2)` and so on.

use crate::measure::report::{Outcome, Report};
use crate::measure::{Lane, Span};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::fmt::{self, Write};

/// The trace. Times count from the beginning of each model's median sample, so that
/// models lie below one another; where a worker's clock puts something before it, all
/// are moved by `otherData.movedByMs`.
pub fn write(report: &Report) -> String {
    let lanes = || report.results.iter().flat_map(|result| &result.lanes);
    let spans = lanes().flat_map(|lane| &lane.spans).map(|span| span.start_ms);
    let beats = lanes().flat_map(|lane| lane.beats_ms.iter().copied());
    let moved_by_ms = -spans.chain(beats).fold(0.0, f64::min).floor();
    let mut trace = Trace { text: "{\"traceEvents\":[".to_owned(), moved_by_ms };
    for (at, result) in report.results.iter().enumerate() {
        trace.model(at + 1, result);
    }
    let other = json!({
        "program": report.producer.label(),
        "startedAt": report.environment.started_at,
        "userAgent": report.environment.user_agent,
        "workload": report.experiment.workload.id().id(),
        "params": report.experiment.workload.params(),
        "movedByMs": moved_by_ms,
    });
    // Writing to a String cannot fail, here and below.
    let _ = write!(trace.text, "\n],\"displayTimeUnit\":\"ms\",\"otherData\":{other}}}");
    trace.text
}

/// A trace as far as it is written.
struct Trace {
    text: String,
    moved_by_ms: f64,
}

impl Trace {
    fn event(&mut self, fields: fmt::Arguments) {
        let comma = if self.text.ends_with('[') { "" } else { "," };
        let _ = write!(self.text, "{comma}\n{{{fields}}}");
    }

    /// Tells the name of process `pid`, or of its track `tid`.
    fn name(&mut self, what: &str, pid: usize, tid: usize, name: &str) {
        let (place, name) = (if tid > 0 { tid } else { pid }, Value::from(name));
        self.event(format_args!(
            r#""name":"{what}_name","ph":"M","pid":{pid},"tid":{tid},"args":{{"name":{name}}}"#
        ));
        self.event(format_args!(
            r#""name":"{what}_sort_index","ph":"M","pid":{pid},"tid":{tid},"args":{{"sort_index":{place}}}"#
        ));
    }

    fn model(&mut self, pid: usize, result: &Outcome) {
        self.name("process", pid, 0, &result.executor.label());
        let mut next_tid = 1;
        for lane in &result.lanes {
            next_tid = self.lane(pid, next_tid, lane, result.executor.kind().id());
        }
    }

    /// Writes a lane on as many tracks as it takes, from `first_tid` on; the next that
    /// is free.
    fn lane(&mut self, pid: usize, first_tid: usize, lane: &Lane, category: &str) -> usize {
        let (placed, tracks) = tracks(&lane.spans);
        self.name("thread", pid, first_tid, &lane.id);
        for track in 1..tracks {
            self.name("thread", pid, first_tid + track, &format!("{} ({})", lane.id, track + 1));
        }
        for (span, track) in placed {
            let (name, tid) = (span.phase.id(), first_tid + track);
            let (start, end) = (self.tenths_us(span.start_ms), self.tenths_us(span.end_ms));
            let (ts, dur) = (start / 10.0, (end - start) / 10.0);
            let task = span.task.map_or_else(String::new, |task| format!("\"task\":{task}"));
            self.event(format_args!(
                r#""name":"{name}","cat":"{category}","ph":"X","pid":{pid},"tid":{tid},"ts":{ts},"dur":{dur},"args":{{{task}}}"#
            ));
        }
        for beat_ms in &lane.beats_ms {
            let ts = self.tenths_us(*beat_ms) / 10.0;
            self.event(format_args!(
                r#""name":"heartbeat","cat":"{category}","ph":"i","s":"t","pid":{pid},"tid":{first_tid},"ts":{ts}"#
            ));
        }
        first_tid + tracks
    }

    /// A moment in whole tenths of a µs, as fine as reports are: a span then ends
    /// exactly where the next begins.
    fn tenths_us(&self, ms: f64) -> f64 {
        ((ms + self.moved_by_ms) * 1e4).round()
    }
}

/// Every span with its track, in the order of time, and how many tracks there are: one
/// at least. A span is on the first track that is free when it begins.
fn tracks(spans: &[Span]) -> (Vec<(&Span, usize)>, usize) {
    let mut in_order: Vec<_> = spans.iter().collect();
    in_order.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    let mut tracks = 1;
    let mut free = BTreeSet::from([0]);
    // The end of what is on each track that is not free, in tenths of a µs.
    let mut busy: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
    let tenths = |ms: f64| (ms * 1e4).round() as i64;
    let mut placed = Vec::with_capacity(spans.len());
    for span in in_order {
        while let Some(Reverse((end, track))) = busy.peek().copied()
            && end <= tenths(span.start_ms)
        {
            busy.pop();
            free.insert(track);
        }
        let track = free.pop_first().unwrap_or_else(|| {
            tracks += 1;
            tracks - 1
        });
        busy.push(Reverse((tenths(span.end_ms), track)));
        placed.push((span, track));
    }
    (placed, tracks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::example;
    use crate::measure::Phase;
    use proptest::prelude::*;

    fn number(event: &Value, key: &str) -> f64 {
        event[key].as_f64().unwrap_or_else(|| panic!("{key} of {event} is a number"))
    }

    /// Every span of the report is in the trace, at its time, in its process and in a
    /// track of its lane, where nothing overlaps.
    fn holds(report: &Report) {
        let trace: Value = serde_json::from_str(&write(report)).expect("is JSON");
        assert_eq!(trace["displayTimeUnit"], "ms");
        let moved_us = number(&trace["otherData"], "movedByMs") * 1000.0;
        let events = trace["traceEvents"].as_array().expect("a list");
        let of = |phase: &str, pid: usize| -> Vec<&Value> {
            events.iter().filter(|one| one["ph"] == phase && one["pid"] == pid).collect()
        };
        for (at, result) in report.results.iter().enumerate() {
            let named = of("M", at + 1);
            let name_of = |what: &str, tid: &Value| {
                let found = named.iter().find(|one| one["name"] == what && one["tid"] == *tid);
                found.expect("a name")["args"]["name"].as_str().expect("a text").to_owned()
            };
            assert_eq!(name_of("process_name", &json!(0)), result.executor.label());
            let mut rest = of("X", at + 1);
            for lane in &result.lanes {
                let is_its = |event: &Value| {
                    let name = name_of("thread_name", &event["tid"]);
                    name == lane.id || name.starts_with(&format!("{} (", lane.id))
                };
                for span in &lane.spans {
                    let is_it = |event: &Value| {
                        let off = |key: &str, ms: f64| (number(event, key) - ms * 1000.0).abs();
                        event["name"] == span.phase.id()
                            && event["args"]["task"].as_u64() == span.task.map(u64::from)
                            && event["cat"] == result.executor.kind().id()
                            && off("ts", span.start_ms + moved_us / 1000.0) < 1.0
                            && off("dur", span.duration_ms()) < 1.0
                            && number(event, "ts") >= 0.0
                            && number(event, "dur") >= 0.0
                            && is_its(event)
                    };
                    rest.remove(rest.iter().position(|one| is_it(one)).expect("the span"));
                }
            }
            assert!(rest.is_empty(), "{rest:?} are nobody's");
            let mut spans = of("X", at + 1);
            let key = |event: &Value| (event["tid"].as_u64(), number(event, "ts"));
            spans.sort_by(|a, b| key(a).partial_cmp(&key(b)).expect("numbers"));
            for pair in spans.windows(2).filter(|pair| pair[0]["tid"] == pair[1]["tid"]) {
                let end = number(pair[0], "ts") + number(pair[0], "dur");
                assert!(end <= number(pair[1], "ts") + 1e-3, "{pair:?} overlap");
            }
            let beats: usize = result.lanes.iter().map(|lane| lane.beats_ms.len()).sum();
            assert_eq!(of("i", at + 1).len(), beats);
        }
    }

    #[test]
    fn a_trace_has_every_span_at_its_time() {
        let report = example::report();
        holds(&report);
        let trace = write(&report);
        let name = "Processes × 3 (chunks of 8, spawn, transferred)";
        assert!(trace.contains(&format!(r#""args":{{"name":"{name}"}}"#)));
        assert!(trace.contains(r#""args":{"name":"Page (2)"}"#));
    }

    #[test]
    fn what_overlaps_goes_side_by_side_and_the_rest_in_a_row() {
        let span = |from, to| Span::new(Phase::IoWait, None, from, to);
        let spans = [span(5.0, 6.0), span(0.0, 5.0), span(1.0, 9.0), span(2.0, 3.0)];
        let (placed, tracks) = tracks(&spans);
        let places: Vec<_> = placed.iter().map(|(span, track)| (span.start_ms, *track)).collect();
        assert_eq!((places, tracks), (vec![(0.0, 0), (1.0, 1), (2.0, 2), (5.0, 0)], 3));
        assert_eq!(super::tracks(&[]).1, 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn every_report_is_a_trace(report in example::reports()) {
            holds(&report);
        }
    }
}
