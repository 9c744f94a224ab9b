//! In which order tasks are handed out, where several go together.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// An order of tasks: each has one place in it, and each place one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskOrder {
    tasks: u64,
    stride: u64,
}

impl TaskOrder {
    /// One after the other.
    pub fn straight(tasks: usize) -> Self {
        Self { tasks: tasks as u64, stride: 1 }
    }

    /// So that whatever follows one another is spread over all of the work, as evenly as the
    /// number of tasks allows: what any few of them take then says what the rest will, even
    /// where work grows heavier on its way.
    ///
    /// Each is a golden section of the whole further than the one before. By the three-gap
    /// theorem (Sós, 1958) such steps leave gaps of three lengths at the most, however many
    /// were taken.
    pub fn spread(tasks: usize) -> Self {
        let tasks = tasks as u64;
        let golden = (tasks as f64 * 0.618_033_988_749_895) as u64;
        // A step that shares no divisor with the whole comes to every task.
        let stride = (golden..=tasks).find(|stride| divisor(*stride, tasks) == 1).unwrap_or(1);
        Self { tasks, stride }
    }

    /// The task at `place`.
    pub fn task(self, place: usize) -> usize {
        (place as u64 * self.stride % self.tasks.max(1)) as usize
    }

    /// The tasks at `places`.
    pub fn tasks(self, places: Range<usize>) -> impl Iterator<Item = usize> {
        places.map(move |place| self.task(place))
    }
}

/// The greatest common divisor.
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_task_has_a_place(tasks in 1usize..2_000) {
            for order in [TaskOrder::straight(tasks), TaskOrder::spread(tasks)] {
                let mut all: Vec<_> = order.tasks(0..tasks).collect();
                all.sort_unstable();
                prop_assert!(all.into_iter().eq(0..tasks));
            }
        }

        /// Wherever one looks, neighbours come from all quarters of the work.
        #[test]
        fn neighbours_are_spread(tasks in 64usize..2_000, from in 0usize..2_000) {
            let order = TaskOrder::spread(tasks);
            let from = from % (tasks - 20);
            let mut quarters = [0; 4];
            order.tasks(from..from + 20).for_each(|task| quarters[4 * task / tasks] += 1);
            prop_assert!(quarters.iter().all(|few| (3..=7).contains(few)), "{:?}", quarters);
        }
    }

    #[test]
    fn few_tasks_or_none_have_an_order_too() {
        assert_eq!(TaskOrder::straight(3).tasks(0..3).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(TaskOrder::spread(1).tasks(0..1).collect::<Vec<_>>(), [0]);
        assert_eq!(TaskOrder::spread(2).tasks(0..2).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(TaskOrder::spread(0).tasks(0..0).count(), 0);
        assert_eq!(TaskOrder::spread(0).task(0), 0);
    }
}
