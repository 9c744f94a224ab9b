use super::*;
use crate::failure::{Failure, WorkerProblem};
use ExecutorKind::{MainThread, Processes, ThreadsGil};

fn plan(view: View) -> Plan {
    Plan::new(view, ThreadsGil, 2)
}

/// A cell in which each model took as long, in ms.
fn cell(times_ms: &[(ExecutorKind, f64)]) -> Cell {
    let ran = |(kind, ms): &(ExecutorKind, f64)| (*kind, Timing::Ran(vec![*ms, ms * 1.01]));
    Cell::new(times_ms.iter().map(ran).collect())
}

/// Processes are faster right of a line that leans.
fn truth(Place { column, row }: Place) -> ExecutorKind {
    if column > 6 + row / 2 { Processes } else { MainThread }
}

fn measured(place: Place) -> Cell {
    let fastest = truth(place);
    let ms = |kind| if kind == fastest { 1.0 } else { 1.5 };
    cell(&[(MainThread, ms(MainThread)), (ThreadsGil, 9.0), (Processes, ms(Processes))])
}

/// Measures until there is nothing left; how many cells that took.
fn measure(map: &mut ModelMap) -> usize {
    let before = map.measured();
    while let Some(NextCell { place, .. }) = map.next_cell() {
        map.note(place, measured(place));
    }
    map.measured() - before
}

#[test]
fn every_cell_is_an_experiment_within_bounds() {
    for view in View::ALL {
        for cores in [1, 2, 4, 8, 16, 32] {
            let plan = Plan::new(view, ThreadsGil, cores);
            for place in plan.places() {
                let experiment = plan.experiment(place).expect("within bounds");
                assert_eq!(experiment.executors.len(), plan.models().len());
                let most = experiment.executors.iter().map(|one| one.workers()).max();
                assert!(most <= Some(32), "{view:?} {cores}");
            }
            assert!(plan.across.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", plan.across);
            assert!(plan.up.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", plan.up);
        }
    }
}

#[test]
fn maps_of_two_free_figures_have_four_hundred_cells() {
    for view in [View::Payload, View::Waiting] {
        assert!(plan(view).cells() >= 400);
    }
    let plan = plan(View::Cores);
    let widths: Vec<_> = (0..plan.rows()).map(|row| plan.row_label(row)).collect();
    assert_eq!(widths, ["1", "2", "3", "4"]);
}

#[test]
fn the_first_picture_takes_few_cells_and_a_refined_one_is_right_everywhere() {
    let mut map = ModelMap::new(plan(View::Payload));
    let mut first = 0;
    while !map.has_picture() {
        let NextCell { place, contenders } = map.next_cell().expect("there is more to measure");
        if !map.has_picture() {
            assert_eq!(contenders.len(), 3, "all come into question");
            first += 1;
        }
        map.note(place, measured(place));
    }
    assert_eq!(first, 12);
    measure(&mut map);
    assert!(map.is_refined() && map.done() == 1.0);
    for place in map.plan().clone().places() {
        let (_, shown) = map.shown(place).expect("all is shown");
        assert_eq!(shown.fastest().map(|(kind, _)| kind), Some(truth(place)), "{place:?}");
    }
    assert!(map.measured() < map.plan().cells() / 2, "{}", map.measured());
}

#[test]
fn the_others_are_measured_where_they_are_asked_for() {
    let mut map = ModelMap::new(plan(View::Payload));
    measure(&mut map);
    assert_eq!(map.next_cell(), None);
    map.measure_on();
    assert!(map.done() < 1.0);
    assert!(measure(&mut map) > 0);
    assert!(map.is_measured() && map.done() == 1.0);
}

#[test]
fn what_is_far_slower_all_around_is_not_measured_again() {
    let mut map = ModelMap::new(plan(View::Payload));
    while map.measured() < 20 {
        let NextCell { place, contenders } = map.next_cell().expect("there is more to measure");
        if map.has_picture() {
            assert!(!contenders.contains(&ThreadsGil), "{contenders:?}");
            let nearest = map.shown(place).and_then(|(_, cell)| cell.fastest());
            assert_eq!(contenders.first().copied(), nearest.map(|(kind, _)| kind));
        }
        map.note(place, measured(place));
    }
}

#[test]
fn a_cell_is_close_where_samples_overlap_or_medians_nearly_do() {
    let clear = cell(&[(MainThread, 10.0), (Processes, 12.0)]);
    assert_eq!((clear.fastest(), clear.is_close()), (Some((MainThread, 10.05)), false));
    assert!(cell(&[(MainThread, 10.0), (Processes, 10.4)]).is_close());
    let wide = Cell::new(vec![
        (MainThread, Timing::Ran(vec![10.0, 10.0, 14.0])),
        (Processes, Timing::Ran(vec![13.0, 13.5, 14.0])),
    ]);
    assert_eq!(wide.rivals(), [Processes]);
    let alone = Cell::new(vec![
        (MainThread, Timing::AtLeast(30.0)),
        (ThreadsGil, Timing::Failed(Failure::from(WorkerProblem::Gone))),
        (Processes, Timing::Ran(vec![13.0])),
    ]);
    assert_eq!((alone.fastest(), alone.is_close()), (Some((Processes, 13.0)), false));
    assert_eq!(Cell::default().fastest(), None);
}

#[test]
fn a_cell_that_is_clear_by_a_little_is_measured_again_and_stays_clear_if_it_is_the_same() {
    let times_ms =
        |processes_ms: f64| [(MainThread, 12.0), (ThreadsGil, 40.0), (Processes, processes_ms)];
    // All cells are as good as alike, so that only those of the first picture are measured.
    for (later_ms, is_close) in [(10.0, false), (13.0, true)] {
        let mut map = ModelMap::new(plan(View::Payload));
        let (mut first, mut again) = (0, 0);
        while let Some(NextCell { place, contenders }) = map.next_cell() {
            let done = map.done();
            if map.cell(place).is_some() {
                again += 1;
                assert!(!map.is_refined() && map.has_picture());
                assert_eq!(contenders, [Processes, MainThread]);
                let all = cell(&times_ms(later_ms)).timings;
                let asked = all.into_iter().filter(|(kind, _)| contenders.contains(kind));
                map.note(place, Cell::new(asked.collect()));
                assert!(map.done() > done);
            } else {
                first += 1;
                map.note(place, cell(&times_ms(10.0)));
            }
        }
        assert_eq!((first, again), (12, 12));
        assert!(map.is_refined());
        for (_, cell) in map.cells() {
            assert_eq!(cell.is_close(), is_close);
            let samples = |kind| match cell.timing(kind) {
                Some(Timing::Ran(samples_ms)) => samples_ms.len(),
                _ => 0,
            };
            assert_eq!([MainThread, ThreadsGil, Processes].map(samples), [4, 2, 4]);
        }
    }
    // What is close, or clear by far, is not.
    assert!(cell(&[(MainThread, 10.0), (Processes, 10.2)]).to_confirm().is_empty());
    assert!(cell(&[(MainThread, 10.0), (Processes, 14.0)]).to_confirm().is_empty());
}

#[test]
fn views_are_read_by_their_words() {
    for view in View::ALL {
        assert_eq!(View::read(view.id()), Ok(view));
    }
    let refused = View::read("depth").expect_err("is none");
    assert_eq!(refused.message(), "view: give one of payload, waiting, cores; got \"depth\".");
}

#[test]
fn a_cell_is_said_with_its_figures() {
    let place = Place { column: 0, row: 0 };
    let said = View::ALL.map(|view| plan(view).described(place));
    assert_eq!(
        said,
        [
            "Task length 10.0 µs, payload of each task 4 KB",
            "Share of waiting 52%, calls at once 1",
            "Tasks 1, workers 1"
        ]
    );
}
