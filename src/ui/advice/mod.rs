//! Advice with its reasons: on work that a reader describes, and on a workload that is profiled.
//!
//! | module | holds |
//! | --- | --- |
//! | [`address`] | which links to a page are followed whose fields write its address |
//! | [`typed`] | work as a reader types it, and the link that holds it |
//! | [`map`] | the map of where one model overtakes another: what a link asks for, and how far it is |
//! | [`sentences`] | what the page says of an advice |
//! | `page` | starts what the pages ask for: reading, profiling, racing |
//! | `view` | prints advice, and the fields of what it is about |

pub mod address;
pub mod map;
#[cfg(feature = "app")]
pub(crate) mod page;
pub mod sentences;
pub mod typed;
#[cfg(feature = "app")]
pub(crate) mod view;
