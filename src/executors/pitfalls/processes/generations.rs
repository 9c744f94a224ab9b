//! Workers whose program starts workers, with a main guard and without.

use crate::browser::clock::BrowserClock;
use crate::browser::script_worker::{ScriptEvent, ScriptWorker};
use crate::browser::{places, turn};
use crate::executors::start_watch::{LOOK_MS, Patience, StartStep, StartWatch};
use crate::failure::{Failure, Result};
use crate::measure::Clock;
use crate::pitfalls::programs::processes::generations::{CHILDREN, Generations, most_workers};
use std::cell::RefCell;
use std::rc::Rc;

/// The program that each worker runs.
const SCRIPT: &str = "pitfalls/program.js";
/// Once all that are expected have begun, how long to wait for more of them, in ms.
const MORE_MS: u32 = 300;

struct Heard {
    began: Vec<(String, f64)>,
    failed: Option<Failure>,
    watch: StartWatch,
}

/// Starts the program's workers, with a main guard or without, and waits until no more begin. All of
/// them are ended then.
///
/// # Errors
/// Where a worker does not load, or the browser starts no more of them.
pub async fn run(is_guarded: bool) -> Result<Generations> {
    let expected = if is_guarded { CHILDREN } else { most_workers() };
    let script = if is_guarded { format!("{SCRIPT}?guarded") } else { SCRIPT.to_owned() };
    let reserved = places::reserved().await;
    let started_ms = BrowserClock.now_ms();
    let watch = StartWatch::new(expected, Patience::Long, started_ms);
    let heard = Rc::new(RefCell::new(Heard { began: Vec::new(), failed: None, watch }));
    let start = |child: u32| {
        let heard = heard.clone();
        let handle = move |event| heard.borrow_mut().hear(event, started_ms);
        ScriptWorker::start(&script, &child.to_string(), expected / CHILDREN, handle)
    };
    let workers = (1..=CHILDREN).map(start).collect::<Result<Vec<_>>>()?;
    drop(reserved);
    while heard.borrow().began.len() < expected as usize {
        turn::sleep(LOOK_MS).await;
        let mut heard = heard.borrow_mut();
        if let Some(failure) = heard.failed.take() {
            return Err(failure);
        }
        if let Some(stuck) = heard.watch.look(false, BrowserClock.now_ms()) {
            return Err(stuck.failure(expected));
        }
    }
    turn::sleep(MORE_MS).await;
    drop(workers);
    let began = std::mem::take(&mut heard.borrow_mut().began);
    Ok(Generations { is_guarded, began })
}

impl Heard {
    fn hear(&mut self, event: ScriptEvent, started_ms: f64) {
        match event {
            ScriptEvent::Began { name } => {
                let now_ms = BrowserClock.now_ms();
                self.watch.note(StartStep::Begun, now_ms);
                self.began.push((name, now_ms - started_ms));
            }
            ScriptEvent::Failed(failure) => self.failed = Some(failure),
            ScriptEvent::Arrived { .. } | ScriptEvent::Told { .. } => {}
        }
    }
}
