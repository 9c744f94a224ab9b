//! The forms in which a report leaves the page.

use super::{csv, json, trace};
use crate::failure::{Failure, NameProblem, Result, names};
use crate::measure::report::Report;

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// All of it, to be opened again.
    Json,
    /// A row per sample.
    Csv,
    /// The timelines, as Chrome Trace Events.
    Trace,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Trace];

    /// The word for scripts.
    pub fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Trace => "trace",
        }
    }

    /// The form named `id`, for ids from outside.
    ///
    /// # Errors
    /// `InvalidInput` that lists the forms there are.
    pub fn named(id: &str) -> Result<Self> {
        let named = Self::ALL.into_iter().find(|format| format.id() == id);
        named.ok_or_else(|| {
            Failure::invalid(
                "format",
                NameProblem::NoSuchFormat { known: names(Self::ALL.map(Self::id)) },
            )
        })
    }

    /// The word on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Trace => "Trace",
        }
    }

    /// What it is for.
    pub fn help(self) -> &'static str {
        match self {
            Self::Json => "The whole report. It can be opened here again.",
            Self::Csv => "A row for each sample, for spreadsheets.",
            Self::Trace => "The timelines, for Perfetto (ui.perfetto.dev).",
        }
    }

    /// How the file's name ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Trace => "trace.json",
        }
    }

    /// The file's type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Json | Self::Trace => "application/json",
            Self::Csv => "text/csv",
        }
    }
}

/// A report in one of its forms.
pub fn write(report: &Report, format: Format) -> String {
    match format {
        Format::Json => json::write(report),
        Format::Csv => csv::write(report),
        Format::Trace => trace::write(report),
    }
}
