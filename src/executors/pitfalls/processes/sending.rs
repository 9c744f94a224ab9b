//! Posts a value of every kind to a worker, and hears what arrives.

use crate::browser::clock::BrowserClock;
use crate::browser::pickling::{Posted, ValueMaker};
use crate::browser::places;
use crate::browser::script_worker::{ScriptEvent, ScriptWorker};
use crate::executors::answers;
use crate::executors::inbox::Inbox;
use crate::executors::timeouts;
use crate::failure::Result;
use crate::measure::Clock;
use crate::pitfalls::programs::processes::sending::{Fate, KINDS, Kind, Sending, SentValue};
use std::cell::RefCell;
use std::rc::Rc;

/// The worker that says what arrives.
const SCRIPT: &str = "pitfalls/receiver.js";
/// How long it may take to start, and to answer, in ms.
const ANSWER_MS: u32 = 10_000;

/// Sends a value of every kind; or, `instead`, the form in which each can be sent.
///
/// # Errors
/// Where the scripts cannot be loaded, or the worker does not answer.
pub async fn run(instead: bool) -> Result<Sending> {
    let values = ValueMaker::load().await?;
    let inbox = Rc::new(RefCell::new(Inbox::<ScriptEvent>::default()));
    let is_there = inbox.borrow_mut().wait();
    let heard = inbox.clone();
    let reserved = places::reserved().await;
    let worker = ScriptWorker::start(SCRIPT, "receiver", 1, move |event| {
        heard.borrow_mut().settle(match event {
            ScriptEvent::Failed(failure) => Err(failure),
            other => Ok(other),
        });
    })?;
    drop(reserved);
    timeouts::bounded(is_there, ANSWER_MS).await?;
    let started_ms = BrowserClock.now_ms();
    let mut sent = Vec::with_capacity(KINDS.len());
    for kind in KINDS {
        let fate = send(kind, instead, &values, &worker, &inbox).await?;
        sent.push(SentValue { kind, fate });
    }
    Ok(Sending { instead, values: sent, took_ms: BrowserClock.now_ms() - started_ms })
}

async fn send(
    kind: &Kind,
    instead: bool,
    values: &ValueMaker,
    worker: &ScriptWorker,
    inbox: &RefCell<Inbox<ScriptEvent>>,
) -> Result<Fate> {
    let answer = inbox.borrow_mut().wait();
    match values.post(kind.id, kind.members, instead, worker).await? {
        Posted::Refused(said) => Ok(Fate::Refused { said }),
        Posted::NotHere => Ok(Fate::NotHere),
        Posted::Taken => match timeouts::bounded(answer, ANSWER_MS).await? {
            ScriptEvent::Arrived { class, contents, lost } => {
                Ok(Fate::Arrived { class, contents, lost })
            }
            ScriptEvent::Began { .. } | ScriptEvent::Told { .. } | ScriptEvent::Failed(_) => {
                Err(answers::out_of_turn())
            }
        },
    }
}
