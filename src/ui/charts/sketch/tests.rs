use super::*;
use proptest::prelude::*;

#[test]
fn it_begins_flat_and_keeps_its_bounds() {
    let mut sketch = Sketch::flat(4);
    assert_eq!(sketch.speedups(), [1.0; 4]);
    sketch.set(2, 1.8);
    sketch.set(3, 9.0);
    sketch.set(4, -1.0);
    assert_eq!(sketch.speedups(), [1.0, 1.8, 4.0, 0.1]);
    for (workers, speedup) in [(1, 3.0), (0, 3.0), (5, 3.0), (2, f64::NAN)] {
        sketch.set(workers, speedup);
    }
    assert_eq!(sketch.speedups(), [1.0, 1.8, 4.0, 0.1]);
    assert_eq!((sketch.speedup(2), sketch.speedup(0), sketch.speedup(5)), (Some(1.8), None, None));
}

#[test]
fn keys_nudge_it() {
    let mut sketch = Sketch::flat(4);
    sketch.nudge(3, 0.5);
    sketch.nudge(3, 0.25);
    sketch.nudge(2, -5.0);
    sketch.nudge(9, 1.0);
    assert_eq!(sketch.speedups(), [1.0, 0.1, 1.75, 1.0]);
}

#[test]
fn a_fast_hand_skips_nothing() {
    let (pad, mut sketch) = (Pad::new(8, 400.0), Sketch::flat(8));
    sketch.drag(&pad, pad.place(2, 2.0), pad.place(6, 4.0));
    let expected = [1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 1.0, 1.0];
    for (found, expected) in sketch.speedups().iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{sketch:?}");
    }
    // Back again, and then straight up: a click is a drag without a way.
    sketch.drag(&pad, pad.place(6, 4.0), pad.place(5, 1.0));
    sketch.drag(&pad, pad.place(8, 5.0), pad.place(8, 5.0));
    let tail: Vec<_> = sketch.speedups()[4..].iter().map(|s| (s * 1e6).round() / 1e6).collect();
    assert_eq!(tail, [1.0, 4.0, 1.0, 5.0]);
}

#[test]
fn a_click_beside_a_worker_count_is_meant_for_it() {
    let (pad, mut sketch) = (Pad::new(4, 400.0), Sketch::flat(4));
    let (x, y) = pad.place(3, 2.0);
    sketch.drag(&pad, (x + 20.0, y), (x + 20.0, y));
    assert!((sketch.speedups()[2] - 2.0).abs() < 1e-9, "{sketch:?}");
    assert_eq!(pad.nearest(x + 20.0), 3);
}

proptest! {
    #[test]
    fn wherever_one_drags_it_stays_a_curve(
        workers in 1u32..=32,
        width in 0f64..2_000.0,
        places in prop::collection::vec((-500f64..2_500.0, -500f64..900.0), 2..8),
    ) {
        let (pad, mut sketch) = (Pad::new(workers, width), Sketch::flat(workers));
        for pair in places.windows(2) {
            sketch.drag(&pad, pair[0], pair[1]);
        }
        let most = f64::from(workers);
        prop_assert_eq!(sketch.speedups().len(), workers as usize);
        prop_assert_eq!(sketch.speedups()[0], 1.0);
        prop_assert!(sketch.speedups().iter().all(|speedup| (LEAST..=most).contains(speedup)));
    }
}
