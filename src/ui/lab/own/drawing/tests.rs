use super::*;
use proptest::prelude::*;

fn size(attributes: &str) -> [u32; 2] {
    let svg = format!("<svg xmlns='x' {attributes}><rect width='7'/></svg>");
    Drawing::of(&svg).expect("is one").size("a").expect("can be drawn")
}

#[test]
fn a_drawing_is_as_large_as_it_says_or_has_the_shape_of_its_view_box() {
    assert_eq!(size("width='30' height = \"20px\""), [30, 20]);
    assert_eq!(size("width='1in' height='2.54cm' viewBox='0 0 5 9'"), [96, 96]);
    assert_eq!(size("viewBox='0 0 200 100'"), [1024, 512]);
    assert_eq!(size("width='100%' height='100%' viewBox='-5,-5 , 10 20'"), [512, 1024]);
    assert_eq!(size("width='50' viewBox='0 0 2 1'"), [50, 25]);
    assert_eq!(size("height='50' viewBox='0 0 2 1'"), [100, 50]);
    assert_eq!(size("viewBox='0 0 0 9'"), [1024, 1024]);
    assert_eq!(size(""), [1024, 1024]);
}

#[test]
fn what_is_before_the_root_is_skipped() {
    let svg = "\u{FEFF}<?xml version='1.0'?>\n<!-- <svg width='1'> -->\n\
               <!DOCTYPE svg [ <!ENTITY a '>'> ]>\n<svg a='>' width='3' height='4'/>";
    let drawing = Drawing::of(svg).expect("is one");
    assert_eq!(drawing.size("a"), Ok([3, 4]));
    let sized = drawing.sized([3, 4], [6, 8]);
    assert!(
        sized.ends_with("<svg a='>' width=\"6\" height=\"8\" viewBox=\"0 0 3 4\"/>"),
        "{sized}"
    );
    for other in ["", "<html><svg></svg></html>", "<svgs>", "<svg", "no", "<!--", "<!a["] {
        assert!(Drawing::of(other).is_none(), "{other}");
    }
}

#[test]
fn a_drawing_that_is_too_thin_is_refused_by_name() {
    let svg = "<svg viewBox='0 0 1 100000'/>";
    let failure = Drawing::of(svg).expect("is one").size("thin.svg").expect_err("too thin");
    assert!(failure.message().starts_with("“thin.svg” measures 0.01024 × 1024 px"), "{failure}");
}

proptest! {
    #[test]
    fn a_sized_drawing_has_that_size(
        attributes in "( (width|height|viewBox|a)=['\"][0-9a-z %.]{0,8}['\"]){0,4}",
        size in [1u32..5000, 1u32..5000],
    ) {
        let svg = format!("<svg{attributes}><g/></svg>");
        if let Some(drawing) = Drawing::of(&svg) {
            let sized = drawing.sized([10, 20], size);
            let again = Drawing::of(&sized).expect("is one still");
            prop_assert_eq!(again.size("a"), Ok(size), "{}", sized);
            prop_assert!(sized.ends_with("><g/></svg>"));
        }
    }

    #[test]
    fn arbitrary_svg_never_panics(text in "[<>svg!?/=\"'\\[\\]a-c é-]{0,60}", rest in ".{0,40}") {
        for text in [text.clone(), format!("<svg {text}{rest}"), rest] {
            if let Some(drawing) = Drawing::of(&text) {
                let _ = drawing.size("a");
                drawing.sized([1, 1], [2, 2]);
            }
        }
    }
}
