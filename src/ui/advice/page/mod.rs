//! The pages with advice: what a reader types is read, workloads are profiled and raced, and so are leaves of
//! the decision tree.

pub mod leaf_race;
pub mod own_work;
pub mod profile;
mod profile_file;
mod race;
