//! Prints advice, and the fields of what it is about.

pub mod card;
pub mod fields;
pub mod lens_choice;
pub mod map_cell;
pub mod refused;
