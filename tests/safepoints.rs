//! Kernels look at their safepoint often enough: with a GIL, whoever waits for it waits for that.

use concurrency_playground::sync::safepoint::Safepoint;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::sync::atomic::AtomicU32;
use std::time::{Duration, Instant};

/// Twenty times what kernels take at the speed of `compute`: the machine is busy, and this code hardly
/// optimized. It finds a kernel that does not look at all.
const MOST: Duration = Duration::from_millis(4);

/// The times between two looks while a workload computes its tasks, and between a task's beginning or
/// end and a look, in the order in which they come, which is the same each time.
fn gaps(workload: &Workload) -> Vec<Duration> {
    let (always, gaps) = (AtomicU32::new(1), RefCell::new(Vec::new()));
    let last = Cell::new(Instant::now());
    let look = || {
        let now = Instant::now();
        gaps.borrow_mut().push(now - last.replace(now));
    };
    let input = workload.input(None).expect("fits");
    let kernel = workload.kernel();
    for task in 0..kernel.task_count().min(24) {
        let body = kernel.request(task).map(|request| request.body());
        last.set(Instant::now());
        let payload = body.as_deref().unwrap_or(&input[kernel.payload(task)]);
        std::hint::black_box(kernel.compute(task, payload, Safepoint::new(&always, &look)));
        look();
    }
    gaps.into_inner()
}

/// The longest gap. Whatever interrupts the test does not do so in every try in the same place, so
/// each gap is the shortest of three tries.
fn longest_gap(workload: &Workload) -> Duration {
    let mut shortest = gaps(workload);
    for _ in 1..3 {
        let again = gaps(workload);
        assert_eq!(again.len(), shortest.len(), "looks are at the same places each time");
        for (gap, other) in shortest.iter_mut().zip(again) {
            *gap = other.min(*gap);
        }
    }
    shortest.into_iter().max().expect("a look after each task")
}

/// Each workload at its defaults, and where its steps are longest.
#[test]
fn kernels_look_at_their_safepoint_again_and_again() {
    let all = WorkloadId::ALL.iter().map(|id| (*id, json!({})));
    let longest = [
        (
            WorkloadId::Mandelbrot,
            json!({ "maxIter": 10_000, "width": 128, "span": 0.01, "centerX": 0 }),
        ),
        (WorkloadId::Primes, json!({ "start": 999_999_000_000_u64, "count": 1_000 })),
        (WorkloadId::Matmul, json!({ "n": 1536 })),
        (WorkloadId::Blur, json!({ "width": 2560, "height": 256, "radius": 64 })),
        (WorkloadId::Requests, json!({ "bytes": 1 << 20 })),
        (WorkloadId::Pipeline, json!({ "bytes": 1 << 20, "rounds": 10 })),
        (WorkloadId::Custom, json!({ "computeUnits": 10_000, "waitMs": 0 })),
        (
            WorkloadId::Custom,
            json!({ "computeUnits": 1, "waitMs": 0, "resultBytes": 16_000_000, "tasks": 8 }),
        ),
        (WorkloadId::WordCount, json!({ "text": "字、".repeat(30_000) })),
    ];
    for (id, params) in all.chain(longest) {
        let params = params.as_object().expect("an object");
        let workload = Workload::new(id, params).expect("valid");
        let gap = longest_gap(&workload);
        println!("{}: {gap:.0?}", id.id());
        assert!(gap < MOST, "{} looked only after {gap:?}", id.id());
    }
}
