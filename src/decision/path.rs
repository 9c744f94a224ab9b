//! The answers given so far, and the link that carries them.

use super::tree::{Answer, Leaf, Node, Question};
use std::fmt;

/// Longest path that is read, in bytes; several times the longest there is.
pub const MAX_LEN: usize = 128;
/// What stands between two answers in a link.
pub const SEPARATOR: char = '.';

/// A question and the answer it was given.
#[derive(Clone, Copy, Debug)]
pub struct PathStep {
    /// What was asked.
    pub question: &'static Question,
    /// What was answered.
    pub answer: &'static Answer,
}

/// A way through the tree, from its first question to where the answers lead.
#[derive(Clone, Debug)]
pub struct Walk {
    root: &'static Question,
    steps: Vec<PathStep>,
}

/// Two walks are the same when they are of one tree and gave the same answers.
impl PartialEq for Walk {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.root, other.root)
            && self
                .steps
                .iter()
                .map(|step| step.answer.id)
                .eq(other.steps.iter().map(|step| step.answer.id))
    }
}

/// Why a path is not one through the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// It is longer than [`MAX_LEN`] and was not read.
    TooLong {
        /// Its length in bytes.
        len: usize,
    },
    /// The question has no such answer.
    UnknownAnswer {
        /// What was asked.
        question: &'static str,
        /// What was given, at most [`MAX_LEN`] bytes of it.
        given: String,
        /// The ids of the answers there are.
        known: Vec<&'static str>,
    },
    /// It goes on after a leaf.
    PastTheEnd {
        /// The leaf's title.
        leaf: &'static str,
        /// The first answer too many.
        given: String,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { len } => {
                write!(f, "The path has {len} bytes; the limit is {MAX_LEN}.")
            }
            Self::UnknownAnswer { question, given, known } => {
                let known = known.join(" or ");
                write!(f, "“{given}” is not an answer to “{question}” Use {known}.")
            }
            Self::PastTheEnd { leaf, given } => {
                write!(f, "The path has already ended at “{leaf}”. Leave out “{given}”.")
            }
        }
    }
}

impl std::error::Error for PathError {}

impl Walk {
    /// A walk that stands at the first question.
    pub fn start(root: &'static Question) -> Self {
        Self { root, steps: Vec::new() }
    }

    /// The walk that `text`, such as `io.thousands`, describes; empty text is
    /// the start.
    ///
    /// # Errors
    /// A [`PathError`] where it leads nowhere in this tree.
    pub fn parse(root: &'static Question, text: &str) -> Result<Self, PathError> {
        if text.len() > MAX_LEN {
            return Err(PathError::TooLong { len: text.len() });
        }
        let mut walk = Self::start(root);
        if !text.is_empty() {
            for id in text.split(SEPARATOR) {
                walk = walk.answered(id)?;
            }
        }
        Ok(walk)
    }

    /// The walk one answer further on.
    ///
    /// # Errors
    /// `UnknownAnswer` where the question has none by this id, `PastTheEnd`
    /// where nothing is asked any more.
    pub fn answered(mut self, id: &str) -> Result<Self, PathError> {
        let given = || id.chars().take(MAX_LEN / 4).collect();
        match self.here() {
            Node::Leaf(leaf) => Err(PathError::PastTheEnd { leaf: leaf.title, given: given() }),
            Node::Question(question) => match question.answer(id) {
                Some(answer) => {
                    self.steps.push(PathStep { question, answer });
                    Ok(self)
                }
                None => Err(PathError::UnknownAnswer {
                    question: question.text,
                    given: given(),
                    known: question.answers.iter().map(|answer| answer.id).collect(),
                }),
            },
        }
    }

    /// The walk up to the question of step `step`, so that it can be answered
    /// anew. The answers from there on are dropped: they were given to
    /// questions that may not be asked any more.
    pub fn back_to(mut self, step: usize) -> Self {
        self.steps.truncate(step);
        self
    }

    /// The walk with another answer to step `step`, and without the later ones.
    ///
    /// # Errors
    /// As [`Walk::answered`].
    pub fn changed(self, step: usize, id: &str) -> Result<Self, PathError> {
        self.back_to(step).answered(id)
    }

    /// Where the answers lead.
    pub fn here(&self) -> Node {
        self.steps.last().map_or(Node::Question(self.root), |step| step.answer.next)
    }

    /// The steps so far.
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// Whether there is nothing more to ask.
    pub fn is_complete(&self) -> bool {
        self.leaf().is_some()
    }

    /// The leaf, where the walk has come to one.
    pub fn leaf(&self) -> Option<&'static Leaf> {
        match self.here() {
            Node::Leaf(leaf) => Some(leaf),
            Node::Question(_) => None,
        }
    }

    /// The path as links spell it; empty at the start.
    pub fn text(&self) -> String {
        let ids: Vec<_> = self.steps.iter().map(|step| step.answer.id).collect();
        ids.join(&SEPARATOR.to_string())
    }

    /// Where the walk stands, in a sentence for those who cannot see it.
    pub fn announcement(&self) -> String {
        match self.here() {
            Node::Question(question) => {
                format!("Question {}: {}", self.steps.len() + 1, question.text)
            }
            Node::Leaf(leaf) => format!("Advice: {}.", leaf.title),
        }
    }

    /// Where a node stands in relation to this walk.
    pub fn mark(&self, node: Node) -> Mark {
        if node.id() == self.here().id() {
            Mark::Here
        } else if self.steps.iter().any(|step| step.question.id == node.id()) {
            Mark::Passed
        } else if contains(self.here(), node) {
            Mark::Ahead
        } else {
            Mark::Aside
        }
    }
}

/// Where a node stands in relation to a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The walk went through it.
    Passed,
    /// The walk stands here.
    Here,
    /// The walk can still come to it.
    Ahead,
    /// The answers have ruled it out.
    Aside,
}

impl Mark {
    /// Whether the node is on the path.
    pub fn is_on_path(self) -> bool {
        matches!(self, Self::Passed | Self::Here)
    }

    /// What it is called in the names of styles.
    pub fn id(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Here => "here",
            Self::Ahead => "ahead",
            Self::Aside => "aside",
        }
    }
}

fn contains(tree: Node, node: Node) -> bool {
    tree.id() == node.id() || tree.answers().iter().any(|answer| contains(answer.next, node))
}

/// The link to a path; `""` is the start.
pub fn href(path: &str) -> String {
    if path.is_empty() { "#/decide".to_owned() } else { format!("#/decide?path={path}") }
}

/// The path of the answer `id` to the question at `path`.
pub fn joined(path: &str, id: &str) -> String {
    if path.is_empty() { id.to_owned() } else { format!("{path}{SEPARATOR}{id}") }
}

#[cfg(test)]
mod tests;
