//! What this browser, or this page as it was served, cannot do.

use super::Lack;
use super::names::listed;
use super::requests::NoAnswer;
use super::storage::StorageFlaw;
use crate::coded;
use crate::coded::Words;

coded! {
    /// What is not available.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Unavailable {
        /// Message channels.
        NoMessageChannels,
        /// The program that computes: it cannot be fetched.
        ProgramNotFetched {
            /// Its address.
            url: Words,
            /// Why.
            why: NoAnswer,
        },
        /// The program that computes: it cannot be compiled or loaded.
        ProgramNotLoaded {
            /// What the browser says.
            said: Words,
        },
        /// Workers, on this page.
        WorkersRefused {
            /// What the browser says.
            said: Words,
        },
        /// Storage, on a page that came by plain http.
        StorageNeedsHttps,
        /// Storage, at this moment.
        StorageInUse {
            /// What went wrong.
            flaw: StorageFlaw,
        },
        /// Storage at all.
        StorageForbidden {
            /// What went wrong.
            flaw: StorageFlaw,
        },
        /// A second run beside the first.
        Busy,
        /// A file to save.
        NoFile {
            /// What the browser says.
            said: Words,
        },
        /// Links, by which files are saved.
        NoLinks,
        /// A chart to save.
        NothingDrawn,
        /// A picture of a chart.
        ChartNotDrawn {
            /// What the browser says.
            said: Words,
        },
        /// A model of another program.
        ForeignModel {
            /// What it is called.
            title: Words,
        },
        /// A model of two stages, for a workload that has no two.
        NoStages {
            /// The model.
            model: Words,
            /// The workloads that have them.
            workloads: Vec<Words>,
        },
        /// A fault on purpose, on the page's own thread.
        NoSuchFaultHere,
        /// What a model, or a kind of requests, needs of the page.
        Lacking {
            /// What it is.
            lack: Lack,
        },
    }
}

impl Unavailable {
    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        let not_loaded = |what: &str| {
            format!("The compute program could not be loaded ({what}). Reload the page.")
        };
        let no_file = |what: &str| {
            format!(
                "This browser could not save the file ({what}). If the page is in a frame, open it \
                 in its own tab and try again."
            )
        };
        match self {
            Self::NoMessageChannels => "This browser has no message channels.".to_owned(),
            Self::ProgramNotFetched { url, why } => {
                not_loaded(&format!("{} for {url}", why.phrase()))
            }
            Self::ProgramNotLoaded { said } => not_loaded(said.as_str()),
            Self::WorkersRefused { said } => format!(
                "This page may not start workers here: {said}. Open it in a tab of its own."
            ),
            Self::StorageNeedsHttps => "This page was loaded over plain http, where browsers do \
                                        not let it store this. Open it over https, or choose timed \
                                        waits."
                .to_owned(),
            Self::StorageInUse { flaw } => format!(
                "This browser's storage cannot be used now ({}). If another tab runs requests of \
                 this kind, wait for it. Otherwise choose another kind.",
                flaw.phrase()
            ),
            Self::StorageForbidden { flaw } => format!(
                "Nothing can be stored here beforehand ({}). Open the page in a tab of its own, \
                 in a window that is not private, or choose another kind of requests.",
                flaw.phrase()
            ),
            Self::Busy => {
                "An experiment is running on this page. Wait for it, or cancel it.".to_owned()
            }
            Self::NoFile { said } => no_file(said.as_str()),
            Self::NoLinks => no_file("it has no links"),
            Self::NothingDrawn => {
                "There is no chart to save yet. Run the experiment first.".to_owned()
            }
            Self::ChartNotDrawn { said } => {
                format!("This browser did not draw the picture ({said}). Save it as SVG.")
            }
            Self::ForeignModel { title } => {
                format!(
                    "{title} is a model of another program, which this page cannot run. Choose \
                     one of this page's models."
                )
            }
            Self::NoStages { model, workloads } => format!(
                "{model} is for work that waits and then computes. Choose one of: {}.",
                listed(workloads, ", ")
            ),
            Self::NoSuchFaultHere => "This fault cannot happen on the page's own thread: the page \
                                      would be gone with it. Choose threads or processes, or another \
                                      fault."
                .to_owned(),
            Self::Lacking { lack } => lack.message(),
        }
    }
}
