//! Which task each thread of a pool is at, in words of the memory that they share with the page: so it sees
//! which one takes too long, though nobody answers messages.

use super::primitives::{AtomicU32, Ordering};

/// How many words there are: one for each thread that a pool can have.
pub const WORDS: usize = 32;

/// The threads' end: they write what they are at.
#[derive(Clone, Copy, Debug)]
pub struct TaskWords<'a>(&'a [AtomicU32]);

impl<'a> TaskWords<'a> {
    /// Writes to these words.
    pub fn new(words: &'a [AtomicU32]) -> Self {
        Self(words)
    }

    /// The thread with this number begins a task.
    pub fn begin(self, thread: usize, task: usize) {
        self.write(thread, task as u32 + 1);
    }

    /// It has ended it.
    pub fn end(self, thread: usize) {
        self.write(thread, 0);
    }

    fn write(self, thread: usize, value: u32) {
        if let Some(word) = self.0.get(thread) {
            word.store(value, Ordering::Relaxed);
        }
    }
}

/// The page's end: it looks for a task that takes too long.
#[derive(Clone, Debug)]
pub struct TaskWatch {
    limit_ms: f64,
    /// What each word held when this last looked, and since when, in ms.
    seen: [(u32, f64); WORDS],
}

impl TaskWatch {
    /// A watch for tasks that take longer than this.
    pub fn new(limit_ms: f64, now_ms: f64) -> Self {
        Self { limit_ms, seen: [(0, now_ms); WORDS] }
    }

    /// Looks again; the task that has taken too long, if one has.
    pub fn look(&mut self, words: [u32; WORDS], now_ms: f64) -> Option<usize> {
        for (seen, word) in self.seen.iter_mut().zip(words) {
            if seen.0 != word {
                *seen = (word, now_ms);
            }
        }
        let late = |(word, since_ms): &&(u32, f64)| *word > 0 && now_ms - since_ms >= self.limit_ms;
        self.seen.iter().find(late).map(|(word, _)| *word as usize - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_late_that_its_thread_has_been_at_for_too_long() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let threads = TaskWords::new(&words);
        let read = || words.each_ref().map(|word| word.load(Ordering::Relaxed));
        let mut watch = TaskWatch::new(100.0, 0.0);
        assert_eq!(watch.look(read(), 500.0), None, "nobody is at a task");
        threads.begin(1, 7);
        assert_eq!(watch.look(read(), 550.0), None);
        threads.begin(0, 8);
        assert_eq!(watch.look(read(), 600.0), None);
        threads.end(0);
        threads.begin(0, 9);
        assert_eq!(watch.look(read(), 649.0), None);
        assert_eq!(watch.look(read(), 650.0), Some(7), "others go on");
        threads.end(1);
        assert_eq!(watch.look(read(), 660.0), None);
    }
}
