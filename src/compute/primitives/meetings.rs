//! Where threads wait for something to happen, or for one another.

use super::recorder::{Came, record};
use crate::browser::clock::BrowserClock;
use crate::measure::Clock;
use crate::pitfalls::programs::primitive::demonstration::{CYCLES, Demonstration, PATIENCE_MS};
use crate::pitfalls::programs::primitive::stretch::{Call, Did, Stretch};
use crate::sync::threading::barrier::Barrier;
use crate::sync::threading::event::Event;
use crate::sync::threading::timeout::Timeout;
use crate::workloads::splitmix;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// When the event is set, in ms.
const SET_AFTER_MS: u64 = 12;
/// What threads do after it, in ms.
const AFTER_MS: u64 = 4;
/// The most that a thread does before it comes to a barrier, in ms, and the least.
const LONGEST_MS: u64 = 9;
const SHORTEST_MS: u64 = 1;

/// Thread 1 sets an event that the others wait for. The last of them comes late, and need not wait.
pub fn event(of: &Demonstration) -> Came {
    let event = Event::new();
    let last = of.threads - 1;
    record(of.threads, |recorder| {
        if recorder.me == 0 {
            recorder.ran(SET_AFTER_MS);
            event.set();
            recorder.ran(AFTER_MS);
            return;
        }
        let is_late = recorder.me == last && of.threads > 2;
        recorder.ran(if is_late { SET_AFTER_MS + AFTER_MS } else { u64::from(recorder.me) });
        if !event.wait(Timeout::AT_ONCE) {
            recorder.waited(Call::Wait, || {
                event.wait(Timeout::NEVER);
                0
            });
        }
        recorder.got += 1;
        recorder.early += u32::from(!event.is_set());
        recorder.ran(AFTER_MS);
    })
}

/// Threads work for different times, and then wait for one another, a few times.
pub fn barrier(of: &Demonstration) -> Came {
    let barrier = Barrier::new(of.threads as usize);
    // Who came last in each cycle, and so woke the others; and how many have come, in all cycles together.
    let last = Mutex::new([0; CYCLES as usize]);
    let arrivals = AtomicU32::new(0);
    let mut came = record(of.threads, |recorder| {
        for cycle in 0..CYCLES {
            recorder.ran(work_ms(recorder.me, cycle));
            arrivals.fetch_add(1, Ordering::Relaxed);
            let number = recorder.note(Did::Waited(Call::Wait), || barrier.wait(Timeout::NEVER));
            let Ok(number) = number else { return };
            recorder.got += 1;
            let all = (cycle + 1) * of.threads;
            recorder.early += u32::from(arrivals.load(Ordering::Relaxed) < all);
            if number + 1 == of.threads as usize {
                // It found all others there, and did not wait.
                recorder.stretches.pop();
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                last[cycle as usize] = recorder.me;
            }
        }
        recorder.ran(AFTER_MS / 2);
    });
    let last = last.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (thread, lane) in (0..).zip(&mut came.lanes) {
        let cycles = last.into_iter().filter(|woke| *woke != thread);
        for (wait, woke) in lane.iter_mut().filter(is_wait).zip(cycles) {
            wait.woken_by = Some(woke);
        }
    }
    came
}

/// The last thread does not come. The first that gives up breaks the barrier for all.
pub fn broken_barrier(of: &Demonstration) -> Came {
    let barrier = Barrier::new(of.threads as usize);
    let clock = || BrowserClock.now_ms();
    let mut came = record(of.threads, |recorder| {
        if recorder.me == of.threads - 1 {
            recorder.ran(2 * PATIENCE_MS);
            return;
        }
        recorder.ran(SHORTEST_MS + 2 * u64::from(recorder.me));
        let patience = Timeout::after(Duration::from_millis(PATIENCE_MS), &clock);
        match recorder.note(Did::Waited(Call::Wait), || barrier.wait(patience)) {
            Ok(_) => recorder.got += 1,
            Err(_) => recorder.refused += 1,
        }
    });
    // The one that had waited for longest woke the others.
    let mut waits: Vec<_> =
        (0..).zip(&mut came.lanes).flat_map(|(it, lane)| Some((it, lane.get_mut(1)?))).collect();
    let began_ms = |of: &(u32, &mut Stretch)| of.1.start_ms;
    waits.sort_by(|a, b| began_ms(a).total_cmp(&began_ms(b)));
    if let Some(((first, _), others)) = waits.split_first_mut() {
        others.iter_mut().for_each(|(_, wait)| wait.woken_by = Some(*first));
    }
    came
}

fn is_wait(stretch: &&mut Stretch) -> bool {
    stretch.call().is_some()
}

/// How long a thread works before it comes to the barrier.
fn work_ms(thread: u32, cycle: u32) -> u64 {
    let drawn = splitmix::r(u64::from(thread), u64::from(cycle));
    SHORTEST_MS + drawn % (LONGEST_MS - SHORTEST_MS + 1)
}
