//! Requests that take their time: work that only waits.

mod source;
mod stored;

pub use source::{Answered, Preparation, Requests};
pub use stored::{Records, Store};

use super::answer::{self, AnswerValue};
use super::params::{IgnoredParams, ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::request::{MAX_BYTES, MAX_DELAY_MS, Request};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, urls};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use source::MAX_COUNT;

/// Bytes that are copied between two looks at the safepoint: some 50 µs.
const BLOCK: usize = 1 << 18;

/// What the workload accepts.
pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "kind",
        label: "Kind",
        accepts: ParamType::Choice(&["network", "timer", "disk", "database"]),
        unit: "",
        help: "Real requests, answered by this page's own service worker; plain timed waits; a \
               file read from this browser's private disk space; records that the service worker \
               looks up in the browser's database. The data is written before measuring begins and \
               removed after the run.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "count",
        label: "Requests",
        accepts: ParamType::Integer { min: 1, max: MAX_COUNT, default: 12 },
        unit: "",
        help: "How many requests to make.",
        place: Place::Front,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "latencyMs",
        label: "Latency",
        accepts: ParamType::Integer { min: 0, max: MAX_DELAY_MS / 2, default: 8 },
        unit: "ms",
        help: "The shortest time that a request takes.",
        place: Place::Front,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "varianceMs",
        label: "Spread",
        accepts: ParamType::Integer { min: 0, max: MAX_DELAY_MS / 2, default: 6 },
        unit: "ms",
        help: "How much longer than that a request may take.",
        place: Place::More,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "bytes",
        label: "Bytes",
        accepts: ParamType::Integer { min: 0, max: MAX_BYTES, default: 1024 },
        unit: "B",
        help: "How many bytes each answer has.",
        place: Place::More,
        unless: None,
    },
    SEED,
    ParamSpec {
        name: "delaysMs",
        label: "Latencies",
        accepts: ParamType::List { min: 0, max: MAX_DELAY_MS, max_len: MAX_COUNT as usize },
        unit: "ms",
        help: "How long each request takes, instead of a count and a spread.",
        place: Place::Scripts,
        unless: None,
    },
    ParamSpec {
        name: urls::KEY,
        label: "Your own addresses",
        accepts: ParamType::Texts { max_len: urls::MAX_COUNT },
        unit: "",
        help: "Real requests to these addresses instead of all of the above. One address per line, \
               starting with https://, or with ./ if it is relative to this page. Other hosts must \
               allow it (Access-Control-Allow-Origin), get no cookies, and see your requests.",
        place: Place::More,
        unless: None,
    },
];

/// What reading takes is not to be ordered, and an address of one's own brings everything
/// along.
pub(super) const IDLE: &[IgnoredParams] = &[
    IgnoredParams {
        names: &["latencyMs", "varianceMs", "delaysMs"],
        beside: "kind",
        words: &["disk", "database"],
    },
    IgnoredParams {
        names: &["kind", "count", "latencyMs", "varianceMs", "bytes", "seed", "delaysMs"],
        beside: urls::KEY,
        words: &[],
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Two waits, two workers",
        params: &[
            ("count", Setting::Integer(2)),
            ("latencyMs", Setting::Integer(60)),
            ("varianceMs", Setting::Integer(0)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "More waits than workers",
        params: &[
            ("count", Setting::Integer(12)),
            ("latencyMs", Setting::Integer(12)),
            ("varianceMs", Setting::Integer(0)),
        ],
        beforehand: false,
    },
];

impl Definition for Requests {
    const ID: &'static str = "requests";
    const TITLE: &'static str = "Requests";
    const KIND: Kind = Kind::Io;
    const WHY: &'static str = "The processor only waits: one thread that waits for everything at \
                               once is as fast as twelve that wait for one thing each.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;
    const IDLE: &'static [IgnoredParams] = IDLE;

    /// The waits one after another, in ms. What a disk or others take, nobody knows.
    fn cost(&self) -> Option<f64> {
        self.waits_ms()
    }

    fn from_params(params: &Params) -> Result<Self> {
        Self::read(&Reader::new(params, PARAMS))
    }

    fn params(&self) -> Params {
        self.written()
    }
}

impl Work for Requests {
    fn task_count(&self) -> usize {
        self.count()
    }

    fn request(&self, task: usize) -> Option<Request> {
        Some(self.at(task))
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        answer::concat(parts)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        Summary::Answers { answers: self.count() as u64, bytes: merged.len() as u64 }
    }
}

impl Kernel for Requests {
    fn compute(&self, _task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let mut part = Vec::with_capacity(payload.len());
        for block in payload.chunks(BLOCK) {
            safepoint.poll();
            part.extend_from_slice(block);
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::params::check_keys;
    use serde_json::json;

    fn read(params: serde_json::Value) -> Result<Requests> {
        let params = params.as_object().expect("an object").clone();
        check_keys(&params, Requests::ID, PARAMS, IDLE)?;
        Requests::from_params(&params)
    }

    #[test]
    fn what_has_no_meaning_is_refused_by_name() {
        for (params, key) in [
            (json!({ "kind": "disk", "latencyMs": 1 }), "latencyMs"),
            (json!({ "kind": "database", "varianceMs": 1 }), "varianceMs"),
            (json!({ "kind": "disk", "delaysMs": [1] }), "delaysMs"),
            (json!({ "urls": ["/a"], "kind": "timer" }), "kind"),
            (json!({ "urls": ["/a"], "count": 2 }), "count"),
            (json!({ "urls": ["/a"], "seed": 2 }), "seed"),
            (json!({ "urls": ["ftp://a"] }), "urls"),
            (json!({ "urls": ["a"] }), "urls"),
            (json!({ "urls": [] }), "urls"),
            (json!({ "urls": vec!["/a"; 101] }), "urls"),
        ] {
            let failure = read(params.clone()).unwrap_err();
            assert!(failure.message().starts_with(&format!("{key}: ")), "{params}: {failure}");
        }
        assert!(read(json!({ "kind": "timer", "latencyMs": 1 })).is_ok());
    }

    #[test]
    fn the_page_says_where_answers_are_and_the_parameters_stay() {
        let requests = read(json!({ "urls": ["./a", "./b"] })).expect("valid");
        assert_eq!(
            requests.preparation(),
            Some(Preparation::Resolve(&["./a".into(), "./b".into()]))
        );
        assert_eq!(requests.at(1).address, "./b");
        let addresses = ["https://x/a", "https://x/b"].map(str::to_owned).to_vec();
        let found = requests.clone().answered(Answered { addresses, run: "7.1.".into() });
        assert_eq!(
            (found.at(1).address.as_str(), found.at(1).run.as_str()),
            ("https://x/b", "7.1.")
        );
        assert_eq!(found.params(), requests.params());
    }

    #[test]
    fn what_is_invisible_around_an_address_is_no_part_of_it() {
        let requests = read(json!({ "urls": [" \u{FEFF}./a\n", "\u{200B}./b"] })).expect("valid");
        assert_eq!(requests.params()["urls"], json!(["./a", "./b"]));
    }

    #[test]
    fn bodies_are_made_beforehand_where_making_them_takes_time() {
        let many = read(json!({ "count": 12, "bytes": 1 << 20, "seed": 3 })).expect("valid");
        assert_eq!(
            many.preparation(),
            Some(Preparation::Make { count: 12, bytes: 1 << 20, seed: 3 })
        );
        for params in [json!({}), json!({ "kind": "timer", "bytes": 1 << 20 })] {
            assert_eq!(read(params).expect("valid").preparation(), None);
        }
    }

    #[test]
    fn what_is_stored_is_what_is_asked_for() {
        let requests = read(json!({ "kind": "disk", "count": 3, "bytes": 5 })).expect("valid");
        let Some(Preparation::Store(Store::Disk, records)) = requests.preparation() else {
            panic!("it is stored beforehand")
        };
        assert_eq!((records.count, requests.count()), (3, 3));
        assert_eq!(records.body(2), requests.at(2).body());
        let batches = Records { count: 5, bytes: 1 << 19, seed: 1 }.batches();
        assert_eq!(batches.collect::<Vec<_>>(), [0..2, 2..4, 4..5]);
    }
}
