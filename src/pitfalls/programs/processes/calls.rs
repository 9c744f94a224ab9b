//! Calls in processes that fail, and whether anybody hears of it.

use crate::measure::format;

/// How many calls are submitted.
pub const CALLS: u32 = 10;

/// What the page knows of the calls once they are over.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// How many were submitted.
    pub submitted: u32,
    /// How many of them failed, as their workers know.
    pub failed: u32,
    /// How many of the results the page has read.
    pub read: u32,
    /// What the failed ones among these say, each text once.
    pub errors: Vec<String>,
    /// The workers' counters in the end, added up.
    pub count: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

impl Calls {
    /// Whether the page knows of every failure.
    pub fn failures_are_known(&self) -> bool {
        self.failed == 0 || (self.read == self.submitted && !self.errors.is_empty())
    }

    /// What came of it.
    pub fn sentence(&self) -> String {
        let Self { submitted, failed, read, count, .. } = self;
        let took = format::duration(self.took_ms);
        if self.failures_are_known() {
            return format!(
                "The program submitted {submitted} calls and read {read} results: {failed} calls \
                 failed. The first error: {} It took {took}.",
                self.errors.first().map_or("", String::as_str)
            );
        }
        format!(
            "The program submitted {submitted} calls, read {read} of the results, and ended without \
             an error. The counters are {count}: all {failed} calls failed. It took {took}."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_known_only_where_results_are_read() {
        let unread =
            Calls { submitted: 10, failed: 10, read: 0, errors: vec![], count: 0, took_ms: 2.0 };
        assert!(!unread.failures_are_known());
        assert!(unread.sentence().contains("ended without an error"), "{}", unread.sentence());
        let read = Calls { read: 10, errors: vec!["increment takes 0.".into()], ..unread };
        assert!(read.failures_are_known());
        assert!(read.sentence().contains("increment takes 0."), "{}", read.sentence());
    }
}
