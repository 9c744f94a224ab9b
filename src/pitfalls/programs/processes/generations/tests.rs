use super::*;

fn all(is_guarded: bool, paths: &[&str]) -> Generations {
    let began = paths.iter().zip(1..).map(|(path, ms)| ((*path).to_owned(), f64::from(ms)));
    Generations { is_guarded, began: began.collect() }
}

fn full() -> Generations {
    let paths = [
        "1", "2", "1.1", "2.1", "1.2", "2.2", "1.1.1", "1.1.2", "2.1.1", "1.2.1", "1.2.2", "2.1.2",
        "2.2.1", "2.2.2",
    ];
    all(false, &paths)
}

#[test]
fn without_a_guard_each_generation_doubles() {
    let full = full();
    assert_eq!(full.sizes(), [2, 4, 8]);
    assert_eq!(full.began.len(), most_workers() as usize);
    assert!(!full.is_one());
    assert_eq!(
        full.sentence(),
        "The page started 2 workers. There were 14 workers: 2 + 4 + 8 in 3 generations. The last \
         one began after 14.0 ms."
    );
}

#[test]
fn with_a_guard_there_is_one_generation() {
    let guarded = all(true, &["1", "2"]);
    assert!(guarded.is_one());
    assert_eq!(
        guarded.sentence(),
        "The page started 2 workers, and they started none. The last one began after 2.00 ms."
    );
}

#[test]
fn boxes_lie_side_by_side_and_within_the_drawing() {
    for width in [300.0, 900.0] {
        let tree = full().tree(width);
        assert_eq!((tree.boxes.len(), tree.lines.len()), (15, 14));
        for one in &tree.boxes {
            assert!(one.x >= 0.0 && one.x + tree.box_width <= width, "{one:?}");
            assert!(one.y >= 0.0 && one.y + BOX_HEIGHT <= tree.height, "{one:?}");
            let overlaps = |other: &&TreeBox| {
                other.x == one.x && (other.y - one.y).abs() < BOX_HEIGHT && other.path != one.path
            };
            assert_eq!(tree.boxes.iter().find(overlaps), None);
        }
    }
}

#[test]
fn every_line_begins_and_ends_at_a_box() {
    let tree = full().tree(320.0);
    for [from, to] in &tree.lines {
        let begins = |one: &TreeBox| (one.x + tree.box_width, one.y + BOX_HEIGHT / 2.0) == *from;
        let ends = |one: &TreeBox| (one.x, one.y + BOX_HEIGHT / 2.0) == *to;
        assert!(tree.boxes.iter().any(begins) && tree.boxes.iter().any(ends), "{from:?} {to:?}");
    }
}

#[test]
fn the_tree_in_words_names_every_worker() {
    let lines = full().tree(320.0).lines_of_text();
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0], "The page started 1 and 2");
    assert_eq!(lines[1], "Worker 1 started 1.1 and 1.2");
    let text = lines.join("; ");
    for (path, _) in full().began {
        assert!(text.contains(&path), "{text} does not name {path}");
    }
}

/// A child's word may overtake its parent's.
#[test]
fn a_worker_is_drawn_below_a_parent_that_has_not_reported() {
    let tree = all(false, &["1", "2.1"]).tree(320.0);
    let paths: Vec<_> = tree.boxes.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["", "1", "2", "2.1"]);
    let none = all(false, &[]).tree(320.0);
    assert_eq!((none.boxes.len(), none.lines.len()), (1, 0));
}

/// The script bounds itself, whoever starts it.
#[test]
fn the_script_has_the_same_bounds() {
    let script = include_str!("../../../../../www/pitfalls/program.js");
    assert!(script.contains(&format!("const CHILDREN = {CHILDREN};")));
    assert!(script.contains(&format!("const GENERATIONS = {GENERATIONS};")));
}
