//! What threads note while they use a primitive.

use crate::browser::clock::BrowserClock;
use crate::compute::crew::all_at_once;
use crate::measure::Clock;
use crate::pitfalls::programs::primitive::stretch::{Call, Did, Stretch};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What all threads noted.
pub struct Came {
    /// What each thread did when.
    pub lanes: Vec<Vec<Stretch>>,
    /// How often a thread got what it came for.
    pub got: u32,
    /// How often it was refused.
    pub refused: u32,
    /// How many threads had it at the same time, at most.
    pub most_at_once: u32,
    /// How often a thread went on that should not have.
    pub early: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

/// What one thread notes.
pub struct Recorder<'a> {
    /// Its number, from 0.
    pub me: u32,
    /// What it did when.
    pub stretches: Vec<Stretch>,
    /// How often it got what it came for.
    pub got: u32,
    /// How often it was refused.
    pub refused: u32,
    /// How often it went on and should not have.
    pub early: u32,
    inside: &'a Inside,
}

/// How many threads have it, and had it at most.
#[derive(Default)]
struct Inside {
    now: AtomicU32,
    most: AtomicU32,
}

impl Recorder<'_> {
    /// It works for so long. A pause stands in for the work, so that more threads than cores can do so.
    pub fn ran(&mut self, ms: u64) {
        self.note(Did::Ran, || pause(ms));
    }

    /// It has got the lock, or a permit, and keeps it until this ends.
    pub fn inside<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> T {
        let now = self.inside.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.inside.most.fetch_max(now, Ordering::Relaxed);
        let came = what(self);
        self.inside.now.fetch_sub(1, Ordering::Relaxed);
        came
    }

    /// It has the lock meanwhile, or a permit.
    pub fn held<T>(&mut self, what: impl FnOnce() -> T) -> T {
        self.note(Did::Held, what)
    }

    /// It waits in `call` meanwhile, and is woken by the thread that this gives.
    pub fn waited(&mut self, call: Call, wait: impl FnOnce() -> u32) {
        let woken_by = self.note(Did::Waited(call), wait);
        self.woken_by(woken_by);
    }

    /// The last stretch was a wait that this thread ended.
    pub fn woken_by(&mut self, thread: u32) {
        if let Some(last) = self.stretches.last_mut() {
            last.woken_by = Some(thread);
        }
    }

    /// It does this meanwhile.
    pub fn note<T>(&mut self, did: Did, what: impl FnOnce() -> T) -> T {
        let start_ms = BrowserClock.now_ms();
        let came = what();
        let end_ms = BrowserClock.now_ms();
        self.stretches.push(Stretch { did, start_ms, end_ms, woken_by: None });
        came
    }
}

/// Nothing happens for so long.
pub fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// So many threads each do `part` at the same time, and note what they do.
pub fn record(threads: u32, part: impl Fn(&mut Recorder) + Sync) -> Came {
    let (noted, inside) = (Mutex::new(Vec::new()), Inside::default());
    let took_ms = all_at_once(threads as usize, |number| {
        let (me, stretches) = (number as u32, Vec::new());
        let inside = &inside;
        let mut recorder = Recorder { me, stretches, got: 0, refused: 0, early: 0, inside };
        part(&mut recorder);
        noted.lock().unwrap_or_else(PoisonError::into_inner).push(recorder);
    });
    let mut noted = noted.into_inner().unwrap_or_else(PoisonError::into_inner);
    noted.sort_by_key(|recorder| recorder.me);
    let begins = noted.iter().flat_map(|recorder| &recorder.stretches);
    let began_ms = begins.map(|stretch| stretch.start_ms).fold(f64::INFINITY, f64::min);
    for stretch in noted.iter_mut().flat_map(|recorder| &mut recorder.stretches) {
        stretch.start_ms -= began_ms;
        stretch.end_ms -= began_ms;
    }
    let got = noted.iter().map(|recorder| recorder.got).sum();
    let refused = noted.iter().map(|recorder| recorder.refused).sum();
    let early = noted.iter().map(|recorder| recorder.early).sum();
    let lanes = noted.into_iter().map(|recorder| recorder.stretches).collect();
    let most_at_once = inside.most.into_inner();
    Came { lanes, got, refused, most_at_once, early, took_ms }
}
