//! The pages with advice: what a reader types is read, workloads are profiled and raced, and so are leaves of
//! the decision tree.

mod leaf_race;
mod map;
mod own_work;
mod profile;
mod profile_file;
mod race;
pub mod routed;
