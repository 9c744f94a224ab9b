//! The pages by their addresses. Everything is behind `#`, so that it works under
//! any sub-path and inside a frame.

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The lab, with the query that says what to run.
    Lab(String),
    /// The decision tree, with the answers so far.
    Decide(String),
    /// An address that leads nowhere.
    Unknown(String),
}

impl Route {
    /// The page behind `#`.
    pub fn parse(hash: &str) -> Self {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        match path.trim_matches('/') {
            "" | "lab" => Self::Lab(query.to_owned()),
            "decide" => {
                let path = query.split('&').find_map(|pair| pair.strip_prefix("path="));
                Self::Decide(path.unwrap_or_default().to_owned())
            }
            other => Self::Unknown(other.to_owned()),
        }
    }

    /// What stands behind `#` for this page.
    pub fn hash(&self) -> String {
        match self {
            Self::Lab(query) if query.is_empty() => "/lab".to_owned(),
            Self::Lab(query) => format!("/lab?{query}"),
            Self::Decide(path) if path.is_empty() => "/decide".to_owned(),
            Self::Decide(path) => format!("/decide?path={path}"),
            Self::Unknown(path) => format!("/{path}"),
        }
    }
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
        assert_eq!(Route::parse(""), Route::Lab(String::new()));
        assert_eq!(Route::parse("/lab?workload=primes"), Route::Lab("workload=primes".into()));
        assert_eq!(Route::parse("/decide"), Route::Decide(String::new()));
        assert_eq!(Route::parse("/decide?path=io.hundreds"), Route::Decide("io.hundreds".into()));
        assert_eq!(Route::parse("/nowhere"), Route::Unknown("nowhere".into()));
    }

    #[test]
    fn a_page_leads_back_to_its_address() {
        for hash in ["/lab", "/lab?workload=primes&count=5", "/decide", "/decide?path=cpu"] {
            assert_eq!(Route::parse(hash).hash(), hash);
        }
    }

    #[test]
    fn embedding_is_asked_for_by_name() {
        assert!(is_embedded("?embed=1"));
        assert!(is_embedded("?workload=primes&embed=1"));
        assert!(!is_embedded("?embed=0"));
        assert!(!is_embedded(""));
    }
}
