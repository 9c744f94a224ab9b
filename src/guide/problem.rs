//! What may be wrong with the guide's files. Only whoever writes them sees it, when the site is
//! built.

use std::fmt;

/// What is wrong with a block or a text of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No figure is called so.
    NoSuchFigure(String),
    /// A brace is not closed.
    OpenBrace(String),
    /// A figure is of a model that the experiment does not have.
    NoSuchModel {
        /// The figure.
        figure: String,
        /// How many models there are.
        models: usize,
    },
    /// The query was refused.
    Refused(String),
    /// There are fewer choices than two.
    FewChoices,
    /// The choices do not go from the highest to the lowest, with a last one that has no bound.
    Choices,
    /// A claim is neither run nor said to be untestable, or both, or lacks its bounds.
    Untested,
    /// What confirms a claim also refutes it, or they touch.
    BoundsOverlap,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoSuchFigure(text) => write!(f, "there is no figure `{text}`"),
            Self::OpenBrace(text) => write!(f, "a brace is not closed in `{text}`"),
            Self::NoSuchModel { figure, models } => {
                write!(f, "`{figure}` is of a model that is not there: there are {models}")
            }
            Self::Refused(why) => write!(f, "the query is refused: {why}"),
            Self::FewChoices => f.write_str("give two choices at least"),
            Self::Choices => f.write_str(
                "give the choices from the highest to the lowest `from`; the last has none",
            ),
            Self::Untested => f.write_str(
                "give `run`, `measure`, `because` and `confirmed` or `refuted`, or `untestable`",
            ),
            Self::BoundsOverlap => f.write_str("`confirmed` and `refuted` must be apart"),
        }
    }
}

impl std::error::Error for Problem {}
