//! The decision tree: which concurrency model suits which work.
//!
//! | file | holds |
//! | --- | --- |
//! | [`tree`] | what a question, an answer and a leaf are |
//! | [`content`] | the tree itself, in words |
//! | [`lab_link`] | links to the experiments that show a leaf |
//! | [`race`] | the experiment that puts a leaf to the test |
//! | [`path`] | the answers given so far, and the link that carries them |
//! | [`layout`] | where the diagram's boxes, lines and words go |
//! | [`prose`] | sentences with code in them |
//!
//! Invariants, each with a test: every path ends at a leaf, no two nodes share
//! an id, and every link opens an experiment that the lab accepts.

pub mod content;
pub mod lab_link;
pub mod layout;
pub mod path;
pub mod prose;
pub mod race;
pub mod tree;

pub use content::TREE;
pub use lab_link::LabLink;
pub use layout::TreeLayout;
pub use path::{PathError, Walk};
pub use race::Race;
pub use tree::{Answer, Leaf, Model, Node, Question, leaves};
