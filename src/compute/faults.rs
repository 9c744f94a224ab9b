//! Makes the faults of the workload `faults` happen, for real.

use crate::browser::worker_scope;
use crate::failure::stop::CLOSED;
use crate::workloads::Workload;
use crate::workloads::faults::{Fault, Faults};
use crate::workloads::splitmix;
use std::hint::black_box;
use std::ops::ControlFlow;

/// Bytes that are asked for at a time until there are no more.
const MEMORY_STEP: usize = 64 << 20;

/// Whatever is to happen in `task` of `workload` happens. Breaks where this worker has closed itself: it is
/// to say nothing more.
pub fn happen(workload: &Workload, task: usize) -> ControlFlow<()> {
    workload.faults().map_or(ControlFlow::Continue(()), |faults| happen_of(faults, task))
}

/// As [`happen`], in a thread of a pool. One that has closed itself does not return: all the others do
/// what it should have done, and wait for it.
pub fn happen_in_thread(faults: &Faults, task: usize) {
    if happen_of(faults, task).is_break() {
        wasm_bindgen::throw_str(CLOSED);
    }
}

fn happen_of(faults: &Faults, task: usize) -> ControlFlow<()> {
    match faults.fault_in(task) {
        None => ControlFlow::Continue(()),
        Some(Fault::Close) => {
            worker_scope::close();
            ControlFlow::Break(())
        }
        Some(fault) => strike(fault, faults.number_of(task)),
    }
}

/// Does not return.
#[expect(clippy::panic, reason = "it is what was asked for")]
fn strike(fault: Fault, task: usize) -> ! {
    match fault {
        Fault::Panic => panic!("task {task} panics on purpose"),
        Fault::Trap | Fault::Close => core::arch::wasm32::unreachable(),
        Fault::StackOverflow => {
            black_box(overflow(0));
            core::arch::wasm32::unreachable()
        }
        Fault::Hang => loop {
            black_box(task);
        },
        Fault::OutOfMemory => {
            let mut kept = Vec::new();
            loop {
                kept.push(black_box(Vec::<u8>::with_capacity(MEMORY_STEP)));
            }
        }
    }
}

/// Calls itself for longer than any stack is deep. What comes back is hashed, so that this stays a call; it
/// has no memory of its own, so that the browser's stack ends first and not the program's.
#[inline(never)]
fn overflow(depth: u64) -> u64 {
    match depth {
        u64::MAX => 0,
        depth => splitmix::r(overflow(depth + 1), depth),
    }
}
