//! What was measured of maps, and how far measuring is.

use crate::advice::boundary::Boundary;
use crate::failure::{Failure, FailureKind};
use crate::measure::format;
use crate::measure::model_map::{Cell, ModelMap, Place, Plan, Timing};
use crate::models::ExecutorKind;
use crate::ui::charts::model_map::why_without;
use crate::ui::experiment::rows::{self, Row};
use std::rc::Rc;

/// A map, as far as it is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredMap {
    /// The cells.
    pub map: Rc<ModelMap>,
    /// What the cost model says of them; why it says nothing, if it does not.
    pub predicted: Option<Result<Rc<Boundary>, Failure>>,
}

/// What measuring is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnderWay {
    Profiling,
    Measuring,
    Cancelling,
}

/// What the page of the map knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapState {
    /// Every map that was measured in this visit.
    maps: Vec<MeasuredMap>,
    under_way: Option<UnderWay>,
    failure: Option<Failure>,
    chosen: Option<Place>,
    /// Raised with each change that a drawing shows.
    version: usize,
}

/// What happens to it.
#[derive(Clone, Debug)]
pub enum MapEvent {
    /// Measuring a map begins; whether it is predicted first.
    Began(Plan, bool),
    /// It is predicted, or that failed.
    Predicted(Plan, Result<Boundary, Failure>),
    /// More of it is measured.
    Measured(ModelMap),
    /// The reader cancels.
    Cancelled,
    /// Measuring has ended.
    Ended(Option<Failure>),
    /// The reader chooses a cell.
    Chose(Place),
    /// Another map is shown.
    Turned,
}

impl MapState {
    /// What becomes of it.
    #[must_use]
    pub fn after(&self, event: MapEvent) -> Self {
        let mut next = self.clone();
        next.version += 1;
        match event {
            MapEvent::Began(plan, is_predicted_first) => {
                next.failure = None;
                next.under_way = Some(match is_predicted_first {
                    true => UnderWay::Profiling,
                    false => UnderWay::Measuring,
                });
                if next.of(&plan).is_none() {
                    let map = Rc::new(ModelMap::new(plan));
                    next.maps.push(MeasuredMap { map, predicted: None });
                }
            }
            MapEvent::Predicted(plan, predicted) => {
                if self.under_way == Some(UnderWay::Profiling) {
                    next.under_way = Some(UnderWay::Measuring);
                }
                if let Some(of) = next.of_mut(&plan) {
                    of.predicted = Some(predicted.map(Rc::new));
                }
            }
            MapEvent::Measured(map) => {
                if let Some(of) = next.of_mut(map.plan()) {
                    of.map = Rc::new(map);
                }
                if self.under_way == Some(UnderWay::Profiling) {
                    next.under_way = Some(UnderWay::Measuring);
                }
            }
            MapEvent::Cancelled => {
                next.under_way = self.under_way.map(|_| UnderWay::Cancelling);
            }
            MapEvent::Ended(failure) => {
                next.under_way = None;
                next.failure = failure;
            }
            MapEvent::Chose(place) => next.chosen = Some(place),
            MapEvent::Turned => {
                next.chosen = None;
                next.failure = None;
                // What runs for the other one is cancelled.
                next.under_way = self.under_way.map(|_| UnderWay::Cancelling);
            }
        }
        next
    }

    /// The same, with nothing under way: what was measured outlives the page that shows it.
    #[must_use]
    pub fn at_rest(&self) -> Self {
        Self { under_way: None, failure: None, ..self.clone() }
    }

    /// What was measured of a map.
    pub fn of(&self, plan: &Plan) -> Option<&MeasuredMap> {
        self.maps.iter().find(|one| one.map.plan() == plan)
    }

    fn of_mut(&mut self, plan: &Plan) -> Option<&mut MeasuredMap> {
        self.maps.iter_mut().find(|one| one.map.plan() == plan)
    }

    /// Whether a map is being measured.
    pub fn is_running(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether the reader has cancelled what still runs.
    pub fn is_cancelling(&self) -> bool {
        self.under_way == Some(UnderWay::Cancelling)
    }

    /// Why measuring ended early, unless the reader wanted that.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref().filter(|failure| failure.kind() != FailureKind::Cancelled)
    }

    /// The cell that the reader has chosen.
    pub fn chosen(&self) -> Option<Place> {
        self.chosen
    }

    /// Tells drawings apart.
    pub fn version(&self) -> usize {
        self.version
    }

    /// How far a map is, in a sentence.
    pub fn status(&self, plan: &Plan) -> String {
        let measured = self.of(plan).map_or(0, |of| of.map.measured());
        let cells = plan.cells();
        match self.under_way {
            Some(UnderWay::Cancelling) => return "Cancelling…".to_owned(),
            Some(UnderWay::Profiling) => {
                return "Measuring what the models cost on this machine…".to_owned();
            }
            Some(UnderWay::Measuring) => return "Measuring…".to_owned(),
            None => {}
        }
        match self.of(plan).map(|of| &of.map) {
            None => format!("Nothing is measured yet. The map has {cells} cells."),
            Some(map) if map.is_measured() => format!("All {cells} cells were measured."),
            Some(map) if map.is_refined() => format!(
                "{measured} of {cells} cells were measured. Each of the others lies between cells that had the same \
                 models ahead at first."
            ),
            Some(map) => {
                format!("{measured} of {cells} cells were measured so far{}.", to_confirm(map))
            }
        }
    }
}

impl MeasuredMap {
    /// The prediction, where there is one.
    pub fn boundary(&self) -> Option<&Rc<Boundary>> {
        self.predicted.as_ref()?.as_ref().ok()
    }

    /// How far the prediction agrees with the map, or why there is none, in a sentence; nothing before that is
    /// known.
    pub fn agreement(&self) -> Option<String> {
        if let Some(Err(failure)) = &self.predicted {
            return Some(format!("There is no prediction. {}", failure.message()));
        }
        let found = self.boundary()?.agreement(&self.map);
        if found.of == 0 {
            return None;
        }
        let part = format::percent(found.agreed as f64 / found.of as f64);
        Some(format!(
            "The advisor’s prediction has the same fastest model in {} of {} measured cells that are not too close to \
             call ({part}).",
            found.agreed, found.of
        ))
    }

    /// Which models are the fastest in the cells that were measured, in a sentence.
    pub fn summary(&self) -> String {
        let (close, clear): (Vec<_>, Vec<_>) =
            self.map.cells().map(|(_, cell)| cell).partition(|cell| cell.is_close());
        let count = |kind: ExecutorKind| {
            clear.iter().filter(|cell| cell.fastest().is_some_and(|(of, _)| of == kind)).count()
        };
        let models = self.map.plan().models().into_iter().map(|kind| (kind.title(), count(kind)));
        let all = models.chain([("too close to call", close.len())]);
        let said: Vec<_> = all
            .filter(|(_, cells)| *cells > 0)
            .map(|(title, cells)| format!("{title} {cells}"))
            .collect();
        match said.is_empty() {
            true => "Nothing is measured yet.".to_owned(),
            false => format!("Measured cells by their fastest model: {}.", said.join(", ")),
        }
    }

    /// What is known of a place, in a sentence.
    pub fn said_of(&self, place: Place) -> String {
        let shown = self.map.shown(place);
        let Some((at, cell, (fastest, _))) =
            shown.and_then(|(at, cell)| Some((at, cell, cell.fastest()?)))
        else {
            return "Not measured yet.".to_owned();
        };
        let rivals: Vec<_> = cell.rivals().iter().map(|kind| kind.in_text()).collect();
        let (rivals, is_clear) = (rivals.join(" and "), rivals.is_empty());
        let name = fastest.in_text();
        match (at == place, is_clear) {
            (true, true) => format!("{} {} the fastest.", fastest.at_start(), fastest.was()),
            (true, false) => format!("Too close to call between {name} and {rivals}."),
            (false, true) => format!(
                "Not measured itself. In the nearest cell that was, {name} {} the fastest.",
                fastest.was()
            ),
            (false, false) => format!(
                "Not measured itself. The nearest cell that was is too close to call between {name} and {rivals}."
            ),
        }
    }
}

/// How many cells are to be measured once more, after how many were measured.
pub fn to_confirm(map: &ModelMap) -> String {
    match map.unconfirmed() {
        0 => String::new(),
        cells => format!(", {cells} to measure again"),
    }
}

/// The models of a cell, the one that is the fastest marked by its bar.
pub fn cell_rows(cell: &Cell) -> Vec<Row> {
    let model = |(kind, timing): &(ExecutorKind, Timing)| {
        let without = why_without(timing);
        (kind.title().to_owned(), Some(*kind), timing.median_ms(), without)
    };
    rows::laid_out(cell.timings.iter().map(model).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::model_map::View;

    fn plan() -> Plan {
        Plan::new(View::Payload, ExecutorKind::ThreadsGil, 2)
    }

    fn with_a_cell() -> ModelMap {
        let mut map = ModelMap::new(plan());
        let ran = |kind, ms| (kind, Timing::Ran(vec![ms]));
        let timings = vec![
            ran(ExecutorKind::MainThread, 2.0),
            (ExecutorKind::ThreadsGil, Timing::FarSlower),
            ran(ExecutorKind::Processes, 1.0),
        ];
        map.note(Place { column: 3, row: 2 }, Cell::new(timings));
        map
    }

    #[test]
    fn it_says_how_far_it_is_and_keeps_what_was_measured() {
        let state = MapState::default();
        assert_eq!(state.status(&plan()), "Nothing is measured yet. The map has 425 cells.");
        let began = state.after(MapEvent::Began(plan(), true));
        assert!(began.is_running() && began.status(&plan()).starts_with("Measuring what"));
        let measuring = began.after(MapEvent::Measured(with_a_cell()));
        assert_eq!(measuring.status(&plan()), "Measuring…");
        let cancelling = measuring.after(MapEvent::Cancelled);
        assert!(cancelling.is_cancelling());
        let ended = cancelling.after(MapEvent::Ended(Some(Failure::cancelled())));
        assert_eq!(ended.failure(), None);
        assert_eq!(ended.status(&plan()), "1 of 425 cells were measured so far.");
        // Another map has nothing of it.
        let other = Plan::new(View::Waiting, ExecutorKind::ThreadsGil, 2);
        assert!(ended.of(&other).is_none());
        let again = ended.after(MapEvent::Began(plan(), false));
        assert_eq!(again.of(&plan()).map(|of| of.map.measured()), Some(1));
        assert_eq!(again.status(&plan()), "Measuring…");
        // Whoever turns to another map cancels the one that is measured.
        assert!(again.after(MapEvent::Turned).is_cancelling());
        assert!(!again.at_rest().is_running() && again.at_rest().of(&plan()).is_some());
        // What comes too late is nobody's.
        assert!(!ended.after(MapEvent::Cancelled).is_running());
    }

    #[test]
    fn cells_that_are_to_be_measured_once_more_are_counted() {
        let mut map = with_a_cell();
        assert_eq!(to_confirm(&map), "");
        let ran = |kind, ms| (kind, Timing::Ran(vec![ms]));
        let timings = vec![ran(ExecutorKind::MainThread, 1.2), ran(ExecutorKind::Processes, 1.0)];
        map.note(Place { column: 4, row: 2 }, Cell::new(timings));
        let state = MapState::default().after(MapEvent::Began(plan(), false));
        let ended = state.after(MapEvent::Measured(map)).after(MapEvent::Ended(None));
        let said = "2 of 425 cells were measured so far, 1 to measure again.";
        assert_eq!(ended.status(&plan()), said);
    }

    #[test]
    fn a_cell_is_shown_with_what_is_known_of_each_model() {
        let map = with_a_cell();
        let (_, cell) = map.cells().next().expect("there is one");
        let rows = cell_rows(cell);
        let times: Vec<_> = rows.iter().map(|row| row.time.as_str()).collect();
        assert_eq!(times, ["2.00 ms", "far slower in the cells around", "1.00 ms"]);
    }

    #[test]
    fn a_map_is_summed_up_by_the_areas_of_its_models() {
        let measured = MeasuredMap { map: Rc::new(with_a_cell()), predicted: None };
        assert_eq!(measured.summary(), "Measured cells by their fastest model: Processes 1.");
        let at = |column| measured.said_of(Place { column, row: 2 });
        assert_eq!(at(3), "Processes were the fastest.");
        assert!(at(9).starts_with("Not measured itself. In the nearest cell"), "{}", at(9));
        assert_eq!(measured.agreement(), None);
        let failed = Some(Err(Failure::cancelled()));
        let said = MeasuredMap { predicted: failed, ..measured }.agreement();
        assert!(said.is_some_and(|said| said.starts_with("There is no prediction. ")));
    }
}
