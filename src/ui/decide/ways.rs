//! The ways to advice: by questions, by what a reader says, by a profile, by a map.

use yew::prelude::*;

/// A way to advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Questions, one after the other.
    Questions,
    /// Work that the reader describes.
    OwnWork,
    /// A workload that is profiled here.
    Profile,
    /// A map of where one model overtakes another.
    Map,
}

impl Way {
    const ALL: [Self; 4] = [Self::Questions, Self::OwnWork, Self::Profile, Self::Map];

    fn title(self) -> &'static str {
        match self {
            Self::Questions => "Answer questions",
            Self::OwnWork => "Describe your work",
            Self::Profile => "Profile a workload",
            Self::Map => "Map of models",
        }
    }

    fn href(self) -> &'static str {
        match self {
            Self::Questions => "#/decide",
            Self::OwnWork => "#/decide/own-work",
            Self::Profile => "#/decide/profile",
            Self::Map => "#/decide/map",
        }
    }
}

/// Links to all of them. The one to the page that is shown carries its `query`, so that what the reader has
/// given there stays.
pub fn ways(here: Way, query: &str) -> Html {
    let link = |way: Way| {
        let current = (way == here).then_some("page");
        let href = match current.filter(|_| !query.is_empty()) {
            Some(_) => format!("{}?{query}", way.href()),
            None => way.href().to_owned(),
        };
        html! { <li><a class="button" {href} aria-current={current}>{ way.title() }</a></li> }
    };
    html! {
        <nav class="decide-ways" aria-label="How to get advice">
            <ul>{ for Way::ALL.map(link) }</ul>
        </nav>
    }
}
