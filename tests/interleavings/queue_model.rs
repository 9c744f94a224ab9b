//! The bounded queue: no item is lost or taken twice, it is never deeper than its bound, everyone
//! who takes is told of the end, and nobody waits for ever, whoever stops.

use crate::bounded_queue::BoundedQueue;
use crate::primitives::{AtomicU32, time_out_next};
use crate::queue_state::QueueState;
use loom::sync::Arc;
use loom::thread;
use std::sync::atomic::Ordering::Relaxed;

type Queue = BoundedQueue<'static, usize>;

/// A queue, and the flag that stops whoever waits for it. Each order that is tried leaves a flag
/// behind.
fn queue_and_stop(state: QueueState<usize>) -> (Arc<Queue>, &'static AtomicU32) {
    let stop: &'static AtomicU32 = Box::leak(Box::new(AtomicU32::new(0)));
    (Arc::new(BoundedQueue::new(state, stop)), stop)
}

fn explore(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(model);
}

fn no_clock() -> f64 {
    0.0
}

/// Everything that there is to take, until the end.
fn take_all(queue: &Queue) -> Vec<usize> {
    std::iter::from_fn(|| queue.take(no_clock)).collect()
}

/// `producers` threads put `each` items, and the last of them closes the queue; as many as
/// `consumers` take until the end.
fn items_flow(
    producers: usize,
    each: usize,
    consumers: usize,
    state: QueueState<usize>,
    bound: u32,
) {
    let (queue, _) = queue_and_stop(state);
    let left = Arc::new(std::sync::atomic::AtomicUsize::new(producers));
    let put = move |queue: &Queue, producer: usize| {
        for item in 0..each {
            assert!(queue.put(producer * each + item, no_clock), "nobody closed it");
        }
        if left.fetch_sub(1, Relaxed) == 1 {
            queue.close();
        }
    };
    let put = Arc::new(put);
    let producing: Vec<_> = (1..producers)
        .map(|producer| {
            let (queue, put) = (queue.clone(), put.clone());
            thread::spawn(move || put(&queue, producer))
        })
        .collect();
    let consuming: Vec<_> = (0..consumers)
        .map(|_| {
            let queue = queue.clone();
            thread::spawn(move || take_all(&queue))
        })
        .collect();
    put(&queue, 0);
    for producer in producing {
        producer.join().expect("no thread panics");
    }
    let taken = consuming.into_iter().flat_map(|one| one.join().expect("no thread panics"));
    let mut taken: Vec<_> = taken.collect();
    taken.sort_unstable();
    assert!(taken.into_iter().eq(0..producers * each));
    assert!(queue.changes().iter().all(|change| change.depth <= bound));
}

#[test]
fn two_workers_share_what_one_thread_puts_into_a_queue_of_one() {
    explore(3, || items_flow(1, 2, 2, QueueState::streaming(1), 1));
}

#[test]
fn a_worker_takes_what_two_threads_put_into_a_queue_of_one() {
    explore(3, || items_flow(2, 2, 1, QueueState::streaming(1), 1));
}

#[test]
fn two_threads_and_two_workers_meet_at_a_queue_of_two() {
    explore(2, || items_flow(2, 1, 2, QueueState::streaming(2), 2));
}

#[test]
fn one_stage_after_the_other_loses_nothing() {
    explore(3, || items_flow(1, 3, 2, QueueState::holding_back(3), 3));
}

/// A worker that failed takes no more; whoever puts is let go by the stop.
#[test]
fn a_stop_ends_the_waiting_for_room() {
    explore(3, || {
        let (queue, stop) = queue_and_stop(QueueState::streaming(1));
        let putting = queue.clone();
        let producer = thread::spawn(move || {
            time_out_next(u32::MAX);
            while putting.put(0, no_clock) {}
        });
        assert_eq!(queue.take(no_clock), Some(0));
        stop.store(1, Relaxed);
        producer.join().expect("no thread panics");
    });
}

#[test]
fn a_stop_ends_the_waiting_for_items() {
    explore(3, || {
        let (queue, stop) = queue_and_stop(QueueState::streaming(1));
        let taking = queue.clone();
        let consumer = thread::spawn(move || {
            time_out_next(u32::MAX);
            take_all(&taking)
        });
        assert!(queue.put(7, no_clock));
        stop.store(1, Relaxed);
        let taken = consumer.join().expect("no thread panics");
        assert!(taken.is_empty() || taken == [7]);
    });
}

/// Closed while a thread waits for room: its item is refused, and nobody waits for ever.
#[test]
fn a_closed_queue_lets_those_go_who_wait_for_room() {
    explore(3, || {
        let (queue, _) = queue_and_stop(QueueState::streaming(1));
        let putting = queue.clone();
        let producer =
            thread::spawn(move || (0..3).take_while(|item| putting.put(*item, no_clock)).count());
        queue.close();
        let put = producer.join().expect("no thread panics");
        assert_eq!(take_all(&queue).len(), put);
    });
}
