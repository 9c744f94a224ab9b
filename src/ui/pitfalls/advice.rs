//! The way from a pitfall to the decision tree.

use crate::decision::{Leaf, TREE, Walk, path};
use crate::pitfalls::definition::Pitfall;

/// The leaf that advises the model which `pitfall` is about, and the link to it.
pub fn advice(pitfall: &Pitfall) -> Option<(&'static Leaf, String)> {
    let text = pitfall.advice?;
    let leaf = Walk::parse(&TREE, text).ok()?.leaf()?;
    Some((leaf, path::href(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::content;
    use crate::pitfalls::id::PitfallId;

    #[test]
    fn every_path_leads_to_a_leaf() {
        for pitfall in content::ALL {
            assert_eq!(advice(pitfall).is_some(), pitfall.advice.is_some(), "{}", pitfall.id.id());
        }
        let starved = content::pitfall(PitfallId::StarvedEventLoop).expect("it has a text");
        let (leaf, href) = advice(starved).expect("it has advice");
        assert_eq!((leaf.title, href.as_str()), ("Event loop", "#/decide?path=io.thousands"));
        assert!(leaf.python.contains("to_thread"), "{}", leaf.python);
    }
}
