//! The pages by their addresses. Everything is behind `#`, so that it works under
//! any sub-path and inside a frame.

use crate::experiment::link;
use crate::guide::contents::{CHAPTERS, chapter};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    Start,
    /// The lab, with the query that says what to run.
    Lab(String),
    /// The decision tree, with the answers so far.
    Decide(String),
    /// Advice on work that a reader describes, with the query that describes it.
    OwnWork(String),
    /// Advice on a workload that is profiled, with the query that names it.
    Profile(String),
    /// A map of where one model overtakes another, with the query that says which.
    Map(String),
    /// The cheatsheet.
    Cheatsheet,
    /// A chapter of the guide, by its id.
    Guide(String),
    /// The glossary, with the term that is looked up.
    Glossary(String),
    /// The pitfalls: one by its name, or their list where that is empty.
    Pitfalls(String),
    /// The primitives of `threading`: one by its name, or their list where that is empty.
    Primitives(String),
    /// An address that leads nowhere.
    Unknown(String),
}

impl Route {
    /// The page behind `#`. An address that leads nowhere as it stands is taken for one
    /// that was escaped once too often, or has the end of a sentence behind it.
    pub fn parse(hash: &str) -> Self {
        let as_it_stands = Self::named(hash);
        if !as_it_stands.leads_nowhere() {
            return as_it_stands;
        }
        let decoded = link::decoded(hash);
        let mended = match decoded.contains('?') {
            true => decoded.as_str(),
            false => link::without_punctuation(&decoded),
        };
        match Self::named(mended) {
            mended if mended.leads_nowhere() => as_it_stands,
            found => found,
        }
    }

    fn leads_nowhere(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::Guide(name) => chapter(name).is_none(),
            _ => false,
        }
    }

    /// The page that is opened by an address, whose two parts these are. One that says behind `?`
    /// what to run, or that the page is in a frame, leads to the lab, as it did when that was all
    /// there was.
    pub fn opened_by(search: &str, hash: &str) -> Self {
        match Self::parse(hash) {
            Self::Start if is_embedded(search) || asks_for_an_experiment(search) => {
                Self::Lab(String::new())
            }
            route => route,
        }
    }

    /// Whether what stands behind `#` is a page's address: it begins with a slash. Anything
    /// else is a place on the page that is shown.
    pub fn is_address(hash: &str) -> bool {
        hash.is_empty() || link::decoded(hash).starts_with('/')
    }

    fn named(hash: &str) -> Self {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        match path.trim_matches('/') {
            "" if query.is_empty() => Self::Start,
            "" | "lab" => Self::Lab(query.to_owned()),
            "decide" => {
                let path = query.split('&').find_map(|pair| pair.strip_prefix("path="));
                Self::Decide(path.unwrap_or_default().to_owned())
            }
            "decide/own-work" => Self::OwnWork(query.to_owned()),
            "decide/profile" => Self::Profile(query.to_owned()),
            "decide/map" => Self::Map(query.to_owned()),
            "cheatsheet" => Self::Cheatsheet,
            "pitfalls" => Self::Pitfalls(String::new()),
            "primitives" => Self::Primitives(String::new()),
            "guide" => Self::Guide(CHAPTERS[0].id.to_owned()),
            "glossary" => Self::Glossary(String::new()),
            other => match other.split_once('/') {
                Some(("guide", chapter)) => Self::Guide(chapter.to_owned()),
                Some(("glossary", term)) => Self::Glossary(term.to_owned()),
                Some(("pitfalls", name)) => Self::Pitfalls(name.to_owned()),
                Some(("primitives", name)) => Self::Primitives(name.to_owned()),
                _ => Self::Unknown(other.to_owned()),
            },
        }
    }

    /// What the page is called.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Lab(_) => "Lab",
            Self::Decide(_) => "Decide",
            Self::OwnWork(_) => "Describe your work",
            Self::Profile(_) => "Profile a workload",
            Self::Map(_) => "Map of models",
            Self::Cheatsheet => "Cheatsheet",
            Self::Guide(name) => chapter(name).map_or("Learn", |entry| entry.title),
            Self::Glossary(_) => "Glossary",
            Self::Pitfalls(_) => "Break things",
            Self::Primitives(_) => "Primitives",
            Self::Unknown(_) => "Not found",
        }
    }

    /// Whether it begins at its top and moves the focus to what it is about by itself.
    pub fn takes_focus(&self) -> bool {
        match self {
            Self::Decide(_) => true,
            Self::Glossary(name) | Self::Pitfalls(name) | Self::Primitives(name) => {
                !name.is_empty()
            }
            _ => false,
        }
    }

    /// Whether it is one of the pages with advice.
    pub fn is_about_deciding(&self) -> bool {
        matches!(self, Self::Decide(_) | Self::OwnWork(_) | Self::Profile(_) | Self::Map(_))
    }

    /// What stands behind `#` for this page.
    pub fn hash(&self) -> String {
        match self {
            Self::Start => "/".to_owned(),
            Self::Lab(query) => with_query("/lab", query),
            Self::Decide(path) if path.is_empty() => "/decide".to_owned(),
            Self::Decide(path) => format!("/decide?path={path}"),
            Self::OwnWork(query) => with_query("/decide/own-work", query),
            Self::Profile(query) => with_query("/decide/profile", query),
            Self::Map(query) => with_query("/decide/map", query),
            Self::Cheatsheet => "/cheatsheet".to_owned(),
            Self::Guide(chapter) => format!("/guide/{chapter}"),
            Self::Glossary(term) if term.is_empty() => "/glossary".to_owned(),
            Self::Glossary(term) => format!("/glossary/{term}"),
            Self::Pitfalls(name) if name.is_empty() => "/pitfalls".to_owned(),
            Self::Pitfalls(name) => format!("/pitfalls/{name}"),
            Self::Primitives(name) if name.is_empty() => "/primitives".to_owned(),
            Self::Primitives(name) => format!("/primitives/{name}"),
            Self::Unknown(path) => format!("/{path}"),
        }
    }
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Whether a query says what to run. What trackers add says nothing.
fn asks_for_an_experiment(search: &str) -> bool {
    let search = search.trim_start_matches('?');
    // A query that is too long is refused in the lab.
    link::pairs(search).map_or(true, |pairs| !pairs.is_empty()) || link::shown(search).is_some()
}

/// Whether a query asks for the lab alone, without navigation: `embed=1`.
pub fn is_embedded(search: &str) -> bool {
    search.trim_start_matches('?').split('&').any(|pair| pair == "embed=1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_pages() {
        for first in ["", "/"] {
            assert_eq!(Route::parse(first), Route::Start);
        }
        assert_eq!(Route::parse("/?workload=primes"), Route::Lab("workload=primes".into()));
        assert_eq!(Route::parse("/guide/the-gil"), Route::Guide("the-gil".into()));
        assert_eq!(Route::parse("/guide"), Route::Guide("waiting-and-computing".into()));
        assert_eq!(Route::parse("/glossary"), Route::Glossary(String::new()));
        assert_eq!(Route::parse("/glossary/gil"), Route::Glossary("gil".into()));
        assert_eq!(Route::parse("/lab?workload=primes"), Route::Lab("workload=primes".into()));
        assert_eq!(Route::parse("/decide"), Route::Decide(String::new()));
        assert_eq!(Route::parse("/decide?path=io.hundreds"), Route::Decide("io.hundreds".into()));
        assert_eq!(Route::parse("/pitfalls"), Route::Pitfalls(String::new()));
        assert_eq!(Route::parse("/pitfalls/"), Route::Pitfalls(String::new()));
        assert_eq!(Route::parse("/pitfalls/lost-update"), Route::Pitfalls("lost-update".into()));
        assert_eq!(Route::parse("/nowhere"), Route::Unknown("nowhere".into()));
    }

    #[test]
    fn damaged_addresses_lead_to_their_pages() {
        let lab = Route::Lab("workload=primes&models=threads:4".into());
        for damaged in [
            "/lab%3Fworkload%3Dprimes%26models%3Dthreads%3A4",
            "%2Flab%3Fworkload%3Dprimes%26models%3Dthreads%3A4",
            "/lab%253Fworkload%253Dprimes%2526models%253Dthreads%253A4",
        ] {
            assert_eq!(Route::parse(damaged), lab);
            assert!(Route::is_address(damaged));
        }
        for damaged in ["/lab)", "/lab.", "/lab%E2%80%9D", "/%6Cab"] {
            assert_eq!(Route::parse(damaged), Route::Lab(String::new()));
        }
        assert_eq!(Route::parse("/decide)."), Route::Decide(String::new()));
        assert_eq!(Route::parse("/guide/the-gil)."), Route::Guide("the-gil".into()));
        assert_eq!(Route::parse("/guide/no-chapter"), Route::Guide("no-chapter".into()));
        assert_eq!(
            Route::parse("/decide%3Fpath%3Dio.hundreds"),
            Route::Decide("io.hundreds".into())
        );
        assert!(Route::is_address("") && !Route::is_address("main"));
        assert_eq!(Route::parse("/no%77here"), Route::Unknown("no%77here".into()));
    }

    #[test]
    fn a_page_leads_back_to_its_address() {
        for hash in [
            "/",
            "/lab",
            "/lab?workload=primes&count=5",
            "/decide",
            "/decide?path=cpu",
            "/decide/own-work",
            "/decide/own-work?tasks=5&lens=rust",
            "/decide/profile",
            "/decide/profile?workload=primes",
            "/decide/map",
            "/decide/map?view=waiting&threads=threads",
            "/cheatsheet",
            "/guide/the-gil",
            "/glossary",
            "/glossary/gil",
            "/pitfalls",
            "/pitfalls/main-guard",
            "/primitives",
            "/primitives/lock",
        ] {
            assert_eq!(Route::parse(hash).hash(), hash);
        }
    }

    #[test]
    fn addresses_that_led_to_the_lab_still_do() {
        for search in ["?embed=1", "?workload=primes", "?show=table", "?models=threads:4&embed=1"] {
            for hash in ["", "/"] {
                assert_eq!(Route::opened_by(search, hash), Route::Lab(String::new()), "{search}");
            }
        }
        for search in ["", "?", "?utm_source=course", "?fbclid=1"] {
            assert_eq!(Route::opened_by(search, ""), Route::Start, "{search}");
        }
        assert_eq!(Route::opened_by("?workload=primes", "/decide"), Route::Decide(String::new()));
    }

    #[test]
    fn embedding_is_asked_for_by_name() {
        assert!(is_embedded("?embed=1"));
        assert!(is_embedded("?workload=primes&embed=1"));
        assert!(!is_embedded("?embed=0"));
        assert!(!is_embedded(""));
    }
}
