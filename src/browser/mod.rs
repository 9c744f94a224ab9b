//! The only home of browser glue. `JsValue` does not leave it, except to the
//! scripting interface, which speaks JavaScript by trade; components name the types
//! of elements and events, and no more.
//!
//! Whatever starts something here (a worker, a timer, a listener) hands out a
//! value that ends it when dropped.

pub mod buffer;
pub mod clock;
mod error;
mod message;
pub mod shared_words;

#[cfg(feature = "compute")]
pub mod blocking;
#[cfg(feature = "compute")]
pub mod stop_message;
#[cfg(feature = "compute")]
pub mod worker_scope;

#[cfg(feature = "app")]
pub mod capabilities;
#[cfg(feature = "app")]
pub mod clipboard;
#[cfg(feature = "app")]
pub mod compute_module;
#[cfg(feature = "app")]
pub mod database;
#[cfg(feature = "app")]
pub mod deferred;
#[cfg(feature = "app")]
pub mod disk;
#[cfg(feature = "app")]
pub mod download;
#[cfg(feature = "app")]
pub mod files;
#[cfg(feature = "app")]
pub mod heartbeat;
#[cfg(feature = "app")]
pub mod imports;
#[cfg(feature = "app")]
pub mod locale;
#[cfg(feature = "app")]
pub mod lock;
#[cfg(feature = "app")]
pub mod page;
#[cfg(feature = "app")]
#[cfg(feature = "app")]
pub mod pickling;
#[cfg(feature = "app")]
pub mod picture;
#[cfg(feature = "app")]
pub mod picture_export;
#[cfg(feature = "app")]
pub mod pipe;
#[cfg(feature = "app")]
pub mod places;
#[cfg(feature = "app")]
pub mod requests;
#[cfg(feature = "app")]
pub mod resize;
#[cfg(feature = "app")]
pub mod script;
#[cfg(feature = "app")]
pub mod script_worker;
#[cfg(feature = "app")]
pub mod service_worker;
#[cfg(feature = "app")]
pub mod site_file;
#[cfg(feature = "app")]
pub mod storage;
#[cfg(feature = "app")]
pub mod turn;
#[cfg(feature = "app")]
pub mod worker;
