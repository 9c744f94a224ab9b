use super::*;
use proptest::prelude::*;

coded! {
    /// A shape.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Shape {
        /// A point.
        Point,
        /// Something with every type of figure.
        All {
            /// A count.
            the_count: u64,
            /// A number.
            number: f64,
            /// A text.
            text: Words,
            /// Texts.
            texts: Vec<Words>,
            /// A shape.
            inner: Inner,
            /// Not always there.
            maybe: Option<u64>,
        },
    }
}

coded! {
    /// A shape within one.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Inner {
        /// Round.
        Round { /// How much.
            by: u64, },
    }
}

fn all(maybe: Option<u64>) -> Shape {
    Shape::All {
        the_count: u64::MAX,
        number: 0.1,
        text: "ä\"".into(),
        texts: vec!["a".into(), "b".into()],
        inner: Inner::Round { by: 3 },
        maybe,
    }
}

#[test]
fn coded_values_survive_messages_and_json() {
    for shape in [Shape::Point, all(None), all(Some(7))] {
        let record = shape.record();
        let bytes = postcard::to_allocvec(&record).expect("can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(record.clone()));
        assert_eq!(Shape::from_record(&record).as_ref(), Some(&shape));
        let text = json!(record.figures_to_json()).to_string();
        let figures: Map<String, Value> = serde_json::from_str(&text).expect("can be read");
        let again = Record::from_json(&record.code, &figures).expect("is within bounds");
        assert_eq!(Shape::from_record(&again), Some(shape));
    }
    assert_eq!((Shape::CODES, Inner::CODES), (&["Point", "All"][..], &["Round"][..]));
}

#[test]
fn figures_are_spelled_as_json_spells_them() {
    let figures = all(None).record().figures_to_json();
    assert_eq!(figures["theCount"], json!(u64::MAX.to_string()));
    assert_eq!(figures["inner"], json!({ "code": "Round", "figures": { "by": 3 } }));
    assert_eq!(figures.get("maybe"), None);
}

#[test]
fn records_of_others_are_refused() {
    let known = |code: &str, figures: Value| {
        let record = Record::from_json(code, figures.as_object().expect("an object"));
        record.and_then(|record| Shape::from_record(&record))
    };
    assert_eq!(known("Point", json!({})), Some(Shape::Point));
    assert_eq!(known("Line", json!({})), None);
    assert_eq!(known("All", json!({ "theCount": 1 })), None);
    assert_eq!(known("All", json!({ "theCount": -1 })), None);
    assert_eq!(known("Point", json!({ "x": "a".repeat(MAX_WORDS + 1) })), None);
    assert_eq!(known("Point", json!({ "x": null })), None);
}

#[test]
fn words_are_bounded() {
    let long = Words::from("é".repeat(MAX_WORDS + 1));
    assert_eq!(long.as_str().chars().count(), MAX_WORDS);
    assert!(long.as_str().ends_with('…'));
    assert_eq!(Words::from("é".repeat(MAX_WORDS)).as_str(), "é".repeat(MAX_WORDS));
}

proptest! {
    #[test]
    fn cut_texts_are_as_long_as_they_may_be(text in ".{0,20}", max in 1usize..20) {
        let mut short = text.clone();
        cut(&mut short, max);
        prop_assert_eq!(short.chars().count(), text.chars().count().min(max));
        prop_assert_eq!(short == text, text.chars().count() <= max);
    }
}
