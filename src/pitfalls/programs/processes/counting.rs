//! Two processes that add to a counter.

use crate::measure::format;
use crate::wording::grouped;

/// How often they add 1, all together.
pub const TASKS: u32 = 400;
/// How many processes there are.
pub const PROCESSES: u32 = 2;

/// Where the counter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In a global variable, which each process has for itself.
    Globals,
    /// On the page, which adds up what the processes send back.
    Results,
    /// In memory that the processes and the page share.
    SharedMemory,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Where the counter was.
    pub way: Way,
    /// How often each process added 1.
    pub tasks: Vec<u32>,
    /// Each process's own global in the end.
    pub globals: Vec<u32>,
    /// The page's global in the end.
    pub page_global: u32,
    /// The count on the page in the end, wherever it was kept.
    pub count: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

impl Counted {
    /// How often 1 was added.
    pub fn expected(&self) -> u32 {
        self.tasks.iter().sum()
    }

    /// Whether the page has counted all of it.
    pub fn is_right(&self) -> bool {
        self.count == self.expected()
    }

    /// What came of it.
    pub fn sentence(&self) -> String {
        let expected = grouped(self.expected().into());
        let count = grouped(self.count.into());
        let took = format::duration(self.took_ms);
        let globals: Vec<_> = self.globals.iter().map(|value| grouped((*value).into())).collect();
        match self.way {
            Way::Globals => format!(
                "{expected} tasks added 1. The page's counter is {count}. The workers' own counters \
                 are {}. It took {took}.",
                globals.join(" and ")
            ),
            Way::Results => format!(
                "{expected} tasks returned 1, and the page added them up: {count}. It took {took}."
            ),
            Way::SharedMemory => format!(
                "{expected} tasks added 1 to the counter in shared memory: {count}. It took {took}."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(way: Way, globals: &[u32], count: u32) -> Counted {
        let (tasks, globals) = (vec![210, 190], globals.to_vec());
        Counted { way, tasks, globals, page_global: 0, count, took_ms: 12.0 }
    }

    #[test]
    fn a_global_of_each_process_is_not_the_page_s() {
        let counted = counted(Way::Globals, &[210, 190], 0);
        assert!(!counted.is_right());
        assert_eq!(
            counted.sentence(),
            "400 tasks added 1. The page's counter is 0. The workers' own counters are 210 and 190. \
             It took 12.0 ms."
        );
    }

    #[test]
    fn a_count_is_right_where_nothing_is_missing() {
        assert!(counted(Way::Results, &[0, 0], 400).is_right());
        assert!(!counted(Way::Results, &[0, 0], 399).is_right());
        let shared = counted(Way::SharedMemory, &[0, 0], 400);
        assert!(shared.is_right() && shared.sentence().ends_with("memory: 400. It took 12.0 ms."));
    }
}
