//! What does sharing cost? The same light sum over arrays of 64 KB to 256 MB, in every
//! way in which data can get to whoever adds it up.
//!
//! | file | subject |
//! | --- | --- |
//! | `way` | the ways, and the model with its options for each |
//! | `plan` | the experiments |
//! | `costs` | what they come to, and where moving overtakes the sum |

mod costs;
mod plan;
mod way;

#[cfg(test)]
pub use costs::costs;
pub use costs::{Cost, Costs, Overtaking, Row};
pub use plan::{SIZES, SharingStep, steps};
pub use way::{WORKERS, Way};
