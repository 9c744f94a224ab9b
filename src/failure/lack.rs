//! Features that the page needs and this browser, or the way the page is served, does not offer.

use crate::coded;
use crate::coded::Words;

coded! {
    /// What the page needs and does not have, and why.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Lack {
        /// Shared memory, on a page that came by plain http.
        SharedMemoryNeedsHttps,
        /// Shared memory, on a page that is not cross-origin isolated.
        NotIsolated,
        /// Workers.
        NoWorkers,
        /// The page's service worker, which is still starting.
        ServiceWorkerStarting,
        /// A service worker, on a page that came by plain http.
        ServiceWorkerNeedsHttps,
        /// A service worker, in a frame that allows none.
        ServiceWorkerInFrame,
        /// A service worker, in a window that allows none.
        ServiceWorkerNotAllowed,
        /// The page's service worker, which did not start.
        ServiceWorkerFailed {
            /// What the browser says.
            said: Words,
        },
        /// The page's service worker, which did not answer in time.
        ServiceWorkerLate,
        /// What a report of another program lacks, in its words.
        Foreign {
            /// What it says.
            said: Words,
        },
    }
}

impl Lack {
    /// What is missing and what to do, for a person.
    pub fn message(&self) -> String {
        let or_timed = |what: &str| format!("{what}, or choose timed waits.");
        match self {
            Self::SharedMemoryNeedsHttps => {
                "Shared memory needs https or localhost. Open the page there.".to_owned()
            }
            Self::NotIsolated => "Memory can be shared only on an isolated page, and this one was \
                                  served without the headers that isolate it. Open it in a tab of \
                                  its own, in a window that is not private."
                .to_owned(),
            Self::NoWorkers => "This browser has no workers.".to_owned(),
            Self::ServiceWorkerStarting => {
                "The page's service worker is still starting. Wait a moment.".to_owned()
            }
            Self::ServiceWorkerNeedsHttps => or_timed(
                "This page was loaded over plain http, and service workers need https. Open it \
                 over https",
            ),
            Self::ServiceWorkerInFrame => or_timed(
                "This page is in a frame that does not allow service workers. Open it in its own \
                 tab",
            ),
            Self::ServiceWorkerNotAllowed => or_timed(
                "This browser does not allow service workers here, as in a private window. Open \
                 the page in a normal window",
            ),
            Self::ServiceWorkerFailed { said } => format!(
                "{} The browser says: “{said}”",
                or_timed("The page's service worker could not start. Reload the page")
            ),
            Self::ServiceWorkerLate => {
                or_timed("The page's service worker did not answer in time. Reload the page")
            }
            Self::Foreign { said } => said.to_string(),
        }
    }
}
