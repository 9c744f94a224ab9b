//! A row of calls, each a line from when it began to when it was answered.

/// A call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CallLine {
    /// When it began, in ms.
    pub start_ms: f64,
    /// When it was answered, in ms, if it was.
    pub end_ms: Option<f64>,
}

/// A row of calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallsRow {
    /// The calls that have begun, by their numbers.
    lines: Vec<Option<CallLine>>,
    /// The time that has passed, in ms.
    pub now_ms: f64,
    /// How long all of them took, in ms, once they are over.
    pub took_ms: Option<f64>,
}

impl CallsRow {
    /// Notes that `call` began or was answered.
    pub fn note(&mut self, call: usize, is_answered: bool, at_ms: f64) {
        if self.lines.len() <= call {
            self.lines.resize(call + 1, None);
        }
        let line = self.lines[call].get_or_insert(CallLine { start_ms: at_ms, end_ms: None });
        if is_answered {
            line.end_ms = Some(at_ms);
        }
        self.now_ms = self.now_ms.max(at_ms);
    }

    /// How many calls were answered.
    pub fn answered(&self) -> usize {
        self.lines.iter().flatten().filter(|line| line.end_ms.is_some()).count()
    }

    /// Where each call is in a row that shows so many ms: its number, where it begins and how long
    /// it is, as parts of the row.
    pub fn placed(&self, shown_ms: f64) -> Vec<(usize, f64, f64)> {
        let place = |(call, line): (usize, &Option<CallLine>)| {
            let line = (*line)?;
            let end_ms = line.end_ms.unwrap_or(self.now_ms).max(line.start_ms);
            Some((call, line.start_ms / shown_ms, (end_ms - line.start_ms) / shown_ms))
        };
        self.lines.iter().enumerate().filter_map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_grow_until_they_are_answered() {
        let mut row = CallsRow::default();
        row.note(0, false, 0.0);
        row.now_ms = 50.0;
        assert_eq!((row.placed(200.0), row.answered()), (vec![(0, 0.0, 0.25)], 0));
        row.note(0, true, 60.0);
        row.note(1, false, 60.0);
        row.now_ms = 100.0;
        assert_eq!(row.placed(200.0), [(0, 0.0, 0.3), (1, 0.3, 0.2)]);
        assert_eq!(row.answered(), 1);
    }
}
