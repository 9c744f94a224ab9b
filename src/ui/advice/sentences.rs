//! What the page says of an advice.

use crate::advice::recommendation::Certainty;
use crate::advice::{Advice, Lens};
use crate::decision::Model;
use crate::measure::format;

/// No likelihood is said to be greater.
const MOST_LIKELY: f64 = 0.99;

/// What a lens is called.
pub fn lens_title(lens: Lens) -> &'static str {
    match lens {
        Lens::Python => "Python",
        Lens::FreeThreaded => "Python, free-threaded",
        Lens::Rust => "Rust",
    }
}

/// What is advised, in a few words.
pub fn heading(advice: &Advice) -> String {
    match advice.leaf.model {
        Model::Machines => advice.leaf.title.to_owned(),
        Model::Lab(_) => advice.recommended.label(),
    }
}

/// What is advised and how sure that is, for those who cannot see it.
pub fn announcement(advice: &Advice) -> String {
    format!("{}. {}", heading(advice), certainty(advice.certainty))
}

/// How sure the advice is.
pub fn certainty(certainty: Certainty) -> String {
    // Nothing that is predicted is certain.
    let likely = format::percent(certainty.likelihood.min(MOST_LIKELY));
    match certainty.id() {
        "high" => format!("No other model should be faster ({likely} likely)."),
        "medium" => format!("Probably the fastest ({likely} likely)."),
        _ => format!("Too close to call: the chance that no other is faster is {likely}."),
    }
}

/// How much longer another model should take.
pub fn takes(times: f64) -> String {
    match format::times(times).as_str() {
        "1.00" => "as long as the advice".to_owned(),
        times => format!("{times}× as long as the advice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::{EvidencePath, advise};
    use crate::decision::{TREE, Walk};
    use crate::experiment::typed_number::NumberFormat;
    use crate::ui::advice::typed::TypedWork;

    fn advice(query: &str) -> Advice {
        let (work, refused) = TypedWork::of_link(query, 8, NumberFormat::default());
        assert_eq!(refused, []);
        advise(work.lens, work.evidence().expect("right"), None).expect("it takes time")
    }

    #[test]
    fn the_way_of_the_evidence_can_be_walked_in_the_tree() {
        for query in ["", "waitMs=500&computeMs=0", "computeMs=100000&tasks=100000000", "lens=rust"]
        {
            let advice = advice(query);
            let link = EvidencePath::of(&advice, String::new()).href();
            let path = link.strip_prefix("#/decide?path=").expect("it leads to the tree");
            let walk = Walk::parse(&TREE, path).expect("it is in the tree");
            assert_eq!(walk.here().label(), advice.leaf.title, "{query}");
        }
    }

    #[test]
    fn several_machines_are_named_where_one_is_too_small() {
        let advice = advice("computeMs=100000&tasks=100000000");
        assert_eq!(heading(&advice), advice.leaf.title);
        assert_eq!(advice.leaf.model, Model::Machines);
    }

    #[test]
    fn certainty_is_said_with_its_figure() {
        let said = |likelihood| certainty(Certainty { likelihood });
        assert_eq!(said(0.95), "No other model should be faster (95% likely).");
        assert_eq!(said(0.7), "Probably the fastest (70% likely).");
        assert!(said(1.0).contains("99%"), "{}", said(1.0));
        assert!(said(0.4).starts_with("Too close to call"), "{}", said(0.4));
        assert_eq!(takes(1.0), "as long as the advice");
        assert_eq!(takes(2.5), "2.50× as long as the advice");
    }
}
