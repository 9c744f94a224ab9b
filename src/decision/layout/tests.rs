use super::super::TREE;
use super::*;

const WIDTHS: [f64; 8] = [0.0, 360.0, 640.0, 780.0, 900.0, 1080.0, 1600.0, 3840.0];

/// A path with a figure at each of its answers, some of them long.
fn figures(path: &str) -> Vec<EdgeFigure> {
    let texts = ["99.7% computing", "1.23 ms on 1.93 cores", "free-threaded", "0.5% of computing"];
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let figure = |(end, text): (usize, &str)| EdgeFigure {
        path: path[..end].to_owned(),
        text: text.to_owned(),
    };
    ends.zip(texts).map(figure).collect()
}

/// The diagram at every width: without figures, and with those of two paths.
fn charts() -> Vec<(f64, TreeLayout)> {
    let all = [vec![], figures("cpu.one.bytecode.light"), figures("io.thousands")];
    let at =
        |width: f64| all.iter().map(move |figures| (width, TreeLayout::of(&TREE, width, figures)));
    WIDTHS.into_iter().flat_map(at).collect()
}

fn apart(a: &Rect, b: &Rect) -> bool {
    a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y
}

#[test]
fn nothing_overlaps_at_any_width() {
    for (width, chart) in charts() {
        for (i, a) in chart.nodes.iter().enumerate() {
            for b in &chart.nodes[i + 1..] {
                let both = (a.node.id(), b.node.id());
                assert!(apart(&a.extent(), &b.extent()), "{both:?} at {width}");
            }
        }
    }
}

/// Where a line of text is at most.
fn extent(line: &Line, size_px: f64) -> Rect {
    let width = text_width(&line.text, size_px * BOLD);
    Rect { x: line.x, y: line.y - size_px, width, height: size_px }
}

#[test]
fn no_words_are_over_others() {
    for (width, chart) in charts() {
        let of = |node: &ChartNode| {
            let above = node.answer.iter().chain(&node.figure).map(|line| extent(line, ANSWER_PX));
            above.chain(node.title.iter().map(|line| extent(line, TITLE_PX))).collect::<Vec<_>>()
        };
        let words: Vec<_> = chart.nodes.iter().flat_map(of).collect();
        for (at, word) in words.iter().enumerate() {
            assert!(word.x >= 0.0 && word.y >= 0.0, "{word:?} at {width}");
            assert!(word.right() <= chart.width && word.bottom() <= chart.height, "{word:?}");
            let over = words[at + 1..].iter().find(|other| !apart(word, other));
            assert_eq!(over, None, "{word:?} at {width}");
        }
    }
}

#[test]
fn figures_stand_between_their_answer_and_the_box_it_leads_to() {
    let given = figures("cpu.one.native");
    let chart = TreeLayout::of(&TREE, 1080.0, &given);
    for node in &chart.nodes {
        let words: Vec<_> = node.figure.iter().map(|line| line.text.as_str()).collect();
        let wanted = given.iter().find(|figure| figure.path == node.path);
        assert_eq!(words.join(" "), wanted.map_or("", |figure| figure.text.as_str()));
        for line in &node.figure {
            assert!(node.answer.iter().all(|answer| answer.y < line.y) && line.y < node.rect.y);
        }
    }
}

#[test]
fn everything_is_inside_the_bounds() {
    for (_, chart) in charts() {
        for node in &chart.nodes {
            let extent = node.extent();
            assert!(extent.x - BADGE_RADIUS >= 0.0 && extent.y >= 0.0, "{}", node.path);
            assert!(extent.right() <= chart.width && extent.bottom() <= chart.height);
        }
    }
}

#[test]
fn it_is_as_wide_as_asked_unless_the_words_need_more() {
    assert!((775.0..=780.0).contains(&TreeLayout::of(&TREE, 780.0, &[]).width));
    assert!((1075.0..=1080.0).contains(&TreeLayout::of(&TREE, 1080.0, &[]).width));
    let least = TreeLayout::of(&TREE, 0.0, &[]).width;
    assert!((400.0..=780.0).contains(&least), "{least}");
}

#[test]
fn lines_of_text_stay_inside_their_box() {
    for (width, chart) in charts() {
        for node in chart.nodes {
            for line in &node.title {
                let right = line.x + text_width(&line.text, TITLE_PX * BOLD);
                assert!(right <= node.rect.right(), "{line:?} at {width}");
                assert!(line.y > node.rect.y && line.y < node.rect.bottom(), "{line:?}");
            }
            for line in node.answer.iter().chain(&node.figure) {
                let right = line.x + text_width(&line.text, ANSWER_PX * BOLD);
                assert!(right <= node.rect.right() && line.y < node.rect.y, "{line:?}");
            }
        }
    }
}

#[test]
fn no_word_is_lost() {
    for node in TreeLayout::of(&TREE, 780.0, &[]).nodes {
        let words: Vec<_> = node.title.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(words.join(" "), node.node.label());
    }
}

#[test]
fn every_line_joins_a_question_to_the_box_of_its_answer() {
    let chart = TreeLayout::of(&TREE, 780.0, &[]);
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
