//! What all charts are printed with: a frame that measures its width and offers the chart as a
//! file, and parts that several have.

pub mod dots;
pub mod framed;
pub mod parts;
pub mod tools;
