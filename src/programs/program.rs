//! The program of an experiment.

use super::flavour::Flavour;
use super::no_program::NoProgram;
use super::shape::{self, Wait};
use super::{python, rust};
use crate::highlight::Language;
use crate::models::Executor;
use crate::workloads::Workload;

/// A complete program that computes what the page computes, and prints the same digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// What its file is called: `primes_processes.py`.
    pub file_name: String,
    /// The language that it is in.
    pub language: Language,
    /// Its source code.
    pub text: String,
}

impl Program {
    /// The program of `flavour` that computes `workload` as `executor` does. Of the options, those
    /// that the flavour has are used.
    ///
    /// # Errors
    /// Why there is none.
    pub fn new(
        workload: &Workload,
        executor: &Executor,
        flavour: Flavour,
    ) -> Result<Self, NoProgram> {
        if executor.kind().is_foreign() {
            return Err(NoProgram::ForeignModel);
        }
        let wait = shape::wait(workload)?;
        let is_hybrid = [Flavour::PythonHybrid, Flavour::RustHybrid].contains(&flavour);
        if is_hybrid && !workload.id().has_stages() {
            return Err(NoProgram::NeedsStages);
        }
        if flavour == Flavour::RustTokio && wait == Wait::Nothing {
            return Err(NoProgram::OnlyComputes);
        }
        let stem = format!("{}_{}", workload.id().id().replace('-', "_"), flavour.id());
        let (file_name, text) = match flavour.language() {
            Language::Rust => (format!("{stem}.rs"), rust::text(workload, executor, flavour, wait)),
            _ => {
                let file_name = format!("{stem}.py");
                let text = python::text(workload, executor, flavour, wait, &file_name)?;
                (file_name, text)
            }
        };
        Ok(Self { file_name, language: flavour.language(), text })
    }
}
