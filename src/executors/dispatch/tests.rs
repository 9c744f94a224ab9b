use super::*;
use crate::workloads::task_order::TaskOrder;
use proptest::prelude::*;
use std::collections::VecDeque;

proptest! {
    /// Whoever answers when: each task is handed out once, and the work ends.
    #[test]
    fn every_task_is_handed_out_once(
        tasks in 1usize..300, workers in 1usize..40, chunk in 0usize..20,
        answers in prop::collection::vec((any::<prop::sample::Index>(), 0.0f64..20.0), 600),
    ) {
        let mut dispatcher = Dispatcher::new(tasks, workers, chunk, usize::MAX);
        let mut waiting = dispatcher.begin();
        let mut handed_out: Vec<_> = waiting.iter().flat_map(|a| a.places.clone()).collect();
        for (which, took_ms) in answers {
            if waiting.is_empty() {
                break;
            }
            let answered = waiting.remove(which.index(waiting.len()));
            let next = dispatcher.answered(answered.worker, answered.places.len(), took_ms);
            handed_out.extend(next.iter().flat_map(|a| a.places.clone()));
            waiting.extend(next);
        }
        prop_assert!(dispatcher.is_finished());
        handed_out.sort_unstable();
        prop_assert!(handed_out.into_iter().eq(0..tasks));
    }
}

#[test]
fn short_messages_are_sent_in_advance() {
    let mut dispatcher = Dispatcher::new(1_000, 2, 1, usize::MAX);
    assert_eq!(dispatcher.begin().len(), 2);
    assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 11);
    assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 1);
}

#[test]
fn worker_holds_a_bounded_number_of_messages() {
    let mut dispatcher = Dispatcher::new(10_000, 2, 1, usize::MAX);
    dispatcher.begin();
    assert_eq!(dispatcher.answered(0, 1, 0.0).len(), 1 + MOST_AHEAD);
}

#[test]
fn the_size_of_a_message_is_as_said() {
    let mut dispatcher = Dispatcher::new(100, 2, 7, usize::MAX);
    assert!(dispatcher.begin().iter().all(|first| first.places.len() == 7));
    let next: Vec<_> = dispatcher.answered(0, 7, 0.1).iter().map(|a| a.places.len()).collect();
    assert!(next.len() > 1 && next.iter().all(|tasks| *tasks == 7), "{next:?}");
}

#[test]
fn unless_said_short_tasks_go_together_while_there_are_many() {
    let mut dispatcher = Dispatcher::new(10_000, 2, 0, usize::MAX);
    assert!(dispatcher.begin().iter().all(|first| first.places.len() == 1));
    let next = dispatcher.answered(0, 1, 0.01);
    assert_eq!(next[0].places, 2..52);
    // The shorter they turn out to be, the more; as soon as they are heavier, fewer.
    assert_eq!(dispatcher.answered(1, 1, 0.0)[0].places.len(), 100);
    assert!(dispatcher.answered(1, 100, 50.0).is_empty());
    assert!(dispatcher.answered(1, 100, 1_000.0).is_empty());
    assert_eq!(dispatcher.answered(1, 100, 1_000.0)[0].places.len(), 10);
}

#[test]
fn messages_grow_as_long_as_they_do_not_take_long() {
    let mut dispatcher = Dispatcher::new(1_000, 1, 0, usize::MAX);
    dispatcher.begin();
    let mut next = |tasks: usize| -> Vec<_> {
        let next = dispatcher.answered(0, tasks, 3.5 * tasks as f64);
        next.iter().map(|next| next.places.len()).collect()
    };
    assert_eq!(next(1), [4, 4]);
    assert!(next(4).is_empty(), "what takes 56 ms is not sent in advance");
    assert_eq!([next(4), next(16), next(28)], [vec![16], vec![28], vec![28]]);
}

#[test]
fn long_tasks_go_one_by_one() {
    for chunk in [0, 1] {
        let mut dispatcher = Dispatcher::new(100, 2, chunk, usize::MAX);
        dispatcher.begin();
        let next = dispatcher.answered(0, 1, 300.0);
        assert_eq!((next.len(), next[0].places.len()), (1, 1));
    }
}

#[test]
fn a_worker_has_the_next_one_before_it_is_done() {
    let mut dispatcher = Dispatcher::new(100, 2, 1, usize::MAX);
    dispatcher.begin();
    assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 2);
    assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 1);
}

#[test]
fn last_tasks_are_not_sent_in_advance() {
    let mut dispatcher = Dispatcher::new(12, 2, 1, usize::MAX);
    dispatcher.begin();
    assert_eq!(dispatcher.answered(0, 1, 5.0).len(), 2);
    // Seven are left for two workers, and each is to have one at a time.
    assert_eq!(dispatcher.answered(1, 1, 5.0), [Assignment { worker: 1, places: 4..5 }]);
    assert_eq!(dispatcher.answered(0, 1, 5.0), []);
    assert_eq!(dispatcher.answered(0, 1, 5.0), [Assignment { worker: 0, places: 5..6 }]);
    assert_eq!(dispatcher.answered(0, 1, 5.0), [Assignment { worker: 0, places: 6..7 }]);
}

/// Has workers compute tasks that take so many ms each on one of speed 1, with no time
/// lost between two messages. Gives what part of their time they worked, and how many
/// messages that took.
fn computed(tasks_ms: &[f64], speeds: &[f64]) -> (f64, usize) {
    let order = TaskOrder::spread(tasks_ms.len());
    let mut dispatcher = Dispatcher::new(tasks_ms.len(), speeds.len(), 0, usize::MAX);
    // What each worker has still to do, and when it was done with what came before.
    let mut held = vec![VecDeque::new(); speeds.len()];
    let mut free_ms = vec![0.0; speeds.len()];
    let (mut waiting, mut messages) = (dispatcher.begin(), 0);
    while !dispatcher.is_finished() {
        for Assignment { worker, places } in std::mem::take(&mut waiting) {
            let took: f64 = order.tasks(places.clone()).map(|at| tasks_ms[at]).sum();
            held[worker].push_back((places.len(), took / speeds[worker]));
            messages += 1;
        }
        let ends_ms = |worker: usize| held[worker].front().map(|(_, took)| free_ms[worker] + took);
        let at_work = (0..speeds.len()).filter_map(|worker| Some((ends_ms(worker)?, worker)));
        let (_, worker) = at_work.min_by(|a, b| a.0.total_cmp(&b.0)).expect("somebody works");
        let (tasks, took) = held[worker].pop_front().expect("it has a message");
        free_ms[worker] += took;
        waiting = dispatcher.answered(worker, tasks, took);
    }
    let end_ms = free_ms.iter().copied().fold(0.0, f64::max);
    let best_ms = tasks_ms.iter().sum::<f64>() / speeds.iter().sum::<f64>();
    (best_ms / end_ms, messages)
}

#[test]
fn few_messages_share_work_evenly_wherever_it_is_heavy_and_whoever_is_slow() {
    let even = [3.5; 128];
    let growing: Vec<_> = (0..150).map(|at| f64::from(at) / 20.0).collect();
    // Rows of a picture of which only the middle is heavy.
    let heap: Vec<_> =
        (0..150).map(|at| if (50..100).contains(&at) { 10.0 } else { 0.3 }).collect();
    let many = [2.0; 400];
    for (tasks, speeds, name) in [
        (&even[..], &[1.0, 1.0][..], "even"),
        (&growing, &[1.0, 1.0], "growing"),
        (&heap, &[1.0, 1.0], "a heap"),
        (&even, &[1.0, 0.5], "even, one of two slow"),
        (&many, &[1.0, 1.0, 0.5, 0.5], "many, two of four slow"),
    ] {
        let (worked, messages) = computed(tasks, speeds);
        let each = messages as f64 / speeds.len() as f64;
        println!("{name}: {worked:.3} of the best, {each} messages each");
        assert!(worked > 0.97 && each <= 15.0, "{name}: {worked:.3}, {each} messages each");
    }
}

#[test]
fn what_would_be_too_much_to_send_does_not_go_together() {
    let mut dispatcher = Dispatcher::new(1_000, 2, 0, 3);
    dispatcher.begin();
    assert!(dispatcher.answered(0, 1, 0.01).iter().all(|next| next.places.len() == 3));
}

#[test]
fn whoever_is_given_many_tasks_may_be_silent_for_as_many() {
    let mut dispatcher = Dispatcher::new(1_000, 2, 8, usize::MAX);
    assert_eq!(dispatcher.timeout_ms(100, 1_500), 100);
    dispatcher.begin();
    assert_eq!(dispatcher.timeout_ms(100, 1_500), 800);
    assert_eq!(dispatcher.timeout_ms(200, 1_500), 1_500);
    // Those that go together unasked may prove as heavy as any.
    let mut dispatcher = Dispatcher::new(1_000, 2, 0, usize::MAX);
    dispatcher.begin();
    let tasks = dispatcher.answered(0, 1, 0.01)[0].places.len() as u32;
    assert!(tasks > 1);
    assert_eq!(dispatcher.timeout_ms(100, u32::MAX), 100 * tasks);
}

#[test]
fn fewer_tasks_than_workers_leave_some_idle() {
    let mut dispatcher = Dispatcher::new(2, 5, 1, usize::MAX);
    assert_eq!(dispatcher.begin().len(), 2);
}
