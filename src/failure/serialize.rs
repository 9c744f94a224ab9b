//! Failures in messages and in reports: by code and figures. Reports have the sentence as well,
//! for whoever reads them without this program.

use super::{Failure, FailureKind};
use crate::coded::{Figure, Record};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A failure in JSON.
#[derive(Serialize, Deserialize)]
struct Stored {
    name: FailureKind,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    figures: Option<Map<String, Value>>,
}

/// A failure in a message to or from a worker. One that has no code of this program is the
/// `Foreign` text that a report had, and has that as its only figure.
#[derive(Serialize, Deserialize)]
struct Sent {
    kind: FailureKind,
    key: Option<String>,
    record: Record,
}

/// The code of a failure of which only the message is known, in a message to or from a worker.
const FOREIGN: &str = "Foreign";

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.problem.record();
        if serializer.is_human_readable() {
            let figures = record.as_ref().map(Record::figures_to_json);
            let stored = Stored {
                name: self.kind(),
                message: self.message(),
                code: record.map(|record| record.code),
                key: self.key.clone(),
                figures,
            };
            return stored.serialize(serializer);
        }
        let record = record.unwrap_or_else(|| Record {
            code: FOREIGN.to_owned(),
            figures: vec![("message".to_owned(), Figure::Text(self.problem.message()))],
        });
        Sent { kind: self.kind(), key: self.key.clone(), record }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let Stored { name, message, code, key, figures } = Stored::deserialize(deserializer)?;
            let record = code.zip(figures);
            let record = record.and_then(|(code, figures)| Record::from_json(&code, &figures));
            return Ok(Self::stored(name, &message, key.as_deref(), record.as_ref()));
        }
        let Sent { kind, key, record } = Sent::deserialize(deserializer)?;
        let message = match record.figure("message") {
            Some(Figure::Text(message)) => message.as_str(),
            _ => "",
        };
        Ok(Self::stored(kind, message, key.as_deref(), Some(&record)))
    }
}
