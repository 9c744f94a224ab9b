//! Why an experiment has no program.

use std::fmt;

/// Why there is no program for an experiment, or none of this flavour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoProgram {
    /// It works on a file of the reader's own.
    OwnFile,
    /// It asks addresses of the reader's own.
    OwnAddresses,
    /// The model is another program's.
    ForeignModel,
    /// A pipeline is for tasks that wait and then compute.
    NeedsStages,
    /// Tokio is for tasks that wait.
    OnlyComputes,
    /// One of its tasks fails on purpose.
    Faults,
    /// The text has characters that Rust takes for letters, and Python may not.
    OtherLetters,
}

impl fmt::Display for NoProgram {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::OwnFile => {
                "There is no program for your own file: it stays in this page. Choose generated \
                 data to get one."
            }
            Self::OwnAddresses => {
                "There is no program for your own addresses: their answers change, so there is no \
                 digest to compare. Choose another kind of request to get one."
            }
            Self::ForeignModel => {
                "There is no program for this model: another program measured it."
            }
            Self::NeedsStages => {
                "There is no program for a pipeline here: it is for tasks that wait and then \
                 compute. Choose the workload “Pipeline” or “Custom” to get one."
            }
            Self::OnlyComputes => {
                "There is no program with Tokio here: it is for tasks that wait, and these only \
                 compute. In Rust, rayon is for those."
            }
            Self::Faults => "There is no program for faults on purpose.",
            Self::OtherLetters => {
                "There is no Python program for this text: it has characters that count as \
                 letters on this page, and may not in Python."
            }
        })
    }
}
