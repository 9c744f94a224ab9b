//! What a question, an answer and a leaf are.

use super::LabLink;
use crate::models::option::{OptionSpec, OptionValue};
use crate::models::{Executor, ExecutorKind};
use crate::programs::Flavour;

/// A question, with the answers that lead on from it.
///
/// Sentences may hold code between backticks, see [`super::prose`].
#[derive(Debug)]
pub struct Question {
    /// Its name in scripts and on the page's elements, unlike that of any other node.
    pub id: &'static str,
    /// The question in full.
    pub text: &'static str,
    /// The question in a few words, for the diagram.
    pub short: &'static str,
    /// How to find out the answer.
    pub how_to_find_out: &'static str,
    /// The answers, in the order in which they are offered; never fewer than two.
    pub answers: &'static [Answer],
}

/// An answer to a question.
#[derive(Debug)]
pub struct Answer {
    /// Its name in links, unlike that of any other answer to the same question.
    pub id: &'static str,
    /// The answer in a few words.
    pub label: &'static str,
    /// What it means, in a sentence.
    pub detail: &'static str,
    /// Where it leads.
    pub next: Node,
}

/// Advice: where a path through the tree ends.
#[derive(Debug)]
pub struct Leaf {
    /// Its name in scripts and on the page's elements, unlike that of any other node.
    pub id: &'static str,
    /// The advice in a few words.
    pub title: &'static str,
    /// Which model it advises.
    pub model: Model,
    /// Why.
    pub why: &'static str,
    /// Its name in Python, and how to use it there.
    pub python: &'static str,
    /// Its name in Rust, and how to use it there.
    pub rust: &'static str,
    /// What the lab shows of it, and what it does not.
    pub in_the_lab: &'static str,
    /// The experiments that show it; at least one.
    pub links: &'static [LabLink],
    /// The programs that do what it advises, the most usual one first.
    pub programs: &'static [Flavour],
    /// The options by which their model differs from its defaults.
    pub options: &'static [(&'static OptionSpec, OptionValue)],
}

impl Leaf {
    /// The model of a program, with the leaf's options: the one of `executors` that the program
    /// takes its options from, else that model `workers` wide.
    pub fn model_of(&self, flavour: Flavour, executors: &[Executor], workers: u32) -> Executor {
        let kind = flavour.model();
        let given = executors.iter().find(|one| one.kind() == kind).cloned();
        let mut executor = given.unwrap_or_else(|| Executor::new(kind, workers));
        self.set_options(&mut executor);
        executor
    }

    /// Gives `executor` the leaf's options.
    pub fn set_options(&self, executor: &mut Executor) {
        for (spec, value) in self.options {
            // A model that does not have the option stays as it is.
            let _ = executor.set(spec, *value);
        }
    }
}

/// The model that a leaf advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// One that the lab runs.
    Lab(ExecutorKind),
    /// Several machines, which no page can show.
    Machines,
}

impl Model {
    /// The id that names its colour.
    pub fn id(self) -> &'static str {
        match self {
            Self::Lab(kind) => kind.id(),
            Self::Machines => "machines",
        }
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lab(kind) => kind.title(),
            Self::Machines => "Several machines",
        }
    }
}

/// A place in the tree.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// There is more to ask.
    Question(&'static Question),
    /// There is nothing more to ask.
    Leaf(&'static Leaf),
}

impl Node {
    /// Its name in scripts and on the page's elements.
    pub fn id(self) -> &'static str {
        match self {
            Self::Question(question) => question.id,
            Self::Leaf(leaf) => leaf.id,
        }
    }

    /// What the diagram says in its box.
    pub fn label(self) -> &'static str {
        match self {
            Self::Question(question) => question.short,
            Self::Leaf(leaf) => leaf.title,
        }
    }

    /// The answers that lead on from here; none from a leaf.
    pub fn answers(self) -> &'static [Answer] {
        match self {
            Self::Question(question) => question.answers,
            Self::Leaf(_) => &[],
        }
    }
}

impl Question {
    /// The answer with this id.
    pub fn answer(&self, id: &str) -> Option<&'static Answer> {
        self.answers.iter().find(|answer| answer.id == id)
    }
}

/// The leaves below `root`, but for those behind answers called `without`.
pub fn leaves(root: &'static Question, without: &str) -> Vec<&'static Leaf> {
    let below = |answer: &'static Answer| match answer.next {
        Node::Leaf(leaf) => vec![leaf],
        Node::Question(question) => leaves(question, without),
    };
    root.answers.iter().filter(|answer| answer.id != without).flat_map(below).collect()
}
