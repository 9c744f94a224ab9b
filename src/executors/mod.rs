//! The models: how tasks are placed and awaited.
//!
//! What decides is pure and natively tested: [`dispatch`] (which worker gets what
//! next), [`answers`] (what workers
//! answer), [`order`] (who runs when), [`lanes`] (what lies between the spans), [`start_watch`]
//! (whether workers start), [`spread_out`] (onto cores of their own), [`page_queue`] (the queue of a pipeline
//! on the page's event loop), [`profile`] (what evidence a piece of work gives), [`run`] (an experiment from start to report), with [`mock`] to stand in
//! for a browser. The models themselves are behind the feature `app`.

pub mod answers;
pub mod dispatch;
pub mod lanes;
pub mod mock;
pub mod model_map;
pub mod obstacle;
pub mod order;
pub mod page_queue;
pub mod profile;
pub mod run;
pub mod spread_out;
pub mod start_watch;

#[cfg(feature = "app")]
mod attending;
#[cfg(feature = "app")]
pub mod calibrator;
#[cfg(feature = "app")]
pub mod calls;
#[cfg(feature = "app")]
pub mod client;
#[cfg(feature = "app")]
pub mod event_loop;
#[cfg(feature = "app")]
mod faulty_processes;
#[cfg(feature = "app")]
pub mod fleet;
#[cfg(feature = "app")]
pub mod hybrid;
#[cfg(feature = "app")]
pub mod inbox;
#[cfg(feature = "app")]
pub mod instruments;
#[cfg(feature = "app")]
pub mod main_thread;
#[cfg(feature = "app")]
pub mod page_job;
#[cfg(feature = "app")]
pub mod pitfalls;
#[cfg(feature = "app")]
pub mod pool;
#[cfg(feature = "app")]
pub mod post;
#[cfg(feature = "app")]
pub mod processes;
#[cfg(feature = "app")]
pub mod request_fixtures;
#[cfg(feature = "app")]
pub mod session;
#[cfg(feature = "app")]
pub mod started_pool;
#[cfg(feature = "app")]
pub mod threads;
#[cfg(feature = "app")]
pub mod timeouts;
#[cfg(feature = "app")]
pub mod watch;
