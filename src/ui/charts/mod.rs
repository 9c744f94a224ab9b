//! The charts' geometry: where everything goes, for the width there is. Pure, and
//! natively tested; components only print it.

pub mod axis;
pub mod bars;
pub mod picture;
pub mod timeline;
