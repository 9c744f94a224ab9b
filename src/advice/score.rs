//! How often advice that was put to the test was right.

use super::trial::Verdict;
use crate::wording::counted;

/// How many tests came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Advice that was right.
    pub agreed: u32,
    /// Advice that was wrong.
    pub disagreed: u32,
    /// Too close to call.
    pub close: u32,
}

impl Score {
    /// Reads what [`Score::to_text`] wrote; nothing where it is something else.
    pub fn of_text(text: &str) -> Self {
        let numbers: Option<Vec<u32>> = text.split(' ').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some(&[agreed, disagreed, close]) => Self { agreed, disagreed, close },
            _ => Self::default(),
        }
    }

    /// As it is kept.
    pub fn to_text(self) -> String {
        format!("{} {} {}", self.agreed, self.disagreed, self.close)
    }

    /// With one test more.
    pub fn with(mut self, verdict: &Verdict) -> Self {
        let count = match verdict {
            Verdict::Agreed => &mut self.agreed,
            Verdict::TooClose => &mut self.close,
            Verdict::Disagreed { .. } => &mut self.disagreed,
        };
        *count = count.saturating_add(1);
        self
    }

    /// Whether nothing was tested.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// What it says.
    pub fn sentence(self) -> String {
        let all = [self.agreed, self.disagreed, self.close].into_iter().map(u64::from).sum::<u64>();
        format!(
            "Of {} so far, the advice was right in {}, wrong in {}, and {} too close to call.",
            counted(all, "test"),
            self.agreed,
            self.disagreed,
            if self.close == 1 { "1 was".to_owned() } else { format!("{} were", self.close) }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::ExecutorKind;

    #[test]
    fn the_score_counts_and_survives_being_kept() {
        let disagreed =
            Verdict::Disagreed { fastest: ExecutorKind::Processes, times: 2.0, why: None };
        let score =
            Score::default().with(&Verdict::Agreed).with(&disagreed).with(&Verdict::TooClose);
        assert_eq!(score, Score { agreed: 1, disagreed: 1, close: 1 });
        assert_eq!(Score::of_text(&score.to_text()), score);
        assert_eq!(
            score.sentence(),
            "Of 3 tests so far, the advice was right in 1, wrong in 1, and 1 was too close to call."
        );
        for wrong in ["", "1 2", "1 2 3 4", "a b c", "-1 0 0", "99999999999 0 0"] {
            assert!(Score::of_text(wrong).is_empty(), "{wrong}");
        }
    }
}
