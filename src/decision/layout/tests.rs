use super::super::TREE;
use super::*;

const WIDTHS: [f64; 8] = [0.0, 360.0, 640.0, 780.0, 900.0, 1080.0, 1600.0, 3840.0];

fn apart(a: &Rect, b: &Rect) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

#[test]
fn nothing_overlaps_at_any_width() {
    for width in WIDTHS {
        let chart = TreeLayout::of(&TREE, width);
        for (i, a) in chart.nodes.iter().enumerate() {
            for b in &chart.nodes[i + 1..] {
                let both = (a.node.id(), b.node.id());
                assert!(apart(&a.extent(), &b.extent()), "{both:?} at {width}");
            }
        }
    }
}

#[test]
fn everything_is_inside_the_bounds() {
    for width in WIDTHS {
        let chart = TreeLayout::of(&TREE, width);
        for node in &chart.nodes {
            let extent = node.extent();
            assert!(extent.x - BADGE_RADIUS >= 0.0 && extent.y >= 0.0, "{}", node.path);
            assert!(extent.right() <= chart.width && extent.bottom() <= chart.height);
        }
    }
}

#[test]
fn it_is_as_wide_as_asked_unless_the_words_need_more() {
    assert!((775.0..=780.0).contains(&TreeLayout::of(&TREE, 780.0).width));
    assert!((1075.0..=1080.0).contains(&TreeLayout::of(&TREE, 1080.0).width));
    let least = TreeLayout::of(&TREE, 0.0).width;
    assert!((400.0..=780.0).contains(&least), "{least}");
}

#[test]
fn lines_of_text_stay_inside_their_box() {
    for width in WIDTHS {
        for node in TreeLayout::of(&TREE, width).nodes {
            for line in &node.title {
                let right = line.x + text_width(&line.text, TITLE_PX * BOLD);
                assert!(right <= node.rect.right(), "{line:?} at {width}");
                assert!(line.y > node.rect.y && line.y < node.rect.bottom(), "{line:?}");
            }
            for line in &node.answer {
                let right = line.x + text_width(&line.text, ANSWER_PX * BOLD);
                assert!(right <= node.rect.right() && line.y < node.rect.y, "{line:?}");
            }
        }
    }
}

#[test]
fn no_word_is_lost() {
    for node in TreeLayout::of(&TREE, 780.0).nodes {
        let words: Vec<_> = node.title.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(words.join(" "), node.node.label());
    }
}

#[test]
fn every_line_joins_a_question_to_the_box_of_its_answer() {
    let chart = TreeLayout::of(&TREE, 780.0);
    assert_eq!(chart.edges.len(), chart.nodes.len() - 1);
    for edge in &chart.edges {
        let to = chart.nodes.iter().find(|node| node.path == edge.path).unwrap();
        let parent = edge.path.rsplit_once('.').map_or("", |(parent, _)| parent);
        let from = chart.nodes.iter().find(|node| node.path == parent).unwrap();
        assert_eq!(edge.from, (from.rect.right(), from.rect.middle()));
        assert_eq!(edge.to, (to.rect.x, to.rect.middle()));
        // Between the columns, where there is no box to cross.
        assert!(edge.from.0 < edge.to.0 && edge.d().starts_with('M'));
    }
}

#[test]
fn text_is_never_smaller_than_twelve_pixels() {
    const { assert!(TITLE_PX >= 12.0 && ANSWER_PX >= 12.0) };
}

#[test]
fn words_are_kept_whole_and_lines_within_their_width() {
    assert_eq!(wrap("one two three", 10.0, 0.0), ["one", "two", "three"]);
    assert_eq!(wrap("one two three", 10.0, 1000.0), ["one two three"]);
    for line in wrap("a somewhat longer sentence to break", 10.0, 80.0) {
        assert!(text_width(&line, 10.0) <= 80.0, "{line}");
    }
}
