//! What threads meet at (`src/sync`), in every order in which they may take their turns.
//!
//! loom runs a closure again and again, and each time has its threads take turns in another order,
//! until there is none left. Who waits for ever is found as a deadlock. The sources are those of the
//! library; only what they are made of is loom's.

#[path = "../../src/sync/bank.rs"]
mod bank;
#[path = "../../src/sync/bounded_queue.rs"]
#[allow(dead_code, reason = "the library uses what the models do not")]
mod bounded_queue;
#[path = "../../src/sync/counter.rs"]
#[allow(dead_code, reason = "the library uses what the models do not")]
mod counter;
#[path = "../../src/sync/futex.rs"]
mod futex;
#[path = "../../src/sync/gil.rs"]
#[allow(dead_code, unused_imports, reason = "the library uses what the models do not")]
mod gil;
mod gil_model;
#[path = "../../src/sync/job_channel.rs"]
mod job_channel;
mod job_model;
mod pitfall_model;
mod primitives;
mod queue_model;
#[path = "../../src/sync/queue_state.rs"]
#[allow(dead_code, reason = "the library uses what the models do not")]
mod queue_state;
#[path = "../../src/sync/team.rs"]
mod team;
mod team_model;
#[path = "../../src/sync/threading/mod.rs"]
#[allow(dead_code, reason = "the library uses what the models do not")]
mod threading;
mod threading_model;

/// All orders where `preemptions` is `None`, else those in which threads are interrupted no more
/// often than that.
fn explore(preemptions: Option<usize>, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions;
    builder.check(model);
}
