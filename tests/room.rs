//! How much memory counting words takes: it must fit beside the text, whatever the text is.

use concurrency_playground::sync::safepoint::Safepoint;
use concurrency_playground::workloads::params::Params;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::json;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's allocator, which counts.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The summary of a text, and how much merging its parts took at once, these included,
/// beside the text.
fn merged(text: &[u8]) -> (String, f64) {
    let params = Params::from_iter([
        ("source".to_owned(), json!("own")),
        ("bytes".to_owned(), json!(text.len())),
    ]);
    let workload = Workload::new(WorkloadId::WordCount, &params).expect("valid");
    let work = workload.kernel();
    let before = NOW.load(Ordering::Relaxed);
    let tasks = 0..work.task_count();
    let parts = tasks
        .map(|task| work.compute(task, &text[work.payload(task)], Safepoint::never()))
        .collect();
    PEAK.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
    let merged = work.merge(parts).expect("fits");
    let peak = PEAK.load(Ordering::Relaxed) - before;
    (work.summary(&merged).sentence(), peak as f64 / text.len() as f64)
}

/// One test, as all share one count.
#[test]
fn any_text_is_merged_in_about_thrice_its_room() {
    let words = 1_000_000_u32;
    let different: String = (0..words).map(|i| format!("{i:08} ")).collect();
    let longest = "LongWord".repeat(1 << 20);
    let other = "ÄÖÜ".repeat(1 << 20);
    let usual = "few words, again and again\n".repeat(300_000);
    for (text, most, summary) in [
        (different, 3.3, "1,000,000 words, 1,000,000 different;"),
        (longest, 2.6, "1 word, 1 different;"),
        (other, 5.0, "1 word, 1 different;"),
        (usual, 0.1, "1,500,000 words, 4 different;"),
    ] {
        let (said, room) = merged(text.as_bytes());
        assert!(said.starts_with(summary), "{said}");
        eprintln!("{room:.2} times the text's room: {said}");
        assert!(room <= most, "{room:.2} times the text's room: {said}");
    }
}
