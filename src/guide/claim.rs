//! A claim of the article, and whether a run confirms it.

use super::block;
use super::figure::Figure;
use super::measured::Measurements;
use super::problem::Problem;
use super::quoting::QuotingText;
use serde::{Deserialize, Serialize};

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id, of its own among claims.
    pub id: String,
    /// The article's section.
    pub section: String,
    /// What it says.
    pub says: String,
    /// What is run to test it, as the lab's links have it.
    pub run: Option<String>,
    /// The figure that tells.
    pub measure: Option<Figure>,
    /// Figures that confirm it.
    pub confirmed: Option<Bounds>,
    /// Figures that refute it. What does neither is not clear.
    pub refuted: Option<Bounds>,
    /// What came out, with its figures.
    pub because: Option<QuotingText>,
    /// Why it cannot be tested here.
    pub untestable: Option<String>,
    /// The figure, and where it was measured, if not here.
    pub measured: Option<String>,
    /// What is so today, where the article is out of date or wrong.
    pub today: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// Where that is said.
    pub source: Option<String>,
}

/// Figures from one on, or below one, or between two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The least.
    pub from: Option<f64>,
    /// All are below this.
    pub below: Option<f64>,
}

/// What a run says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimVerdict {
    /// It is so here.
    Confirmed,
    /// It is not so here.
    Refuted,
    /// The figure is between the two, or was not measured.
    NotClear,
}

impl ClaimVerdict {
    /// The verdict in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed here",
            Self::Refuted => "Refuted here",
            Self::NotClear => "Not clear here",
        }
    }

    /// The word in the page's markup.
    pub fn id(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refuted => "refuted",
            Self::NotClear => "not-clear",
        }
    }
}

impl Bounds {
    fn holds(self, value: f64) -> bool {
        self.from.is_none_or(|from| value >= from) && self.below.is_none_or(|below| value < below)
    }

    fn ends(self) -> (f64, f64) {
        (self.from.unwrap_or(f64::NEG_INFINITY), self.below.unwrap_or(f64::INFINITY))
    }
}

impl Claim {
    /// Whether it is tested, or says why not, and what confirms it is apart from what refutes it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), Problem> {
        let (Some(run), Some(measure), Some(because)) = (&self.run, self.measure, &self.because)
        else {
            let says_why = self.untestable.is_some() && self.run.is_none();
            return if says_why { Ok(()) } else { Err(Problem::Untested) };
        };
        if self.untestable.is_some() {
            return Err(Problem::Untested);
        }
        let models = block::checked(run)?.executors.len();
        measure.check(models)?;
        because.check(models)?;
        match (self.confirmed, self.refuted) {
            (None, None) => Err(Problem::Untested),
            (Some(confirmed), Some(refuted)) => {
                let ((least, most), (low, high)) = (confirmed.ends(), refuted.ends());
                match high < least || most < low {
                    true => Ok(()),
                    false => Err(Problem::BoundsOverlap),
                }
            }
            _ => Ok(()),
        }
    }

    /// What `run` says of it.
    pub fn verdict(&self, run: &Measurements) -> ClaimVerdict {
        let value = self.measure.and_then(|figure| figure.value(run));
        let is_in = |bounds: Option<Bounds>| {
            bounds.zip(value).is_some_and(|(bounds, value)| bounds.holds(value))
        };
        match (is_in(self.confirmed), is_in(self.refuted)) {
            (true, _) => ClaimVerdict::Confirmed,
            (_, true) => ClaimVerdict::Refuted,
            _ => ClaimVerdict::NotClear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::measured::ModelMeasurements;
    use super::*;

    fn claim(confirmed: Bounds, refuted: Bounds) -> Claim {
        Claim {
            id: "overlap".into(),
            section: "When to Use Multithreading".into(),
            says: "Threads overlap waiting.".into(),
            run: Some("workload=requests&models=main-thread,threads:12".into()),
            measure: Figure::parse("speedup 2 1").ok(),
            confirmed: Some(confirmed),
            refuted: Some(refuted),
            because: QuotingText::parse("It was {speedup 2 1}.").ok(),
            untestable: None,
            measured: None,
            today: None,
            since: None,
            source: None,
        }
    }

    fn from(from: f64) -> Bounds {
        Bounds { from: Some(from), below: None }
    }

    fn below(below: f64) -> Bounds {
        Bounds { from: None, below: Some(below) }
    }

    #[test]
    fn a_run_confirms_refutes_or_leaves_it_open() {
        let claim = claim(from(4.0), below(2.0));
        assert_eq!(claim.check(), Ok(()));
        let run = |ms| {
            let of = |median_ms| ModelMeasurements { median_ms, ..ModelMeasurements::default() };
            Measurements { models: vec![of(Some(100.0)), of(ms)], cores: None }
        };
        assert_eq!(claim.verdict(&run(Some(10.0))), ClaimVerdict::Confirmed);
        assert_eq!(claim.verdict(&run(Some(30.0))), ClaimVerdict::NotClear);
        assert_eq!(claim.verdict(&run(Some(90.0))), ClaimVerdict::Refuted);
        assert_eq!(claim.verdict(&run(None)), ClaimVerdict::NotClear);
    }

    #[test]
    fn bounds_that_touch_are_refused() {
        assert_eq!(claim(from(2.0), below(2.0)).check(), Err(Problem::BoundsOverlap));
        assert_eq!(claim(below(3.0), from(2.0)).check(), Err(Problem::BoundsOverlap));
    }

    #[test]
    fn a_claim_is_tested_or_says_why_not() {
        let tested = claim(from(2.0), below(1.0));
        let untestable = Claim { untestable: Some("No files here.".into()), ..tested.clone() };
        assert_eq!(untestable.check(), Err(Problem::Untested));
        assert_eq!(Claim { run: None, ..untestable }.check(), Ok(()));
        assert_eq!(Claim { run: None, ..tested.clone() }.check(), Err(Problem::Untested));
        let open = Claim { confirmed: None, refuted: None, ..tested };
        assert_eq!(open.check(), Err(Problem::Untested));
    }
}
