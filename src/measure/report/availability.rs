//! Whether the page has what it needs, and if not, why not.

use crate::coded::Coded;
use crate::failure::{Failure, Lack, Result, Unavailable};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Whether the page has something that it needs, and if not, why not.
#[derive(Clone, Debug, PartialEq)]
pub enum Availability {
    /// It has.
    Available,
    /// It has not.
    Lacking(Lack),
}

impl Availability {
    /// Whether it is available.
    pub fn is_available(&self) -> bool {
        *self == Self::Available
    }

    /// Why it is not, and what to do, for a person.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Available => None,
            Self::Lacking(lack) => Some(lack.message()),
        }
    }

    /// Nothing, where it is available.
    ///
    /// # Errors
    /// `Unavailable` with the reason, where it is not.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Available => Ok(()),
            Self::Lacking(lack) => Err(Failure::from(Unavailable::Lacking { lack: lack.clone() })),
        }
    }
}

impl Serialize for Availability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("available", &self.is_available())?;
        map.serialize_entry("reason", &self.reason())?;
        if let Self::Lacking(lack) = self {
            let record = lack.record();
            map.serialize_entry("code", &record.code)?;
            map.serialize_entry("figures", &record.figures_to_json())?;
        }
        map.end()
    }
}
