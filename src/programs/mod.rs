//! Programs outside of the page: from a workload with its parameters and a model with its options,
//! the text of a complete program in Python or Rust that prints the same digest.
//!
//! | file | holds |
//! | --- | --- |
//! | [`flavour`] | the kinds of programs: Python's asyncio, Rust's rayon, … |
//! | [`program`] | the program itself, or why there is none |
//! | `shape` | what a workload waits for, and how it is cut |
//! | `constants` | parameters and options as constants at the top of a program |
//! | `assembly` | putting parts of source code together |
//! | `notes` | what a program says about itself |
//! | `python/`, `rust/` | which parts a program is made of, and the parts |
//!
//! The parts are source code themselves, in files that an editor can check.
//! `tests/programs` runs the programs and compares their digests with the page's.

mod assembly;
mod constants;
pub mod flavour;
pub mod no_program;
mod notes;
pub mod program;
mod python;
mod rust;
mod shape;

pub use flavour::Flavour;
pub use no_program::NoProgram;
pub use program::Program;
