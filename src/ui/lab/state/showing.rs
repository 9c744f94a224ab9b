//! Which results are shown, and beside which.

use crate::ui::charts::comparison::Comparison;
use crate::ui::lab::state::State;
use crate::ui::lab::state::results::Results;
use std::rc::Rc;

impl State {
    pub(super) fn show(&mut self, results: Rc<Results>) {
        self.shown = default_shown(&results);
        self.lit = None;
        self.file_failure = None;
        self.results = Some(results);
        self.compare();
    }

    /// Compares what is shown with what is pinned, unless that is the same.
    pub(super) fn compare(&mut self) {
        let both = self.pinned.as_ref().zip(self.results.as_ref());
        // It has another number once it was opened again.
        let both = both.filter(|(pinned, shown)| {
            pinned.number != shown.number && pinned.finished.report != shown.finished.report
        });
        self.comparison = both.map(|(pinned, shown)| {
            Rc::new(Comparison::of(&pinned.finished.report, &shown.finished.report))
        });
    }
}

/// The fastest model of those with workers, whose timeline says most; else the
/// fastest.
fn default_shown(results: &Results) -> usize {
    let report = &results.finished.report;
    let workers = |at: &usize| report.results[*at].executor.kind().has_workers();
    let mut places = report.ranking.iter().map(|rank| rank.result);
    places.clone().find(workers).or_else(|| places.next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::ui::lab::state::Action;
    use crate::ui::lab::state::example::{opened, report, state};

    #[test]
    fn a_pinned_run_is_not_compared_with_itself() {
        let report = report();
        let pinned = state("", "").after(opened(&report)).after(Action::Pinned(true));
        assert_eq!(pinned.comparison, None);
        assert_eq!(pinned.after(opened(&report)).comparison, None);
        let mut other = report;
        other.environment.started_at = "2001-01-01T00:00:00.000Z".to_owned();
        assert!(pinned.after(opened(&other)).comparison.is_some());
    }
}
