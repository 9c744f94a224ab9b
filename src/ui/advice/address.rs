//! The address of a page whose fields write it: which of its queries the reader has followed.

/// Tells links that the reader follows from queries that the page itself writes into the address.
#[derive(Debug, Default)]
pub struct FollowedLinks {
    seen: String,
    written: Option<String>,
    count: u32,
}

impl FollowedLinks {
    /// The page opens with `query`.
    pub fn opened(query: &str) -> Self {
        Self { seen: query.to_owned(), ..Self::default() }
    }

    /// The page writes `query` into the address, which its fields say already.
    pub fn write(&mut self, query: &str) {
        self.written = Some(query.to_owned());
    }

    /// The address says `query`. How many links the reader has followed since the page was opened.
    pub fn see(&mut self, query: &str) -> u32 {
        if self.seen != query {
            self.seen = query.to_owned();
            if self.written.as_deref() != Some(query) {
                self.written = None;
                self.count += 1;
            }
        }
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_writes_is_no_link_that_is_followed() {
        let mut links = FollowedLinks::opened("");
        assert_eq!(links.see(""), 0);
        for query in ["tasks=1", "tasks=12"] {
            links.write(query);
            assert_eq!(links.see(query), 0);
        }
        // The address without a query is another link, and so is what was written before it.
        assert_eq!(links.see(""), 1);
        assert_eq!(links.see(""), 1);
        assert_eq!(links.see("tasks=12"), 2);
        assert_eq!(links.see("tasks=3"), 3);
    }
}
