//! The pages with advice: what a reader types is read, workloads are profiled and raced.

pub mod map;
pub mod own_work;
pub mod profile;
mod profile_file;
mod race;
